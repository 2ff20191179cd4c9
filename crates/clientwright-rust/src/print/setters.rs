//! Prints how callers make a struct: the statement of its constructor and its setters.
//!
//! In: planned structs. Out: `setters!` statements, laid out by hand, a member a line. Never happens: a struct that is only
//! received gets one.

use quote::quote;

use super::tokens::{Argument, WIDTH, argument, rust_type, said, setter_row, spelled};
use crate::model::{Constructor, Field, Item, RustType, Struct};

/// The statements: one with the constructor, and one for members which that takes although they may be left out.
pub(super) fn statements(item: &Item, structure: &Struct) -> Vec<String> {
    if !structure.setters {
        return Vec::new();
    }
    let optional = structure.fields.iter().enumerate().filter(|(_, field)| !field.required);
    let (taken, left): (Vec<_>, Vec<_>) = optional.partition(|(place, _)| structure.arguments.contains(place));
    let mut rows: String = left.iter().map(|(_, field)| row(field)).collect();
    if let Some((name, value)) = &structure.rest {
        let map = spelled(rust_type(&RustType::Map(Box::new(value.clone()))));
        let said = "    /// Further members, which the document does not name.\n    ";
        rows.extend([said, name.as_str(), ": ", &map, " = ", name.as_str(), ",\n"]);
    }
    let mut out = vec![format!("setters!({} {{\n{}{rows}}});", item.name, constructor(structure))];
    if !taken.is_empty() {
        let rows: String = taken.iter().map(|(_, field)| row(field)).collect();
        out.push(format!("setters!({} {{\n{rows}}});", item.name));
    }
    out
}

/// The fields that the constructor takes, in its order.
pub(super) fn arguments(structure: &Struct) -> impl Iterator<Item = &Field> {
    structure.arguments.iter().filter_map(|&place| structure.fields.get(place))
}

/// The row of the constructor; what it does not name is absent.
fn constructor(structure: &Struct) -> String {
    let parameters: Vec<String> = match &structure.constructor {
        Constructor::None => return String::new(),
        Constructor::Default => return "    new();\n".to_owned(),
        Constructor::Arguments => arguments(structure).map(parameter).collect(),
        Constructor::Struct(name) => vec![format!("required: {name}")],
    };
    let values: Vec<String> = arguments(structure).map(|field| value(&structure.constructor, field)).collect();
    let line = format!("    new({}) {{ {} }};\n", parameters.join(", "), values.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    let broken = |parts: &[String]| format!("        {},\n", parts.join(",\n        "));
    let taken = format!("    new({})", parameters.join(", "));
    let taken = if taken.len() < WIDTH { taken } else { format!("    new(\n{}    )", broken(&parameters)) };
    format!("{taken} {{\n{}    }};\n", broken(&values))
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

/// The row of a setter: it takes what the member holds, not the option of leaving it out.
fn row(field: &Field) -> String {
    let name = &field.name;
    let held = if let RustType::Option(inner) = &field.rust_type { inner } else { &field.rust_type };
    let Argument { parameter, value, .. } = argument(held, &quote! { #name });
    let value = if *held == field.rust_type {
        value
    } else {
        quote! { Some(#value) }
    };
    let docs: Vec<String> = field.summary.iter().cloned().collect();
    said(&docs, field.deprecated) + &setter_row(name, parameter, &spelled(value))
}
