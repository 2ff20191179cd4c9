//! Prints structs: the statement of each, with its fields, what they are called on the wire, its constructor and its setters.
//!
//! In: planned structs. Out: `object!` statements, laid out by hand, a field a line; `setters!` for what a constructor
//! takes although it may be left out. Never happens: setters or a constructor for a struct that is only received.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::layout::WIDTH;
use super::nodes;
use super::source::Source;
use super::tokens::{FIELD, argument, attributes, docs, header, is_made, noted, rust_type, spelled, text};
use crate::model::{Constructor, DefaultValue, Field, Ident, Item, RustType, Struct};

/// Prints a struct and what belongs to it.
pub(super) fn print(source: &mut Source, item: &Item, structure: &Struct) {
    let body = body(item, structure);
    if structure.constructor == Constructor::None {
        source.joined("object", &body);
    } else {
        source.statement(&format!("object! {{\n{body}}}"));
    }
    if let Constructor::Struct(required) = &structure.constructor {
        source.item(required_struct(item, structure, required));
    }
    let taken: String = arguments(structure).filter(|field| !field.required).map(setter).collect();
    if !taken.is_empty() {
        source.statement(&format!("setters!({} {{\n{taken}}});", item.name));
    }
    let name = &item.name;
    source.methods(&quote! { #name }, structure.fields.iter().filter_map(accessor).collect());
}

/// Whether a struct needs a statement of its own for setters of what its constructor takes.
pub(super) fn has_further_setters(structure: &Struct) -> bool {
    arguments(structure).any(|field| !field.required)
}

/// What the statement says: the struct with its rows.
fn body(item: &Item, structure: &Struct) -> String {
    let mut out = format!("{}    {} {{\n", attributes(item), header("struct", item));
    out.push_str(&constructor(structure));
    for (place, field) in structure.fields.iter().enumerate() {
        out.push_str(&noted(FIELD, &field.docs, field.deprecated));
        let settable = structure.setters && !field.required && !structure.arguments.contains(&place);
        out.push_str(&row(field, settable));
    }
    if let Some((name, value)) = &structure.rest {
        let map = spelled(rust_type(&RustType::Map(Box::new(value.clone()))));
        out.extend(["        ..", name.as_str(), ": ", &map, ",\n"]);
    }
    out.push_str("    }");
    let stated = structure.fields.iter().filter_map(|field| {
        let stated = field.xml.as_ref()?;
        Some(format!("        {},\n", nodes::node(&field.key, stated, field.required)))
    });
    let stated: String = stated.collect();
    if !stated.is_empty() {
        out.extend([" xml [\n", &stated, "    ]"]);
    }
    out + "\n"
}

/// The row of a field: its type, its key, and what its setter takes.
fn row(field: &Field, settable: bool) -> String {
    let required = if field.required { "required " } else { "" };
    let taken = if settable { format!(" {}", taken(field)) } else { String::new() };
    let (name, held) = (&field.name, spelled(rust_type(&field.rust_type)));
    format!("        pub {name}: {held} = {required}{}{taken},\n", text(&field.key))
}

/// The row of a setter that stands alone.
fn setter(field: &Field) -> String {
    let docs: Vec<String> = field.summary.iter().cloned().collect();
    noted("    ", &docs, field.deprecated) + &format!("    {}: {},\n", field.name, taken(field))
}

/// What the setter of a field takes: what the member holds, not the option of leaving it out.
fn taken(field: &Field) -> String {
    let (manner, held) = if let RustType::Field(held) = &field.rust_type {
        ("field", &**held)
    } else {
        let held = if let RustType::Option(held) = &field.rust_type { held } else { &field.rust_type };
        if let RustType::List(item) = held {
            (if is_made(item) { "each_into" } else { "each" }, &**item)
        } else if let RustType::Boxed(inner) = held {
            (if is_made(inner) { "boxed_into" } else { "boxed" }, &**inner)
        } else {
            (if is_made(held) { "into" } else { "set" }, held)
        }
    };
    format!("{manner} {}", spelled(rust_type(held)))
}

/// The fields that the constructor takes, in its order.
fn arguments(structure: &Struct) -> impl Iterator<Item = &Field> {
    structure.arguments.iter().filter_map(|&place| structure.fields.get(place))
}

/// The row of the constructor; what it does not name is absent.
fn constructor(structure: &Struct) -> String {
    let parameters: Vec<String> = match &structure.constructor {
        Constructor::None => return String::new(),
        Constructor::Default => return "        new();\n".to_owned(),
        Constructor::Arguments => arguments(structure).map(parameter).collect(),
        Constructor::Struct(name) => vec![format!("required: {name}")],
    };
    let values: Vec<String> = arguments(structure).map(|field| value(&structure.constructor, field)).collect();
    let line = format!("        new({}) {{ {} }};\n", parameters.join(", "), values.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    let broken = |parts: &[String]| format!("            {},\n", parts.join(",\n            "));
    let taken = format!("        new({})", parameters.join(", "));
    let taken = if taken.len() < WIDTH { taken } else { format!("        new(\n{}        )", broken(&parameters)) };
    format!("{taken} {{\n{}        }};\n", broken(&values))
}

fn parameter(field: &Field) -> String {
    let name = &field.name;
    format!("{name}: {}", spelled(argument(&field.given(), &quote! { #name }).parameter))
}

/// A field with the value that the constructor gives it.
fn value(constructor: &Constructor, field: &Field) -> String {
    let (name, given) = (&field.name, field.given());
    let value = match constructor {
        Constructor::Struct(_) => quote! { required.#name },
        Constructor::None | Constructor::Arguments | Constructor::Default => argument(&given, &quote! { #name }).value,
    };
    let value = if field.rust_type == given {
        value
    } else {
        let wrapper = if matches!(field.rust_type, RustType::Field(_)) {
            quote! { Field::from }
        } else {
            quote! { Some }
        };
        quote! { #wrapper(#value) }
    };
    let value = spelled(value);
    if value == name.as_str() { value } else { format!("{name}: {value}") }
}

/// The struct that `new` takes where much is required; complete by nature, so it can be built by everyone.
fn required_struct(item: &Item, structure: &Struct, name: &Ident) -> TokenStream {
    let line = format!(" What [`{}`] must have.", item.name);
    let fields = arguments(structure).map(|field| {
        let (lines, name, rust_type) = (docs(&field.docs), &field.name, rust_type(&field.given()));
        quote! { #lines pub #name: #rust_type, }
    });
    quote! {
        #[doc = #line]
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name {
            #(#fields)*
        }
    }
}

/// The value of a member, or what the server assumes where it is absent.
fn accessor(field: &Field) -> Option<TokenStream> {
    let (method, default) = field.default.as_ref()?;
    let RustType::Option(held) = &field.rust_type else { return None };
    let (name, plain) = (&field.name, rust_type(held));
    let line = format!(" The value of `{name}`, or what the server assumes where it is absent.");
    let (given, value) = match default {
        DefaultValue::Boolean(value) => (plain, quote! { self.#name.unwrap_or(#value) }),
        DefaultValue::Integer(value) => {
            let value = Literal::i128_unsuffixed(*value);
            (plain, quote! { self.#name.unwrap_or(#value) })
        }
        DefaultValue::Number(value) => {
            let value = Literal::f64_unsuffixed(*value);
            (plain, quote! { self.#name.unwrap_or(#value) })
        }
        DefaultValue::Text(value) => (quote! { &str }, quote! { self.#name.as_deref().unwrap_or(#value) }),
        DefaultValue::Variant(value) => (quote! { #plain }, quote! { self.#name.clone().unwrap_or(#plain::#value) }),
    };
    Some(quote! {
        #[doc = #line]
        pub fn #method(&self) -> #given {
            #value
        }
    })
}
