//! The description of a struct and its random instances, with the feature `testing`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Field, Kind, Scalar, Struct};
use crate::range::Range;
use crate::values::default_of;

pub(crate) fn emit(item: &Struct) -> TokenStream {
    let (ident, name) = (&item.ident, item.ident.to_string());
    let fields = item.fields.iter().map(describe);
    let values = item.fields.iter().map(arbitrary);
    quote! {
        #[cfg(feature = "testing")]
        #[automatically_derived]
        impl crate::testing::Described for #ident {
            const SCHEMA: crate::testing::StructSchema = crate::testing::StructSchema {
                name: #name,
                fields: &[#(#fields,)*],
            };

            fn arbitrary(rng: &mut crate::testing::Rng, v: crate::codec::Version) -> Self {
                Self { #(#values,)* }
            }
        }
    }
}

fn describe(field: &Field) -> TokenStream {
    let (name, ignorable, inflexible) = (&field.name, field.ignorable, field.inflexible);
    let versions = range(field.versions);
    let nullable = option(field.nullable.map(range));
    let tagged = option(field.tag.map(|_| range(field.tagged)));
    let tag = option(field.tag.map(|tag| quote!(#tag)));
    let kind = kind(&field.kind);
    let default = if field.null_by_default() {
        quote!(Null)
    } else {
        match (&field.kind, &field.default) {
            (Kind::Scalar(Scalar::Bool), Some(value)) => quote!(Bool(#value)),
            (Kind::Scalar(_), Some(value)) => quote!(Int((#value) as i64)),
            _ => quote!(Zero),
        }
    };
    quote! {
        crate::testing::FieldSchema {
            name: #name,
            kind: #kind,
            versions: #versions,
            nullable: #nullable,
            tagged: #tagged,
            tag: #tag,
            default: crate::testing::DefaultSchema::#default,
            ignorable: #ignorable,
            inflexible: #inflexible,
        }
    }
}

fn range(range: Range) -> TokenStream {
    let (first, last) = (range.from, range.last());
    quote!(crate::VersionRange { first: #first, last: #last })
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

fn kind(kind: &Kind) -> TokenStream {
    let scalar = |scalar: &Scalar| match scalar {
        Scalar::I8 => quote!(Int8),
        Scalar::I16 => quote!(Int16),
        Scalar::I32 => quote!(Int32),
        Scalar::I64 => quote!(Int64),
        Scalar::U16 => quote!(Uint16),
        Scalar::U32 => quote!(Uint32),
        Scalar::F64 => quote!(Float64),
        Scalar::Bool => quote!(Bool),
        Scalar::Uuid => quote!(Uuid),
    };
    let structure = |rust| quote!(Struct(&<#rust as crate::testing::Described>::SCHEMA));
    let (array, element) = match kind {
        Kind::Scalar(one) => (false, scalar(one)),
        Kind::String => (false, quote!(String)),
        Kind::Bytes => (false, quote!(Bytes)),
        Kind::Records => (false, quote!(Records)),
        Kind::Struct(rust) => (false, structure(rust)),
        Kind::Scalars(one) => (true, scalar(one)),
        Kind::NodeIds => (true, quote!(Int32)),
        Kind::Strings => (true, quote!(String)),
        Kind::Structs(rust) => (true, structure(rust)),
    };
    if array {
        quote!(crate::testing::TypeSchema::Array(&crate::testing::TypeSchema::#element))
    } else {
        quote!(crate::testing::TypeSchema::#element)
    }
}

/// A random value where the version has the field, the default elsewhere.
fn arbitrary(field: &Field) -> TokenStream {
    let (ident, default) = (&field.ident, default_of(field));
    let value = match &field.kind {
        Kind::Scalar(scalar) => {
            let method = format_ident!("{}", scalar.method());
            quote!(rng.#method())
        }
        Kind::String => quote!(rng.string()),
        Kind::Bytes | Kind::Records => quote!(rng.bytes()),
        Kind::Struct(rust) => quote!(<#rust as crate::testing::Described>::arbitrary(rng, v)),
        Kind::Scalars(scalar) => {
            let method = format_ident!("{}", scalar.method());
            quote!(rng.array(|rng| rng.#method()))
        }
        Kind::NodeIds => quote!(rng.array(|rng| rng.i32()).into()),
        Kind::Strings => quote!(rng.array(|rng| rng.string())),
        Kind::Structs(rust) => {
            quote!(rng.array(|rng| <#rust as crate::testing::Described>::arbitrary(rng, v)))
        }
    };
    let value = match field.nullable {
        None => value,
        Some(range) => {
            let allowed = range.test();
            quote!(rng.nullable(#allowed, |rng| #value))
        }
    };
    let value = if field.tag.is_some() {
        // Tagged fields are left out as often as not.
        quote!(if rng.bool() { #value } else { #default })
    } else {
        value
    };
    let name = ident.to_string();
    let value = quote!({
        rng.enter(#name);
        #value
    });
    match field.versions.condition() {
        None => quote!(#ident: #value),
        Some(has) => quote!(#ident: if #has { #value } else { #default }),
    }
}
