//! CreateAcls: creates access control entries.

use protocol::ErrorCode;
use protocol::messages::create_acls::{
    AclCreation, AclCreationResult, CreateAclsRequest, CreateAclsResponse,
};

use super::refusal::Refusal;
use super::{Call, Handle, Reply};
use crate::security::acl::{Acl, CLUSTER, Operation, PatternType, Permission, ResourceType};
use crate::state::Change;

impl Handle for CreateAclsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<CreateAclsResponse> {
        let numbers = |creation: &AclCreation| {
            [
                creation.resource_type,
                creation.resource_pattern_type,
                creation.operation,
                creation.permission_type,
            ]
        };
        if self.creations.iter().any(|one| numbers(one).contains(&0)) {
            return Reply::Close;
        }
        if !call.authorize_cluster(Operation::Alter) {
            return Reply::Now(self.refuse(call, ErrorCode::CLUSTER_AUTHORIZATION_FAILED));
        }
        if call.state.security.authorizer.is_none() {
            let refusal = Refusal::new(ErrorCode::SECURITY_DISABLED, "No Authorizer is configured.");
            let results = self.creations.iter().map(|_| result(Err(refusal.clone())));
            return Reply::Now(CreateAclsResponse {
                results: results.collect(),
                ..CreateAclsResponse::default()
            });
        }
        // What stands for any is for filters alone: brokers fail over it.
        let is_any = |one: &AclCreation| {
            let pattern = one.resource_pattern_type;
            numbers(one).contains(&ANY) || pattern == PATTERN_MATCH
        };
        if self.creations.iter().any(is_any) {
            let failed = Refusal {
                code: ErrorCode::UNKNOWN_SERVER_ERROR,
                message: None,
            };
            let results = self.creations.iter().map(|_| result(Err(failed.clone())));
            return Reply::Now(CreateAclsResponse {
                results: results.collect(),
                ..CreateAclsResponse::default()
            });
        }
        let mut results = Vec::with_capacity(self.creations.len());
        for creation in self.creations {
            let created = read(creation).and_then(|acl| {
                let change = Change::CreateAcl(acl);
                call.state.commit(call.now, change).map_err(Refusal::from)
            });
            results.push(result(created));
        }
        Reply::Now(CreateAclsResponse {
            results,
            ..CreateAclsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> CreateAclsResponse {
        let results = self.creations.iter().map(|_| result(Err(Refusal::from(code))));
        CreateAclsResponse {
            results: results.collect(),
            ..CreateAclsResponse::default()
        }
    }
}

/// What stands for any value in filters.
const ANY: i8 = 1;
/// The pattern type that stands for all patterns that match a name, in filters.
const PATTERN_MATCH: i8 = 2;

fn result(created: Result<(), Refusal>) -> AclCreationResult {
    match created {
        Ok(()) => AclCreationResult {
            error_message: Some(String::new()),
            ..AclCreationResult::default()
        },
        Err(refusal) => AclCreationResult {
            error_code: refusal.code.0,
            error_message: refusal.message,
        },
    }
}

fn read(creation: AclCreation) -> Result<Acl, Refusal> {
    let invalid = |text: String| Refusal::new(ErrorCode::INVALID_REQUEST, text);
    let unknown = |what: &str| invalid(format!("Invalid {what} UNKNOWN"));
    let (name, principal) = (creation.resource_name, creation.principal);
    if creation.resource_type == ResourceType::Cluster.number() && name != CLUSTER {
        let text = format!("The only valid name for the CLUSTER resource is {CLUSTER}");
        return Err(invalid(text));
    }
    if name.is_empty() {
        return Err(invalid("Invalid empty resource name".to_owned()));
    }
    let acl = Acl {
        resource: ResourceType::of(creation.resource_type).ok_or_else(|| unknown("resourceType"))?,
        pattern: PatternType::of(creation.resource_pattern_type).ok_or_else(|| unknown("patternType"))?,
        operation: Operation::of(creation.operation).ok_or_else(|| unknown("operation"))?,
        permission: Permission::of(creation.permission_type).ok_or_else(|| unknown("permissionType"))?,
        name,
        principal,
        host: creation.host,
    };
    if !acl.principal.contains(':') {
        return Err(invalid(format!(
            "Could not parse principal from `{}` (no colon is present separating the principal type from the \
             principal name)",
            acl.principal
        )));
    }
    if acl.host.is_empty() {
        return Err(invalid("Host pattern cannot be null or empty".to_owned()));
    }
    Ok(acl)
}
