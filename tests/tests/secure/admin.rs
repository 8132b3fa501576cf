//! What an administrator sends: access control entries, quotas, passwords.

use kafka_client::client::Client;
use kafka_client::cluster::Target;
use protocol::ErrorCode;
use protocol::messages::alter_client_quotas::{
    AlterClientQuotasRequest, OpData, RequestEntityData, RequestEntryData,
};
use protocol::messages::alter_user_scram_credentials::{
    AlterUserScramCredentialsRequest, ScramCredentialDeletion, ScramCredentialUpsertion,
};
use protocol::messages::create_acls::{AclCreation, CreateAclsRequest};
use protocol::messages::delete_acls::{DeleteAclsFilter, DeleteAclsRequest};
use protocol::sasl::scram::SaltedPassword;
use protocol::sasl::{Mechanism, Secret};

/// What an entry is about, as the protocol numbers it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Resource<'a> {
    Topic(&'a str),
    /// All topics whose names begin so.
    Topics(&'a str),
    Group(&'a str),
    Cluster,
    TransactionalId(&'a str),
}

impl<'a> Resource<'a> {
    /// Its type, name and pattern type.
    fn parts(self) -> (i8, &'a str, i8) {
        const LITERAL: i8 = 3;
        const PREFIXED: i8 = 4;
        match self {
            Self::Topic(name) => (2, name, LITERAL),
            Self::Topics(prefix) => (2, prefix, PREFIXED),
            Self::Group(name) => (3, name, LITERAL),
            Self::Cluster => (4, "kafka-cluster", LITERAL),
            Self::TransactionalId(name) => (5, name, LITERAL),
        }
    }
}

/// Operations as the protocol numbers them.
#[derive(Clone, Copy, Debug)]
#[repr(i8)]
pub(super) enum Operation {
    Read = 3,
    Write = 4,
    Create = 5,
    Describe = 8,
}

const DENY: i8 = 2;
const ALLOW: i8 = 3;

pub(super) async fn allow(admin: &Client, user: &str, operation: Operation, resource: Resource<'_>) {
    create_acl(admin, user, operation, resource, ALLOW).await;
}

pub(super) async fn deny(admin: &Client, user: &str, operation: Operation, resource: Resource<'_>) {
    create_acl(admin, user, operation, resource, DENY).await;
}

async fn create_acl(
    admin: &Client,
    user: &str,
    operation: Operation,
    resource: Resource<'_>,
    permission_type: i8,
) {
    let (resource_type, name, resource_pattern_type) = resource.parts();
    let creation = AclCreation {
        resource_type,
        resource_name: name.to_owned(),
        resource_pattern_type,
        principal: format!("User:{user}"),
        host: "*".to_owned(),
        operation: operation as i8,
        permission_type,
    };
    let request = CreateAclsRequest {
        creations: vec![creation],
    };
    let answer = admin.call(Target::Any, request, |_| None).await.unwrap();
    assert_eq!(answer.results[0].error_code, 0, "{answer:?}");
}

/// Takes an entry away, be it an `allow` or a `deny`.
pub(super) async fn take_away(admin: &Client, user: &str, operation: Operation, resource: Resource<'_>) {
    const ANY: i8 = 1;
    let (resource_type_filter, name, pattern_type_filter) = resource.parts();
    let filter = DeleteAclsFilter {
        resource_type_filter,
        resource_name_filter: Some(name.to_owned()),
        pattern_type_filter,
        principal_filter: Some(format!("User:{user}")),
        host_filter: None,
        operation: operation as i8,
        permission_type: ANY,
    };
    let request = DeleteAclsRequest {
        filters: vec![filter],
    };
    let answer = admin.call(Target::Any, request, |_| None).await.unwrap();
    assert_eq!(answer.filter_results[0].matching_acls.len(), 1, "{answer:?}");
}

/// Sets a user's quota.
pub(super) async fn set_quota(admin: &Client, user: &str, key: &str, value: f64) {
    let entity = RequestEntityData {
        entity_type: "user".to_owned(),
        entity_name: Some(user.to_owned()),
    };
    let request = AlterClientQuotasRequest {
        entries: vec![RequestEntryData {
            entity: vec![entity],
            ops: vec![OpData {
                key: key.to_owned(),
                value,
                remove: value == 0.0,
            }],
        }],
        validate_only: false,
    };
    let answer = admin.call(Target::Any, request, |_| None).await.unwrap();
    assert_eq!(answer.entries[0].error_code, 0, "{answer:?}");
}

/// Takes a user's quota away.
pub(super) async fn lift_quota(admin: &Client, user: &str, key: &str) {
    set_quota(admin, user, key, 0.0).await;
}

/// Gives a user a password for SCRAM, or takes away what it has.
pub(super) async fn set_password(admin: &Client, mechanism: Mechanism, user: &str, password: Option<&str>) {
    let number = match mechanism {
        Mechanism::ScramSha256 => 1,
        _ => 2,
    };
    let name = user.to_owned();
    let mut request = AlterUserScramCredentialsRequest::default();
    match password {
        Some(password) => {
            let secret = Secret::new(password);
            let salted = SaltedPassword::derive(mechanism, &secret, b"salt and pepper", 4096).unwrap();
            request.upsertions.push(ScramCredentialUpsertion {
                name,
                mechanism: number,
                iterations: 4096,
                salt: salted.salt().to_vec().into(),
                salted_password: salted.expose().to_vec().into(),
            });
        }
        None => request.deletions.push(ScramCredentialDeletion {
            name,
            mechanism: number,
        }),
    }
    let answer = admin.call(Target::Controller, request, |_| None).await.unwrap();
    assert_eq!(
        ErrorCode(answer.results[0].error_code),
        ErrorCode::NONE,
        "{answer:?}"
    );
}
