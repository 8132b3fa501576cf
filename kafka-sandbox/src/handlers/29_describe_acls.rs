//! DescribeAcls: lists access control entries.

use protocol::ErrorCode;
use protocol::messages::describe_acls::{
    AclDescription, DescribeAclsRequest, DescribeAclsResource, DescribeAclsResponse,
};

use super::refusal::Refusal;
use super::{Call, Handle, Reply};
use crate::security::acl::{AclFilter, Operation};

impl Handle for DescribeAclsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DescribeAclsResponse> {
        let filter = AclFilter {
            resource: self.resource_type_filter,
            name: self.resource_name_filter.clone(),
            pattern: self.pattern_type_filter,
            principal: self.principal_filter.clone(),
            host: self.host_filter.clone(),
            operation: self.operation,
            permission: self.permission_type,
        };
        if filter.is_unreadable() {
            return Reply::Close;
        }
        if !call.authorize_cluster(Operation::Describe) {
            return Reply::Now(self.refuse(call, ErrorCode::CLUSTER_AUTHORIZATION_FAILED));
        }
        let Some(authorizer) = &call.state.security.authorizer else {
            return Reply::Now(DescribeAclsResponse {
                error_message: Some("No Authorizer is configured on the broker".to_owned()),
                ..self.refuse(call, ErrorCode::SECURITY_DISABLED)
            });
        };
        let mut resources: Vec<DescribeAclsResource> = Vec::new();
        for acl in authorizer.matching(&filter) {
            let described = AclDescription {
                principal: acl.principal.clone(),
                host: acl.host.clone(),
                operation: acl.operation.number(),
                permission_type: acl.permission.number(),
            };
            match resources.last_mut() {
                Some(last)
                    if last.resource_name == acl.name
                        && last.resource_type == acl.resource.number()
                        && last.pattern_type == acl.pattern.number() =>
                {
                    last.acls.push(described);
                }
                _ => resources.push(DescribeAclsResource {
                    resource_type: acl.resource.number(),
                    resource_name: acl.name.clone(),
                    pattern_type: acl.pattern.number(),
                    acls: vec![described],
                }),
            }
        }
        Reply::Now(DescribeAclsResponse {
            error_message: Some(String::new()),
            resources,
            ..DescribeAclsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DescribeAclsResponse {
        DescribeAclsResponse {
            error_code: code.0,
            error_message: Refusal::from(code).message,
            ..DescribeAclsResponse::default()
        }
    }
}
