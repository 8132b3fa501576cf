//! Bytes that are wrong in one known place.

use super::Rng;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A length or count is -2; where it is compact, which has no sign, `u32::MAX`.
    Negative,
    /// A length or count is the highest its type can say.
    Huge,
    /// A length or count is higher by one.
    OneMore,
    /// A length or count is lower by one.
    OneLess,
    /// A varint has six bytes.
    LongVarint,
    /// A text begins with a byte that UTF-8 does not have.
    BadUtf8,
    /// A tagged section has a tag twice.
    DuplicateTag,
    /// A tagged section announces more fields than a frame can hold.
    ManyTags,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Negative,
        Self::Huge,
        Self::OneMore,
        Self::OneLess,
        Self::LongVarint,
        Self::BadUtf8,
        Self::DuplicateTag,
        Self::ManyTags,
    ];

    /// Whether no reader may accept it, wherever it is. A length that is off by one can by chance make sense.
    pub fn is_certain(self) -> bool {
        !matches!(self, Self::OneMore | Self::OneLess)
    }
}

/// Rides on a writer and makes it write what no writer should.
#[derive(Debug, Default)]
pub(crate) struct Probe {
    /// The fault and the place it goes to: lengths, texts and tagged sections are counted from zero.
    pub(crate) fault: Option<(usize, Fault)>,
    /// Places passed so far.
    pub(crate) places: usize,
    /// Whether the place was one for the fault.
    pub(crate) applied: bool,
    /// Adds unknown tagged fields to tagged sections.
    pub(crate) noise: Option<Rng>,
    /// Unknown fields announced and not yet written, one number for each open tagged section.
    pub(crate) owed: Vec<u32>,
}

impl Probe {
    /// Passes a place. Returns the fault that goes there.
    pub(crate) fn pass(&mut self) -> Option<Fault> {
        let here = self.places;
        self.places += 1;
        self.fault
            .filter(|(place, _)| *place == here)
            .map(|(_, fault)| fault)
    }
}
