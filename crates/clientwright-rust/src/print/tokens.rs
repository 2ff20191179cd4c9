//! Tokens for what stands in many places: documentation, types, arguments.
//!
//! In: parts of the model. Out: tokens. Never happens: text of a document as anything but a literal.

use proc_macro2::{Delimiter, Literal, Spacing, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::config::{Derive, OwnType, TypePath};
use crate::model::{Item, MadeOf, RuntimeType, RustType, Travels};

/// `#[doc]` attributes.
pub(super) fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote! { #(#[doc = #lines])* }
}

/// Documentation and deprecation as text, for what stands within a statement.
pub(super) fn said(lines: &[String], deprecated: bool) -> String {
    noted("    ", lines, deprecated)
}

/// How far a field or a variant stands from the margin.
pub(super) const FIELD: &str = "        ";

/// Documentation and deprecation as text, so far from the margin.
pub(super) fn noted(margin: &str, lines: &[String], deprecated: bool) -> String {
    let mut out = String::new();
    for line in lines {
        out.extend([margin, "///", if line.is_empty() { "" } else { " " }, line, "\n"]);
    }
    if deprecated {
        out.extend([margin, "#[deprecated]\n"]);
    }
    out
}

/// What stands before a type within its statement.
pub(super) fn attributes(item: &Item) -> String {
    let mut out = said(&item.docs, item.deprecated);
    let derives: Vec<String> = item.derives.iter().filter_map(derived).map(spelled).collect();
    if !derives.is_empty() {
        out.extend(["    #[derive(", &derives.join(", "), ")]\n"]);
    }
    out
}

fn derived(derive: &Derive) -> Option<TokenStream> {
    match derive {
        Derive::Known(known) => {
            let name = format_ident!("{}", known.as_str());
            Some(quote! { #name })
        }
        Derive::Path(derived) => Some(path(derived)),
        Derive::Had(_) => None,
    }
}

/// The head of a type within its statement: `pub struct Pet: sent`.
pub(super) fn header(word: &str, item: &Item) -> String {
    let way = match item.travels {
        Travels::Both => "",
        Travels::Sent => ": sent",
        Travels::Received => ": received",
    };
    format!("pub {word} {}{way}", item.name)
}

/// A type or an expression as a person writes it, in one line.
pub(super) fn spelled(tokens: TokenStream) -> String {
    let mut out = String::new();
    spell(tokens, &mut out);
    out
}

fn spell(tokens: TokenStream, out: &mut String) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                out.push_str(open);
                spell(group.stream(), out);
                out.push_str(close);
            }
            TokenTree::Punct(sign) => match (sign.as_char(), sign.spacing()) {
                (',', _) => out.push_str(", "),
                ('=', Spacing::Alone) => out.push_str(" = "),
                (sign, _) => out.push(sign),
            },
            word @ (TokenTree::Ident(_) | TokenTree::Literal(_)) => {
                if out.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
                    out.push(' ');
                }
                out.push_str(&word.to_string());
            }
        }
    }
}

/// A string literal.
pub(super) fn text(text: &str) -> String {
    Literal::string(text).to_string()
}

/// A slice of string literals.
pub(super) fn texts(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|one| text(one)).collect();
    format!("&[{}]", texts.join(", "))
}

/// `#[deprecated]`, where something is.
pub(super) fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote! { #[deprecated] })
}

/// A type.
pub(super) fn rust_type(rust_type: &RustType) -> TokenStream {
    match rust_type {
        RustType::Primitive(name) => {
            let name = format_ident!("{name}");
            quote! { #name }
        }
        RustType::String => quote! { String },
        RustType::Bytes => quote! { Bytes },
        RustType::Unit => quote! { () },
        RustType::Runtime(RuntimeType::Value) => quote! { Value },
        RustType::Runtime(RuntimeType::DateTime) => quote! { DateTime<FixedOffset> },
        RustType::Runtime(RuntimeType::LocalDateTime) => quote! { NaiveDateTime },
        RustType::Runtime(RuntimeType::Date) => quote! { NaiveDate },
        RustType::Runtime(RuntimeType::Upload) => quote! { clientwright_runtime::Upload },
        RustType::Runtime(RuntimeType::File) => quote! { FilePart },
        RustType::Runtime(RuntimeType::Uuid) => quote! { Uuid },
        RustType::Runtime(RuntimeType::Base64) => quote! { Base64 },
        RustType::Runtime(RuntimeType::Base64Url) => quote! { Base64Url },
        RustType::Runtime(RuntimeType::Decimal) => quote! { Decimal },
        RustType::Runtime(RuntimeType::BooleanNumber) => quote! { BooleanNumber },
        RustType::Runtime(RuntimeType::DecimalNumber) => quote! { DecimalNumber },
        RustType::Own(own) => {
            let path = path(&own.path);
            if own.serde {
                quote! { Serde<#path> }
            } else {
                path
            }
        }
        RustType::List(inner) => {
            let inner = self::rust_type(inner);
            quote! { Vec<#inner> }
        }
        RustType::Map(inner) => {
            let inner = self::rust_type(inner);
            quote! { BTreeMap<String, #inner> }
        }
        RustType::Option(inner) => {
            let inner = self::rust_type(inner);
            quote! { Option<#inner> }
        }
        RustType::Field(inner) => {
            let inner = self::rust_type(inner);
            quote! { Field<#inner> }
        }
        RustType::Boxed(inner) => {
            let inner = self::rust_type(inner);
            quote! { Box<#inner> }
        }
        RustType::Named { name, outside: true, .. } => quote! { types::#name },
        RustType::Named { name, outside: false, .. } => quote! { #name },
    }
}

/// A path, which begins at a crate whatever is in scope.
pub(super) fn path(path: &TypePath) -> TokenStream {
    let words = path.words().map(|word| format_ident!("{word}"));
    let root = (!path.is_inside()).then(|| quote! { :: });
    quote! { #root #(#words)::* }
}

/// An argument for a value.
pub(super) struct Argument {
    /// Its type.
    pub(super) parameter: TokenStream,
    /// The expression that makes the value of it, where the place it goes to says its type.
    pub(super) value: TokenStream,
    /// The same where nothing else says its type.
    pub(super) typed: TokenStream,
}

/// Whether a value is made of several others: of text, of bytes, of one of its variants.
pub(super) const fn is_made(value: &RustType) -> bool {
    match value {
        RustType::String
        | RustType::Bytes
        | RustType::Runtime(
            RuntimeType::Value
            | RuntimeType::Upload
            | RuntimeType::File
            | RuntimeType::Base64
            | RuntimeType::Base64Url
            | RuntimeType::BooleanNumber
            | RuntimeType::DecimalNumber,
        )
        | RustType::Own(OwnType { serde: true, .. })
        | RustType::Named { made_of: MadeOf::Text | MadeOf::Variants | MadeOf::Bytes, .. } => true,
        RustType::Named { made_of: MadeOf::Itself, .. }
        | RustType::Primitive(_)
        | RustType::Runtime(
            RuntimeType::DateTime
            | RuntimeType::LocalDateTime
            | RuntimeType::Date
            | RuntimeType::Uuid
            | RuntimeType::Decimal,
        )
        | RustType::Own(OwnType { serde: false, .. })
        | RustType::List(_)
        | RustType::Map(_)
        | RustType::Option(_)
        | RustType::Field(_)
        | RustType::Boxed(_)
        | RustType::Unit => false,
    }
}

/// Whether the typed expression for an argument names the runtime's `IntoList`.
pub(super) fn is_listed(value: &RustType) -> bool {
    match value {
        RustType::List(_) => true,
        RustType::Boxed(inner) => is_listed(inner),
        RustType::Primitive(_)
        | RustType::String
        | RustType::Bytes
        | RustType::Runtime(_)
        | RustType::Own(_)
        | RustType::Map(_)
        | RustType::Option(_)
        | RustType::Field(_)
        | RustType::Named { .. }
        | RustType::Unit => false,
    }
}

/// The argument, called `name`, for a value: whatever can be made into text, into a field or into a list of those.
pub(super) fn argument(value: &RustType, name: &TokenStream) -> Argument {
    let plain = rust_type(value);
    match value {
        // What takes a body makes it of the same things.
        RustType::Runtime(RuntimeType::Upload) => {
            Argument { parameter: quote! { impl Into<#plain> }, value: name.clone(), typed: name.clone() }
        }
        _ if is_made(value) || matches!(value, RustType::Field(_)) => Argument {
            parameter: quote! { impl Into<#plain> },
            value: quote! { #name.into() },
            typed: quote! { Into::<#plain>::into(#name) },
        },
        RustType::List(item) => {
            let made = is_made(item);
            let item = rust_type(item);
            let (element, made) = if made {
                (quote! { impl Into<#item> }, quote! { #name.into_iter().map(Into::into) })
            } else {
                (item.clone(), quote! { #name.into_iter() })
            };
            Argument {
                parameter: quote! { impl IntoIterator<Item = #element> },
                value: quote! { #made.collect() },
                typed: quote! { #name.into_list::<#item>() },
            }
        }
        RustType::Boxed(inner) => {
            let Argument { parameter, value, typed } = argument(inner, name);
            Argument { parameter, value: quote! { Box::new(#value) }, typed: quote! { Box::new(#typed) } }
        }
        RustType::Option(_)
        | RustType::Own(_)
        | RustType::Primitive(_)
        | RustType::String
        | RustType::Bytes
        | RustType::Runtime(_)
        | RustType::Map(_)
        | RustType::Field(_)
        | RustType::Named { .. }
        | RustType::Unit => Argument { parameter: plain, value: name.clone(), typed: name.clone() },
    }
}
