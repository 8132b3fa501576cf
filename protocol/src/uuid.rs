use std::fmt;

/// Kafka's identifier of topics, directories, clusters and members: 128 bits, written as 22 characters of
/// base64url without padding. All zeros means "none".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid([u8; 16]);

impl Uuid {
    /// The identifier that means "none".
    pub const ZERO: Self = Self([0; 16]);

    /// Takes the 16 bytes as they are on the wire.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes as they are on the wire.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Whether this is the identifier that means "none".
    pub fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let mut bits = u128::from_be_bytes(self.0);
        // 128 bits are 21 whole groups of six and one of two, which is filled up with zeros.
        let mut text = [0u8; 22];
        for place in &mut text {
            let group = usize::from((bits >> 122).to_le_bytes()[0]);
            *place = ALPHABET[group];
            bits <<= 6;
        }
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}
