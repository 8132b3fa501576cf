//! OAUTHBEARER with unsecured tokens, as Kafka's brokers take them when no validator is set (KIP-255): JSON Web Tokens
//! without a signature, for tests.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// What a token says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Claims {
    /// The principal's name, from the claim `sub`.
    pub(super) subject: String,
    /// When the token expires, in milliseconds since 1970.
    pub(super) expires_ms: i64,
}

/// Reads a token; none when it is not one, has expired at `now` (milliseconds since 1970), or is signed.
pub(super) fn read(token: &str, now: i64) -> Option<Claims> {
    let mut parts = token.split('.');
    let (header, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if !signature.is_empty() || parts.next().is_some() {
        return None;
    }
    if json(header)?.get("alg")?.as_str()? != "none" {
        return None;
    }
    let claims = json(claims)?;
    let subject = claims
        .get("sub")?
        .as_str()
        .filter(|name| !name.trim().is_empty())?;
    let expires_ms = millis(claims.get("exp")?)?;
    let issued_ms = match claims.get("iat") {
        Some(issued) => Some(millis(issued)?),
        None => None,
    };
    let is_in_order = issued_ms.is_none_or(|issued| issued <= now && issued < expires_ms);
    (is_in_order && now < expires_ms).then(|| Claims {
        subject: subject.to_owned(),
        expires_ms,
    })
}

fn json(part: &str) -> Option<Value> {
    let bytes = URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok()?;
    let value: Value = serde_json::from_slice(&bytes).ok()?;
    value.is_object().then_some(value)
}

/// A time in seconds, perhaps with a fraction, in milliseconds.
fn millis(seconds: &Value) -> Option<i64> {
    if let Some(seconds) = seconds.as_i64() {
        return seconds.checked_mul(1000);
    }
    // Beyond what a date can be, a float is no time either.
    let seconds = seconds.as_f64().filter(|seconds| seconds.abs() < 1e12)?;
    #[allow(clippy::cast_possible_truncation)]
    Some((seconds * 1000.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(header: &str, claims: &str, signature: &str) -> String {
        let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
        format!("{}.{}.{signature}", encode(header), encode(claims))
    }

    const NONE: &str = r#"{"alg":"none"}"#;

    #[test]
    fn a_token_says_who_and_until_when() {
        let good = token(NONE, r#"{"sub":"alice","iat":10,"exp":20.5}"#, "");
        let claims = Claims {
            subject: "alice".to_owned(),
            expires_ms: 20_500,
        };
        assert_eq!(read(&good, 10_000), Some(claims));
        assert_eq!(read(&good, 20_500), None, "expired");
        assert_eq!(read(&good, 9_999), None, "not issued yet");
    }

    #[test]
    fn what_is_no_unsecured_token_is_refused() {
        for (token, why) in [
            (token(NONE, r#"{"sub":"a","exp":20}"#, "c2ln"), "signed"),
            (
                token(r#"{"alg":"RS256"}"#, r#"{"sub":"a","exp":20}"#, ""),
                "signed",
            ),
            (token(NONE, r#"{"exp":20}"#, ""), "no subject"),
            (token(NONE, r#"{"sub":" ","exp":20}"#, ""), "blank subject"),
            (token(NONE, r#"{"sub":7,"exp":20}"#, ""), "subject is a number"),
            (token(NONE, r#"{"sub":"a"}"#, ""), "no expiry"),
            (token(NONE, r#"{"sub":"a","exp":"20"}"#, ""), "expiry is a text"),
            (token(NONE, r#"{"sub":"a","exp":1e300}"#, ""), "expiry is no time"),
            (
                token(NONE, r#"{"sub":"a","exp":9223372036854775807}"#, ""),
                "overflow",
            ),
            (token(NONE, "[]", ""), "no object"),
            ("..".to_owned(), "empty"),
            ("a.b".to_owned(), "two parts"),
            ("a.b..".to_owned(), "four parts"),
        ] {
            assert_eq!(read(&token, 5000), None, "{why}: {token}");
        }
    }
}
