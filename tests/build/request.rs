//! The statements of a client's methods, of a request type and of its failures, as they stand in generated code.
//!
//! In: the tokens of a `calls!`, a `request!` or a `failure!`. Out: their parts, rows as the methods that they become. Never: a
//! statement of another form; such a one is an error.

use proc_macro2::TokenTree;
use syn::parse::{Parse, ParseStream};
use syn::token::Paren;
use syn::{
    Attribute, Expr, FnArg, Ident, ImplItemFn, Path, Signature, Token, Type, braced, parenthesized, parse_quote,
};

/// The methods of a client.
pub(crate) struct Calls {
    /// The name of the client.
    pub(crate) client: Ident,
    /// Its methods.
    pub(crate) methods: Vec<ImplItemFn>,
}

/// A request type.
pub(crate) struct Request {
    /// Its name.
    pub(crate) name: Ident,
    /// What reads its success.
    pub(crate) decoder: Ident,
    /// Its setters.
    pub(crate) setters: Vec<ImplItemFn>,
}

/// The documented errors of an operation.
pub(crate) struct Failure {
    /// The name.
    pub(crate) name: Ident,
    /// The variants, and whether each has a body.
    pub(crate) variants: Vec<(String, bool)>,
}

impl Parse for Calls {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let client = input.parse()?;
        let rows;
        braced!(rows in input);
        let mut methods = Vec::new();
        while !rows.is_empty() {
            let attributes = rows.call(Attribute::parse_outer)?;
            rows.parse::<Token![pub]>()?;
            let signature: Signature = rows.parse()?;
            rows.parse::<Token![=]>()?;
            let call: Expr = rows.parse()?;
            rows.parse::<Token![;]>()?;
            methods.push(parse_quote! { #(#attributes)* pub #signature { #call } });
        }
        Ok(Self { client, methods })
    }
}

impl Parse for Request {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Attribute::parse_outer)?;
        input.parse::<Ident>()?;
        input.parse::<Token![,]>()?;
        let name = input.parse()?;
        input.parse::<Token![,]>()?;
        input.parse::<Type>()?;
        input.parse::<Token![=]>()?;
        let decoder = input.parse()?;
        input.parse::<Token![,]>()?;
        input.parse::<Ident>()?;
        if input.parse::<Option<Token![=]>>()?.is_some() {
            input.call(Attribute::parse_outer)?;
            input.parse::<Path>()?;
        }
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

impl Parse for Failure {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Attribute::parse_outer)?;
        input.parse::<Ident>()?;
        input.parse::<Token![,]>()?;
        let name = input.parse()?;
        let rows;
        braced!(rows in input);
        let mut variants = Vec::new();
        while !rows.is_empty() {
            rows.call(Attribute::parse_outer)?;
            let variant: Ident = rows.parse()?;
            let has_body = rows.peek(Paren);
            if has_body {
                let body;
                parenthesized!(body in rows);
                body.parse::<Type>()?;
            }
            rows.parse::<Token![=]>()?;
            rows.parse::<TokenTree>()?;
            if has_body {
                rows.parse::<Ident>()?;
            }
            variants.push((variant.to_string(), has_body));
            rows.parse::<Token![,]>()?;
        }
        Ok(Self { name, variants })
    }
}

fn setter(rows: ParseStream<'_>) -> syn::Result<ImplItemFn> {
    let attributes = rows.call(Attribute::parse_outer)?;
    let name: Ident = rows.parse()?;
    let mut first = None;
    if rows.peek(Paren) {
        let given;
        parenthesized!(given in rows);
        first = Some(given.parse::<FnArg>()?);
    }
    let first = first.into_iter();
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
        pub fn #name(self, #(#first,)* #name: #taken) -> Self {
            Self(self.0.#method(#arguments))
        }
    })
}
