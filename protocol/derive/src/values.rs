//! `Default` and `Debug`, and the tests against the default.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Field, Kind, Struct};

/// The schema's default value of a field.
pub(crate) fn default_of(field: &Field) -> TokenStream {
    if field.null_by_default() {
        return quote!(::core::option::Option::None);
    }
    let value = match &field.default {
        Some(value) => quote!(#value),
        None => quote!(::core::default::Default::default()),
    };
    match field.nullable {
        None => value,
        Some(_) => quote!(::core::option::Option::Some(#value)),
    }
}

/// Whether `self.field` has its default value, as an expression.
pub(crate) fn is_default(field: &Field) -> TokenStream {
    let ident = &field.ident;
    if field.nullable.is_some() {
        if field.null_by_default() {
            return quote!(self.#ident.is_none());
        }
        if let (Kind::Struct(_), Some(value)) = (&field.kind, &field.default) {
            return quote!((self.#ident.as_ref() == ::core::option::Option::Some(&#value)));
        }
        return quote!(self.#ident.as_ref().is_some_and(|value| value.is_empty()));
    }
    match (&field.kind, &field.default) {
        (Kind::Scalar(_), Some(value)) => quote!((self.#ident == #value)),
        (Kind::Scalar(_) | Kind::Struct(_), None) => {
            let rust = &field.rust;
            quote!((self.#ident == <#rust as ::core::default::Default>::default()))
        }
        (_, Some(value)) => quote!((self.#ident == #value)),
        (_, None) => quote!(self.#ident.is_empty()),
    }
}

pub(crate) fn default(item: &Struct) -> TokenStream {
    let ident = &item.ident;
    let fields = item.fields.iter().map(|field| {
        let (ident, value) = (&field.ident, default_of(field));
        quote!(#ident: #value)
    });
    quote! {
        #[automatically_derived]
        impl ::core::default::Default for #ident {
            fn default() -> Self {
                Self { #(#fields,)* }
            }
        }
    }
}

pub(crate) fn debug(item: &Struct) -> TokenStream {
    let (ident, title) = (&item.ident, item.ident.to_string());
    let fields = item.fields.iter().map(|field| {
        let (ident, name) = (&field.ident, &field.name);
        if field.secret {
            quote!(.field(#name, &crate::codec::Secret))
        } else {
            quote!(.field(#name, &self.#ident))
        }
    });
    quote! {
        // Not `automatically_derived`: the compiler would take what only `Debug` uses for unused.
        impl ::core::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#title)#(#fields)*.finish()
            }
        }
    }
}
