use bytes::{BufMut, Bytes, BytesMut};

use super::error::{EncodeError, EncodeErrorKind};
use crate::Uuid;
#[cfg(feature = "testing")]
use crate::testing::{Fault, Probe};

/// Builds a frame.
///
/// Small values are copied into one buffer. Records from 512 bytes on are not: the frame refers to
/// them where they are, and all of it leaves in one vectored write.
#[derive(Debug, Default)]
pub struct Writer {
    buffer: Vec<u8>,
    /// Where in `buffer` foreign bytes are to be put, ascending.
    splices: Vec<(usize, Bytes)>,
    spliced: usize,
    #[cfg(feature = "testing")]
    probe: Option<Box<Probe>>,
}

/// Bytes ready to be sent, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The parts; their concatenation is what goes on the wire.
    pub chunks: Vec<Bytes>,
}

/// From this size on, in bytes, records are referred to instead of copied.
pub(super) const SPLICE_MIN: usize = 512;

impl Frame {
    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.chunks.iter().map(Bytes::len).sum()
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.chunks.iter().all(Bytes::is_empty)
    }

    /// Copies the parts into one buffer.
    pub fn to_bytes(&self) -> Bytes {
        match self.chunks.as_slice() {
            [one] => one.clone(),
            chunks => {
                let mut whole = BytesMut::with_capacity(self.len());
                for chunk in chunks {
                    whole.put_slice(chunk);
                }
                whole.freeze()
            }
        }
    }
}

impl Writer {
    /// An empty writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty writer with room for `capacity` bytes that are not records.
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            buffer: Vec::with_capacity(capacity),
            ..Self::default()
        }
    }

    /// Bytes written so far.
    #[inline]
    pub fn len(&self) -> usize {
        self.buffer.len() + self.spliced
    }

    /// Whether nothing is written yet.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Ends the frame.
    pub fn finish(self) -> Frame {
        let mut rest = Bytes::from(self.buffer);
        let mut chunks = Vec::with_capacity(self.splices.len() * 2 + 1);
        let mut done = 0;
        for (at, bytes) in self.splices {
            let head = rest.split_to(at - done);
            done = at;
            if !head.is_empty() {
                chunks.push(head);
            }
            chunks.push(bytes);
        }
        if !rest.is_empty() {
            chunks.push(rest);
        }
        Frame { chunks }
    }

    /// Ends the frame after putting its length, without the four bytes of the length itself, in front of it.
    /// The writer must have begun with [`Writer::put_length_gap`].
    pub fn finish_framed(mut self) -> Result<Frame, EncodeError> {
        let body = self.len().saturating_sub(4);
        let length =
            i32::try_from(body).map_err(|_| EncodeError::new("frame", EncodeErrorKind::TooLong(body)))?;
        if let Some(gap) = self.buffer.first_chunk_mut::<4>() {
            *gap = length.to_be_bytes();
        }
        Ok(self.finish())
    }

    /// Leaves room for the length of the frame.
    pub fn put_length_gap(&mut self) {
        self.put_i32(0);
    }

    #[inline]
    fn put_array<const N: usize>(&mut self, bytes: [u8; N]) {
        self.buffer.extend_from_slice(&bytes);
    }

    /// An int8.
    #[inline]
    pub fn put_i8(&mut self, value: i8) {
        self.put_array(value.to_be_bytes());
    }

    /// An int16.
    #[inline]
    pub fn put_i16(&mut self, value: i16) {
        self.put_array(value.to_be_bytes());
    }

    /// A uint16.
    #[inline]
    pub fn put_u16(&mut self, value: u16) {
        self.put_array(value.to_be_bytes());
    }

    /// An int32.
    #[inline]
    pub fn put_i32(&mut self, value: i32) {
        self.put_array(value.to_be_bytes());
    }

    /// A uint32.
    #[inline]
    pub fn put_u32(&mut self, value: u32) {
        self.put_array(value.to_be_bytes());
    }

    /// An int64.
    #[inline]
    pub fn put_i64(&mut self, value: i64) {
        self.put_array(value.to_be_bytes());
    }

    /// A float64.
    #[inline]
    pub fn put_f64(&mut self, value: f64) {
        self.put_array(value.to_be_bytes());
    }

    /// A boolean, one byte.
    #[inline]
    pub fn put_bool(&mut self, value: bool) {
        self.buffer.push(value.into());
    }

    /// A uuid, 16 bytes.
    #[inline]
    pub fn put_uuid(&mut self, value: Uuid) {
        self.put_array(*value.as_bytes());
    }

    /// An unsigned varint.
    #[inline]
    pub fn put_varint(&mut self, value: u32) {
        self.put_varlong(u64::from(value));
    }

    /// An unsigned varlong.
    #[inline]
    pub fn put_varlong(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.buffer.push(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.buffer.push(value.to_le_bytes()[0]);
    }

    /// Bytes as they are, without a length.
    #[inline]
    pub fn put_slice(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The count of an array, `None` for null.
    #[inline]
    pub fn put_array_length(
        &mut self,
        field: &'static str,
        length: Option<usize>,
        flexible: bool,
    ) -> Result<(), EncodeError> {
        self.put_length(field, length, flexible)
    }

    /// A string, or null.
    #[inline]
    pub fn put_nullable_string(
        &mut self,
        field: &'static str,
        value: Option<&str>,
        flexible: bool,
    ) -> Result<(), EncodeError> {
        let Some(text) = value else {
            if flexible {
                self.put_varint(0);
            } else {
                self.put_i16(-1);
            }
            return Ok(());
        };
        #[cfg(feature = "testing")]
        if let Some(fault) = self.pass()
            && self.put_faulty_string(fault, text, flexible)
        {
            return Ok(());
        }
        let too_long = || EncodeError::new(field, EncodeErrorKind::TooLong(text.len()));
        let length = i16::try_from(text.len()).map_err(|_| too_long())?;
        if flexible {
            self.put_varint(u32::from(length.cast_unsigned()) + 1);
        } else {
            self.put_i16(length);
        }
        self.put_slice(text.as_bytes());
        Ok(())
    }

    /// A string.
    #[inline]
    pub fn put_string(
        &mut self,
        field: &'static str,
        value: &str,
        flexible: bool,
    ) -> Result<(), EncodeError> {
        self.put_nullable_string(field, Some(value), flexible)
    }

    /// Bytes, or null; copied unless they are as long as records are.
    #[inline]
    pub fn put_nullable_bytes(
        &mut self,
        field: &'static str,
        value: Option<&Bytes>,
        flexible: bool,
    ) -> Result<(), EncodeError> {
        self.put_length(field, value.map(Bytes::len), flexible)?;
        match value {
            Some(bytes) if bytes.len() >= SPLICE_MIN => {
                self.spliced += bytes.len();
                self.splices.push((self.buffer.len(), bytes.clone()));
            }
            Some(bytes) => self.put_slice(bytes),
            None => {}
        }
        Ok(())
    }

    /// Bytes; copied unless they are as long as records are.
    #[inline]
    pub fn put_bytes(
        &mut self,
        field: &'static str,
        value: &Bytes,
        flexible: bool,
    ) -> Result<(), EncodeError> {
        self.put_nullable_bytes(field, Some(value), flexible)
    }

    /// An array of strings, or null.
    #[inline]
    pub fn put_string_array(
        &mut self,
        field: &'static str,
        value: Option<&[String]>,
        flexible: bool,
    ) -> Result<(), EncodeError> {
        self.put_length(field, value.map(<[String]>::len), flexible)?;
        for text in value.unwrap_or_default() {
            self.put_string(field, text, flexible)?;
        }
        Ok(())
    }

    /// A tagged section without fields.
    #[inline]
    pub fn put_no_tags(&mut self) {
        self.put_tag_count(0);
        #[cfg(feature = "testing")]
        self.end_tags();
    }

    /// The number of tagged fields that follow.
    #[inline]
    pub fn put_tag_count(&mut self, count: u32) {
        #[cfg(feature = "testing")]
        let count = self.probed_tag_count(count);
        self.put_varint(count);
    }

    /// A tagged field: the tag, the length of what `body` writes, and that.
    #[inline]
    pub fn put_tagged(
        &mut self,
        tag: u32,
        body: impl FnOnce(&mut Self) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        self.put_varint(tag);
        let (start, length_before) = (self.buffer.len(), self.len());
        // Most are shorter than 128 bytes: one byte of length. Longer ones are moved on.
        self.buffer.push(0);
        body(self)?;
        let size = self.len() - length_before - 1;
        let too_long = || EncodeError::new("tagged field", EncodeErrorKind::TooLong(size));
        let size = u32::try_from(size).map_err(|_| too_long())?;
        if let Ok(short @ ..0x80) = u8::try_from(size) {
            if let Some(place) = self.buffer.get_mut(start) {
                *place = short;
            }
            return Ok(());
        }
        let end = self.buffer.len();
        self.put_varint(size);
        let more = self.buffer.len() - end - 1;
        if let Some(moved) = self.buffer.get_mut(start..) {
            // [0][body][length] becomes [length][body], and the zero falls off the end.
            moved.rotate_right(more + 1);
            if let Some(body) = moved.get_mut(more + 1..) {
                body.rotate_left(1);
            }
        }
        self.buffer.truncate(end + more);
        for (at, _) in self.splices.iter_mut().rev().take_while(|(at, _)| *at > start) {
            *at += more;
        }
        Ok(())
    }

    #[inline]
    fn put_length(
        &mut self,
        field: &'static str,
        length: Option<usize>,
        flexible: bool,
    ) -> Result<(), EncodeError> {
        let raw = match length {
            None => -1,
            Some(length) => i32::try_from(length)
                .map_err(|_| EncodeError::new(field, EncodeErrorKind::TooLong(length)))?,
        };
        #[cfg(feature = "testing")]
        let raw = match self.pass() {
            Some(fault) => match self.faulty_length(fault, raw, i32::MAX, flexible) {
                Some(raw) => raw,
                None => return Ok(()),
            },
            None => raw,
        };
        if flexible {
            // Compact lengths are the length plus one; null is zero.
            self.put_varint(raw.cast_unsigned().wrapping_add(1));
        } else {
            self.put_i32(raw);
        }
        Ok(())
    }
}

/// Ways to write what no writer should.
#[cfg(feature = "testing")]
impl Writer {
    pub(crate) fn probed(probe: Probe) -> Self {
        Self {
            probe: Some(Box::new(probe)),
            ..Self::default()
        }
    }

    pub(crate) fn take_probe(&mut self) -> Probe {
        self.probe.take().map(|probe| *probe).unwrap_or_default()
    }

    /// Ends a tagged section: the place of fields that nobody knows, as their tags are higher than any known.
    pub(crate) fn end_tags(&mut self) {
        let Some(owed) = self.probe.as_mut().and_then(|probe| probe.owed.pop()) else {
            return;
        };
        for tag in 0..owed {
            let noise = self.probe.as_mut().and_then(|probe| probe.noise.as_mut());
            // Without noise it is the duplicate that is owed.
            let (tag, body) = noise.map_or_else(
                || (UNKNOWN_TAG, Bytes::new()),
                |rng| (UNKNOWN_TAG + tag * 1000, rng.bytes()),
            );
            self.put_varint(tag);
            self.put_varint(u32::try_from(body.len()).unwrap_or_default());
            self.put_slice(&body);
        }
    }

    fn probed_tag_count(&mut self, count: u32) -> u32 {
        let fault = self.pass();
        let Some(probe) = self.probe.as_mut() else {
            return count;
        };
        let owed = match fault {
            Some(Fault::DuplicateTag) => 2,
            _ => match &mut probe.noise {
                Some(rng) => u32::try_from(rng.below(3)).unwrap_or_default(),
                None => 0,
            },
        };
        probe.owed.push(owed);
        probe.applied |= matches!(fault, Some(Fault::DuplicateTag | Fault::ManyTags));
        if fault == Some(Fault::ManyTags) {
            return u32::MAX;
        }
        count + owed
    }

    fn pass(&mut self) -> Option<Fault> {
        self.probe.as_mut().and_then(|probe| probe.pass())
    }

    /// The length to write for a fault, or nothing when the fault has been written in its place.
    fn faulty_length(&mut self, fault: Fault, raw: i32, highest: i32, flexible: bool) -> Option<i32> {
        let faulty = match fault {
            Fault::Negative => -2,
            Fault::Huge => highest,
            Fault::OneMore => raw + 1,
            Fault::OneLess if raw >= 0 => raw - 1,
            Fault::LongVarint if flexible => {
                self.put_slice(&[0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
                self.applied();
                return None;
            }
            _ => return Some(raw),
        };
        self.applied();
        Some(faulty)
    }

    /// Writes a text with the fault; says whether that was possible.
    fn put_faulty_string(&mut self, fault: Fault, text: &str, flexible: bool) -> bool {
        let mut bytes = text.as_bytes().to_vec();
        let Ok(length) = i32::try_from(bytes.len()) else {
            return false;
        };
        let length = match (fault, bytes.first_mut()) {
            (Fault::BadUtf8, Some(first)) => {
                *first = 0xff;
                self.applied();
                Some(length)
            }
            _ => self.faulty_length(fault, length, i16::MAX.into(), flexible),
        };
        if let Some(length) = length {
            if flexible {
                self.put_varint(length.cast_unsigned().wrapping_add(1));
            } else {
                self.put_i16(i16::try_from(length).unwrap_or(i16::MAX));
            }
        }
        self.put_slice(&bytes);
        true
    }

    fn applied(&mut self) {
        if let Some(probe) = &mut self.probe {
            probe.applied = true;
        }
    }
}

/// No message has a tag as high.
#[cfg(feature = "testing")]
const UNKNOWN_TAG: u32 = 5000;

/// Arrays of values of fixed size.
macro_rules! scalar_arrays {
    ($($name:ident: $type:ty, $size:literal, $convert:expr;)*) => {
        impl Writer {
            $(
                #[doc = concat!("An array of `", stringify!($type), "`, or null.")]
                #[inline]
                pub fn $name(
                    &mut self,
                    field: &'static str,
                    value: Option<&[$type]>,
                    flexible: bool,
                ) -> Result<(), EncodeError> {
                    self.put_length(field, value.map(<[$type]>::len), flexible)?;
                    let elements = value.unwrap_or_default();
                    self.buffer.reserve(elements.len() * $size);
                    for element in elements {
                        self.buffer.extend_from_slice(&$convert(*element));
                    }
                    Ok(())
                }
            )*
        }
    };
}

scalar_arrays! {
    put_i8_array: i8, 1, i8::to_be_bytes;
    put_i16_array: i16, 2, i16::to_be_bytes;
    put_i32_array: i32, 4, i32::to_be_bytes;
    put_i64_array: i64, 8, i64::to_be_bytes;
    put_uuid_array: Uuid, 16, |id: Uuid| *id.as_bytes();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::varint_len;

    fn tagged(length: usize, splice: bool) -> Vec<u8> {
        let mut w = Writer::new();
        w.put_i8(1);
        w.put_tagged(7, |w| {
            if splice {
                w.put_bytes("body", &Bytes::from(vec![9; length]), true)
            } else {
                w.put_slice(&vec![9; length]);
                Ok(())
            }
        })
        .unwrap();
        w.put_i8(2);
        let frame = w.finish();
        assert_eq!(frame.len(), frame.to_bytes().len());
        frame.to_bytes().to_vec()
    }

    #[test]
    fn tagged_fields_of_any_length() {
        for length in [0, 1, 127, 128, 16_383, 16_384, 2_097_152] {
            let mut expected = vec![1, 7];
            let mut w = Writer::new();
            w.put_varint(u32::try_from(length).unwrap());
            expected.extend(w.finish().to_bytes());
            expected.extend(vec![9; length]);
            expected.push(2);
            assert!(tagged(length, false) == expected, "{length}");
        }
    }

    #[test]
    fn tagged_fields_with_bytes_that_are_not_copied() {
        for length in [511usize, 512, 20_000] {
            let mut w = Writer::new();
            w.put_i8(1);
            w.put_varint(7);
            let body = varint_len(u32::try_from(length + 1).unwrap()) + length;
            w.put_varint(u32::try_from(body).unwrap());
            w.put_bytes("body", &Bytes::from(vec![9; length]), true).unwrap();
            w.put_i8(2);
            assert!(tagged(length, true) == w.finish().to_bytes(), "{length}");
        }
    }

    #[test]
    fn long_bytes_are_referred_to() {
        let records = Bytes::from(vec![7; SPLICE_MIN]);
        let mut w = Writer::new();
        w.put_length_gap();
        w.put_bytes("records", &records, false).unwrap();
        w.put_bytes("records", &records.slice(1..), false).unwrap();
        let frame = w.finish_framed().unwrap();
        assert_eq!(frame.chunks.len(), 3);
        assert_eq!(frame.chunks[1].as_ptr(), records.as_ptr());
        let length = i32::try_from(frame.len() - 4).unwrap();
        assert_eq!(frame.chunks[0][..4], length.to_be_bytes());
    }

    #[test]
    fn too_long_for_the_protocol() {
        let mut w = Writer::new();
        let text = "x".repeat(32_768);
        assert_eq!(
            w.put_string("name", &text, true).unwrap_err().to_string(),
            "name: length 32768 is too long for the protocol"
        );
        assert!(w.put_string("name", &text[1..], true).is_ok());
    }
}
