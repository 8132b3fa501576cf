//! PLAIN (RFC 4616): `[authorization id] NUL user NUL password`, answered with nothing.

use super::{AuthErrorKind, Secret, Step};

pub(super) fn initial(username: &str, password: &Secret) -> Result<Vec<u8>, AuthErrorKind> {
    if username.is_empty() || password.is_empty() {
        return Err(AuthErrorKind::BadCredentials(
            "user name and password may not be empty",
        ));
    }
    if username.contains('\0') || password.expose().contains('\0') {
        return Err(AuthErrorKind::BadCredentials(
            "user name and password may not contain the character NUL",
        ));
    }
    // Sized beforehand: growing would leave copies of the password behind.
    let mut message = Vec::with_capacity(username.len() + password.expose().len() + 2);
    message.push(0);
    message.extend_from_slice(username.as_bytes());
    message.push(0);
    message.extend_from_slice(password.expose().as_bytes());
    Ok(message)
}

pub(super) fn challenge(message: &[u8]) -> Result<Step, AuthErrorKind> {
    // The mechanism leaves the server nothing to say.
    if message.is_empty() {
        Ok(Step::Done)
    } else {
        Err(AuthErrorKind::BadMessage("the answer should be empty"))
    }
}

/// What a client said by PLAIN.
#[cfg(any(feature = "server", test))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainLogin {
    /// Whom the client wants to act as; empty for the user itself.
    pub authorization_id: String,
    /// The user.
    pub username: String,
    /// The password the client claims; comparing two secrets takes the same time wherever they differ.
    pub password: Secret,
}

#[cfg(any(feature = "server", test))]
impl PlainLogin {
    /// Reads the client's message. As Kafka's brokers do, it accepts no authorization id but the user's own name.
    pub fn parse(message: &[u8]) -> Result<Self, super::AuthError> {
        Self::read(message).map_err(|kind| kind.of(super::Mechanism::Plain))
    }

    fn read(message: &[u8]) -> Result<Self, AuthErrorKind> {
        let text = std::str::from_utf8(message).map_err(|_| AuthErrorKind::BadMessage("it is not UTF-8"))?;
        let parts: Vec<&str> = text.split('\0').collect();
        let [authorization_id, username, password] = parts.as_slice() else {
            return Err(AuthErrorKind::BadMessage("it should have three parts"));
        };
        if username.is_empty() || password.is_empty() {
            return Err(AuthErrorKind::BadMessage("user name or password is empty"));
        }
        if !authorization_id.is_empty() && authorization_id != username {
            return Err(AuthErrorKind::Rejected(
                "a client may act only as the user it authenticates as".to_owned(),
            ));
        }
        Ok(Self {
            authorization_id: (*authorization_id).to_owned(),
            username: (*username).to_owned(),
            password: Secret::from(*password),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Credentials, Mechanism, NONCE_LEN, SaslClient};
    use super::*;

    fn client(username: &str, password: &str) -> Result<SaslClient, super::super::AuthError> {
        let credentials = Credentials::password(username, password);
        SaslClient::new(Mechanism::Plain, &credentials, &[0; NONCE_LEN])
    }

    #[test]
    fn sends_user_and_password_and_ends() {
        let mut plain = client("tim", "tanstaaftanstaaf").unwrap();
        assert_eq!(plain.initial(), b"\0tim\0tanstaaftanstaaf");
        assert_eq!(plain.challenge(b""), Ok(Step::Done));
        assert_eq!(plain.challenge(b"").unwrap_err().kind, AuthErrorKind::Unexpected);
    }

    #[test]
    fn an_answer_with_content_is_an_error() {
        let mut plain = client("tim", "x").unwrap();
        assert!(matches!(
            plain.challenge(b"?").unwrap_err().kind,
            AuthErrorKind::BadMessage(_)
        ));
    }

    #[test]
    fn what_cannot_be_said_is_refused() {
        for (username, password) in [("", "x"), ("x", ""), ("a\0b", "x"), ("x", "a\0b")] {
            let error = client(username, password).unwrap_err();
            assert!(matches!(error.kind, AuthErrorKind::BadCredentials(_)), "{error}");
        }
    }

    #[test]
    fn both_sides_agree() {
        let login = PlainLogin::parse(client("zoë", "päss=,").unwrap().initial()).unwrap();
        assert_eq!(login.username, "zoë");
        assert_eq!(login.password, Secret::from("päss=,"));
        assert_eq!(login.authorization_id, "");
    }

    #[test]
    fn the_server_side_refuses_what_is_malformed() {
        for message in [
            &b""[..],
            b"user\0password",
            b"\0user\0password\0",
            b"\0\0password",
            b"\0user\0",
            b"root\0user\0password",
            b"\0\xff\0password",
        ] {
            assert!(PlainLogin::parse(message).is_err(), "{message:?}");
        }
        assert!(PlainLogin::parse(b"user\0user\0password").is_ok());
    }
}
