use bytes::Bytes;

use super::error::{DecodeError, DecodeErrorKind};
use crate::{NodeIds, Uuid};

/// A cursor over a received frame.
///
/// Bytes and records are handed out as views that share the frame's memory; nothing is copied.
#[derive(Debug)]
pub struct Reader<'a> {
    frame: &'a Bytes,
    rest: &'a [u8],
    /// Bytes of the frame behind `rest` that this reader may not see.
    beyond: usize,
    /// Elements that arrays may still have, all of them together.
    elements: usize,
}

impl<'a> Reader<'a> {
    /// Starts at the first byte of `frame`.
    #[inline]
    pub fn new(frame: &'a Bytes) -> Self {
        Self {
            frame,
            rest: frame,
            beyond: 0,
            elements: usize::MAX,
        }
    }

    /// Lets all arrays that are read from now on have no more than `most` elements together; without it, no more than
    /// there are bytes for.
    ///
    /// An element may take a hundred times as many bytes in memory as it does in the frame.
    pub fn limit_elements(&mut self, most: usize) {
        self.elements = most;
    }

    /// Position from the start of the frame, in bytes.
    #[inline]
    pub fn at(&self) -> usize {
        self.frame.len() - self.beyond - self.rest.len()
    }

    /// Bytes not read yet.
    #[inline]
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// An error of `kind` at the current position.
    #[cold]
    pub fn error(&self, kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(self.at(), kind)
    }

    /// Fails when bytes are left over.
    #[inline]
    pub fn finish(&self) -> Result<(), DecodeError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.error(DecodeErrorKind::Trailing(self.rest.len())))
        }
    }

    /// The next `length` bytes, as a borrowed slice.
    #[inline]
    pub fn take(&mut self, length: usize) -> Result<&'a [u8], DecodeError> {
        match self.rest.split_at_checked(length) {
            Some((taken, rest)) => {
                self.rest = rest;
                Ok(taken)
            }
            None => Err(self.truncated(length)),
        }
    }

    /// The next `length` bytes, sharing the frame's memory.
    #[inline]
    pub fn take_bytes(&mut self, length: usize) -> Result<Bytes, DecodeError> {
        let taken = self.take(length)?;
        Ok(self.frame.slice_ref(taken))
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        match self.rest.split_first_chunk::<N>() {
            Some((taken, rest)) => {
                self.rest = rest;
                Ok(*taken)
            }
            None => Err(self.truncated(N)),
        }
    }

    #[cold]
    fn truncated(&self, needed: usize) -> DecodeError {
        self.error(DecodeErrorKind::Truncated {
            needed,
            remaining: self.rest.len(),
        })
    }

    /// An int8.
    #[inline]
    pub fn i8(&mut self) -> Result<i8, DecodeError> {
        self.array().map(i8::from_be_bytes)
    }

    /// An int16.
    #[inline]
    pub fn i16(&mut self) -> Result<i16, DecodeError> {
        self.array().map(i16::from_be_bytes)
    }

    /// A uint16.
    #[inline]
    pub fn u16(&mut self) -> Result<u16, DecodeError> {
        self.array().map(u16::from_be_bytes)
    }

    /// An int32.
    #[inline]
    pub fn i32(&mut self) -> Result<i32, DecodeError> {
        self.array().map(i32::from_be_bytes)
    }

    /// A uint32.
    #[inline]
    pub fn u32(&mut self) -> Result<u32, DecodeError> {
        self.array().map(u32::from_be_bytes)
    }

    /// An int64.
    #[inline]
    pub fn i64(&mut self) -> Result<i64, DecodeError> {
        self.array().map(i64::from_be_bytes)
    }

    /// A float64.
    #[inline]
    pub fn f64(&mut self) -> Result<f64, DecodeError> {
        self.array().map(f64::from_be_bytes)
    }

    /// A boolean: any byte but zero is true, as for every Kafka implementation.
    #[inline]
    pub fn bool(&mut self) -> Result<bool, DecodeError> {
        self.i8().map(|byte| byte != 0)
    }

    /// A uuid, 16 bytes.
    #[inline]
    pub fn uuid(&mut self) -> Result<Uuid, DecodeError> {
        self.array().map(Uuid::from_bytes)
    }

    /// An unsigned varint of at most five bytes.
    #[inline]
    pub fn varint(&mut self) -> Result<u32, DecodeError> {
        match self.rest {
            [byte, rest @ ..] if *byte < 0x80 => {
                self.rest = rest;
                Ok(u32::from(*byte))
            }
            _ => self
                .long_varint(35)
                .and_then(|value| u32::try_from(value).map_err(|_| self.error(DecodeErrorKind::BadVarint))),
        }
    }

    /// A signed (zigzag) varint.
    #[inline]
    pub fn signed_varint(&mut self) -> Result<i32, DecodeError> {
        self.varint()
            .map(|raw| (raw >> 1).cast_signed() ^ -(raw & 1).cast_signed())
    }

    /// An unsigned varlong of at most ten bytes.
    #[inline]
    pub fn varlong(&mut self) -> Result<u64, DecodeError> {
        self.long_varint(70)
    }

    /// A signed (zigzag) varlong.
    #[inline]
    pub fn signed_varlong(&mut self) -> Result<i64, DecodeError> {
        self.varlong()
            .map(|raw| (raw >> 1).cast_signed() ^ -(raw & 1).cast_signed())
    }

    fn long_varint(&mut self, bits: u32) -> Result<u64, DecodeError> {
        let mut value = 0u64;
        let mut shift = 0;
        loop {
            let byte = match self.rest {
                [byte, rest @ ..] => {
                    self.rest = rest;
                    *byte
                }
                [] => return Err(self.truncated(1)),
            };
            let part = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit only.
            if shift == 63 && part > 1 {
                return Err(self.error(DecodeErrorKind::BadVarint));
            }
            value |= part << shift;
            if byte < 0x80 {
                return Ok(value);
            }
            shift += 7;
            if shift >= bits {
                return Err(self.error(DecodeErrorKind::BadVarint));
            }
        }
    }

    /// The length of a value that may be null: int32 or int16 with -1 for null, or compact (length + 1).
    /// The caller has read `raw`; this checks it.
    #[inline]
    fn checked_length(&self, raw: i64) -> Result<Option<usize>, DecodeError> {
        match raw {
            -1 => Ok(None),
            _ => match usize::try_from(raw) {
                Ok(length) => Ok(Some(length)),
                Err(_) => Err(self.error(DecodeErrorKind::BadLength(raw))),
            },
        }
    }

    /// The count of an array, `None` for null; checked against `element_min`, the least bytes an element takes.
    #[inline]
    pub fn array_length(&mut self, flexible: bool, element_min: usize) -> Result<Option<usize>, DecodeError> {
        let raw = if flexible {
            i64::from(self.varint()?) - 1
        } else {
            i64::from(self.i32()?)
        };
        let length = self.checked_length(raw)?;
        match length {
            Some(count) if count > self.elements || count > self.rest.len() / element_min.max(1) => {
                Err(self.error(DecodeErrorKind::BadLength(raw)))
            }
            length => {
                self.elements -= length.unwrap_or(0);
                Ok(length)
            }
        }
    }

    /// The length of a string, `None` for null.
    #[inline]
    pub fn string_length(&mut self, flexible: bool) -> Result<Option<usize>, DecodeError> {
        let raw = if flexible {
            i64::from(self.varint()?) - 1
        } else {
            i64::from(self.i16()?)
        };
        // A compact string is no longer than a plain one can be.
        if raw > i64::from(i16::MAX) {
            return Err(self.error(DecodeErrorKind::BadLength(raw)));
        }
        self.checked_length(raw)
    }

    /// A string that may be null.
    #[inline]
    pub fn nullable_string(&mut self, flexible: bool) -> Result<Option<String>, DecodeError> {
        let Some(length) = self.string_length(flexible)? else {
            return Ok(None);
        };
        let start = self.at();
        let raw = self.take(length)?;
        match std::str::from_utf8(raw) {
            Ok(text) => Ok(Some(text.to_owned())),
            Err(bad) => Err(DecodeError::new(
                start + bad.valid_up_to(),
                DecodeErrorKind::BadUtf8,
            )),
        }
    }

    /// A string.
    #[inline]
    pub fn string(&mut self, flexible: bool) -> Result<String, DecodeError> {
        self.nullable_string(flexible)?
            .ok_or_else(|| self.error(DecodeErrorKind::NullNotAllowed))
    }

    /// Bytes that may be null, sharing the frame's memory. Records have the same form.
    #[inline]
    pub fn nullable_bytes(&mut self, flexible: bool) -> Result<Option<Bytes>, DecodeError> {
        let raw = if flexible {
            i64::from(self.varint()?) - 1
        } else {
            i64::from(self.i32()?)
        };
        match self.checked_length(raw)? {
            Some(length) => self.take_bytes(length).map(Some),
            None => Ok(None),
        }
    }

    /// Bytes, sharing the frame's memory.
    #[inline]
    pub fn bytes(&mut self, flexible: bool) -> Result<Bytes, DecodeError> {
        self.nullable_bytes(flexible)?
            .ok_or_else(|| self.error(DecodeErrorKind::NullNotAllowed))
    }

    /// An array of int32 that is mostly short, `None` for null.
    #[inline(always)]
    pub fn node_ids(&mut self, flexible: bool) -> Result<Option<NodeIds>, DecodeError> {
        // As many bytes as a short list can have are read whatever its count: a copy of fixed size, without a
        // loop. Everything else, all errors included, goes the long way.
        let (count, rest) = if flexible {
            match self.rest {
                [count, rest @ ..] => (u32::from(*count).wrapping_sub(1), rest),
                [] => return self.many_node_ids(flexible),
            }
        } else {
            match self.rest.split_first_chunk() {
                Some((count, rest)) => (u32::from_be_bytes(*count), rest),
                None => return self.many_node_ids(flexible),
            }
        };
        if let Some(ahead) = rest.first_chunk()
            && let Some((ids, size)) = NodeIds::from_ahead(count, ahead)
            && let Some(rest) = rest.get(size..)
        {
            self.rest = rest;
            return Ok(Some(ids));
        }
        self.many_node_ids(flexible)
    }

    #[inline(never)]
    fn many_node_ids(&mut self, flexible: bool) -> Result<Option<NodeIds>, DecodeError> {
        Ok(self.i32_array(flexible)?.map(NodeIds::from))
    }

    /// Skips a tagged section in which no tag is known.
    #[inline]
    pub fn skip_tags(&mut self) -> Result<(), DecodeError> {
        match self.rest {
            [0, rest @ ..] => {
                self.rest = rest;
                Ok(())
            }
            _ => self.tagged_section(|_, _| Ok(false)),
        }
    }

    /// Walks a tagged section. `known` is asked for each tag with a reader over that tag's bytes alone and says
    /// whether it knew the tag; a known tag must use up its bytes, an unknown one is skipped.
    #[inline]
    pub fn tagged_section(
        &mut self,
        mut known: impl FnMut(u32, &mut Self) -> Result<bool, DecodeError>,
    ) -> Result<(), DecodeError> {
        let count = self.varint()?;
        let mut last: Option<u32> = None;
        for _ in 0..count {
            let tag = self.varint()?;
            if last.is_some_and(|last| tag <= last) {
                return Err(self.error(DecodeErrorKind::BadTagOrder(tag)));
            }
            last = Some(tag);
            let size = self.varint()?;
            let length =
                usize::try_from(size).map_err(|_| self.error(DecodeErrorKind::BadLength(size.into())))?;
            let value = self.take(length)?;
            let mut inner = Self {
                frame: self.frame,
                rest: value,
                beyond: self.beyond + self.rest.len(),
                elements: self.elements,
            };
            let is_known = known(tag, &mut inner)?;
            self.elements = inner.elements;
            if is_known {
                inner.finish()?;
            }
        }
        Ok(())
    }
}

/// Arrays of values of fixed size are read in one go: one check, one allocation.
macro_rules! scalar_arrays {
    ($($name:ident: $type:ty, $size:literal, $convert:expr;)*) => {
        impl Reader<'_> {
            $(
                #[doc = concat!("An array of `", stringify!($type), "`, `None` for null.")]
                #[inline]
                pub fn $name(&mut self, flexible: bool) -> Result<Option<Vec<$type>>, DecodeError> {
                    let Some(count) = self.array_length(flexible, $size)? else {
                        return Ok(None);
                    };
                    let (elements, _) = self.take(count * $size)?.as_chunks::<$size>();
                    Ok(Some(elements.iter().copied().map($convert).collect()))
                }
            )*
        }
    };
}

scalar_arrays! {
    i8_array: i8, 1, i8::from_be_bytes;
    i16_array: i16, 2, i16::from_be_bytes;
    i32_array: i32, 4, i32::from_be_bytes;
    i64_array: i64, 8, i64::from_be_bytes;
    uuid_array: Uuid, 16, Uuid::from_bytes;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn varint(bytes: &'static [u8]) -> Result<u32, String> {
        Reader::new(&Bytes::from_static(bytes))
            .varint()
            .map_err(|error| error.to_string())
    }

    #[test]
    fn arrays_share_the_elements_there_may_be() {
        // Two arrays of two bytes each, the second in a tag.
        let frame = Bytes::from_static(&[3, 1, 2, 1, 0, 3, 3, 1, 2]);
        for (most, fits) in [(4, true), (3, false), (1, false)] {
            let mut r = Reader::new(&frame);
            r.limit_elements(most);
            let both = r.i8_array(true).and_then(|_| {
                r.tagged_section(|_, inner| inner.i8_array(true).map(|_| true))?;
                r.finish()
            });
            assert_eq!(both.is_ok(), fits, "{most}: {both:?}");
        }
    }

    #[test]
    fn varints_at_their_edges() {
        assert_eq!(varint(&[0]), Ok(0));
        assert_eq!(varint(&[0xff, 0xff, 0xff, 0xff, 0x0f]), Ok(u32::MAX));
        // As long as need be, but larger than 32 bits.
        assert!(varint(&[0xff, 0xff, 0xff, 0xff, 0x1f]).is_err());
        assert!(varint(&[0x80, 0x80, 0x80, 0x80, 0x80, 0]).is_err());
        assert_eq!(
            varint(&[0x80]),
            Err("truncated: needs 1 bytes, 0 remain at byte 1".to_owned())
        );
        let mut longest = [0xff; 10];
        longest[9] = 1;
        assert_eq!(
            Reader::new(&Bytes::copy_from_slice(&longest)).varlong(),
            Ok(u64::MAX)
        );
        longest[9] = 2;
        assert!(Reader::new(&Bytes::copy_from_slice(&longest)).varlong().is_err());
    }

    #[test]
    fn tagged_sections() {
        let walk = |bytes: &'static [u8]| {
            let frame = Bytes::from_static(bytes);
            let mut seen = Vec::new();
            let mut r = Reader::new(&frame);
            r.tagged_section(|tag, r| {
                seen.push((tag, r.at(), r.remaining()));
                Ok(tag == 1 && r.i8().is_ok())
            })
            .map(|()| seen)
            .map_err(|error| error.to_string())
        };
        assert_eq!(walk(&[2, 1, 1, 9, 5, 2, 8, 8]), Ok(vec![(1, 3, 1), (5, 6, 2)]));
        assert_eq!(
            walk(&[2, 5, 0, 5, 0]),
            Err("tag 5 out of order at byte 4".to_owned())
        );
        assert_eq!(
            walk(&[1, 1, 2, 9, 9]),
            Err("1 bytes left over at byte 4".to_owned())
        );
        assert_eq!(
            walk(&[1, 5, 3, 0]),
            Err("truncated: needs 3 bytes, 1 remain at byte 3".to_owned())
        );
    }
}
