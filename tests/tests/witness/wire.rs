//! Questions and answers as `Wire.java` spells them.

/// A question under construction.
pub(super) struct Question(Vec<u8>);

impl Question {
    pub(super) fn new(operation: &str) -> Self {
        let mut question = Self(Vec::new());
        question.i16(operation.len().try_into().unwrap());
        question.0.extend_from_slice(operation.as_bytes());
        question
    }

    pub(super) fn bool(&mut self, value: bool) -> &mut Self {
        self.0.push(value.into());
        self
    }

    pub(super) fn i16(&mut self, value: i16) -> &mut Self {
        self.0.extend_from_slice(&value.to_be_bytes());
        self
    }

    pub(super) fn i32(&mut self, value: i32) -> &mut Self {
        self.0.extend_from_slice(&value.to_be_bytes());
        self
    }

    pub(super) fn i64(&mut self, value: i64) -> &mut Self {
        self.0.extend_from_slice(&value.to_be_bytes());
        self
    }

    pub(super) fn count(&mut self, value: usize) -> &mut Self {
        self.i32(value.try_into().unwrap())
    }

    pub(super) fn raw(&mut self, value: &[u8]) -> &mut Self {
        self.0.extend_from_slice(value);
        self
    }

    pub(super) fn bytes(&mut self, value: &[u8]) -> &mut Self {
        self.count(value.len()).raw(value)
    }

    pub(super) fn nullable_bytes(&mut self, value: Option<&[u8]>) -> &mut Self {
        match value {
            Some(value) => self.bytes(value),
            None => self.i32(-1),
        }
    }

    pub(super) fn text(&mut self, value: &str) -> &mut Self {
        self.bytes(value.as_bytes())
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// An answer that is being read.
pub(super) struct Answer {
    bytes: Vec<u8>,
    at: usize,
}

impl Answer {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, at: 0 }
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        let value = self.bytes[self.at..self.at + N].try_into().unwrap();
        self.at += N;
        value
    }

    pub(super) fn bool(&mut self) -> bool {
        self.array() != [0]
    }

    pub(super) fn i8(&mut self) -> i8 {
        i8::from_be_bytes(self.array())
    }

    pub(super) fn i16(&mut self) -> i16 {
        i16::from_be_bytes(self.array())
    }

    pub(super) fn i32(&mut self) -> i32 {
        i32::from_be_bytes(self.array())
    }

    pub(super) fn i64(&mut self) -> i64 {
        i64::from_be_bytes(self.array())
    }

    pub(super) fn count(&mut self) -> usize {
        self.i32().try_into().unwrap()
    }

    pub(super) fn nullable_bytes(&mut self) -> Option<Vec<u8>> {
        let length = usize::try_from(self.i32()).ok()?;
        let value = self.bytes[self.at..self.at + length].to_vec();
        self.at += length;
        Some(value)
    }

    pub(super) fn bytes(&mut self) -> Vec<u8> {
        self.nullable_bytes().expect("null where bytes should be")
    }

    pub(super) fn nullable_text(&mut self) -> Option<String> {
        self.nullable_bytes()
            .map(|bytes| String::from_utf8(bytes).unwrap())
    }

    pub(super) fn text(&mut self) -> String {
        self.nullable_text().expect("null where a text should be")
    }

    pub(super) fn finish(self) {
        assert_eq!(self.at, self.bytes.len(), "a part of the answer was not read");
    }
}
