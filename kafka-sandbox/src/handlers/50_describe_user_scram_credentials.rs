//! DescribeUserScramCredentials: which users can log in by which SCRAM (KIP-554).

use std::collections::BTreeMap;

use protocol::ErrorCode;
use protocol::messages::describe_user_scram_credentials::{
    CredentialInfo, DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsResponse,
    DescribeUserScramCredentialsResult,
};

use super::alter_user_scram_credentials::number;
use super::refusal::Refusal;
use super::{Call, Handle, Reply};
use crate::security::Credentials;
use crate::security::acl::Operation;

impl Handle for DescribeUserScramCredentialsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DescribeUserScramCredentialsResponse> {
        if !call.authorize_cluster(Operation::Describe) {
            return Reply::Now(DescribeUserScramCredentialsResponse {
                error_code: ErrorCode::CLUSTER_AUTHORIZATION_FAILED.0,
                error_message: None,
                ..DescribeUserScramCredentialsResponse::default()
            });
        }
        let credentials = &call.state.security.credentials;
        let asked = self.users.unwrap_or_default();
        let results = if asked.is_empty() {
            let users = credentials.scram_users();
            users
                .map(|user| describe(credentials, user.to_owned(), 1))
                .collect()
        } else {
            let mut times: BTreeMap<String, usize> = BTreeMap::new();
            for user in asked {
                *times.entry(user.name).or_default() += 1;
            }
            let users = times.into_iter();
            users
                .map(|(user, times)| describe(credentials, user, times))
                .collect()
        };
        Reply::Now(DescribeUserScramCredentialsResponse {
            results,
            ..DescribeUserScramCredentialsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DescribeUserScramCredentialsResponse {
        DescribeUserScramCredentialsResponse {
            error_code: code.0,
            error_message: Refusal::from(code).message,
            ..DescribeUserScramCredentialsResponse::default()
        }
    }
}

fn describe(credentials: &Credentials, user: String, times: usize) -> DescribeUserScramCredentialsResult {
    let refusal = if times > 1 {
        let text = "Cannot describe SCRAM credentials for the same user twice in a single request";
        Some((ErrorCode::DUPLICATE_RESOURCE, text))
    } else if credentials.scram_of(&user).next().is_none() {
        let text = "Attempt to describe a user credential that does not exist";
        Some((ErrorCode::RESOURCE_NOT_FOUND, text))
    } else {
        None
    };
    if let Some((code, text)) = refusal {
        return DescribeUserScramCredentialsResult {
            error_code: code.0,
            error_message: Some(format!("{text}: {user}")),
            user,
            ..DescribeUserScramCredentialsResult::default()
        };
    }
    let infos = credentials
        .scram_of(&user)
        .map(|(mechanism, credential)| CredentialInfo {
            mechanism: number(mechanism),
            iterations: i32::try_from(credential.iterations).unwrap_or(i32::MAX),
        });
    DescribeUserScramCredentialsResult {
        credential_infos: infos.collect(),
        user,
        ..DescribeUserScramCredentialsResult::default()
    }
}
