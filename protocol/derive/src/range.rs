//! Version ranges and the conditions they become.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{LitInt, Token};

/// The versions `from..=to`; open to above without `to`. Written `3`, `3..` or `3..=5`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) from: i16,
    pub(crate) to: Option<i16>,
}

impl Range {
    pub(crate) const ALL: Self = Self { from: 0, to: None };

    /// The condition on `v.number` under which a version lies in the range; nothing when every one does.
    pub(crate) fn condition(self) -> Option<TokenStream> {
        let from = self.from;
        match (from, self.to) {
            (0, None) => None,
            (_, None) => Some(quote!(v.number >= #from)),
            (0, Some(to)) => Some(quote!(v.number <= #to)),
            (_, Some(to)) if from == to => Some(quote!(v.number == #from)),
            (_, Some(to)) => Some(quote!((v.number >= #from && v.number <= #to))),
        }
    }

    /// As [`Range::condition`], as an expression that is always there.
    pub(crate) fn test(self) -> TokenStream {
        self.condition().unwrap_or_else(|| quote!(true))
    }

    /// The highest version; the highest there can be when the range is open.
    pub(crate) fn last(self) -> i16 {
        self.to.unwrap_or(i16::MAX)
    }
}

impl Parse for Range {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let from = input.parse::<LitInt>()?.base10_parse()?;
        if input.peek(Token![..=]) {
            input.parse::<Token![..=]>()?;
            let to = Some(input.parse::<LitInt>()?.base10_parse()?);
            Ok(Self { from, to })
        } else if input.peek(Token![..]) {
            input.parse::<Token![..]>()?;
            Ok(Self { from, to: None })
        } else {
            Ok(Self { from, to: Some(from) })
        }
    }
}
