use std::fmt;

/// Why bytes could not be read as a message.
///
/// One word in size, because every read on the hot path returns it in a `Result`.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<DecodeDetail>);

#[derive(Clone, PartialEq, Eq)]
struct DecodeDetail {
    message: &'static str,
    /// Dotted path from the message to the field, outermost first; empty until a field claims the error.
    field: String,
    at: usize,
    kind: DecodeErrorKind,
}

/// What was wrong with the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// A checksum does not match what it covers.
    BadCrc {
        /// The checksum that came with the data.
        stored: u32,
        /// The checksum of the data as received.
        computed: u32,
    },
    /// A length or count is negative where it may not be, or larger than its bound.
    BadLength(i64),
    /// A record batch carries a magic byte that no Kafka wrote.
    BadMagic(i8),
    /// Tags of a tagged section do not ascend, or one is there twice.
    BadTagOrder(u32),
    /// Text is not UTF-8.
    BadUtf8,
    /// A variable-length integer is longer than its type allows.
    BadVarint,
    /// Compressed data could not be decompressed.
    Decompress(String),
    /// A frame announces more bytes than the limit allows.
    FrameTooLarge {
        /// Bytes the frame announces.
        length: usize,
        /// The limit that was in force, in bytes.
        limit: usize,
    },
    /// A value is outside the values the protocol gives a meaning.
    Invalid(&'static str),
    /// Null stands where the version does not allow it.
    NullNotAllowed,
    /// Decompressed data would be larger than the cap, in bytes.
    TooLarge {
        /// The cap that was in force.
        cap: usize,
    },
    /// Bytes are left after the end of the message.
    Trailing(usize),
    /// The bytes end before the value does.
    Truncated {
        /// Bytes the value needs.
        needed: usize,
        /// Bytes that are there.
        remaining: usize,
    },
    /// The codec number is unknown, or its feature is switched off in this build.
    UnsupportedCodec(u8),
    /// The message has no such version.
    UnsupportedVersion(i16),
}

impl DecodeError {
    /// Creates an error at byte `at`, which no message or field has claimed yet.
    #[cold]
    pub fn new(at: usize, kind: DecodeErrorKind) -> Self {
        Self(Box::new(DecodeDetail {
            message: "",
            field: String::new(),
            at,
            kind,
        }))
    }

    /// Puts `field` in front of the path to the place of the error.
    #[cold]
    #[must_use]
    pub fn within(mut self, field: &str) -> Self {
        if self.0.field.is_empty() {
            self.0.field.push_str(field);
        } else {
            self.0.field.insert(0, '.');
            self.0.field.insert_str(0, field);
        }
        self
    }

    /// As [`DecodeError::within`], for element `index` of the array `field`.
    #[cold]
    #[must_use]
    pub fn within_element(self, field: &str, index: usize) -> Self {
        self.within(&format!("{field}[{index}]"))
    }

    /// Names the message that was being read. The outermost message wins.
    #[cold]
    #[must_use]
    pub fn of(mut self, message: &'static str) -> Self {
        self.0.message = message;
        self
    }

    /// Moves the position by `base`, for bytes that were read out of a larger buffer.
    #[cold]
    #[must_use]
    pub fn offset_by(mut self, base: usize) -> Self {
        self.0.at += base;
        self
    }

    /// The message that was being read; empty when none was.
    pub fn message(&self) -> &'static str {
        self.0.message
    }

    /// Dotted path from the message to the field; empty when the error lies outside every field.
    pub fn field(&self) -> &str {
        &self.0.field
    }

    /// Position of the error in bytes from the start of what was being read.
    pub fn at(&self) -> usize {
        self.0.at
    }

    /// What was wrong.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.message.is_empty() {
            write!(f, "{}", self.0.message)?;
            if !self.0.field.is_empty() {
                write!(f, ".")?;
            }
        }
        if !self.0.field.is_empty() {
            write!(f, "{}", self.0.field)?;
        }
        if !self.0.message.is_empty() || !self.0.field.is_empty() {
            write!(f, ": ")?;
        }
        write!(f, "{} at byte {}", self.0.kind, self.0.at)
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadCrc { stored, computed } => {
                write!(
                    f,
                    "checksum mismatch (stored {stored:#010x}, computed {computed:#010x})"
                )
            }
            Self::BadLength(length) => write!(f, "impossible length {length}"),
            Self::BadMagic(magic) => write!(f, "unknown record batch magic {magic}"),
            Self::BadTagOrder(tag) => write!(f, "tag {tag} out of order"),
            Self::BadUtf8 => write!(f, "text is not UTF-8"),
            Self::BadVarint => write!(f, "variable-length integer too long"),
            Self::Decompress(why) => write!(f, "cannot decompress: {why}"),
            Self::FrameTooLarge { length, limit } => {
                write!(f, "frame of {length} bytes exceeds the limit of {limit} bytes")
            }
            Self::Invalid(what) => write!(f, "invalid {what}"),
            Self::NullNotAllowed => write!(f, "null is not allowed"),
            Self::TooLarge { cap } => write!(f, "decompressed data exceeds the cap of {cap} bytes"),
            Self::Trailing(left) => write!(f, "{left} bytes left over"),
            Self::Truncated { needed, remaining } => {
                write!(f, "truncated: needs {needed} bytes, {remaining} remain")
            }
            Self::UnsupportedCodec(codec) => write!(f, "compression codec {codec} is not supported"),
            Self::UnsupportedVersion(version) => write!(f, "version {version} does not exist"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// Why a message could not be written.
///
/// One word in size, as [`DecodeError`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError(Box<EncodeDetail>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct EncodeDetail {
    message: &'static str,
    field: &'static str,
    kind: EncodeErrorKind,
}

/// What is wrong with a value that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// The field is set, but the version does not have it and its loss would change the meaning.
    FieldNotInVersion(i16),
    /// The field is null, but the version does not allow it.
    NullNotAllowed(i16),
    /// The value is longer than the protocol can say, in bytes or elements.
    TooLong(usize),
    /// The message has no such version.
    UnsupportedVersion(i16),
}

impl EncodeError {
    /// Creates an error for `field`, which no message has claimed yet.
    #[cold]
    pub fn new(field: &'static str, kind: EncodeErrorKind) -> Self {
        Self(Box::new(EncodeDetail {
            message: "",
            field,
            kind,
        }))
    }

    /// Names the message that was being written. The outermost message wins.
    #[cold]
    #[must_use]
    pub fn of(mut self, message: &'static str) -> Self {
        self.0.message = message;
        self
    }

    /// The message that was being written; empty when none was.
    pub fn message(&self) -> &'static str {
        self.0.message
    }

    /// The field that cannot be written.
    pub fn field(&self) -> &'static str {
        self.0.field
    }

    /// What is wrong with it.
    pub fn kind(&self) -> &EncodeErrorKind {
        &self.0.kind
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.message.is_empty() {
            write!(f, "{}.", self.0.message)?;
        }
        write!(f, "{}: ", self.0.field)?;
        match &self.0.kind {
            EncodeErrorKind::FieldNotInVersion(v) => write!(f, "cannot be said in version {v}"),
            EncodeErrorKind::NullNotAllowed(v) => write!(f, "null is not allowed in version {v}"),
            EncodeErrorKind::TooLong(length) => write!(f, "length {length} is too long for the protocol"),
            EncodeErrorKind::UnsupportedVersion(v) => write!(f, "version {v} does not exist"),
        }
    }
}

impl std::error::Error for EncodeError {}
