//! AlterUserScramCredentials: gives users passwords for SCRAM, and takes them away (KIP-554).

use std::collections::{BTreeMap, BTreeSet};

use protocol::ErrorCode;
use protocol::messages::alter_user_scram_credentials::{
    AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse, AlterUserScramCredentialsResult,
    ScramCredentialDeletion, ScramCredentialUpsertion,
};
use protocol::sasl::Mechanism;
use protocol::sasl::scram::{ITERATIONS_MIN, StoredKeys};

use super::refusal::Refusal;
use super::{Call, Handle, Reply};
use crate::security::acl::Operation;
use crate::security::{Credentials, ScramCredential};
use crate::state::Change;

/// The most iterations that Kafka stores.
const ITERATIONS_MAX: i32 = 16384;

impl Handle for AlterUserScramCredentialsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<AlterUserScramCredentialsResponse> {
        if !call.authorize_cluster(Operation::Alter) {
            return Reply::Now(self.refuse(call, ErrorCode::CLUSTER_AUTHORIZATION_FAILED));
        }
        let users = users(&self);
        let mut refusals: BTreeMap<String, Refusal> = BTreeMap::new();
        let mut changes: BTreeMap<(String, Mechanism), Option<ScramCredential>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for deletion in self.deletions {
            if refusals.contains_key(&deletion.name) {
                continue;
            }
            let checked = check_first(&deletion.name, &mut seen)
                .and_then(|()| check_deletion(&deletion, &call.state.security.credentials));
            match checked {
                Ok(mechanism) => {
                    changes.insert((deletion.name, mechanism), None);
                }
                Err(refusal) => {
                    refusals.insert(deletion.name, refusal);
                }
            }
        }
        for upsertion in self.upsertions {
            if refusals.contains_key(&upsertion.name) {
                continue;
            }
            let checked = check_first(&upsertion.name, &mut seen).and_then(|()| check_upsertion(&upsertion));
            match checked {
                Ok((mechanism, credential)) => {
                    changes.insert((upsertion.name, mechanism), Some(credential));
                }
                Err(refusal) => {
                    refusals.insert(upsertion.name, refusal);
                }
            }
        }
        for ((user, mechanism), credential) in changes {
            if refusals.contains_key(&user) {
                continue;
            }
            let change = Change::ScramCredential {
                user: user.clone(),
                mechanism: mechanism.name().to_owned(),
                credential,
            };
            if let Err(code) = call.state.commit(call.now, change) {
                refusals.insert(user, Refusal::from(code));
            }
        }
        Reply::Now(answer(users, |user| refusals.remove(user)))
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> AlterUserScramCredentialsResponse {
        answer(users(&self), |_| Some(Refusal::from(code)))
    }
}

/// Whether nothing else was asked for a user, by whatever mechanism.
fn check_first(user: &str, seen: &mut BTreeSet<String>) -> Result<(), Refusal> {
    if seen.insert(user.to_owned()) {
        return Ok(());
    }
    let text = "A user credential cannot be altered twice in the same request";
    Err(Refusal::new(ErrorCode::DUPLICATE_RESOURCE, text))
}

/// The users of a request, each once, in its order.
fn users(request: &AlterUserScramCredentialsRequest) -> Vec<String> {
    let deleted = request.deletions.iter().map(|one| &one.name);
    let names = deleted.chain(request.upsertions.iter().map(|one| &one.name));
    let names: indexmap::IndexSet<&String> = names.collect();
    names.into_iter().cloned().collect()
}

fn answer(
    users: Vec<String>,
    mut refusal_of: impl FnMut(&str) -> Option<Refusal>,
) -> AlterUserScramCredentialsResponse {
    let results = users.into_iter().map(|user| {
        let refusal = refusal_of(&user);
        AlterUserScramCredentialsResult {
            error_code: refusal.as_ref().map_or(0, |refusal| refusal.code.0),
            error_message: refusal.and_then(|refusal| refusal.message),
            user,
        }
    });
    AlterUserScramCredentialsResponse {
        results: results.collect(),
        ..AlterUserScramCredentialsResponse::default()
    }
}

fn check_deletion(
    deletion: &ScramCredentialDeletion,
    credentials: &Credentials,
) -> Result<Mechanism, Refusal> {
    let mechanism = check(&deletion.name, deletion.mechanism)?;
    if credentials.scram(&deletion.name, mechanism).is_none() {
        let text = "Attempt to delete a user credential that does not exist";
        return Err(Refusal::new(ErrorCode::RESOURCE_NOT_FOUND, text));
    }
    Ok(mechanism)
}

fn check_upsertion(upsertion: &ScramCredentialUpsertion) -> Result<(Mechanism, ScramCredential), Refusal> {
    let mechanism = check(&upsertion.name, upsertion.mechanism)?;
    let unacceptable = |text: &str| Refusal::new(ErrorCode::UNACCEPTABLE_CREDENTIAL, text);
    let iterations = u32::try_from(upsertion.iterations).unwrap_or(0);
    if iterations < ITERATIONS_MIN {
        return Err(unacceptable("Too few iterations"));
    }
    if upsertion.iterations > ITERATIONS_MAX {
        return Err(unacceptable("Too many iterations"));
    }
    let keys = StoredKeys::derive(mechanism, &upsertion.salted_password)
        .map_err(|error| unacceptable(&error.to_string()))?;
    let credential = ScramCredential {
        salt: upsertion.salt.to_vec(),
        iterations,
        keys,
    };
    Ok((mechanism, credential))
}

fn check(user: &str, mechanism: i8) -> Result<Mechanism, Refusal> {
    if user.is_empty() {
        let text = "Username must not be empty";
        return Err(Refusal::new(ErrorCode::UNACCEPTABLE_CREDENTIAL, text));
    }
    let scram = [Mechanism::ScramSha256, Mechanism::ScramSha512].into_iter();
    let mut known = scram.filter(|&one| number(one) == mechanism);
    known
        .next()
        .ok_or_else(|| Refusal::new(ErrorCode::UNSUPPORTED_SASL_MECHANISM, "Unknown SCRAM mechanism"))
}

/// The number of a SCRAM mechanism in requests; 0 for others.
pub(super) fn number(mechanism: Mechanism) -> i8 {
    match mechanism {
        Mechanism::ScramSha256 => 1,
        Mechanism::ScramSha512 => 2,
        _ => 0,
    }
}
