//! Prints unions: the statement of each, with its variants and what tells them apart.
//!
//! In: planned unions. Out: `union!` statements, laid out by hand, a variant a line. Never happens: a test that lowering did
//! not decide.

use super::tokens::{FIELD, attributes, header, noted, rust_type, spelled, text, texts};
use crate::docs::code;
use crate::model::{Item, JsonType, RustType, Test, UnionVariant};

/// The statement of a union.
pub(super) fn statement(item: &Item, variants: &[UnionVariant]) -> String {
    let mut out = format!("union! {{\n{}    {} {{\n", attributes(item), header("enum", item));
    for variant in variants {
        if let Some((key, texts)) = &variant.test.tag {
            let texts: Vec<String> = texts.iter().map(|text| code(text)).collect();
            let said = format!("{} is {}.", code(key), texts.join(" or "));
            out.push_str(&noted(FIELD, &[said], false));
        }
        out.push_str(&row(variant));
    }
    out + "    }\n}"
}

/// The row of a variant: what it holds, by what it is known, and what the union can be made of.
fn row(variant: &UnionVariant) -> String {
    let (name, held) = (&variant.name, spelled(rust_type(&variant.rust_type)));
    let inner = if let RustType::Boxed(inner) = &variant.rust_type { inner } else { &variant.rust_type };
    let made = if variant.from { format!(" from {}", spelled(rust_type(inner))) } else { String::new() };
    format!("        {name}({held}) = {}{made},\n", test(&variant.test))
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
