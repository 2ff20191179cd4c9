//! Prints the types: modules, re-exported flat.
//!
//! In: planned types. Out: `types.rs` and the files of its modules, each type as one statement that says what it is and how it
//! meets the wire. Never happens: a second place that speaks of a type.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::layout::{fill, filled};
use super::source::Source;
use super::tokens::{FIELD, attributes, deprecated, docs, rust_type, text};
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
        let name = &module.name;
        quote! { pub use #name::*; }
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
            ItemKind::Alias(target) => {
                uses.add_type(target);
                if item.named().is_some() {
                    uses.add("clientwright_runtime", "names");
                }
            }
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
    source.block(&uses.declarations("super", &own));
    source.items(module.items.iter().filter_map(alias));
    for item in &module.items {
        match &item.kind {
            ItemKind::Alias(_) => {}
            ItemKind::TextEnum(variants) => source.joined("text_enum", &text_enum(item, variants)),
            ItemKind::IntegerEnum(integer, variants) => {
                source.statement(&format!("integer_enum! {{\n{}}}", integer_enum(item, integer, variants)));
            }
            ItemKind::Union(variants) => source.statement(&unions::statement(item, variants)),
            ItemKind::Struct(structure) => objects::print(&mut source, item, structure),
        }
        if let Some(conversion) = views::conversion(item) {
            source.item(conversion);
        }
    }
    if let Some(statement) = names(module) {
        source.statement(&statement);
    }
    source.finish()
}

/// What is called so, where an item is an alias.
fn alias(item: &Item) -> Option<TokenStream> {
    let ItemKind::Alias(target) = &item.kind else { return None };
    if item.named().is_some() {
        return None;
    }
    let (docs, deprecated, name, target) =
        (docs(&item.docs), deprecated(item.deprecated), &item.name, rust_type(target));
    Some(quote! { #docs #deprecated pub type #name = #target; })
}

/// The statement of further names, each type with all of its own.
fn names(module: &TypeModule) -> Option<String> {
    let mut types: BTreeMap<&Ident, Vec<String>> = BTreeMap::new();
    for item in &module.items {
        if let Some(name) = item.named() {
            types.entry(name).or_default().push(item.name.to_string());
        }
    }
    let rows = types.iter().map(|(name, names)| {
        let mut row = format!("    {name}: ");
        fill(&mut row, names, FIELD.len());
        row.trim_end_matches(',').to_owned() + ";\n"
    });
    (!types.is_empty()).then(|| format!("names! {{\n{}}}", rows.collect::<String>()))
}

fn text_enum(item: &Item, variants: &[Variant]) -> String {
    let rows = variants.iter().map(|variant| {
        let (name, value, said) = (variant.name.as_str(), text(&variant.text), crate::docs::code(&variant.text));
        // What documentation cannot show as it stands is said in other words.
        let said = (said != format!("`{}`", variant.text)).then(|| format!("({})", text(&format!(" {said}"))));
        format!("{name}{} = {value}", said.unwrap_or_default())
    });
    enumeration(item, "", &rows.collect::<Vec<_>>())
}

fn integer_enum(item: &Item, integer: &str, variants: &[(Ident, i128)]) -> String {
    let rows = variants.iter().map(|(name, value)| format!("{name} = {value}"));
    enumeration(item, &format!(" as {integer}"), &rows.collect::<Vec<_>>())
}

/// What the statement of an enumeration says, with as many values in a line as there is room for.
fn enumeration(item: &Item, of: &str, rows: &[String]) -> String {
    let (attributes, filled) = (attributes(item), filled(rows, FIELD.len()));
    format!("{attributes}    pub enum {}{of} {{\n{filled}\n    }}\n", item.name)
}
