//! What a message struct and its attributes say.

use syn::meta::ParseNestedMeta;
use syn::{Data, DeriveInput, Expr, Fields, GenericArgument, Ident, LitInt, PathArguments, Type as RustType};

use crate::range::Range;

/// Which way the struct always travels; the other way needs the feature `server`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Request,
    Response,
    Both,
}

/// A message, or a struct inside one.
pub(crate) struct Struct {
    pub(crate) ident: Ident,
    pub(crate) direction: Direction,
    /// What only whole messages have.
    pub(crate) message: Option<Message>,
    pub(crate) fields: Vec<Field>,
}

/// What only whole messages have.
pub(crate) struct Message {
    pub(crate) key: Option<i16>,
    pub(crate) versions: Range,
    pub(crate) flexible: Option<i16>,
}

/// A field of a struct.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    /// The name in errors: without `r#`.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) rust: RustType,
    pub(crate) versions: Range,
    /// Where null is allowed; nothing when the Rust type has no null.
    pub(crate) nullable: Option<Range>,
    pub(crate) tag: Option<u32>,
    /// Where the field is tagged, if it has a tag.
    pub(crate) tagged: Range,
    pub(crate) default: Option<Expr>,
    pub(crate) ignorable: bool,
    pub(crate) inflexible: bool,
    pub(crate) secret: bool,
}

/// The wire type of a field, without its nullability.
pub(crate) enum Kind {
    Scalar(Scalar),
    String,
    Bytes,
    Records,
    Struct(RustType),
    Scalars(Scalar),
    /// An array of int32 that is mostly short.
    NodeIds,
    Strings,
    Structs(RustType),
}

/// A type of fixed size.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scalar {
    I8,
    I16,
    I32,
    I64,
    U16,
    U32,
    F64,
    Bool,
    Uuid,
}

impl Scalar {
    /// The suffix of the reader's and writer's methods.
    pub(crate) fn method(self) -> &'static str {
        match self {
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::F64 => "f64",
            Self::Bool => "bool",
            Self::Uuid => "uuid",
        }
    }

    /// Bytes on the wire.
    pub(crate) fn size(self) -> usize {
        match self {
            Self::I8 | Self::Bool => 1,
            Self::I16 | Self::U16 => 2,
            Self::I32 | Self::U32 => 4,
            Self::I64 | Self::F64 => 8,
            Self::Uuid => 16,
        }
    }

    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "i8" => Self::I8,
            "i16" => Self::I16,
            "i32" => Self::I32,
            "i64" => Self::I64,
            "u16" => Self::U16,
            "u32" => Self::U32,
            "f64" => Self::F64,
            "bool" => Self::Bool,
            "Uuid" => Self::Uuid,
            _ => return None,
        })
    }
}

impl Struct {
    pub(crate) fn parse(input: &DeriveInput, direction: Direction, whole: bool) -> syn::Result<Self> {
        let Data::Struct(data) = &input.data else {
            return Err(syn::Error::new_spanned(input, "a message is a struct"));
        };
        let Fields::Named(named) = &data.fields else {
            return Err(syn::Error::new_spanned(input, "a message has named fields"));
        };
        let mut key = None;
        let mut versions = None;
        let mut flexible = None;
        for attribute in input.attrs.iter().filter(|a| a.path().is_ident("kafka")) {
            attribute.parse_nested_meta(|meta| {
                if !whole {
                    return Err(meta.error("only whole messages have attributes; put versions on the fields"));
                }
                if meta.path.is_ident("key") {
                    key = Some(meta.value()?.parse::<LitInt>()?.base10_parse()?);
                } else if meta.path.is_ident("versions") {
                    versions = Some(meta.value()?.parse::<Range>()?);
                } else if meta.path.is_ident("flexible") {
                    flexible = Some(meta.value()?.parse::<Range>()?.from);
                } else {
                    return Err(meta.error("expected `key`, `versions` or `flexible`"));
                }
                Ok(())
            })?;
        }
        let message = if whole {
            let Some(versions) = versions.filter(|versions| versions.to.is_some()) else {
                let wanted = "a message says its versions: #[kafka(versions = 0..=3)]";
                return Err(syn::Error::new_spanned(&input.ident, wanted));
            };
            if key.is_none() != (direction == Direction::Both) {
                let wanted = "requests and responses have a key: #[kafka(key = 3)]; data has none";
                return Err(syn::Error::new_spanned(&input.ident, wanted));
            }
            Some(Message {
                key,
                versions,
                flexible,
            })
        } else {
            None
        };
        Ok(Self {
            ident: input.ident.clone(),
            direction,
            message,
            fields: named.named.iter().map(Field::parse).collect::<syn::Result<_>>()?,
        })
    }

    /// Fields that some version sends as tagged fields, by ascending tag.
    pub(crate) fn tagged(&self) -> Vec<(u32, &Field)> {
        let mut tagged: Vec<_> = self
            .fields
            .iter()
            .filter_map(|field| field.tag.map(|tag| (tag, field)))
            .collect();
        tagged.sort_by_key(|(tag, _)| *tag);
        tagged
    }
}

impl Field {
    fn parse(field: &syn::Field) -> syn::Result<Self> {
        let Some(ident) = field.ident.clone() else {
            return Err(syn::Error::new_spanned(field, "a message has named fields"));
        };
        let mut nullable = None;
        let mut tagged = None;
        let mut records = false;
        let optional = inner(&field.ty, "Option");
        let mut parsed = Self {
            name: ident.to_string().trim_start_matches("r#").to_owned(),
            ident,
            kind: Kind::of(optional.unwrap_or(&field.ty))?,
            rust: field.ty.clone(),
            versions: Range::ALL,
            nullable: None,
            tag: None,
            tagged: Range::ALL,
            default: None,
            ignorable: false,
            inflexible: false,
            secret: false,
        };
        for attribute in field.attrs.iter().filter(|a| a.path().is_ident("kafka")) {
            attribute.parse_nested_meta(|meta| {
                let name = meta.path.get_ident().map(Ident::to_string);
                match name.as_deref() {
                    Some("versions") => parsed.versions = meta.value()?.parse()?,
                    Some("nullable") => nullable = Some(meta.value()?.parse()?),
                    Some("tag") => parsed.tag = Some(meta.value()?.parse::<LitInt>()?.base10_parse()?),
                    Some("tagged") => tagged = Some(meta.value()?.parse()?),
                    Some("default") => parsed.default = Some(meta.value()?.parse()?),
                    Some("ignorable") => flag(&meta, &mut parsed.ignorable)?,
                    Some("inflexible") => flag(&meta, &mut parsed.inflexible)?,
                    Some("records") => flag(&meta, &mut records)?,
                    Some("secret") => flag(&meta, &mut parsed.secret)?,
                    _ => return Err(meta.error("no such attribute of a field")),
                }
                Ok(())
            })?;
        }
        if records {
            if !matches!(parsed.kind, Kind::Bytes) {
                return Err(syn::Error::new_spanned(&field.ty, "records are `Bytes`"));
            }
            parsed.kind = Kind::Records;
        }
        if nullable.is_some() && optional.is_none() {
            return Err(syn::Error::new_spanned(
                &field.ty,
                "a nullable field is an `Option`",
            ));
        }
        if tagged.is_some() && parsed.tag.is_none() {
            return Err(syn::Error::new_spanned(&field.ty, "a tagged field has a `tag`"));
        }
        parsed.nullable = optional.map(|_| nullable.unwrap_or(Range::ALL));
        parsed.tagged = tagged.unwrap_or(parsed.versions);
        Ok(parsed)
    }

    /// Whether the default value is null: said so, or for records and structs that may be null and say nothing else.
    pub(crate) fn null_by_default(&self) -> bool {
        let null = match self.kind {
            Kind::Records => true,
            Kind::Struct(_) => self.default.is_none(),
            _ => self.default.is_some(),
        };
        self.nullable.is_some() && null
    }
}

impl Kind {
    fn of(rust: &RustType) -> syn::Result<Self> {
        if let Some(element) = inner(rust, "Vec") {
            return match Self::of(element)? {
                Self::Scalar(scalar) => Ok(Self::Scalars(scalar)),
                Self::String => Ok(Self::Strings),
                Self::Struct(rust) => Ok(Self::Structs(rust)),
                _ => Err(syn::Error::new_spanned(rust, "no message has such an array")),
            };
        }
        let RustType::Path(path) = rust else {
            return Err(syn::Error::new_spanned(rust, "no wire type"));
        };
        let Some(last) = path.path.segments.last() else {
            return Err(syn::Error::new_spanned(rust, "no wire type"));
        };
        let name = last.ident.to_string();
        Ok(match name.as_str() {
            "String" => Self::String,
            "Bytes" => Self::Bytes,
            "NodeIds" => Self::NodeIds,
            _ => Scalar::of(&name).map_or_else(|| Self::Struct(rust.clone()), Self::Scalar),
        })
    }
}

fn flag(meta: &ParseNestedMeta<'_>, place: &mut bool) -> syn::Result<()> {
    if meta.input.peek(syn::Token![=]) {
        return Err(meta.error("takes no value"));
    }
    *place = true;
    Ok(())
}

/// `T` of `outer<T>`.
fn inner<'a>(rust: &'a RustType, outer: &str) -> Option<&'a RustType> {
    let RustType::Path(path) = rust else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == outer)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => Some(inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(direction: Direction, whole: bool, text: &str) -> String {
        let input: DeriveInput = syn::parse_str(text).expect("a struct");
        match Struct::parse(&input, direction, whole) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn attributes_are_checked() {
        let request = |text| error(Direction::Request, true, text);
        let part = |text| error(Direction::Request, false, text);
        for (found, expected) in [
            (
                request("#[kafka(key = 1, versions = 0..=2)] struct M { a: i32 }"),
                "",
            ),
            (
                request("#[kafka(key = 1, versions = 0..)] struct M { a: i32 }"),
                "a message says its versions: #[kafka(versions = 0..=3)]",
            ),
            (
                request("#[kafka(versions = 0..=2)] struct M { a: i32 }"),
                "requests and responses have a key: #[kafka(key = 3)]; data has none",
            ),
            (
                request("#[kafka(keys = 1)] struct M { a: i32 }"),
                "expected `key`, `versions` or `flexible`",
            ),
            (
                part("#[kafka(versions = 1)] struct M { a: i32 }"),
                "only whole messages have attributes; put versions on the fields",
            ),
            (
                part("struct M { #[kafka(nullable = 1..)] a: i32 }"),
                "a nullable field is an `Option`",
            ),
            (
                part("struct M { #[kafka(tagged = 1..)] a: i32 }"),
                "a tagged field has a `tag`",
            ),
            (
                part("struct M { #[kafka(records)] a: i32 }"),
                "records are `Bytes`",
            ),
            (
                part("struct M { #[kafka(ignorable = 1)] a: i32 }"),
                "takes no value",
            ),
            (
                part("struct M { #[kafka(version = 1)] a: i32 }"),
                "no such attribute of a field",
            ),
            (
                part("struct M { a: Vec<Vec<i32>> }"),
                "no message has such an array",
            ),
            (part("enum M { A }"), "a message is a struct"),
        ] {
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn versions_are_read() {
        let input: DeriveInput =
            syn::parse_str("struct M { #[kafka(versions = 3..=5, tag = 2, tagged = 4)] a: Option<String> }")
                .expect("a struct");
        let parsed = Struct::parse(&input, Direction::Both, false).expect("valid");
        let field = &parsed.fields[0];
        assert!(field.versions == Range { from: 3, to: Some(5) });
        assert!(field.tagged == Range { from: 4, to: Some(4) });
        assert!(field.nullable == Some(Range::ALL));
        assert_eq!(field.tag, Some(2));
    }
}
