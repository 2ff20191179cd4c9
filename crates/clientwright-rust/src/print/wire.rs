//! Prints how types meet the wire: one statement for each.
//!
//! In: planned types. Out: `wire.rs` and the files of its modules. The statements are laid out by hand, a member a
//! line; each is parsed before it leaves. Never happens: a second statement of the same form.

use quote::quote;

use super::source::Source;
use super::tokens::text;
use super::uses::Uses;
use crate::model::{Crate, Item, ItemKind, RustType, Struct, TypeModule, Variant};

/// Prints `wire.rs` and its modules; aliases have no form of their own.
pub(super) fn print(planned: &Crate) -> Vec<(String, String)> {
    let stated = |module: &&TypeModule| module.items.iter().any(|item| !matches!(item.kind, ItemKind::Alias(_)));
    let mut modules: Vec<&TypeModule> = planned.types.iter().filter(stated).collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    let mut root = Source::new(&["How the types meet the wire; nobody needs to read it.".to_owned()]);
    root.items(modules.iter().map(|module| {
        let name = &module.name;
        quote! { mod #name; }
    }));
    let files = modules.iter().map(|module| (format!("wire/{}.rs", module.name), print_module(module)));
    std::iter::once(("wire.rs".to_owned(), root.finish())).chain(files).collect()
}

fn print_module(module: &TypeModule) -> String {
    let mut uses = Uses::default();
    for item in &module.items {
        match &item.kind {
            ItemKind::Alias(_) => continue,
            ItemKind::Struct(_) => uses.add("clientwright_runtime", "object"),
            ItemKind::TextEnum(_) => uses.add("clientwright_runtime", "text_enum"),
        }
        uses.add_type(&RustType::Named { name: item.name.clone(), textual: false, outside: false });
    }
    let mut source = Source::new(&[]);
    source.items(uses.declarations(&quote! { super::super::types }, &[]));
    for item in &module.items {
        match &item.kind {
            ItemKind::Alias(_) => {}
            ItemKind::Struct(structure) => source.statement(&object(item, structure)),
            ItemKind::TextEnum(variants) => source.statement(&text_enum(item, variants)),
        }
    }
    source.finish()
}

fn object(item: &Item, structure: &Struct) -> String {
    let mut out = format!("object!({} {{\n", item.name);
    for field in &structure.fields {
        let kind = if field.required { "required" } else { "optional" };
        let key = text(&field.key);
        out.extend(["    ", field.name.as_str(), ": ", kind, " ", &key, ",\n"]);
    }
    if let Some((name, _)) = &structure.rest {
        out.extend(["    ..", name.as_str(), "\n"]);
    }
    out + "});"
}

fn text_enum(item: &Item, variants: &[Variant]) -> String {
    let mut out = format!("text_enum!({} {{\n", item.name);
    for variant in variants {
        let value = text(&variant.text);
        out.extend(["    ", variant.name.as_str(), " = ", &value, ",\n"]);
    }
    out + "});"
}
