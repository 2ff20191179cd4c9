//! Prints how types meet the wire: one statement for each.
//!
//! In: planned types. Out: `wire.rs` and the files of its modules. The statements are laid out by hand, a member a
//! line; each is parsed before it leaves. Never happens: a second statement of the same form.

use quote::quote;

use super::source::Source;
use super::tokens::{text, texts};
use super::uses::Uses;
use crate::model::{
    Crate, Item, ItemKind, JsonType, MadeOf, RustType, Struct, Test, Travels, TypeModule, UnionVariant, XmlKind,
    XmlNode,
};

/// Prints `wire.rs` and its modules; enumerations say theirs where they are made, and aliases have none of
/// their own.
pub(super) fn print(planned: &Crate) -> Vec<(String, String)> {
    let stated = |module: &&TypeModule| {
        module.items.iter().any(|item| matches!(item.kind, ItemKind::Struct(_) | ItemKind::Union(_)))
    };
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
            ItemKind::Alias(_) | ItemKind::TextEnum(_) | ItemKind::IntegerEnum(..) => continue,
            ItemKind::Struct(_) => uses.add("clientwright_runtime", "object"),
            ItemKind::Union(_) => uses.add("clientwright_runtime", "union"),
        }
        uses.add_type(&RustType::Named { name: item.name.clone(), made_of: MadeOf::Itself, outside: false });
    }
    let mut source = Source::new(&[]);
    source.items(uses.declarations(&quote! { super::super::types }, &[]));
    for item in &module.items {
        match &item.kind {
            ItemKind::Alias(_) | ItemKind::TextEnum(_) | ItemKind::IntegerEnum(..) => {}
            ItemKind::Struct(structure) => source.statement(&object(item, structure)),
            ItemKind::Union(variants) => source.statement(&union(item, variants)),
        }
    }
    source.finish()
}

fn object(item: &Item, structure: &Struct) -> String {
    let mut out = format!("object!({}{} {{\n", way(item), item.name);
    for field in &structure.fields {
        let kind = if field.required { "required" } else { "optional" };
        let key = text(&field.key);
        out.extend(["    ", field.name.as_str(), ": ", kind, " ", &key, ",\n"]);
    }
    if let Some((name, _)) = &structure.rest {
        out.extend(["    ..", name.as_str(), "\n"]);
    }
    out.push('}');
    let nodes = structure.fields.iter().filter_map(|field| {
        let stated = field.xml.as_ref()?;
        Some(format!("    {},\n", node(&field.key, stated, field.required)))
    });
    let nodes: String = nodes.collect();
    if !nodes.is_empty() {
        out.extend([" xml [\n", &nodes, "]"]);
    }
    out + ");"
}

/// How a member, the value of a list or a document stands in XML, as the runtime is told of it.
pub(super) fn node(key: &str, stated: &XmlNode, required: bool) -> String {
    let name = stated.name.as_deref().filter(|_| stated.item.is_none() || stated.kind == XmlKind::Element);
    // A document and the value of a list are called by their name alone.
    let key = if key.is_empty() { name.unwrap_or_default() } else { key };
    let mut out = format!("Node::new({})", text(key));
    if let Some(name) = name.filter(|name| *name != key) {
        out.extend([".name(", &text(name), ")"]);
    }
    for (word, said) in [("namespace", &stated.namespace), ("prefix", &stated.prefix)] {
        if let Some(said) = said {
            out.extend([".", word, "(", &text(said), ")"]);
        }
    }
    out.push_str(match stated.kind {
        XmlKind::Element => "",
        XmlKind::Attribute => ".attribute()",
        XmlKind::Text => ".text()",
        XmlKind::Cdata => ".cdata()",
        XmlKind::Flat => ".flat()",
    });
    if let Some(item) = &stated.item {
        // Elements without a name are called as the list is; so is what they stand in, unless that is nothing.
        let name = stated.name.as_deref();
        let called =
            XmlNode { name: item.name.clone().or_else(|| Some(name.unwrap_or(key).to_owned())), ..(**item).clone() };
        out.extend([".of(&", &node("", &called, false), ")"]);
    }
    let counts = matches!(stated.kind, XmlKind::Text | XmlKind::Cdata | XmlKind::Flat);
    out + if required && counts { ".required()" } else { "" }
}

/// The word for the one way that a type travels.
const fn way(item: &Item) -> &'static str {
    match item.travels {
        Travels::Both => "",
        Travels::Sent => "sent ",
        Travels::Received => "received ",
    }
}

fn union(item: &Item, variants: &[UnionVariant]) -> String {
    let mut out = format!("union!({}{} {{\n", way(item), item.name);
    for variant in variants {
        out.extend(["    ", variant.name.as_str(), " = ", &test(&variant.test), ",\n"]);
    }
    out + "});"
}

fn test(test: &Test) -> String {
    let kind = match test.kind {
        None => return "any()".to_owned(),
        Some(JsonType::Object) => {
            let mut out = "object()".to_owned();
            if let Some((key, values)) = &test.tag {
                out.extend([".tag(", &text(key), ", ", &texts(values), ")"]);
            }
            if !test.keys.is_empty() {
                out.extend([".keys(", &texts(&test.keys), ")"]);
            }
            if !test.known.is_empty() {
                out.extend([".known(", &texts(&test.known), ")"]);
            }
            return out;
        }
        Some(JsonType::Null) => "Null",
        Some(JsonType::Boolean) => "Boolean",
        Some(JsonType::Integer | JsonType::Number) => "Number",
        Some(JsonType::String) => "String",
        Some(JsonType::Array) => "Array",
    };
    format!("kind(Kind::{kind})")
}
