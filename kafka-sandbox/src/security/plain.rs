//! PLAIN (RFC 4616) in the words of Kafka's brokers.

use protocol::sasl::Secret;

use super::Credentials;

/// Who logs in by this message; or why nobody does.
pub(super) fn log_in(message: &[u8], users: &Credentials) -> Result<String, String> {
    let text = String::from_utf8_lossy(message);
    let parts: Vec<&str> = text.splitn(4, '\0').collect();
    let &[authorization_id, user, password] = parts.as_slice() else {
        let count = parts.len();
        return Err(format!(
            "Invalid SASL/PLAIN response: expected 3 tokens, got {count}"
        ));
    };
    if user.is_empty() {
        return Err("Authentication failed: username not specified".to_owned());
    }
    if password.is_empty() {
        return Err("Authentication failed: password not specified".to_owned());
    }
    if !users.accepts(user, &Secret::from(password)) {
        return Err("Authentication failed: Invalid username or password".to_owned());
    }
    if !authorization_id.is_empty() && authorization_id != user {
        return Err(super::exchange::OTHER_AUTHORIZATION_ID.to_owned());
    }
    Ok(user.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::SaslSettings;
    use protocol::sasl::Mechanism;

    #[test]
    fn refusals_are_in_kafkas_words() {
        let users = Credentials::new(Some(
            &SaslSettings::new([Mechanism::Plain]).user("tim", "tanstaaf"),
        ));
        let said = |message: &[u8]| log_in(message, &users);
        assert_eq!(said(b"\0tim\0tanstaaf"), Ok("tim".to_owned()));
        assert_eq!(said(b"tim\0tim\0tanstaaf"), Ok("tim".to_owned()));
        let wrong = "Authentication failed: Invalid username or password";
        for (message, refusal) in [
            (&b"\0tim\0wrong"[..], wrong),
            (b"\0tom\0tanstaaf", wrong),
            (b"\0\xff\0tanstaaf", wrong),
            (b"\0\0tanstaaf", "Authentication failed: username not specified"),
            (b"\0tim\0", "Authentication failed: password not specified"),
            (b"", "Invalid SASL/PLAIN response: expected 3 tokens, got 1"),
            (
                b"tim\0pw",
                "Invalid SASL/PLAIN response: expected 3 tokens, got 2",
            ),
            (
                b"\0\0\0\0\0",
                "Invalid SASL/PLAIN response: expected 3 tokens, got 4",
            ),
            (
                b"root\0tim\0tanstaaf",
                "Authentication failed: Client requested an authorization id that is different from username",
            ),
        ] {
            assert_eq!(said(message), Err(refusal.to_owned()), "{message:?}");
        }
    }
}
