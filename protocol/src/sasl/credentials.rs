use super::{AuthErrorKind, Mechanism, Secret};

/// What the client proves its identity with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credentials {
    /// For OAUTHBEARER.
    Bearer {
        /// The token, as RFC 6750 spells it: letters, digits, `-._~+/`, and `=` at the end.
        token: Secret,
        /// What is told to the broker beside the token (KIP-342): names of letters, values of printable ASCII.
        extensions: Vec<(String, String)>,
    },
    /// For SCRAM: a delegation token (KIP-48), told apart from a user by `tokenauth=true`.
    DelegationToken {
        /// The token's id.
        token_id: String,
        /// The token's HMAC, base64 as the broker gave it.
        hmac: Secret,
    },
    /// For PLAIN and SCRAM.
    Password {
        /// The user.
        username: String,
        /// The user's password.
        password: Secret,
    },
}

impl Credentials {
    /// Returns the credentials of a user with a password.
    pub fn password(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::Password {
            username: username.into(),
            password: password.into(),
        }
    }

    /// Returns the credentials that a delegation token stands for.
    pub fn delegation_token(token_id: impl Into<String>, hmac: impl Into<Secret>) -> Self {
        Self::DelegationToken {
            token_id: token_id.into(),
            hmac: hmac.into(),
        }
    }

    /// Returns the credentials that a bearer token stands for.
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self::Bearer {
            token: token.into(),
            extensions: Vec::new(),
        }
    }

    /// Returns the error for credentials that `mechanism` cannot use.
    pub(super) fn mismatch(&self, mechanism: Mechanism) -> AuthErrorKind {
        AuthErrorKind::BadCredentials(match (mechanism, self) {
            (Mechanism::OAuthBearer, _) => "this mechanism needs a bearer token",
            (Mechanism::Plain, Self::DelegationToken { .. }) => {
                "delegation tokens are for SCRAM-SHA-256 and SCRAM-SHA-512"
            }
            _ => "this mechanism needs a user name and a password",
        })
    }
}
