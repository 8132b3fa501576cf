//! How far a connection is: what it may ask before it is authenticated, and until when it stays so.

use std::sync::Arc;
use std::time::Duration;

use protocol::ApiKey;
use protocol::sasl::Mechanism;

use super::exchange::{Exchange, Progress, Surroundings};
use crate::time::millis;

/// What a broker knows of a connection.
#[derive(Debug)]
pub(crate) struct Session {
    stage: Stage,
    identity: Option<Identity>,
    /// When the client must have authenticated again (KIP-368).
    expires: Option<Duration>,
    /// When it last began to.
    renewed: Option<Duration>,
    /// What the client says it is (KIP-511).
    pub(crate) software: Software,
}

/// The client's software, by its own account; empty where it gave none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Software {
    pub(crate) name: String,
    pub(crate) version: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Identity {
    principal: Arc<str>,
    mechanism: Mechanism,
}

#[derive(Debug)]
enum Stage {
    /// Everything may be asked.
    Open,
    /// The client may ask which versions there are, or choose a mechanism.
    New,
    /// The client is to choose a mechanism.
    Handshake,
    /// The client is proving who it is; `raw` when its messages come without headers (SaslHandshake 0).
    Exchange { exchange: Exchange, raw: bool },
    /// Nothing may be asked any more.
    Over,
}

/// What becomes of a client's choice of a mechanism.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Its messages are awaited.
    Taken,
    /// The mechanism is not offered.
    Unsupported,
    /// The client need not authenticate, or not yet again.
    Illegal,
}

/// What becomes of a message of the exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Authentication {
    /// The exchange goes on: the broker's message.
    Challenge(Vec<u8>),
    /// The client is authenticated: the broker's last message, and for how long, if not for good.
    Done {
        message: Vec<u8>,
        lifetime: Option<Duration>,
    },
    /// The client is told why it is not, and the connection closed.
    Failed(String),
    /// The connection is closed without an answer.
    Broken,
    /// No exchange is going on.
    Illegal,
}

/// How soon after it began to authenticate again a client may do so once more.
const RENEWAL_MIN: Duration = Duration::from_secs(1);

impl Session {
    /// A new connection, which must authenticate or need not.
    pub(crate) fn new(authenticate: bool) -> Self {
        Self {
            stage: if authenticate { Stage::New } else { Stage::Open },
            identity: None,
            expires: None,
            renewed: None,
            software: Software::default(),
        }
    }

    /// Whether what it asks is charged to somebody's quotas.
    pub(crate) fn is_charged(&self) -> bool {
        self.is_open()
    }

    /// Who the client has proved to be.
    pub(crate) fn principal(&self) -> Option<&Arc<str>> {
        self.identity.as_ref().map(|identity| &identity.principal)
    }

    /// Whether its next frame is a message of the mechanism without a header.
    pub(crate) fn is_raw(&self) -> bool {
        matches!(self.stage, Stage::Exchange { raw: true, .. })
    }

    /// Whether anything but authentication may be asked.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open)
    }

    /// Lets a request in before it is decoded, or not: then the connection is to be closed without an answer.
    pub(crate) fn admit(&mut self, now: Duration, key: ApiKey) -> bool {
        match (&self.stage, key) {
            (Stage::Open, ApiKey::SASL_HANDSHAKE) if self.may_renew(now) => {
                self.renewed = Some(now);
                self.stage = Stage::Handshake;
                true
            }
            (Stage::Open, _) => self.expires.is_none_or(|expires| now <= expires),
            (Stage::New, ApiKey::API_VERSIONS)
            | (Stage::New | Stage::Handshake, ApiKey::SASL_HANDSHAKE)
            | (Stage::Exchange { .. }, _) => true,
            (Stage::New | Stage::Handshake | Stage::Over, _) => false,
        }
    }

    /// Whether a request that was let in is answered with `ILLEGAL_SASL_STATE` and the connection then closed: amid an
    /// exchange nothing but its messages may come.
    pub(crate) fn refuses(&self, key: ApiKey) -> bool {
        matches!(self.stage, Stage::Exchange { .. }) && key != ApiKey::SASL_AUTHENTICATE
    }

    fn may_renew(&self, now: Duration) -> bool {
        let long_ago = |renewed: Duration| now.saturating_sub(renewed) >= RENEWAL_MIN;
        self.expires.is_some() && self.renewed.is_none_or(long_ago)
    }

    /// Notes that the client knows the versions: it is told them once.
    pub(crate) fn tell_versions(&mut self, software: Software) {
        self.software = software;
        if matches!(self.stage, Stage::New) {
            self.stage = Stage::Handshake;
        }
    }

    /// Takes the client's choice of a mechanism, in a version of SaslHandshake.
    pub(crate) fn choose(&mut self, name: &str, offered: &[Mechanism], version: i16) -> Choice {
        if !matches!(self.stage, Stage::New | Stage::Handshake) {
            return Choice::Illegal;
        }
        let mechanism = name.parse().ok().filter(|one| offered.contains(one));
        let Some(mechanism) = mechanism else {
            self.stage = Stage::Over;
            return Choice::Unsupported;
        };
        let earlier = self.identity.as_ref().map(|identity| identity.mechanism);
        self.stage = if earlier.is_some_and(|earlier| earlier != mechanism) {
            // Who authenticates again does it as before: Kafka takes the choice and then closes the connection.
            Stage::Over
        } else {
            Stage::Exchange {
                exchange: Exchange::Begun(mechanism),
                raw: version == 0,
            }
        };
        Choice::Taken
    }

    /// Takes a message of the exchange. Once authenticated, the client stays so for at most `longest`.
    pub(crate) fn authenticate(
        &mut self,
        now: Duration,
        message: &[u8],
        around: &Surroundings<'_>,
        longest: Option<Duration>,
    ) -> Authentication {
        if matches!(self.stage, Stage::Open) {
            return Authentication::Illegal;
        }
        let Stage::Exchange { exchange, raw } = std::mem::replace(&mut self.stage, Stage::Over) else {
            return Authentication::Broken;
        };
        let mechanism = exchange.mechanism();
        match exchange.take(message, around) {
            Progress::Challenge(message, exchange) => {
                self.stage = Stage::Exchange { exchange, raw };
                Authentication::Challenge(message)
            }
            Progress::Failed(refusal) => Authentication::Failed(refusal),
            Progress::Broken => Authentication::Broken,
            Progress::Done {
                user,
                message,
                expires_ms,
            } => {
                let identity = Identity {
                    principal: format!("User:{user}").into(),
                    mechanism,
                };
                if let Some(refusal) = self.change_of_principal(&identity) {
                    return Authentication::Failed(refusal);
                }
                let left = expires_ms
                    .map(|expires| millis(expires.saturating_sub(around.timestamp)).unwrap_or_default());
                let lifetime = match (left, longest) {
                    (Some(left), Some(longest)) => Some(left.min(longest)),
                    (left, longest) => left.or(longest),
                };
                self.identity = Some(identity);
                self.expires = lifetime.map(|lifetime| now.saturating_add(lifetime));
                self.stage = Stage::Open;
                Authentication::Done { message, lifetime }
            }
        }
    }

    fn change_of_principal(&self, identity: &Identity) -> Option<String> {
        let earlier = &self.identity.as_ref()?.principal;
        let name = |principal: &str| principal.replacen(':', ".", 1);
        (*earlier != identity.principal).then(|| {
            format!(
                "Cannot change principals during re-authentication from {}: {}",
                name(earlier),
                name(&identity.principal)
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::{Credentials, SaslSettings};

    const OFFERED: &[Mechanism] = &[Mechanism::Plain, Mechanism::OAuthBearer];

    fn users() -> Credentials {
        let settings = SaslSettings::new(OFFERED.iter().copied());
        Credentials::new(Some(&settings.user("alice", "a").user("bob", "b")))
    }

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn log_in(session: &mut Session, now: Duration, message: &[u8]) -> Authentication {
        let credentials = users();
        let around = Surroundings {
            credentials: &credentials,
            nonce: [7; 24],
            timestamp: 0,
            again: session.principal().is_some(),
        };
        session.authenticate(now, message, &around, Some(at(60)))
    }

    #[test]
    fn a_connection_that_need_not_authenticate_may_ask_everything() {
        let mut session = Session::new(false);
        assert!(session.admit(at(0), ApiKey::PRODUCE));
        assert!(session.admit(at(0), ApiKey::SASL_HANDSHAKE));
        assert_eq!(session.choose("PLAIN", OFFERED, 1), Choice::Illegal);
        assert_eq!(
            log_in(&mut session, at(0), b"\0alice\0a"),
            Authentication::Illegal
        );
    }

    #[test]
    fn requests_come_in_their_order() {
        let mut session = Session::new(true);
        assert!(!session.admit(at(0), ApiKey::METADATA));
        assert!(!session.admit(at(0), ApiKey::SASL_AUTHENTICATE));
        assert!(session.admit(at(0), ApiKey::API_VERSIONS));
        session.tell_versions(Software::default());
        assert!(!session.admit(at(0), ApiKey::API_VERSIONS));
        assert!(session.admit(at(0), ApiKey::SASL_HANDSHAKE));
        assert_eq!(session.choose("PLAIN", OFFERED, 1), Choice::Taken);
        assert!(session.refuses(ApiKey::API_VERSIONS));
        assert!(session.admit(at(0), ApiKey::SASL_AUTHENTICATE));
        assert!(!session.refuses(ApiKey::SASL_AUTHENTICATE));
        let done = log_in(&mut session, at(0), b"\0alice\0a");
        let lifetime = Some(at(60));
        let message = Vec::new();
        assert_eq!(done, Authentication::Done { message, lifetime });
        assert_eq!(session.principal().map(|name| &**name), Some("User:alice"));
        assert!(session.admit(at(0), ApiKey::METADATA));
    }

    #[test]
    fn a_mechanism_that_is_not_offered_ends_the_connection() {
        for name in ["SCRAM-SHA-256", "plain", ""] {
            let mut session = Session::new(true);
            assert_eq!(session.choose(name, OFFERED, 1), Choice::Unsupported);
            assert!(!session.admit(at(0), ApiKey::SASL_HANDSHAKE));
        }
    }

    #[test]
    fn an_authentication_is_good_for_its_time_and_can_be_renewed() {
        let mut session = Session::new(true);
        session.choose("PLAIN", OFFERED, 1);
        log_in(&mut session, at(10), b"\0alice\0a");
        assert!(session.admit(at(70), ApiKey::METADATA));
        assert!(!session.admit(at(71), ApiKey::METADATA));
        // Even late: the client began to renew it.
        assert!(session.admit(at(71), ApiKey::SASL_HANDSHAKE));
        assert_eq!(session.choose("PLAIN", OFFERED, 1), Choice::Taken);
        log_in(&mut session, at(71), b"\0alice\0a");
        assert!(session.admit(at(131), ApiKey::METADATA));
    }

    #[test]
    fn renewing_twice_in_a_second_is_answered_as_illegal() {
        let mut session = Session::new(true);
        session.choose("PLAIN", OFFERED, 1);
        log_in(&mut session, at(0), b"\0alice\0a");
        session.admit(at(1), ApiKey::SASL_HANDSHAKE);
        session.choose("PLAIN", OFFERED, 1);
        log_in(&mut session, at(1), b"\0alice\0a");
        let soon = at(1) + Duration::from_millis(999);
        assert!(session.admit(soon, ApiKey::SASL_HANDSHAKE));
        assert_eq!(session.choose("PLAIN", OFFERED, 1), Choice::Illegal);
        assert!(session.admit(soon, ApiKey::METADATA));
    }

    #[test]
    fn who_renews_stays_who_it_was() {
        let mut session = Session::new(true);
        session.choose("PLAIN", OFFERED, 1);
        log_in(&mut session, at(0), b"\0alice\0a");
        session.admit(at(5), ApiKey::SASL_HANDSHAKE);
        session.choose("PLAIN", OFFERED, 1);
        let text = "Cannot change principals during re-authentication from User.alice: User.bob";
        assert_eq!(
            log_in(&mut session, at(5), b"\0bob\0b"),
            Authentication::Failed(text.to_owned())
        );
        assert!(!session.admit(at(5), ApiKey::METADATA));
    }

    #[test]
    fn another_mechanism_is_taken_and_leads_nowhere() {
        let mut session = Session::new(true);
        session.choose("PLAIN", OFFERED, 1);
        log_in(&mut session, at(0), b"\0alice\0a");
        session.admit(at(5), ApiKey::SASL_HANDSHAKE);
        assert_eq!(session.choose("OAUTHBEARER", OFFERED, 1), Choice::Taken);
        assert!(!session.admit(at(5), ApiKey::SASL_AUTHENTICATE));
    }
}
