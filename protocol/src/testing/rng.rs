//! Random values with a liking for extremes.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;

use crate::Uuid;

/// What a receiver knows: values that get a message past its first checks.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Texts by the name of the field they belong to, as `"group_id"`, and under `""` those for all other fields.
    pub strings: BTreeMap<String, Vec<String>>,
    /// Numbers, likewise.
    pub numbers: BTreeMap<String, Vec<i64>>,
    /// Record batches, subscriptions, and what else is bytes.
    pub bytes: Vec<Bytes>,
    /// Ids of topics.
    pub uuids: Vec<Uuid>,
}

/// The values for a field.
fn of_field<'a, T>(values: &'a BTreeMap<String, Vec<T>>, field: &str) -> &'a [T] {
    values
        .get(field)
        .or_else(|| values.get(""))
        .map_or(&[], Vec::as_slice)
}

/// A small generator (SplitMix64): the same seed gives the same values everywhere.
#[derive(Clone, Debug)]
pub struct Rng {
    state: u64,
    known: Option<Arc<Vocabulary>>,
    /// Which field the next value is for.
    field: &'static str,
    /// How many arrays deep the next value lies.
    depth: u32,
}

impl Rng {
    /// A generator for `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed,
            known: None,
            field: "",
            depth: 0,
        }
    }

    /// A generator that draws seven of eight values from `known`, as far as it has any of the kind.
    pub fn knowing(seed: u64, known: Arc<Vocabulary>) -> Self {
        Self {
            known: Some(known),
            ..Self::new(seed)
        }
    }

    /// Says which field the next value is for.
    pub fn enter(&mut self, field: &'static str) {
        self.field = field;
    }

    /// Draws what is known, now and then nothing.
    fn draw<T: Clone>(&mut self, values: for<'a> fn(&'a Vocabulary, &str) -> &'a [T]) -> Option<T> {
        let known = self.known.clone()?;
        let values = values(&known, self.field);
        if values.is_empty() || self.below(8) == 0 {
            return None;
        }
        values.get(self.below(values.len())).cloned()
    }

    /// 64 random bits.
    pub fn u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `bound`, which is at least 1.
    pub fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.u64()) * u128::try_from(bound).unwrap_or(1);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Either.
    pub fn bool(&mut self) -> bool {
        self.u64() >> 63 == 1
    }

    /// 64 bits that are an extreme (in 8, 16, 32 and 64 bits alike), small, or anything.
    fn bits(&mut self) -> u64 {
        match self.below(6) {
            0 => 0,
            1 => u64::MAX,
            2 => 0x7fff_ffff_ffff_ffff,
            3 => 0x8000_0000_0000_0000,
            4 => self.u64() >> 56,
            _ => self.u64(),
        }
    }

    /// An int8.
    pub fn i8(&mut self) -> i8 {
        i8::from_be_bytes(self.top())
    }

    /// An int16.
    pub fn i16(&mut self) -> i16 {
        i16::from_be_bytes(self.top())
    }

    /// An int32.
    pub fn i32(&mut self) -> i32 {
        i32::from_be_bytes(self.top())
    }

    /// An int64.
    pub fn i64(&mut self) -> i64 {
        i64::from_be_bytes(self.top())
    }

    /// A uint16.
    pub fn u16(&mut self) -> u16 {
        u16::from_be_bytes(self.top())
    }

    /// A uint32.
    pub fn u32(&mut self) -> u32 {
        u32::from_be_bytes(self.top())
    }

    /// A float64 that equals itself.
    pub fn f64(&mut self) -> f64 {
        match f64::from_be_bytes(self.top()) {
            value if value.is_nan() => f64::INFINITY,
            value => value,
        }
    }

    /// The `N` most significant bytes of [`Rng::bits`], or the least significant ones of a known number.
    fn top<const N: usize>(&mut self) -> [u8; N] {
        if let Some(number) = self.draw(|known, field| of_field(&known.numbers, field)) {
            return number.to_be_bytes().last_chunk().copied().unwrap_or([0; N]);
        }
        let bytes = self.bits().to_be_bytes();
        bytes.first_chunk().copied().unwrap_or([0; N])
    }

    /// A uuid; now and then the one that means "none".
    pub fn uuid(&mut self) -> Uuid {
        if let Some(uuid) = self.draw(|known, _| &known.uuids) {
            return uuid;
        }
        if self.below(8) == 0 {
            return Uuid::ZERO;
        }
        let bits = u128::from(self.u64()) << 64 | u128::from(self.u64());
        Uuid::from_bytes(bits.to_be_bytes())
    }

    /// A text of none, few or, where its length needs a second byte, many characters of one to four bytes.
    pub fn string(&mut self) -> String {
        if let Some(string) = self.draw(|known, field| of_field(&known.strings, field)) {
            return string;
        }
        const ALPHABET: [char; 10] = ['a', 'Z', '0', '-', '.', '\0', 'é', 'ж', '漢', '🦀'];
        let length = match self.below(16) {
            0..=2 => 0,
            3 => 130 + self.below(40),
            _ => 1 + self.below(12),
        };
        (0..length)
            .map(|_| ALPHABET[self.below(ALPHABET.len())])
            .collect()
    }

    /// None, few or, so that they are not copied into the frame, many bytes.
    pub fn bytes(&mut self) -> Bytes {
        if let Some(bytes) = self.draw(|known, _| &known.bytes) {
            return bytes;
        }
        let length = match self.below(16) {
            0..=2 => 0,
            3 => 500 + self.below(200),
            _ => 1 + self.below(40),
        };
        (0..length).map(|_| self.u64().to_be_bytes()[0]).collect()
    }

    /// An array: of up to three elements, fewer the deeper it lies, rarely so many that the count needs a second
    /// byte.
    pub fn array<T>(&mut self, mut element: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let many = self.depth == 0 && self.below(40) == 0;
        let count = match self.depth {
            _ if many => 128 + self.below(8),
            0 | 1 => self.below(4),
            _ => self.below(3),
        };
        let deeper = if many { 2 } else { 1 };
        self.depth += deeper;
        let elements = (0..count).map(|_| element(self)).collect();
        self.depth -= deeper;
        elements
    }

    /// A value, or null in one of four cases where null is allowed.
    pub fn nullable<T>(&mut self, allowed: bool, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if allowed && self.below(4) == 0 {
            None
        } else {
            Some(value(self))
        }
    }
}
