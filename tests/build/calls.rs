//! The methods of a generated file as calls in tests.
//!
//! In: a file of operations. Out: the text of a test for each method of the client, and how each enumeration of errors is
//! written again. Never: a guess: what is not a call as generated code makes them is an error.

use std::fmt::Write as _;

use syn::ImplItemFn;

use super::read::{Found, Outcome, Uses, imports, returned};

/// What the tests of a file use. Where a person has to call all methods of a file, nothing is used.
const HELP: &str =
    "#[allow(unused_imports)] use super::super::super::{block_on, clients, described::{Described, Failed}, promised};";

/// Prints the tests of a file; gives the methods that a person has to call.
pub(crate) fn print(file: &syn::File, client: &str, spec: &str, text: &mut String) -> Outcome<Vec<String>> {
    let mut by_hand = Vec::new();
    writeln!(text, "{HELP}")?;
    text.push_str(&imports(file, &format!("::{client}::runtime")));
    writeln!(text, "#[allow(unused_imports)] use ::{client}::types;")?;
    let found = Found::in_file(file)?;
    for method in found.methods.get("Client").into_iter().flatten() {
        let (name, request) = (method.sig.ident.to_string(), returned(method)?);
        let uses = Uses::of(method);
        let constant = uses.operation.as_ref().ok_or(format!("{name} calls nothing"))?;
        let operation = found.operations.get(constant).ok_or(format!("{name} calls nothing"))?;
        let decoder = found.decoders.get(&request).ok_or(format!("{request} is no request"))?;
        let Some(values) = expressions(&uses, method)? else {
            by_hand.push(format!("{client}::{name}"));
            continue;
        };
        writeln!(text, "#[test]\nfn {name}() {{")?;
        let kind = uses.body.as_deref().unwrap_or_default();
        writeln!(text, "promised(::{client}::{request}::send);")?;
        writeln!(text, "for operation in Described::all({spec:?}, {operation:?}, {kind:?}) {{")?;
        writeln!(text, "let call = clients::{client}(&operation.url()).{name}({values});")?;
        for setter in found.methods.get(&request).into_iter().flatten() {
            let uses = Uses::of(setter);
            if let Some(values) = expressions(&uses, setter)? {
                writeln!(text, "let call = call.{}({values});", setter.sig.ident)?;
            }
        }
        writeln!(text, "let call = clientwright_tests::canary::printed(call);")?;
        let read = if decoder.starts_with("json") { "operation.answered(response.body())" } else { "drop(response)" };
        writeln!(
            text,
            "match block_on(call.send()) {{ Ok(response) => {read}, Err(error) => operation.failed(error) }}"
        )?;
        writeln!(text, "operation.received_as_described();\n}}\n}}")?;
        if let Some(path) = found.pages.get(constant) {
            writeln!(text, "#[test]\nfn items_of_{name}() {{")?;
            writeln!(text, "let operation = Described::walked({spec:?}, {operation:?}, &{path:?});")?;
            writeln!(text, "let call = clients::{client}(&operation.url()).{name}({values});")?;
            writeln!(text, "operation.gave(block_on(call.items().all()).unwrap().len(), &{path:?});\n}}")?;
        }
    }
    for (name, variants) in &found.errors {
        print_error(&format!("::{client}::{name}"), variants, text)?;
    }
    Ok(by_hand)
}

/// Prints how a documented error is written again.
fn print_error(name: &str, variants: &[(String, bool)], text: &mut String) -> Outcome<()> {
    writeln!(text, "impl Failed for {name} {{\nfn written(&self) -> serde_json::Value {{\nmatch self {{")?;
    for (variant, has_body) in variants {
        let (body, value) =
            if *has_body { ("(body)", "serde_json::to_value(body).unwrap()") } else { ("", "serde_json::Value::Null") };
        writeln!(text, "Self::{variant}{body} => {value},")?;
    }
    writeln!(text, "other => panic!(\"{{other:?}} is new\"),\n}}\n}}\n}}")?;
    Ok(())
}

/// The arguments of a call, as expressions; none where one of them has no form that a description shows.
fn expressions(uses: &Uses, method: &ImplItemFn) -> Outcome<Option<String>> {
    let mut values = Vec::new();
    for argument in uses.arguments(method)? {
        let kind = &argument.kind;
        values.push(match (argument.method.as_str(), &argument.wire) {
            (place @ ("path" | "query" | "header" | "cookie"), Some(wire)) => {
                format!("operation.value::<{kind}>({place:?}, {wire:?})")
            }
            (body, _) if body.starts_with("json") || body.starts_with("form") => format!("operation.body::<{kind}>()"),
            _ => return Ok(None),
        });
    }
    Ok(Some(values.join(", ")))
}
