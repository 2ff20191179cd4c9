//! Prints how what is sent is made of what was received.
//!
//! In: a planned type with its view. Out: an `impl From`. Never happens: a member guessed; what only callers send is left
//! out, and where it is required there is no such `impl`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Item, ItemKind, RustType, View};

/// The conversion, where a type has one.
pub(super) fn conversion(item: &Item) -> Option<TokenStream> {
    let view = item.view_of.as_ref()?;
    let body = match &item.kind {
        ItemKind::Struct(_) => structure(item, view),
        ItemKind::Union(_) => union(item, view),
        ItemKind::TextEnum(_) | ItemKind::IntegerEnum(..) | ItemKind::Alias(_) => return None,
    };
    let (name, source) = (&item.name, &view.name);
    // Where all that is sent is said by callers alone, nothing is taken over.
    let is_read = matches!(item.kind, ItemKind::Union(_)) || view.parts.iter().any(|(_, part)| part.is_some());
    let value = if is_read {
        quote! { value }
    } else {
        quote! { _ }
    };
    Some(quote! {
        impl From<#source> for #name {
            fn from(#value: #source) -> Self {
                #body
            }
        }
    })
}

fn structure(item: &Item, view: &View) -> TokenStream {
    let parts = view.parts.iter().map(|(name, source)| match source {
        None if matches!(target(item, name), Some(RustType::Field(_))) => quote! { #name: Field::Absent },
        None => quote! { #name: None },
        Some((known, held)) => {
            let made = target(item, name)
                .map_or_else(|| quote! { value.#known }, |target| convert(held, &target, &quote! { value.#known }));
            quote! { #name: #made }
        }
    });
    quote! { Self { #(#parts),* } }
}

fn union(item: &Item, view: &View) -> TokenStream {
    let source = &view.name;
    let arms = view.parts.iter().filter_map(|(name, part)| {
        let (known, held) = part.as_ref()?;
        let made = convert(held, &target(item, name)?, &quote! { value });
        Some(quote! { #source::#known(value) => Self::#name(#made), })
    });
    quote! {
        match value {
            #(#arms)*
            #source::Unknown(value) => Self::Unknown(value),
        }
    }
}

/// The type of a field or variant of what is sent.
fn target(item: &Item, name: &crate::model::Ident) -> Option<RustType> {
    match &item.kind {
        ItemKind::Struct(structure) => {
            let field = structure.fields.iter().find(|field| field.name == *name).map(|field| field.rust_type.clone());
            let rest = structure.rest.iter().find(|(rest, _)| rest == name);
            field.or_else(|| rest.map(|(_, value)| RustType::Map(Box::new(value.clone()))))
        }
        ItemKind::Union(variants) => {
            variants.iter().find(|variant| variant.name == *name).map(|variant| variant.rust_type.clone())
        }
        ItemKind::TextEnum(_) | ItemKind::IntegerEnum(..) | ItemKind::Alias(_) => None,
    }
}

/// The expression that makes a value of one type of a value of another.
fn convert(from: &RustType, to: &RustType, value: &TokenStream) -> TokenStream {
    if from == to {
        return value.clone();
    }
    match (from, to) {
        (RustType::Option(from), RustType::Option(to)) | (RustType::Field(from), RustType::Field(to)) => {
            let each = each(from, to);
            quote! { #value.map(#each) }
        }
        (RustType::List(from), RustType::List(to)) => {
            let each = each(from, to);
            quote! { #value.into_iter().map(#each).collect() }
        }
        (RustType::Map(from), RustType::Map(to)) => {
            let made = convert(from, to, &quote! { value });
            quote! { #value.into_iter().map(|(key, value)| (key, #made)).collect() }
        }
        (RustType::Boxed(from), RustType::Boxed(to)) => {
            let made = convert(from, to, &quote! { (*#value) });
            quote! { Box::new(#made) }
        }
        _ => quote! { #value.into() },
    }
}

/// The function that converts one value within a container.
fn each(from: &RustType, to: &RustType) -> TokenStream {
    if matches!(from, RustType::Named { .. }) {
        return quote! { Into::into };
    }
    let made = convert(from, to, &quote! { value });
    quote! { |value| #made }
}
