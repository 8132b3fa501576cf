use std::borrow::Cow;

use super::varint::read_i32;

/// The headers of a record, decoded as they are iterated.
#[derive(Clone, Copy, Debug, Default)]
pub struct Headers<'a> {
    count: u32,
    /// Checked when the record was read.
    raw: &'a [u8],
}

/// A header of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header<'a> {
    /// The name: UTF-8 by the protocol, which nothing enforces. Names may repeat.
    pub key: &'a [u8],
    /// The value, or null.
    pub value: Option<&'a [u8]>,
}

impl<'a> Header<'a> {
    /// A header called `name`.
    pub fn new(name: &'a str, value: Option<&'a [u8]>) -> Self {
        Self {
            key: name.as_bytes(),
            value,
        }
    }

    /// The name as text; what is not UTF-8 in it is replaced.
    pub fn name(&self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.key)
    }
}

impl<'a> Headers<'a> {
    pub(super) const NONE: Self = Self { count: 0, raw: &[] };

    /// Checks the headers at the end of a record, which are all of `body`.
    pub(super) fn read(mut body: &'a [u8]) -> Option<Self> {
        let count = u32::try_from(read_i32(&mut body)?).ok()?;
        let raw = body;
        for _ in 0..count {
            read_header(&mut body)?;
        }
        body.is_empty().then_some(Self { count, raw })
    }

    /// How many headers there are.
    pub fn len(&self) -> usize {
        usize::try_from(self.count).unwrap_or(usize::MAX)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The headers in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Header<'a>> + Clone + use<'a> {
        HeaderIter {
            left: self.len(),
            raw: self.raw,
        }
    }

    /// The value of the last header called `name`, which is the one that counts.
    pub fn last(&self, name: &str) -> Option<Header<'a>> {
        self.iter().filter(|header| header.key == name.as_bytes()).last()
    }
}

#[derive(Clone)]
struct HeaderIter<'a> {
    left: usize,
    raw: &'a [u8],
}

impl<'a> Iterator for HeaderIter<'a> {
    type Item = Header<'a>;

    fn next(&mut self) -> Option<Header<'a>> {
        self.left = self.left.checked_sub(1)?;
        read_header(&mut self.raw)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for HeaderIter<'_> {}

fn read_header<'a>(input: &mut &'a [u8]) -> Option<Header<'a>> {
    Some(Header {
        key: read_field(input)??,
        value: read_field(input)?,
    })
}

/// Bytes with their length in front, -1 for null. The outer `None` is a fault.
#[inline(always)]
pub(super) fn read_field<'a>(input: &mut &'a [u8]) -> Option<Option<&'a [u8]>> {
    let length = read_i32(input)?;
    if length == -1 {
        return Some(None);
    }
    let (field, rest) = input.split_at_checked(usize::try_from(length).ok()?)?;
    *input = rest;
    Some(Some(field))
}
