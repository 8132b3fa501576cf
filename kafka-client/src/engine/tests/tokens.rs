use std::sync::Arc;
use std::time::Duration;

use protocol::sasl::{Credentials, Mechanism, Secret};

use super::world::at;
use crate::config::{SaslConfig, SaslCredentials, Token, TokenFuture, TokenProvider};
use crate::connection::Login;
use crate::engine::LinkId;
use crate::engine::login::Logins;

/// Never asked here: the script hands the tokens in.
#[derive(Debug)]
struct Provider;

impl TokenProvider for Provider {
    fn token(&self) -> TokenFuture {
        Box::pin(std::future::pending())
    }
}

fn logins() -> (Logins, fastrand::Rng) {
    let sasl = SaslConfig {
        mechanism: Mechanism::OAuthBearer,
        credentials: SaslCredentials::Provider(Arc::new(Provider)),
    };
    (Logins::new(Some(&sasl), [3; 32]), fastrand::Rng::with_seed(3))
}

fn token(text: &str) -> Token {
    Token {
        secret: Secret::new(text),
        extensions: Vec::new(),
        expires_in: Some(Duration::from_secs(100)),
    }
}

#[track_caller]
fn shows(login: Option<Result<Login, String>>, text: &str) {
    let credentials = login.expect("a token is there").expect("no error").credentials;
    let Credentials::Bearer { token, .. } = credentials else {
        panic!("no token")
    };
    assert_eq!(token.expose(), text);
}

#[test]
fn c31_one_token_serves_all_and_is_renewed_before_it_expires() {
    let (mut logins, mut rng) = logins();
    let links = [LinkId(1), LinkId(2), LinkId(3)];
    for link in links {
        assert!(logins.login(at(0), &mut rng, link).is_none());
    }
    assert!(logins.start_fetch());
    assert!(!logins.start_fetch(), "never twice at once");
    let (waiting, error) = logins.handle_token(at(10), &mut rng, Ok(token("first")));
    assert_eq!((waiting.as_slice(), error), (&links[..], None));
    shows(logins.login(at(20), &mut rng, LinkId(4)), "first");
    let renewal = logins.next_deadline().expect("it expires");
    assert!((at(75_010)..=at(85_010)).contains(&renewal), "{renewal:?}");
    assert!(!logins.refresh_due(at(75_000)));
    assert!(logins.refresh_due(renewal));
    assert!(!logins.refresh_due(renewal), "it is being fetched");
    logins.handle_token(at(86_000), &mut rng, Ok(token("second")));
    shows(logins.login(at(86_001), &mut rng, LinkId(5)), "second");
}

#[test]
fn c31_the_old_token_is_used_until_it_expires_when_there_is_no_new_one() {
    let (mut logins, mut rng) = logins();
    assert!(logins.login(at(0), &mut rng, LinkId(1)).is_none());
    assert!(logins.start_fetch());
    logins.handle_token(at(0), &mut rng, Ok(token("first")));
    let renewal = logins.next_deadline().expect("it expires");
    assert!(logins.refresh_due(renewal));
    let (waiting, error) = logins.handle_token(renewal, &mut rng, Err("no route".to_owned()));
    assert!(waiting.is_empty(), "nobody is told: the old one holds");
    assert_eq!(error.as_deref(), Some("the token provider failed: no route"));
    assert_eq!(logins.next_deadline(), Some(renewal + Duration::from_secs(10)));
    shows(logins.login(at(99_999), &mut rng, LinkId(2)), "first");
    assert!(
        logins.login(at(100_000), &mut rng, LinkId(3)).is_none(),
        "it has expired"
    );
}

#[test]
fn nonces_are_never_used_twice() {
    let sasl = SaslConfig {
        mechanism: Mechanism::ScramSha256,
        credentials: SaslCredentials::Fixed(Credentials::password("alice", "wonderland")),
    };
    let mut logins = Logins::new(Some(&sasl), [3; 32]);
    let mut rng = fastrand::Rng::with_seed(3);
    let mut nonce = || logins.login(at(0), &mut rng, LinkId(1)).unwrap().unwrap().nonce;
    assert_ne!(nonce(), nonce());
}
