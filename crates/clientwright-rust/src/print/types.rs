//! Prints the types: a module for each component, re-exported flat.
//!
//! In: planned types. Out: `types.rs` and the files of its modules, each type as one statement that says what it is and how it
//! meets the wire. Never happens: a second place that speaks of a type.

use proc_macro2::TokenStream;
use quote::quote;

use super::source::Source;
use super::tokens::{attributes, deprecated, docs, rust_type, text};
use super::uses::Uses;
use super::{objects, unions, views};
use crate::model::{Constructor, Crate, Ident, Item, ItemKind, RustType, Struct, TypeModule, Variant};

/// What holds for all modules of types.
const ATTRIBUTES: &str = "\
// Where the document says nothing of a member, neither does the documentation.
#![allow(missing_docs)]";

/// Prints `types.rs` and its modules.
pub(super) fn print(planned: &Crate) -> Vec<(String, String)> {
    let mut root = Source::new(&["The types of the API, all of them here whatever module they stand in.".to_owned()]);
    root.block(ATTRIBUTES);
    let mut modules: Vec<&TypeModule> = planned.types.iter().collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    root.items(modules.iter().map(|module| {
        let name = &module.name;
        quote! { mod #name; }
    }));
    root.items(modules.iter().map(|module| {
        // Each name, because the compiler looks for a name in every module that is taken whole.
        let (name, names) = (&module.name, public_names(module));
        match names.as_slice() {
            [only] => quote! { pub use #name::#only; },
            names => quote! { pub use #name::{#(#names),*}; },
        }
    }));
    let modules = modules.iter().map(|module| (format!("types/{}.rs", module.name), print_module(module)));
    std::iter::once(("types.rs".to_owned(), root.finish())).chain(modules).collect()
}

fn public_names(module: &TypeModule) -> Vec<&Ident> {
    let mut names: Vec<&Ident> = module.items.iter().map(|item| &item.name).collect();
    for item in &module.items {
        if let ItemKind::Struct(Struct { constructor: Constructor::Struct(name), .. }) = &item.kind {
            names.push(name);
        }
    }
    names.sort();
    names
}

fn print_module(module: &TypeModule) -> String {
    let mut uses = Uses::default();
    for item in &module.items {
        match &item.kind {
            ItemKind::Alias(target) => uses.add_type(target),
            ItemKind::TextEnum(_) => uses.add("clientwright_runtime", "text_enum"),
            ItemKind::IntegerEnum(..) => uses.add("clientwright_runtime", "integer_enum"),
            ItemKind::Union(variants) => {
                uses.add("clientwright_runtime", "union");
                for variant in variants {
                    uses.add_type(&variant.rust_type);
                }
            }
            ItemKind::Struct(structure) => {
                uses.add("clientwright_runtime", "object");
                if objects::has_further_setters(structure) {
                    uses.add("clientwright_runtime", "setters");
                }
                structure.fields.iter().for_each(|field| uses.add_type(&field.rust_type));
                if let Some((_, value)) = &structure.rest {
                    uses.add_type(&RustType::Map(Box::new(value.clone())));
                }
            }
        }
    }
    let own = public_names(module);
    let mut source = Source::new(&[]);
    source.items(uses.declarations(&quote! { super }, &own));
    source.items(module.items.iter().filter_map(alias));
    for item in &module.items {
        match &item.kind {
            ItemKind::Alias(_) => {}
            ItemKind::TextEnum(variants) => source.statement(&text_enum(item, variants)),
            ItemKind::IntegerEnum(integer, variants) => source.statement(&integer_enum(item, integer, variants)),
            ItemKind::Union(variants) => source.statement(&unions::statement(item, variants)),
            ItemKind::Struct(structure) => objects::print(&mut source, item, structure),
        }
        if let Some(conversion) = views::conversion(item) {
            source.item(conversion);
        }
    }
    source.finish()
}

/// Another name, where an item is one; what it is a name for says the rest.
fn alias(item: &Item) -> Option<TokenStream> {
    let ItemKind::Alias(target) = &item.kind else { return None };
    let (docs, deprecated, name, target) =
        (docs(&item.docs), deprecated(item.deprecated), &item.name, rust_type(target));
    Some(quote! { #docs #deprecated pub type #name = #target; })
}

fn text_enum(item: &Item, variants: &[Variant]) -> String {
    let mut out = format!("text_enum! {{\n{}    pub enum {} {{\n", attributes(item), item.name);
    for variant in variants {
        let (name, value, said) = (variant.name.as_str(), text(&variant.text), crate::docs::code(&variant.text));
        // What documentation cannot show as it stands is said in other words.
        let said = (said != format!("`{}`", variant.text)).then(|| format!("({})", text(&format!(" {said}"))));
        out.extend(["        ", name, said.as_deref().unwrap_or_default(), " = ", &value, ",\n"]);
    }
    out + "    }\n}"
}

fn integer_enum(item: &Item, integer: &str, variants: &[(Ident, i128)]) -> String {
    let mut out = format!("integer_enum! {{\n{}    pub enum {} as {integer} {{\n", attributes(item), item.name);
    for (name, value) in variants {
        out.extend(["        ", name.as_str(), " = ", &value.to_string(), ",\n"]);
    }
    out + "    }\n}"
}
