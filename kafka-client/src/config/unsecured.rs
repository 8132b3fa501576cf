//! Unsecured bearer tokens (KIP-255): claims that nobody signed, for development. Brokers take them unless they were
//! given something better.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::sasl::Secret;

use super::token::{Token, TokenFuture, TokenProvider};

/// Makes unsecured tokens as the options of `OAuthBearerLoginModule` say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnsecuredTokens {
    /// Claims by name; the values are JSON.
    claims: BTreeMap<String, String>,
    extensions: Vec<(String, String)>,
    lifetime: Duration,
}

impl UnsecuredTokens {
    /// Reads the options of the login module.
    pub(super) fn of(options: &BTreeMap<String, Secret>) -> Result<Self, String> {
        let mut tokens = Self {
            claims: BTreeMap::new(),
            extensions: Vec::new(),
            lifetime: Duration::from_secs(3600),
        };
        for (name, value) in options {
            let value = value.expose();
            let number = || {
                value
                    .parse::<f64>()
                    .ok()
                    .filter(|n| n.is_finite())
                    .ok_or_else(|| format!("`{name}` is not a number"))
            };
            if let Some(claim) = name.strip_prefix("unsecuredLoginStringClaim_") {
                tokens.claims.insert(claim.to_owned(), json_text(value));
            } else if let Some(claim) = name.strip_prefix("unsecuredLoginNumberClaim_") {
                tokens.claims.insert(claim.to_owned(), number()?.to_string());
            } else if let Some(claim) = name.strip_prefix("unsecuredLoginListClaim_") {
                tokens.claims.insert(claim.to_owned(), json_list(value));
            } else if let Some(extension) = name.strip_prefix("unsecuredLoginExtension_") {
                tokens.extensions.push((extension.to_owned(), value.to_owned()));
            } else if name == "unsecuredLoginLifetimeSeconds" {
                tokens.lifetime = Duration::try_from_secs_f64(number()?)
                    .ok()
                    .filter(|lifetime| !lifetime.is_zero())
                    .ok_or_else(|| format!("`{name}` must be positive"))?;
            } else if !matches!(
                name.as_str(),
                "unsecuredLoginPrincipalClaimName" | "unsecuredLoginScopeClaimName"
            ) {
                return Err(format!(
                    "`OAuthBearerLoginModule` has no option `{name}` for unsecured tokens"
                ));
            }
        }
        let principal = options
            .get("unsecuredLoginPrincipalClaimName")
            .map_or("sub", Secret::expose);
        if !tokens.claims.contains_key(principal) {
            return Err(format!(
                "unsecured tokens need `unsecuredLoginStringClaim_{principal}`; for a real identity provider give the \
                 client a `TokenProvider`"
            ));
        }
        Ok(tokens)
    }

    /// The token that is issued `since_epoch` after 1970.
    fn issue(&self, since_epoch: Duration) -> String {
        let mut body = String::from("{");
        for (name, value) in &self.claims {
            // Writing to a string cannot fail.
            let _ = write!(body, "{}:{value},", json_text(name));
        }
        // Rounded down: a broker whose clock shows the same millisecond takes no token that is issued later.
        let seconds = |time: Duration| format!("{}.{:03}", time.as_secs(), time.subsec_millis());
        let (issued, expires) = (seconds(since_epoch), seconds(since_epoch + self.lifetime));
        let _ = write!(body, "\"iat\":{issued},\"exp\":{expires}}}");
        format!(
            "{}.{}.",
            URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#),
            URL_SAFE_NO_PAD.encode(body)
        )
    }
}

impl TokenProvider for UnsecuredTokens {
    fn token(&self) -> TokenFuture {
        let since_epoch = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        let token = Token {
            secret: Secret::new(self.issue(since_epoch)),
            extensions: self.extensions.clone(),
            expires_in: Some(self.lifetime),
        };
        Box::pin(std::future::ready(Ok(token)))
    }
}

/// A list whose first character is the separator, as Java wants it: `|a|b` is `["a","b"]`.
fn json_list(text: &str) -> String {
    let items = match text.chars().next() {
        Some(first) if !first.is_alphanumeric() => text[first.len_utf8()..].split(first).collect(),
        Some(_) => vec![text],
        None => Vec::new(),
    };
    format!(
        "[{}]",
        items.into_iter().map(json_text).collect::<Vec<_>>().join(",")
    )
}

fn json_text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(list: &[(&str, &str)]) -> BTreeMap<String, Secret> {
        list.iter()
            .map(|&(name, value)| (name.to_owned(), Secret::new(value)))
            .collect()
    }

    #[test]
    fn tokens_hold_the_claims() {
        let tokens = UnsecuredTokens::of(&options(&[
            ("unsecuredLoginStringClaim_sub", "ali\"ce"),
            ("unsecuredLoginNumberClaim_level", "3"),
            ("unsecuredLoginListClaim_scope", "|a|b"),
            ("unsecuredLoginLifetimeSeconds", "60"),
            ("unsecuredLoginExtension_zone", "x"),
        ]))
        .unwrap();
        let token = tokens.issue(Duration::from_micros(1_000_007_900));
        let parts: Vec<_> = token.split('.').collect();
        let decoded = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
        assert_eq!(parts.len(), 3);
        assert_eq!((decoded(parts[0]).as_str(), parts[2]), (r#"{"alg":"none"}"#, ""));
        let body = r#"{"level":3,"scope":["a","b"],"sub":"ali\"ce","iat":1000.007,"exp":1060.007}"#;
        assert_eq!(decoded(parts[1]), body);
        assert_eq!(tokens.extensions, [("zone".to_owned(), "x".to_owned())]);
    }

    #[test]
    fn wrong_options_are_named() {
        for (list, part) in [
            (&[][..], "unsecuredLoginStringClaim_sub"),
            (
                &[("clientId", "x"), ("unsecuredLoginStringClaim_sub", "a")][..],
                "`clientId`",
            ),
            (
                &[
                    ("unsecuredLoginLifetimeSeconds", "0"),
                    ("unsecuredLoginStringClaim_sub", "a"),
                ][..],
                "positive",
            ),
            (
                &[
                    ("unsecuredLoginNumberClaim_n", "x"),
                    ("unsecuredLoginStringClaim_sub", "a"),
                ][..],
                "not a number",
            ),
        ] {
            let error = UnsecuredTokens::of(&options(list)).unwrap_err();
            assert!(error.contains(part), "{error}");
        }
    }
}
