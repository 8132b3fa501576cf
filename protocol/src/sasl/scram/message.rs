//! The texts of the four messages.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What comes before the first message proper: no channel binding, no authorization id.
pub(super) const GREETING: &str = "n,,";

/// [`GREETING`] in base64, as the client repeats it under its proof.
pub(super) const GREETING_BASE64: &str = "biws";

/// The server's first message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ServerFirst<'a> {
    pub(super) nonce: &'a str,
    pub(super) salt: Vec<u8>,
    pub(super) iterations: u32,
}

/// The server's last message.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ServerFinal<'a> {
    Rejected(&'a str),
    Signature(Vec<u8>),
}

impl<'a> ServerFirst<'a> {
    pub(super) fn parse(message: &'a str) -> Result<Self, &'static str> {
        let mut attributes = message.split(',');
        let nonce = attribute(attributes.next(), "r=").ok_or("the nonce is missing")?;
        let salt = attribute(attributes.next(), "s=").ok_or("the salt is missing")?;
        let iterations = attribute(attributes.next(), "i=").ok_or("the iterations are missing")?;
        if !is_nonce(nonce) {
            return Err("the nonce has characters it may not have");
        }
        let salt = STANDARD.decode(salt).map_err(|_| "the salt is not base64")?;
        if salt.is_empty() {
            return Err("the salt is empty");
        }
        if !iterations.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err("the iterations are not a number");
        }
        Ok(Self {
            nonce,
            salt,
            iterations: iterations
                .parse()
                .map_err(|_| "the iterations are not a number")?,
        })
    }
}

impl<'a> ServerFinal<'a> {
    pub(super) fn parse(message: &'a str) -> Result<Self, &'static str> {
        let first = message.split(',').next();
        if let Some(reason) = attribute(first, "e=") {
            return Ok(Self::Rejected(reason));
        }
        let signature = attribute(first, "v=").ok_or("the signature is missing")?;
        let signature = STANDARD
            .decode(signature)
            .map_err(|_| "the signature is not base64")?;
        Ok(Self::Signature(signature))
    }
}

pub(super) fn attribute<'a>(part: Option<&'a str>, prefix: &str) -> Option<&'a str> {
    part?.strip_prefix(prefix)
}

/// Whether `text` is a nonce: visible ASCII without a comma.
pub(super) fn is_nonce(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b',')
}

/// A user name as messages spell it.
pub(super) fn encode_name(name: &str) -> String {
    name.replace('=', "=3D").replace(',', "=2C")
}

/// The user name that `spelled` stands for, when it is spelled well; Kafka's brokers accept only ASCII.
#[cfg(any(feature = "server", test))]
pub(in crate::sasl) fn decode_name(spelled: &str) -> Option<String> {
    let mut name = String::with_capacity(spelled.len());
    let mut parts = spelled.split('=');
    name.push_str(parts.next()?);
    for part in parts {
        if let Some(rest) = part.strip_prefix("2C") {
            name.push(',');
            name.push_str(rest);
        } else {
            name.push('=');
            name.push_str(part.strip_prefix("3D")?);
        }
    }
    (!name.is_empty() && spelled.is_ascii() && !spelled.contains([',', '\0'])).then_some(name)
}
