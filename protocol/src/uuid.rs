use std::fmt;
use std::str::FromStr;

/// Kafka's identifier of topics, directories, clusters and members: 128 bits, written as 22 characters of
/// base64url without padding. All zeros means "none".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid([u8; 16]);

impl Uuid {
    /// The identifier that means "none".
    pub const ZERO: Self = Self([0; 16]);

    /// The identifier of the topic in which KRaft controllers keep the cluster's metadata.
    pub const METADATA_TOPIC: Self = Self([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);

    /// Takes the 16 bytes as they are on the wire.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Makes an identifier as Java's `Uuid.randomUuid` does: of version 4, none of the reserved ones, and not
    /// beginning with `-`, which a command line would take for an option.
    ///
    /// `draw` gives random bytes. It is called again while an identifier does not qualify, about once in 64 times;
    /// a source that is not random may never end.
    pub fn random(mut draw: impl FnMut() -> [u8; 16]) -> Self {
        /// The first six bits of an identifier that begins with `-`.
        const HYPHEN: u8 = 62;
        loop {
            let mut bytes = draw();
            bytes[6] = bytes[6] & 0x0f | 0x40;
            bytes[8] = bytes[8] & 0x3f | 0x80;
            // With the bits of the version set, none of the reserved ones can come up.
            if bytes[0] >> 2 != HYPHEN {
                return Self(bytes);
            }
        }
    }

    /// The 16 bytes as they are on the wire.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Whether this is the identifier that means "none".
    pub fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }

    /// Whether this is one of the identifiers that no topic may have.
    pub fn is_reserved(&self) -> bool {
        self.is_zero() || *self == Self::METADATA_TOPIC
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bits = u128::from_be_bytes(self.0);
        // 128 bits are 21 whole groups of six and one of two, which is filled up with zeros.
        let mut text = [0u8; TEXT_LEN];
        for place in &mut text {
            let group = usize::from((bits >> 122).to_le_bytes()[0]);
            *place = ALPHABET[group];
            bits <<= 6;
        }
        f.pad(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl FromStr for Uuid {
    type Err = ParseUuidError;

    /// Accepts what Java's `Uuid.fromString` accepts: 22 characters of base64url, with or without the padding
    /// `==`; the four bits that the last character has too many are ignored.
    fn from_str(text: &str) -> Result<Self, ParseUuidError> {
        let body = match text.len() {
            24 => text.strip_suffix("=="),
            TEXT_LEN => Some(text),
            _ => None,
        };
        let body = body.ok_or(ParseUuidError(ParseUuidErrorKind::Length(text.len())))?;
        let mut bits = 0u128;
        for (place, byte) in body.bytes().enumerate() {
            let group = ALPHABET.iter().position(|letter| *letter == byte);
            let group = group.and_then(|group| u128::try_from(group).ok());
            let group = group.ok_or(ParseUuidError(ParseUuidErrorKind::Character(place)))?;
            // The last group has room for two of its six bits.
            bits = if place + 1 < TEXT_LEN {
                bits << 6 | group
            } else {
                bits << 2 | group >> 4
            };
        }
        Ok(Self(bits.to_be_bytes()))
    }
}

/// Why a text is not a [`Uuid`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseUuidError(ParseUuidErrorKind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ParseUuidErrorKind {
    Character(usize),
    Length(usize),
}

impl fmt::Display for ParseUuidError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            ParseUuidErrorKind::Character(place) => {
                write!(
                    f,
                    "an id consists of letters, digits, `-` and `_`; byte {place} is none of them"
                )
            }
            ParseUuidErrorKind::Length(length) => write!(f, "an id has {TEXT_LEN} characters, not {length}"),
        }
    }
}

impl std::error::Error for ParseUuidError {}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const TEXT_LEN: usize = 22;

#[cfg(test)]
mod tests {
    use super::*;

    /// What Java prints for the identifiers it parses.
    #[test]
    fn reads_what_java_reads() {
        for (text, printed) in [
            ("AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA"),
            ("AAAAAAAAAAAAAAAAAAAAAB", "AAAAAAAAAAAAAAAAAAAAAA"),
            ("AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAAA"),
            ("-_-_-_-_-_-_-_-_-_-_-_", "-_-_-_-_-_-_-_-_-_-_-w"),
        ] {
            assert_eq!(text.parse::<Uuid>().unwrap().to_string(), printed);
        }
    }

    #[test]
    fn refuses_what_java_refuses() {
        for text in [
            "",
            "AAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAA=",
            "AAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAA==",
            "AAAAAAAAAAAAAAAAAAAA==AA",
            "+/AAAAAAAAAAAAAAAAAAAA",
            "éAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAA\n",
        ] {
            assert!(text.parse::<Uuid>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn text_keeps_all_bits() {
        for bytes in [[0xff; 16], [0; 16], *b"0123456789abcdef", [0xf8; 16]] {
            let id = Uuid::from_bytes(bytes);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        assert_eq!(Uuid::METADATA_TOPIC.to_string(), "AAAAAAAAAAAAAAAAAAAAAQ");
        assert!(Uuid::METADATA_TOPIC.is_reserved() && Uuid::ZERO.is_reserved());
    }

    #[test]
    fn random_does_not_begin_with_a_hyphen() {
        let mut first = 0xf8;
        let id = Uuid::random(|| {
            first += 1;
            [first; 16]
        });
        // 0xf8 to 0xfb begin with `-`; the first draw is 0xf9.
        assert_eq!(id.as_bytes()[0], 0xfc);
        assert_eq!((id.as_bytes()[6] >> 4, id.as_bytes()[8] >> 6), (4, 2));
        assert!(!Uuid::random(|| [0; 16]).is_reserved());
    }
}
