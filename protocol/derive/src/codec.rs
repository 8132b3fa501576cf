//! The codec itself.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Direction, Field, Kind, Message, Struct};
use crate::values::{default_of, is_default};

pub(crate) fn encode(item: &Struct) -> TokenStream {
    let ident = &item.ident;
    let gate = (item.direction == Direction::Response).then(|| quote!(#[cfg(feature = "server")]));
    let plain = item.fields.iter().map(encode_field);
    let tagged = encode_tagged(item);
    quote! {
        #gate
        #[automatically_derived]
        impl crate::codec::EncodePart for #ident {
            fn encode_part(
                &self,
                w: &mut crate::wire::Writer,
                v: crate::codec::Version,
            ) -> ::core::result::Result<(), crate::wire::EncodeError> {
                #(#plain)*
                #tagged
                ::core::result::Result::Ok(())
            }
        }
    }
}

/// Writes a field where it is not tagged, and refuses a value that the version cannot carry.
fn encode_field(field: &Field) -> TokenStream {
    let name = &field.name;
    let refuse = (!field.ignorable).then(|| {
        let default = is_default(field);
        quote! {
            if !#default {
                return ::core::result::Result::Err(crate::codec::not_in_version(#name, v));
            }
        }
    });
    if field.tag.is_some() {
        let plain = (field.tagged != field.versions).then(|| {
            let (has, tagged, write) = (field.versions.test(), field.tagged.test(), write(field, false));
            quote!(if #has && !#tagged { #write })
        });
        let refuse = field.versions.condition().zip(refuse);
        let refuse = refuse.map(|(has, refuse)| quote!(if !(#has) { #refuse }));
        return quote!(#plain #refuse);
    }
    let write = write(field, false);
    match (field.versions.condition(), refuse) {
        (None, _) => write,
        (Some(has), None) => quote!(if #has { #write }),
        (Some(has), Some(refuse)) => quote!(if #has { #write } else { #refuse }),
    }
}

fn encode_tagged(item: &Struct) -> TokenStream {
    let fields = item.tagged();
    if fields.is_empty() {
        return quote!(if v.flexible {
            w.put_no_tags();
        });
    }
    let flags: Vec<_> = fields.iter().map(|(tag, _)| format_ident!("tag_{tag}")).collect();
    let decide = fields.iter().zip(&flags).map(|((_, field), flag)| {
        let default = is_default(field);
        match field.tagged.condition() {
            None => quote!(let #flag = !#default;),
            Some(has) => quote!(let #flag = #has && !#default;),
        }
    });
    let put = fields.iter().zip(&flags).map(|((tag, field), flag)| {
        let write = write(field, true);
        quote! {
            if #flag {
                w.put_tagged(#tag, |w| {
                    #write
                    ::core::result::Result::Ok(())
                })?;
            }
        }
    });
    quote! {
        if v.flexible {
            #(#decide)*
            w.put_tag_count(0 #(+ u32::from(#flags))*);
            #(#put)*
            #[cfg(feature = "testing")]
            w.end_tags();
        }
    }
}

/// Writes the value of a field, in the tagged section or before it.
fn write(field: &Field, in_tags: bool) -> TokenStream {
    let (ident, name, flexible) = (&field.ident, &field.name, flexible(field));
    let nullable = field.nullable.is_some();
    let null_check = field.nullable.and_then(|range| range.condition()).map(|allowed| {
        quote! {
            if self.#ident.is_none() && !(#allowed) {
                return ::core::result::Result::Err(crate::codec::null_not_allowed(#name, v));
            }
        }
    });
    let put = match (&field.kind, nullable) {
        (Kind::Scalar(scalar), _) => {
            let put = format_ident!("put_{}", scalar.method());
            quote!(w.#put(self.#ident);)
        }
        (Kind::String, false) => quote!(w.put_string(#name, &self.#ident, #flexible)?;),
        (Kind::String, true) => {
            quote!(w.put_nullable_string(#name, self.#ident.as_deref(), #flexible)?;)
        }
        (Kind::Bytes | Kind::Records, false) => quote!(w.put_bytes(#name, &self.#ident, #flexible)?;),
        (Kind::Bytes | Kind::Records, true) => {
            quote!(w.put_nullable_bytes(#name, self.#ident.as_ref(), #flexible)?;)
        }
        (Kind::Struct(_), false) => {
            quote!(crate::codec::EncodePart::encode_part(&self.#ident, w, v)?;)
        }
        (Kind::Struct(_), true) => {
            let encode = if in_tags {
                quote!(encode_nullable_tagged)
            } else {
                quote!(encode_nullable)
            };
            quote!(crate::codec::#encode(w, self.#ident.as_ref(), v)?;)
        }
        (Kind::Scalars(scalar), _) => {
            let put = format_ident!("put_{}_array", scalar.method());
            let value = optional(field);
            quote!(w.#put(#name, #value, #flexible)?;)
        }
        (Kind::NodeIds, _) => {
            let value = optional(field);
            quote!(w.put_i32_array(#name, #value, #flexible)?;)
        }
        (Kind::Strings, _) => {
            let value = optional(field);
            quote!(w.put_string_array(#name, #value, #flexible)?;)
        }
        (Kind::Structs(_), _) => {
            let value = optional(field);
            quote!(crate::codec::encode_array(w, #name, #value, v)?;)
        }
    };
    quote!(#null_check #put)
}

/// An array field as `Option<&[T]>`.
fn optional(field: &Field) -> TokenStream {
    let ident = &field.ident;
    if field.nullable.is_some() {
        quote!(self.#ident.as_deref())
    } else {
        quote!(::core::option::Option::Some(self.#ident.as_slice()))
    }
}

fn flexible(field: &Field) -> TokenStream {
    if field.inflexible {
        quote!(false)
    } else {
        quote!(v.flexible)
    }
}

pub(crate) fn decode(item: &Struct) -> TokenStream {
    let ident = &item.ident;
    let gate = (item.direction == Direction::Request).then(|| quote!(#[cfg(feature = "server")]));
    let plain = item.fields.iter().map(decode_field);
    let tagged = decode_tagged(item);
    let names = item.fields.iter().map(|field| &field.ident);
    let sizes = item.fields.iter().map(least_size);
    // The elements of large arrays are structs without structs. Inlined into the loop that reads the array they
    // are built in place; returned by a call they are copied twice, and each copy waits for the stores before it.
    let leaf = item
        .fields
        .iter()
        .all(|field| !matches!(field.kind, Kind::Struct(_) | Kind::Structs(_)));
    let inline = (item.message.is_none() && leaf).then(|| quote!(#[inline(always)]));
    quote! {
        #gate
        #[automatically_derived]
        impl crate::codec::DecodePart for #ident {
            #inline
            fn decode_part(
                r: &mut crate::wire::Reader<'_>,
                v: crate::codec::Version,
            ) -> ::core::result::Result<Self, crate::wire::DecodeError> {
                #(#plain)*
                #tagged
                ::core::result::Result::Ok(Self { #(#names,)* })
            }

            #[inline]
            fn least_size(v: crate::codec::Version) -> usize {
                usize::from(v.flexible) #(+ #sizes)*
            }
        }
    }
}

fn decode_field(field: &Field) -> TokenStream {
    let (ident, rust, default) = (&field.ident, &field.rust, default_of(field));
    if field.tag.is_some() {
        if field.tagged == field.versions {
            return quote!(let mut #ident: #rust = #default;);
        }
        let (has, tagged, read) = (field.versions.test(), field.tagged.test(), read(field, false));
        return quote!(let mut #ident: #rust = if #has && !#tagged { #read } else { #default };);
    }
    let read = read(field, false);
    match field.versions.condition() {
        None => quote!(let #ident: #rust = #read;),
        Some(has) => quote!(let #ident: #rust = if #has { #read } else { #default };),
    }
}

fn decode_tagged(item: &Struct) -> TokenStream {
    let fields = item.tagged();
    if fields.is_empty() {
        return quote! {
            if v.flexible {
                r.skip_tags().map_err(crate::codec::in_tags)?;
            }
        };
    }
    let arms = fields.iter().map(|(tag, field)| {
        let (ident, read) = (&field.ident, read(field, true));
        let guard = field.tagged.condition().map(|has| quote!(if #has));
        quote! {
            #tag #guard => {
                #ident = #read;
                ::core::result::Result::Ok(true)
            }
        }
    });
    quote! {
        if v.flexible {
            r.tagged_section(|tag, r| match tag {
                #(#arms)*
                _ => ::core::result::Result::Ok(false),
            })
            .map_err(crate::codec::in_tags)?;
        }
    }
}

/// Reads the value of a field, in the tagged section or before it, as an expression.
fn read(field: &Field, in_tags: bool) -> TokenStream {
    let (name, flexible) = (&field.name, flexible(field));
    let within = quote!(.map_err(|e| e.within(#name))?);
    // Yields an `Option`; whether it may be null is asked below.
    let nullable = match &field.kind {
        Kind::Scalar(scalar) => {
            let method = format_ident!("{}", scalar.method());
            return quote!(r.#method()#within);
        }
        Kind::Struct(rust) if field.nullable.is_none() => {
            return quote!(<#rust as crate::codec::DecodePart>::decode_part(r, v)#within);
        }
        Kind::String if field.nullable.is_none() => return quote!(r.string(#flexible)#within),
        Kind::Bytes | Kind::Records if field.nullable.is_none() => return quote!(r.bytes(#flexible)#within),
        Kind::Struct(_) if in_tags => quote!(crate::codec::decode_nullable_tagged(r, v)#within),
        Kind::Struct(_) => quote!(crate::codec::decode_nullable(r, v)#within),
        Kind::String => quote!(r.nullable_string(#flexible)#within),
        Kind::Bytes | Kind::Records => quote!(r.nullable_bytes(#flexible)#within),
        Kind::Scalars(scalar) => {
            let method = format_ident!("{}_array", scalar.method());
            quote!(r.#method(#flexible)#within)
        }
        Kind::NodeIds => quote!(r.node_ids(#flexible)#within),
        Kind::Strings => quote!(crate::codec::decode_strings(r, #name, #flexible)?),
        Kind::Structs(_) => quote!(crate::codec::decode_array(r, #name, v)?),
    };
    match field.nullable {
        None => quote!(match #nullable {
            ::core::option::Option::Some(value) => value,
            ::core::option::Option::None => {
                return ::core::result::Result::Err(crate::codec::null_read(r, #name));
            }
        }),
        Some(range) => match range.condition() {
            None => nullable,
            Some(allowed) => quote!({
                let value = #nullable;
                if value.is_none() && !(#allowed) {
                    return ::core::result::Result::Err(crate::codec::null_read(r, #name));
                }
                value
            }),
        },
    }
}

/// The fewest bytes a field takes.
fn least_size(field: &Field) -> TokenStream {
    let flexible = flexible(field);
    let size = match &field.kind {
        Kind::Scalar(scalar) => {
            let size = scalar.size();
            quote!(#size)
        }
        Kind::String => quote!((if #flexible { 1 } else { 2 })),
        Kind::Struct(_) if field.nullable.is_some() => quote!(1),
        Kind::Struct(rust) => quote!(<#rust as crate::codec::DecodePart>::least_size(v)),
        _ => quote!((if #flexible { 1 } else { 4 })),
    };
    let has = field.versions.condition();
    let untagged = field.tag.map(|_| {
        let tagged = field.tagged.test();
        quote!(!#tagged)
    });
    match (has, untagged) {
        (None, None) => size,
        (Some(has), None) => quote!((if #has { #size } else { 0 })),
        (None, Some(untagged)) => quote!((if #untagged { #size } else { 0 })),
        (Some(has), Some(untagged)) => quote!((if #has && #untagged { #size } else { 0 })),
    }
}

/// The traits of a whole message.
pub(crate) fn message(item: &Struct) -> TokenStream {
    let Some(Message {
        key,
        versions,
        flexible,
    }) = &item.message
    else {
        return TokenStream::new();
    };
    let (ident, name) = (&item.ident, item.ident.to_string());
    let (first, last) = (versions.from, versions.last());
    let flexible = match flexible {
        Some(version) => quote!(::core::option::Option::Some(#version)),
        None => quote!(::core::option::Option::None),
    };
    let role = match item.direction {
        Direction::Request => {
            let response = format_ident!("{}Response", name.strip_suffix("Request").unwrap_or(&name));
            quote! {
                #[automatically_derived]
                impl crate::Request for #ident {
                    const KEY: crate::ApiKey = crate::ApiKey(#key);
                    type Response = #response;
                }
            }
        }
        Direction::Response => quote! {
            #[automatically_derived]
            impl crate::Response for #ident {
                const KEY: crate::ApiKey = crate::ApiKey(#key);
            }
        },
        Direction::Both => TokenStream::new(),
    };
    quote! {
        #[automatically_derived]
        impl crate::Message for #ident {
            const NAME: &'static str = #name;
            const VERSIONS: crate::VersionRange = crate::VersionRange { first: #first, last: #last };
            const FLEXIBLE: ::core::option::Option<i16> = #flexible;
        }
        #role
    }
}
