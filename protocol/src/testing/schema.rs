//! Descriptions of structs, as the derive saw them.

use super::Rng;
use crate::VersionRange;
use crate::codec::Version;

/// A struct that the derive has described.
pub trait Described {
    /// The description.
    const SCHEMA: StructSchema;

    /// A random instance that can be written in `v` and reads back as it was.
    fn arbitrary(rng: &mut Rng, v: Version) -> Self;
}

/// The description of a struct.
#[derive(Clone, Copy, Debug)]
pub struct StructSchema {
    /// The name in Rust.
    pub name: &'static str,
    /// The fields in wire order.
    pub fields: &'static [FieldSchema],
}

/// The description of a field. Ranges that are open to above end with `i16::MAX`.
#[derive(Clone, Copy, Debug)]
pub struct FieldSchema {
    /// The name in Rust, without `r#`.
    pub name: &'static str,
    /// The type on the wire.
    pub kind: TypeSchema,
    /// The versions with the field, among those of what surrounds it.
    pub versions: VersionRange,
    /// Where null is allowed, among the versions with the field.
    pub nullable: Option<VersionRange>,
    /// Where the field is tagged, among the versions with the field.
    pub tagged: Option<VersionRange>,
    /// The tag.
    pub tag: Option<u32>,
    /// The value where the field is absent.
    pub default: DefaultSchema,
    /// Whether the field may be dropped where it does not exist.
    pub ignorable: bool,
    /// Whether lengths stay in the old form in flexible versions.
    pub inflexible: bool,
}

/// A type on the wire.
#[derive(Clone, Copy, Debug)]
pub enum TypeSchema {
    /// `bool`.
    Bool,
    /// `int8`.
    Int8,
    /// `int16`.
    Int16,
    /// `int32`.
    Int32,
    /// `int64`.
    Int64,
    /// `uint16`.
    Uint16,
    /// `uint32`.
    Uint32,
    /// `float64`.
    Float64,
    /// `string`.
    String,
    /// `bytes`.
    Bytes,
    /// `records`.
    Records,
    /// `uuid`.
    Uuid,
    /// `[]T`.
    Array(&'static Self),
    /// A struct.
    Struct(&'static StructSchema),
}

/// The value of an absent field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultSchema {
    /// Zero, false, empty, or a struct of defaults.
    Zero,
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Int(i64),
}
