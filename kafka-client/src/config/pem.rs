//! PEM text: certificates and keys between `-----BEGIN X-----` and `-----END X-----`.
//!
//! In a property file the line breaks are often lost or became blanks, so blocks are taken apart and written anew.

use protocol::sasl::Secret;
use zeroize::Zeroizing;

/// One block of PEM text.
pub(super) struct Block {
    /// What it holds, e.g. `CERTIFICATE`.
    pub(super) label: String,
    /// Its base64, without white space.
    body: Zeroizing<String>,
}

impl Block {
    /// Finds the blocks of a text; what is between them does not count. The error shows nothing of the content.
    pub(super) fn all(text: &str) -> Result<Vec<Self>, String> {
        const BEGIN: &str = "-----BEGIN ";
        let mut blocks = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find(BEGIN) {
            let at = &rest[start + BEGIN.len()..];
            let (label, body) = at.split_once("-----").ok_or("a BEGIN line has no end")?;
            if label.is_empty()
                || !label
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b' ')
            {
                return Err("a BEGIN line is malformed".to_owned());
            }
            let (body, behind) = body
                .split_once(&format!("-----END {label}-----"))
                .ok_or_else(|| format!("`{label}` has no END line"))?;
            let body: Zeroizing<String> =
                Zeroizing::new(body.chars().filter(|c| !c.is_whitespace()).collect());
            let is_base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
            if body.is_empty() || !body.bytes().all(is_base64) {
                let hint = if body.contains("Proc-Type") {
                    "is encrypted in OpenSSL's old way; convert it with `openssl pkcs8 -topk8 -in KEY -out KEY.pem`"
                } else {
                    "is not base64"
                };
                return Err(format!("`{label}` {hint}"));
            }
            blocks.push(Self {
                label: label.to_owned(),
                body,
            });
            rest = behind;
        }
        Ok(blocks)
    }

    /// Whether it holds a certificate.
    pub(super) fn is_certificate(&self) -> bool {
        matches!(
            self.label.as_str(),
            "CERTIFICATE" | "TRUSTED CERTIFICATE" | "X509 CERTIFICATE"
        )
    }

    /// Whether it holds a private key.
    pub(super) fn is_key(&self) -> bool {
        self.label.ends_with("PRIVATE KEY")
    }

    /// The block as text, with lines of 64 characters.
    pub(super) fn write(&self, out: &mut String) {
        let label = if self.is_certificate() {
            "CERTIFICATE"
        } else {
            &self.label
        };
        out.push_str("-----BEGIN ");
        out.push_str(label);
        out.push_str("-----\n");
        for (at, c) in self.body.char_indices() {
            if at > 0 && at % 64 == 0 {
                out.push('\n');
            }
            out.push(c);
        }
        out.push_str("\n-----END ");
        out.push_str(label);
        out.push_str("-----\n");
    }
}

/// The certificates of a text, written anew. The error says what is missing.
pub(super) fn certificates(text: &str) -> Result<String, String> {
    let mut out = String::new();
    for block in Block::all(text)?.iter().filter(|block| block.is_certificate()) {
        block.write(&mut out);
    }
    if out.is_empty() {
        Err("it holds no `-----BEGIN CERTIFICATE-----`".to_owned())
    } else {
        Ok(out)
    }
}

/// The one private key of a text, decrypted and written anew.
pub(super) fn private_key(text: &str, password: Option<&Secret>) -> Result<Secret, String> {
    let mut keys: Vec<_> = Block::all(text)?.into_iter().filter(Block::is_key).collect();
    let key = keys.pop().ok_or("it holds no `-----BEGIN PRIVATE KEY-----`")?;
    if !keys.is_empty() {
        return Err("it holds more than one private key".to_owned());
    }
    let mut out = Zeroizing::new(String::new());
    if key.label != "ENCRYPTED PRIVATE KEY" {
        key.write(&mut out);
        return Ok(Secret::new(out.as_str()));
    }
    let password = password.ok_or("the private key is encrypted, and `ssl.key.password` is not set")?;
    let der = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, key.body.as_bytes())
        .map_err(|_| "`ENCRYPTED PRIVATE KEY` is not base64")?;
    let encrypted = pkcs8::EncryptedPrivateKeyInfoRef::try_from(der.as_slice())
        .map_err(|error| format!("the encrypted private key is malformed: {error}"))?;
    let plain = encrypted.decrypt(password.expose()).map_err(|_| {
        "the private key cannot be decrypted: `ssl.key.password` is wrong, or the key is encrypted by other means than \
         PBES2 with AES; convert it with `openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out KEY.pem`"
    })?;
    let body = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, plain.as_bytes());
    Block {
        label: "PRIVATE KEY".to_owned(),
        body: Zeroizing::new(body),
    }
    .write(&mut out);
    Ok(Secret::new(out.as_str()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TWO: &str = "subject=x\n-----BEGIN CERTIFICATE----- QUJD\n REVG -----END CERTIFICATE-----\njunk\
                       -----BEGIN PRIVATE KEY-----\nR0hJ\n-----END PRIVATE KEY-----";

    #[test]
    fn blocks_are_found_whatever_became_of_their_lines() {
        assert_eq!(
            certificates(TWO).unwrap(),
            "-----BEGIN CERTIFICATE-----\nQUJDREVG\n-----END CERTIFICATE-----\n"
        );
        let key = private_key(TWO, None).unwrap();
        assert_eq!(
            key.expose(),
            "-----BEGIN PRIVATE KEY-----\nR0hJ\n-----END PRIVATE KEY-----\n"
        );
    }

    #[test]
    fn long_bodies_get_lines() {
        let text = format!(
            "-----BEGIN CERTIFICATE-----{}-----END CERTIFICATE-----",
            "A".repeat(130)
        );
        let lines: Vec<_> = certificates(&text).unwrap().lines().map(str::len).collect();
        assert_eq!(lines, [27, 64, 64, 2, 25]);
    }

    #[test]
    fn malformed_text_says_what_is_wrong_and_shows_nothing() {
        for (text, part) in [
            ("hunter2", "holds no"),
            ("-----BEGIN PRIVATE KEY", "no end"),
            ("-----BEGIN PRIVATE KEY-----hunter2", "no END line"),
            ("-----BEGIN private key-----x", "malformed"),
            (
                "-----BEGIN PRIVATE KEY-----*hunter2*-----END PRIVATE KEY-----",
                "not base64",
            ),
            (
                "-----BEGIN RSA PRIVATE KEY-----Proc-Type: 4,ENCRYPTED x-----END RSA PRIVATE KEY-----",
                "openssl pkcs8",
            ),
            (
                "-----BEGIN ENCRYPTED PRIVATE KEY-----AAAA-----END ENCRYPTED PRIVATE KEY-----",
                "ssl.key.password",
            ),
        ] {
            let error = private_key(text, None).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
    proptest! {
        #[test]
        fn hostile_text_never_panics(
            parts in prop::collection::vec(prop::sample::select(vec![
                "-----BEGIN ", "-----END ", "CERTIFICATE", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "-----", "QUJD", "\n", "=", "é",
            ]), 0..12),
        ) {
            let text = parts.concat();
            let _ = certificates(&text);
            let _ = private_key(&text, Some(&Secret::new("hunter2")));
        }
    }
}
