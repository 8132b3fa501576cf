//! The primitive types of the protocol: reading them from a frame, writing them to one.
//!
//! Everything read is hostile. A length is compared with what remains of the frame before anything is
//! allocated, and an error says which message and field it stopped in and at which byte.

mod error;
mod reader;
mod varint;
mod writer;

pub use error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
pub use reader::Reader;
pub use varint::{varint_len, varlong_len, zigzag, zigzag64};
pub use writer::{Frame, Writer};
