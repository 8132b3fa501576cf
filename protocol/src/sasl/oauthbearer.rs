//! OAUTHBEARER (RFC 7628, KIP-255) with extensions (KIP-342).
//!
//! `n,, ^A auth=Bearer TOKEN ^A [name=value ^A]… ^A`, answered with nothing or, when the token is not accepted,
//! with a JSON text that the client acknowledges with `^A` before the broker ends the exchange.

use super::error::printable;
use super::{AuthErrorKind, Secret, Step};

const SEPARATOR: u8 = 1;

/// The exchange after the first message.
#[derive(Default)]
pub(super) struct BearerClient {
    rejection: Option<String>,
}

impl BearerClient {
    pub(super) fn challenge(&mut self, message: &[u8]) -> Result<Step, AuthErrorKind> {
        if let Some(reason) = self.rejection.take() {
            return Err(AuthErrorKind::Rejected(reason));
        }
        if message.is_empty() {
            return Ok(Step::Done);
        }
        self.rejection = Some(printable(message));
        Ok(Step::Send(vec![SEPARATOR]))
    }

    pub(super) fn rejection(&self) -> Option<&str> {
        self.rejection.as_deref()
    }
}

pub(super) fn initial(token: &Secret, extensions: &[(String, String)]) -> Result<Vec<u8>, AuthErrorKind> {
    if !is_token(token.expose()) {
        return Err(AuthErrorKind::BadCredentials(
            "the bearer token is empty or has characters other than letters, digits, -._~+/ and = at the end",
        ));
    }
    for (place, (name, value)) in extensions.iter().enumerate() {
        if !is_extension_name(name) {
            return Err(AuthErrorKind::BadCredentials(
                "the name of an extension must consist of ASCII letters and not be `auth`",
            ));
        }
        if !is_extension_value(value) {
            return Err(AuthErrorKind::BadCredentials(
                "the value of an extension must be printable ASCII and not empty",
            ));
        }
        if extensions[..place].iter().any(|(earlier, _)| earlier == name) {
            return Err(AuthErrorKind::BadCredentials("an extension is named twice"));
        }
    }
    let extensions_len: usize = extensions
        .iter()
        .map(|(name, value)| name.len() + value.len() + 2)
        .sum();
    // Sized beforehand: growing would leave copies of the token behind.
    let mut message =
        Vec::with_capacity(GREETING.len() + AUTH.len() + token.expose().len() + extensions_len + 3);
    message.extend_from_slice(GREETING);
    message.push(SEPARATOR);
    message.extend_from_slice(AUTH);
    message.extend_from_slice(token.expose().as_bytes());
    message.push(SEPARATOR);
    for (name, value) in extensions {
        message.extend_from_slice(name.as_bytes());
        message.push(b'=');
        message.extend_from_slice(value.as_bytes());
        message.push(SEPARATOR);
    }
    message.push(SEPARATOR);
    Ok(message)
}

const GREETING: &[u8] = b"n,,";
const AUTH: &[u8] = b"auth=Bearer ";

/// The `b64token` of RFC 6750.
fn is_token(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    !body.is_empty()
        && body
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte))
}

fn is_extension_name(name: &str) -> bool {
    !name.is_empty() && name != "auth" && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_extension_value(value: &str) -> bool {
    !value.is_empty()
        && value
            .bytes()
            .all(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\r' | b'\n'))
}

/// What a client said by OAUTHBEARER.
#[cfg(any(feature = "server", test))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BearerLogin {
    /// Whom the client wants to act as; empty for the token's own subject.
    pub authorization_id: String,
    /// The token, not verified.
    pub token: Secret,
    /// The extensions, in the client's order (KIP-342).
    pub extensions: Vec<(String, String)>,
}

#[cfg(any(feature = "server", test))]
impl BearerLogin {
    /// Reads the client's first message.
    pub fn parse(message: &[u8]) -> Result<Self, super::AuthError> {
        Self::read(message).map_err(|what| AuthErrorKind::BadMessage(what).of(super::Mechanism::OAuthBearer))
    }

    fn read(message: &[u8]) -> Result<Self, &'static str> {
        let text = std::str::from_utf8(message).map_err(|_| "it is not UTF-8")?;
        let (greeting, pairs) = text.split_once('\u{1}').ok_or("it has no separator")?;
        let authorization_id = greeting
            .strip_prefix("n,")
            .and_then(|rest| rest.strip_suffix(','))
            .ok_or("it does not begin with `n,`")?;
        let authorization_id = match authorization_id {
            "" => String::new(),
            named => {
                let name = named
                    .strip_prefix("a=")
                    .ok_or("the authorization id is malformed")?;
                super::scram::decode_name(name).ok_or("the authorization id is malformed")?
            }
        };
        let pairs = pairs
            .strip_suffix("\u{1}\u{1}")
            .ok_or("it does not end with two separators")?;
        let mut token = None;
        let mut extensions: Vec<(String, String)> = Vec::new();
        for pair in pairs.split('\u{1}') {
            let (name, value) = pair.split_once('=').ok_or("a pair has no `=`")?;
            if name == "auth" {
                let (scheme, bearer) = value.split_once(' ').ok_or("`auth` has no scheme")?;
                if !scheme.eq_ignore_ascii_case("bearer") {
                    return Err("the scheme is not `Bearer`");
                }
                let bearer = bearer.trim_start_matches(' ');
                if !is_token(bearer) || token.is_some() {
                    return Err("the token is malformed or there twice");
                }
                token = Some(Secret::from(bearer));
            } else if !is_extension_name(name) || !is_extension_value(value) {
                return Err("an extension is malformed");
            } else if extensions.iter().any(|(earlier, _)| earlier == name) {
                return Err("an extension is there twice");
            } else {
                extensions.push((name.to_owned(), value.to_owned()));
            }
        }
        Ok(Self {
            authorization_id,
            token: token.ok_or("`auth` is missing")?,
            extensions,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Credentials, Mechanism, NONCE_LEN, SaslClient};
    use super::*;

    fn client(token: &str, extensions: &[(&str, &str)]) -> Result<SaslClient, super::super::AuthError> {
        let credentials = Credentials::Bearer {
            token: Secret::from(token),
            extensions: extensions
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        };
        SaslClient::new(Mechanism::OAuthBearer, &credentials, &[0; NONCE_LEN])
    }

    #[test]
    fn sends_token_and_extensions() {
        let mut bearer = client("ab.c-d_~+/==", &[("tenant", "blue 7"), ("zone", "b")]).unwrap();
        assert_eq!(
            bearer.initial(),
            b"n,,\x01auth=Bearer ab.c-d_~+/==\x01tenant=blue 7\x01zone=b\x01\x01"
        );
        assert_eq!(bearer.challenge(b""), Ok(Step::Done));
    }

    #[test]
    fn acknowledges_a_rejection_before_it_fails() {
        let mut bearer = client("t", &[]).unwrap();
        let step = bearer.challenge(b"{\"status\":\"invalid_token\"}\x07").unwrap();
        assert_eq!(step, Step::Send(vec![1]));
        let reason = "{\"status\":\"invalid_token\"} ".to_owned();
        assert_eq!(bearer.rejection(), Some(reason.as_str()));
        assert_eq!(
            bearer.challenge(b"").unwrap_err().kind,
            AuthErrorKind::Rejected(reason)
        );
        assert_eq!(bearer.challenge(b"").unwrap_err().kind, AuthErrorKind::Unexpected);
    }

    #[test]
    fn what_would_change_the_message_is_refused() {
        for (token, extensions) in [
            ("", &[][..]),
            ("=", &[]),
            ("a b", &[]),
            ("a\x01auth=Bearer b", &[]),
            ("a=b", &[]),
            ("t", &[("auth", "x")]),
            ("t", &[("", "x")]),
            ("t", &[("k1", "x")]),
            ("t", &[("k", "")]),
            ("t", &[("k", "a\x01b")]),
            ("t", &[("k", "é")]),
            ("t", &[("k", "a"), ("k", "b")]),
        ] {
            let error = client(token, extensions).unwrap_err();
            assert!(
                matches!(error.kind, AuthErrorKind::BadCredentials(_)),
                "{token:?} {extensions:?}"
            );
        }
    }

    #[test]
    fn both_sides_agree() {
        let extensions = [("tenant", "a=b,c"), ("note", "two\r\nlines")];
        let login = BearerLogin::parse(client("abc", &extensions).unwrap().initial()).unwrap();
        assert_eq!(login.token, Secret::from("abc"));
        assert_eq!(login.authorization_id, "");
        let extensions = extensions.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(login.extensions, extensions);
    }

    #[test]
    fn the_server_side_reads_what_other_clients_write() {
        let login = BearerLogin::parse(b"n,a=m=2Ce,\x01auth=bearer   x\x01\x01").unwrap();
        assert_eq!(login.authorization_id, "m,e");
        assert_eq!(login.token, Secret::from("x"));
        for message in [
            &b""[..],
            b"n,,\x01\x01",
            b"y,,\x01auth=Bearer x\x01\x01",
            b"n,,\x01auth=Basic x\x01\x01",
            b"n,,\x01auth=Bearer x\x01",
            b"n,,\x01auth=Bearer x\x01auth=Bearer x\x01\x01",
            b"n,,\x01auth=Bearer x\x01k=a\x01k=b\x01\x01",
            b"n,a=\x02,\x01\x01",
        ] {
            assert!(BearerLogin::parse(message).is_err(), "{message:?}");
        }
    }
}
