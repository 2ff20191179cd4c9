//! Prints request types: the statement of each, with its setters.
//!
//! In: planned operations. Out: `request!`, `pages!` and `accepts!` statements, laid out by hand, a setter a line. Never happens:
//! a setter for what the method of the client takes.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::layout::WIDTH;
use super::tokens::{Argument, argument, rust_type, said, spelled, text};
use super::{bodies, streams};
use crate::model::{ErrorType, Ident, Operation, Parameter};

/// The statement that makes the request type, and the name of its errors where another enumeration is meant by it.
pub(super) fn statement(operation: &Operation, module: &Ident) -> String {
    let optional = operation.parameters.iter().filter(|parameter| !parameter.argument);
    let bodies = operation.bodies.iter().filter(|body| !body.required);
    let rows: String = optional.map(row).chain(bodies.map(bodies::row)).collect();
    let rows = if rows.is_empty() { rows } else { format!(" {{\n{rows}}}") };
    let (word, meaning) = match streams::only(operation) {
        Some(meaning) => ("streams", meaning),
        None => ("request", meaning(operation)),
    };
    let (named, meaning) = (format!("{word}!({}, {},", operation.method, operation.request), meaning);
    let meaning = meaning + &shared(&operation.error, module);
    // What the error stands for may have documentation, on lines of its own.
    let first = meaning.lines().next().unwrap_or_default().len();
    let space = if named.len() + first + ");".len() < WIDTH { " " } else { "\n    " };
    format!("{named}{space}{meaning}{rows});")
}

/// What the name of the errors stands for, with what is said about them there, where they are those of another operation.
fn shared(error: &ErrorType, module: &Ident) -> String {
    let ErrorType::Shared(error) = error else { return String::new() };
    let home = if error.module == *module { String::new() } else { format!("super::{}::", error.module) };
    let about = match said(&error.docs, false) {
        none if none.is_empty() => " ".to_owned(),
        lines => format!("\n{lines}    "),
    };
    format!(" ={about}{home}{}", error.shared)
}

/// The statement that gives the methods for pages, where there are any.
pub(super) fn pages(operation: &Operation) -> Option<String> {
    let pages = operation.pages.as_ref()?;
    let (item, items) = (spelled(rust_type(&pages.item)), super::pages::items(pages));
    Some(format!("pages!({}, {}, {item} = {items});", operation.request, meaning(operation)))
}

/// The statement that gives the methods for other forms of the answer, where there are any.
pub(super) fn answers(operation: &Operation) -> Option<String> {
    let mut out = format!("accepts!({}, {} {{\n", operation.request, error(operation));
    for answer in &operation.other_answers {
        let (given, stated) = (spelled(rust_type(&answer.success.rust_type)), text(&answer.media_type));
        out.extend(["    ", answer.method.as_str(), ": ", &given, " = ", answer.success.decoder, " ", &stated, ",\n"]);
    }
    (!operation.other_answers.is_empty()).then(|| out + "});")
}

/// What the success of a request is and how it is read, and its errors.
fn meaning(operation: &Operation) -> String {
    let given = spelled(rust_type(&operation.success.rust_type));
    format!("{given} = {}, {}", operation.success.decoder, error(operation))
}

/// The type of the documented errors.
pub(super) fn error(operation: &Operation) -> String {
    operation.error.name().map_or("NoDocumentedError".to_owned(), Ident::to_string)
}

/// The row of a setter.
fn row(parameter: &Parameter) -> String {
    let (taken, setting) = set(parameter);
    let taken = format!("{}: {}", parameter.ident, spelled(taken));
    said(&parameter.docs, parameter.deprecated) + &setter(&taken, &spelled(setting))
}

/// What a setter takes, and the call that takes it.
pub(super) fn setter(taken: &str, setting: &str) -> String {
    let setting = setting.trim_start_matches('.');
    let line = format!("    {taken} = {setting},\n");
    if line.len() > WIDTH { format!("    {taken}\n        = {setting},\n") } else { line }
}

/// The argument for a parameter, and the call that sets it.
pub(super) fn set(parameter: &Parameter) -> (TokenStream, TokenStream) {
    let (ident, name) = (&parameter.ident, &parameter.name);
    let location = format_ident!("{}", parameter.encoding.location);
    let Argument { parameter, typed, .. } = argument(&parameter.rust_type, &quote! { #ident });
    (parameter, quote! { .#location(#name, &#typed) })
}
