//! The statement of a request type, as it stands in generated code.
//!
//! In: the tokens of a `request!`. Out: its parts, the setters as the methods that they become. Never: a statement of another
//! form; such a one is an error.

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Ident, ImplItemFn, Token, Type, braced, parenthesized, parse_quote};

/// A request type.
pub(crate) struct Request {
    /// Its name.
    pub(crate) name: Ident,
    /// What reads its success.
    pub(crate) decoder: Ident,
    /// Its setters.
    pub(crate) setters: Vec<ImplItemFn>,
}

impl Parse for Request {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<Ident>()?;
        input.parse::<Token![,]>()?;
        let name = input.parse()?;
        input.parse::<Token![,]>()?;
        input.parse::<Type>()?;
        input.parse::<Token![=]>()?;
        let decoder = input.parse()?;
        input.parse::<Token![,]>()?;
        input.parse::<Ident>()?;
        let mut setters = Vec::new();
        if !input.is_empty() {
            let rows;
            braced!(rows in input);
            while !rows.is_empty() {
                setters.push(setter(&rows)?);
            }
        }
        Ok(Self { name, decoder, setters })
    }
}

fn setter(rows: ParseStream<'_>) -> syn::Result<ImplItemFn> {
    let attributes = rows.call(Attribute::parse_outer)?;
    let name: Ident = rows.parse()?;
    rows.parse::<Token![:]>()?;
    let taken: Type = rows.parse()?;
    rows.parse::<Token![=]>()?;
    let method: Ident = rows.parse()?;
    let arguments;
    parenthesized!(arguments in rows);
    let arguments = arguments.parse_terminated(<Expr as Parse>::parse, Token![,])?;
    rows.parse::<Token![,]>()?;
    Ok(parse_quote! {
        #(#attributes)*
        pub fn #name(self, #name: #taken) -> Self {
            Self(self.0.#method(#arguments))
        }
    })
}
