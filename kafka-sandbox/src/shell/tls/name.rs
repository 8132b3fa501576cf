//! The subject of a certificate as text.
//!
//! A broker names a client by it: `CN=alice,O=Example,C=DE`, as RFC 2253 writes it, which is what Java's
//! `X500Principal.getName` returns and Kafka's default principal builder takes.

use std::fmt::Write as _;

/// The subject of a certificate; none when it cannot be made out. The certificate's signature has been checked before.
pub(super) fn subject(certificate: &[u8]) -> Option<String> {
    let mut outer = Der(certificate);
    let mut signed = Der(Der(outer.take(SEQUENCE)?).take(SEQUENCE)?);
    // The version, which may be left out.
    let _ = signed.take(VERSION);
    signed.take(INTEGER)?; // serial number
    signed.take(SEQUENCE)?; // signature algorithm
    signed.take(SEQUENCE)?; // issuer
    signed.take(SEQUENCE)?; // validity
    let mut name = Der(signed.take(SEQUENCE)?);
    let mut parts = Vec::new();
    while !name.0.is_empty() {
        let mut pairs = Der(name.take(SET)?);
        let mut part = String::new();
        while !pairs.0.is_empty() {
            if !part.is_empty() {
                part.push('+');
            }
            let mut pair = Der(pairs.take(SEQUENCE)?);
            let kind = pair.take(OBJECT_ID)?;
            let whole = pair.0;
            let (tag, value) = pair.next()?;
            push(&mut part, kind, tag, value, whole)?;
        }
        parts.push(part);
    }
    // The last part comes first.
    parts.reverse();
    Some(parts.join(","))
}

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const OBJECT_ID: u8 = 0x06;
const VERSION: u8 = 0xa0;
const UTF8: u8 = 0x0c;
const PRINTABLE: u8 = 0x13;
const TELETEX: u8 = 0x14;
const IA5: u8 = 0x16;
const UNIVERSAL: u8 = 0x1c;
const BMP: u8 = 0x1e;

/// The attributes that RFC 2253 knows by name.
const KINDS: [(&[u8], &str); 9] = [
    (&[0x55, 4, 3], "CN"),
    (&[0x55, 4, 6], "C"),
    (&[0x55, 4, 7], "L"),
    (&[0x55, 4, 8], "ST"),
    (&[0x55, 4, 9], "STREET"),
    (&[0x55, 4, 10], "O"),
    (&[0x55, 4, 11], "OU"),
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 1], "UID"),
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25], "DC"),
];

/// Writes one attribute. `whole` is its value with tag and length.
fn push(text: &mut String, kind: &[u8], tag: u8, value: &[u8], whole: &[u8]) -> Option<()> {
    let known = KINDS.iter().find(|(id, _)| *id == kind);
    match (known, string(tag, value)) {
        (Some((_, name)), Some(value)) => {
            let _ = write!(text, "{name}=");
            escape(text, &value);
        }
        _ => {
            let _ = write!(text, "{}=#", object_id(kind)?);
            for byte in whole {
                let _ = write!(text, "{byte:02x}");
            }
        }
    }
    Some(())
}

fn string(tag: u8, value: &[u8]) -> Option<String> {
    match tag {
        UTF8 | PRINTABLE | IA5 => String::from_utf8(value.to_vec()).ok(),
        TELETEX => Some(value.iter().map(|&byte| char::from(byte)).collect()),
        BMP => {
            let (pairs, rest) = value.as_chunks::<2>();
            let units: Vec<u16> = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
            rest.is_empty().then(|| String::from_utf16(&units).ok()).flatten()
        }
        UNIVERSAL => {
            let (words, rest) = value.as_chunks::<4>();
            let chars = words.iter().map(|word| char::from_u32(u32::from_be_bytes(*word)));
            rest.is_empty().then(|| chars.collect()).flatten()
        }
        _ => None,
    }
}

fn escape(text: &mut String, value: &str) {
    let last = value.chars().count().saturating_sub(1);
    for (place, char) in value.chars().enumerate() {
        let special = match char {
            ',' | '+' | '"' | '\\' | '<' | '>' | ';' => true,
            '#' => place == 0,
            ' ' => place == 0 || place == last,
            _ => false,
        };
        if special {
            text.push('\\');
        }
        text.push(char);
    }
}

/// An object identifier in dotted form.
fn object_id(bytes: &[u8]) -> Option<String> {
    let mut numbers: Vec<u64> = Vec::new();
    let mut number = 0u64;
    for &byte in bytes {
        number = number.checked_mul(128)?.checked_add(u64::from(byte & 0x7f))?;
        if byte & 0x80 == 0 {
            numbers.push(std::mem::take(&mut number));
        }
    }
    let (&first, rest) = numbers.split_first()?;
    // The first two are in one.
    let top = (first / 40).min(2);
    let mut text = format!("{top}.{}", first - top * 40);
    for number in rest {
        let _ = write!(text, ".{number}");
    }
    Some(text)
}

/// What is left of a run of DER elements.
struct Der<'a>(&'a [u8]);

impl<'a> Der<'a> {
    /// The content of the next element, which must have this tag; else nothing is taken.
    fn take(&mut self, tag: u8) -> Option<&'a [u8]> {
        let before = self.0;
        match self.next() {
            Some((found, content)) if found == tag => Some(content),
            _ => {
                self.0 = before;
                None
            }
        }
    }

    /// The tag and content of the next element.
    fn next(&mut self) -> Option<(u8, &'a [u8])> {
        let (&tag, rest) = self.0.split_first()?;
        let (&first, mut rest) = rest.split_first()?;
        let mut length = usize::from(first);
        if first & 0x80 != 0 {
            let count = usize::from(first & 0x7f);
            if !(1..=4).contains(&count) {
                return None;
            }
            let (bytes, after) = rest.split_at_checked(count)?;
            rest = after;
            length = bytes.iter().try_fold(0usize, |length, &byte| {
                length.checked_mul(256)?.checked_add(usize::from(byte))
            })?;
        }
        let (content, after) = rest.split_at_checked(length)?;
        self.0 = after;
        Some((tag, content))
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, DnType, KeyPair};

    use super::*;

    fn of(parts: &[(DnType, &str)]) -> String {
        let mut params = CertificateParams::default();
        params.distinguished_name = rcgen::DistinguishedName::new();
        for (kind, value) in parts {
            params.distinguished_name.push(kind.clone(), *value);
        }
        let certificate = params.self_signed(&KeyPair::generate().expect("a key"));
        subject(certificate.expect("a certificate").der()).expect("a subject")
    }

    #[test]
    fn subjects_are_written_as_java_does() {
        assert_eq!(of(&[(DnType::CommonName, "alice")]), "CN=alice");
        let parts = [
            (DnType::CountryName, "DE"),
            (DnType::OrganizationName, "Ex, Inc."),
            (DnType::CommonName, " a+b#"),
        ];
        assert_eq!(of(&parts), "CN=\\ a\\+b#,O=Ex\\, Inc.,C=DE");
        let mail = DnType::CustomDnType(vec![1, 2, 840, 113_549, 1, 9, 1]);
        assert_eq!(of(&[(mail, "a@b")]), "1.2.840.113549.1.9.1=#0c03614062");
    }

    #[test]
    fn bytes_that_are_no_certificate_have_no_subject() {
        let whole = CertificateParams::default()
            .self_signed(&KeyPair::generate().expect("a key"))
            .expect("a certificate");
        let whole = whole.der();
        for end in 0..whole.len().min(200) {
            // Whatever is cut, nothing panics; the outermost length is already wrong.
            assert_eq!(subject(&whole[..end]), None, "{end}");
        }
        for place in 0..whole.len() {
            for value in [0, 0x7f, 0x80, 0x84, 0xff] {
                let mut bytes = whole.to_vec();
                bytes[place] = value;
                let _ = subject(&bytes);
            }
        }
    }
}
