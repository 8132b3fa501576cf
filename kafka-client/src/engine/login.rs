use std::time::Duration;

use protocol::sasl::scram::SaltedPassword;
use protocol::sasl::{Credentials, NONCE_LEN};
use sha2::{Digest, Sha256};

use super::action::LinkId;
use crate::config::{SaslConfig, SaslCredentials, Token};
use crate::connection::Login;
use crate::time::Moment;

/// What a token provider came back with; the text of an error reaches the user.
pub type TokenResult = Result<Token, String>;

/// What links prove themselves with: fixed credentials, or a token that is kept until it is about to expire.
#[derive(Debug)]
pub(super) struct Logins {
    source: Source,
    /// What SCRAM hashed the password to last.
    salted: Option<SaltedPassword>,
    nonces: Nonces,
}

#[derive(Debug)]
enum Source {
    None,
    Fixed(Credentials),
    Tokens(Tokens),
}

#[derive(Debug, Default)]
struct Tokens {
    kept: Option<Kept>,
    fetching: bool,
    waiting: Vec<LinkId>,
}

#[derive(Debug)]
struct Kept {
    token: Token,
    /// When it is worth nothing any more.
    expires: Moment,
    /// When the next one is to be fetched.
    refresh: Option<Moment>,
}

/// After a failed refresh the old token is used as long as it holds, and a new one is asked for at this distance.
const REFRESH_RETRY: Duration = Duration::from_secs(10);

impl Logins {
    pub(super) fn new(sasl: Option<&SaslConfig>, seed: [u8; 32]) -> Self {
        let source = match sasl.map(|sasl| &sasl.credentials) {
            None => Source::None,
            Some(SaslCredentials::Fixed(credentials)) => Source::Fixed(credentials.clone()),
            Some(SaslCredentials::Provider(_)) => Source::Tokens(Tokens::default()),
        };
        Self {
            source,
            salted: None,
            nonces: Nonces { seed, used: 0 },
        }
    }

    /// What the link is to use; none when a token must be fetched first, and the link is remembered.
    pub(super) fn login(
        &mut self,
        now: Moment,
        rng: &mut fastrand::Rng,
        link: LinkId,
    ) -> Option<Result<Login, String>> {
        let credentials = match &mut self.source {
            Source::None => return Some(Err("no credentials are configured".to_owned())),
            Source::Fixed(credentials) => credentials.clone(),
            Source::Tokens(tokens) => match tokens.kept.as_ref().filter(|kept| now < kept.expires) {
                Some(kept) => credentials_of(&kept.token),
                None => {
                    tokens.waiting.push(link);
                    return None;
                }
            },
        };
        let nonce = self.nonces.next();
        Some(Ok(Login {
            credentials,
            nonce,
            salted: self.salted.clone(),
            jitter: rng.f64(),
        }))
    }

    /// Whether a token is to be fetched; it counts as being fetched then.
    pub(super) fn start_fetch(&mut self) -> bool {
        match &mut self.source {
            Source::Tokens(tokens) if !tokens.fetching => {
                tokens.fetching = true;
                true
            }
            _ => false,
        }
    }

    /// Takes a token. Returns the links that waited for it; those get the error if there is none.
    pub(super) fn handle_token(
        &mut self,
        now: Moment,
        rng: &mut fastrand::Rng,
        outcome: TokenResult,
    ) -> (Vec<LinkId>, Option<String>) {
        let Source::Tokens(tokens) = &mut self.source else {
            return (Vec::new(), None);
        };
        tokens.fetching = false;
        let error = match outcome {
            Ok(token) => {
                // Without a known end it serves those who wait now, and nobody later.
                let lifetime = token.expires_in.unwrap_or(Duration::from_millis(1));
                let refresh = token
                    .expires_in
                    .map(|life| now + life.mul_f64(0.75 + 0.1 * rng.f64()));
                tokens.kept = Some(Kept {
                    token,
                    expires: now + lifetime,
                    refresh,
                });
                None
            }
            Err(reason) => {
                if let Some(kept) = tokens.kept.as_mut() {
                    kept.refresh = Some(now + REFRESH_RETRY).filter(|at| *at < kept.expires);
                }
                Some(format!("the token provider failed: {reason}"))
            }
        };
        (std::mem::take(&mut tokens.waiting), error)
    }

    /// Keeps what SCRAM hashed the password to.
    pub(super) fn keep(&mut self, salted: SaltedPassword) {
        self.salted = Some(salted);
    }

    /// Whether it is time to fetch the next token; it counts as being fetched then.
    pub(super) fn refresh_due(&mut self, now: Moment) -> bool {
        let Source::Tokens(tokens) = &mut self.source else {
            return false;
        };
        let Some(kept) = tokens.kept.as_mut() else {
            return false;
        };
        if tokens.fetching || kept.refresh.is_none_or(|at| now < at) {
            return false;
        }
        kept.refresh = None;
        tokens.fetching = true;
        true
    }

    pub(super) fn next_deadline(&self) -> Option<Moment> {
        match &self.source {
            Source::Tokens(tokens) if !tokens.fetching => tokens.kept.as_ref()?.refresh,
            _ => None,
        }
    }
}

fn credentials_of(token: &Token) -> Credentials {
    Credentials::Bearer {
        token: token.secret.clone(),
        extensions: token.extensions.clone(),
    }
}

/// Gives random bytes that nobody can foretell who does not know the seed.
struct Nonces {
    seed: [u8; 32],
    used: u64,
}

impl std::fmt::Debug for Nonces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Nonces({} used)", self.used)
    }
}

impl Nonces {
    fn next(&mut self) -> [u8; NONCE_LEN] {
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update(self.used.to_be_bytes());
        self.used += 1;
        let digest: [u8; 32] = hash.finalize().into();
        let mut nonce = [0; NONCE_LEN];
        nonce.copy_from_slice(&digest[..NONCE_LEN]);
        nonce
    }
}
