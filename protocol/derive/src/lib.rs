//! Derives Kafka codecs from message structs: a message file is its schema.
//!
//! | derive | on | emits |
//! |---|---|---|
//! | `Request` | a request | encoding; decoding with the feature `server` |
//! | `Response` | a response | decoding; encoding with the feature `server` |
//! | `Data` | a message that is no call of its own | both |
//! | `RequestPart`, `ResponsePart`, `DataPart` | a struct inside one of these | as for the whole |
//!
//! All of them also emit `Default` (the values of the schema, which are not always those of the Rust types)
//! and `Debug` (which hides secrets). With the feature `testing` a description of the struct and a generator
//! of random instances come on top.
//!
//! On the message: `#[kafka(key = 0, versions = 3..=13, flexible = 9..)]`, where data has no key. On a field,
//! each only where the field has something to tell:
//!
//! | attribute | meaning | default |
//! |---|---|---|
//! | `versions = 2..` or `0..=4` | the versions that have the field | all |
//! | `nullable = 3..` | the versions in which an `Option` may be `None` | all |
//! | `tag = 0` | sent as a tagged field with this tag | untagged |
//! | `tagged = 12..` | the versions in which it is tagged, with `tag` | as `versions` |
//! | `default = -1` | the value when absent; `None` for an `Option`, but of a struct the struct | zero, empty, no struct |
//! | `ignorable` | may be dropped in versions without the field | an error |
//! | `inflexible` | keeps its old form in flexible versions | follows the version |
//! | `records` | record batches, null by default | bytes |
//! | `secret` | not shown by `Debug` | shown |
mod codec;
mod model;
mod range;
mod testing;
mod values;

use proc_macro::TokenStream;
use quote::quote;

use model::{Direction, Struct};

/// Derives the codec of a request. See the crate's documentation for the attributes.
#[proc_macro_derive(Request, attributes(kafka))]
pub fn request(input: TokenStream) -> TokenStream {
    emit(input, Direction::Request, true)
}

/// Derives the codec of a response. See the crate's documentation for the attributes.
#[proc_macro_derive(Response, attributes(kafka))]
pub fn response(input: TokenStream) -> TokenStream {
    emit(input, Direction::Response, true)
}

/// Derives the codec of a message that is neither request nor response, in both directions.
#[proc_macro_derive(Data, attributes(kafka))]
pub fn data(input: TokenStream) -> TokenStream {
    emit(input, Direction::Both, true)
}

/// Derives the codec of a struct inside a request.
#[proc_macro_derive(RequestPart, attributes(kafka))]
pub fn request_part(input: TokenStream) -> TokenStream {
    emit(input, Direction::Request, false)
}

/// Derives the codec of a struct inside a response.
#[proc_macro_derive(ResponsePart, attributes(kafka))]
pub fn response_part(input: TokenStream) -> TokenStream {
    emit(input, Direction::Response, false)
}

/// Derives the codec of a struct inside a data message.
#[proc_macro_derive(DataPart, attributes(kafka))]
pub fn data_part(input: TokenStream) -> TokenStream {
    emit(input, Direction::Both, false)
}

fn emit(input: TokenStream, direction: Direction, whole: bool) -> TokenStream {
    let parsed = syn::parse(input).and_then(|input| Struct::parse(&input, direction, whole));
    let item = match parsed {
        Ok(item) => item,
        Err(error) => return error.into_compile_error().into(),
    };
    let parts = [
        values::default(&item),
        values::debug(&item),
        codec::encode(&item),
        codec::decode(&item),
        codec::message(&item),
        testing::emit(&item),
    ];
    quote!(#(#parts)*).into()
}
