//! DeleteAcls: deletes the access control entries that filters match.

use std::collections::BTreeSet;

use protocol::ErrorCode;
use protocol::messages::delete_acls::{
    DeleteAclsFilter, DeleteAclsFilterResult, DeleteAclsMatchingAcl, DeleteAclsRequest, DeleteAclsResponse,
};

use super::refusal::Refusal;
use super::{Call, Handle, Reply};
use crate::security::acl::{Acl, AclFilter, Operation, PatternType, Permission, ResourceType};
use crate::state::Change;

impl Handle for DeleteAclsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DeleteAclsResponse> {
        let filters: Vec<AclFilter> = self.filters.iter().map(read).collect();
        if filters.iter().any(AclFilter::is_unreadable) {
            return Reply::Close;
        }
        if !call.authorize_cluster(Operation::Alter) {
            return Reply::Now(self.refuse(call, ErrorCode::CLUSTER_AUTHORIZATION_FAILED));
        }
        let Some(authorizer) = &call.state.security.authorizer else {
            let refusal = Refusal::new(ErrorCode::SECURITY_DISABLED, "No Authorizer is configured.");
            return Reply::Now(answer(filters.iter().map(|_| refused(&refusal))));
        };
        // Each filter is matched with the entries as they were before the request.
        let matched: Vec<Vec<Acl>> = filters
            .iter()
            .map(|filter| {
                let matching = authorizer.matching(filter);
                let matching = matching.take_while(|acl| call.spend(length(acl)).is_ok());
                matching.cloned().collect()
            })
            .collect();
        if call.spend(0).is_err() {
            return Reply::Close;
        }
        let mut gone: BTreeSet<Acl> = BTreeSet::new();
        let mut results = Vec::with_capacity(matched.len());
        for (filter, acls) in filters.iter().zip(matched) {
            if let Some(why) = why_unknown(filter) {
                results.push(refused(&Refusal::new(ErrorCode::INVALID_REQUEST, why)));
                continue;
            }
            let mut result = DeleteAclsFilterResult {
                error_message: None,
                ..DeleteAclsFilterResult::default()
            };
            for acl in acls {
                let deleted = if gone.insert(acl.clone()) {
                    call.state.commit(call.now, Change::DeleteAcl(acl.clone()))
                } else {
                    Ok(())
                };
                result.matching_acls.push(describe(acl, deleted.err()));
            }
            results.push(result);
        }
        Reply::Now(answer(results.into_iter()))
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DeleteAclsResponse {
        let refusal = Refusal::from(code);
        answer(self.filters.iter().map(|_| refused(&refusal)))
    }
}

/// About how many bytes an entry takes in an answer.
fn length(acl: &Acl) -> usize {
    acl.name.len() + acl.principal.len() + acl.host.len() + 16
}

/// Why a filter matches nothing that there can be.
fn why_unknown(filter: &AclFilter) -> Option<&'static str> {
    const ANY: i8 = 1;
    const PATTERN_MATCH: i8 = 2;
    let resource = filter.resource == ANY || ResourceType::of(filter.resource).is_some();
    let pattern = [ANY, PATTERN_MATCH].contains(&filter.pattern) || PatternType::of(filter.pattern).is_some();
    let operation = filter.operation == ANY || Operation::of(filter.operation).is_some();
    let permission = filter.permission == ANY || Permission::of(filter.permission).is_some();
    if !resource || !pattern {
        Some("Unknown patternFilter.")
    } else if !operation || !permission {
        Some("Unknown entryFilter.")
    } else {
        None
    }
}

fn answer(results: impl Iterator<Item = DeleteAclsFilterResult>) -> DeleteAclsResponse {
    DeleteAclsResponse {
        filter_results: results.collect(),
        ..DeleteAclsResponse::default()
    }
}

fn refused(refusal: &Refusal) -> DeleteAclsFilterResult {
    DeleteAclsFilterResult {
        error_code: refusal.code.0,
        error_message: refusal.message.clone(),
        ..DeleteAclsFilterResult::default()
    }
}

fn read(filter: &DeleteAclsFilter) -> AclFilter {
    AclFilter {
        resource: filter.resource_type_filter,
        name: filter.resource_name_filter.clone(),
        pattern: filter.pattern_type_filter,
        principal: filter.principal_filter.clone(),
        host: filter.host_filter.clone(),
        operation: filter.operation,
        permission: filter.permission_type,
    }
}

fn describe(acl: Acl, error: Option<ErrorCode>) -> DeleteAclsMatchingAcl {
    DeleteAclsMatchingAcl {
        error_code: error.unwrap_or_default().0,
        error_message: None,
        resource_type: acl.resource.number(),
        resource_name: acl.name,
        pattern_type: acl.pattern.number(),
        principal: acl.principal,
        host: acl.host,
        operation: acl.operation.number(),
        permission_type: acl.permission.number(),
    }
}
