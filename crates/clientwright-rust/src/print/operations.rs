//! Prints the operations: a module for each tag, with methods on `Client`, request types and error enumerations.
//!
//! In: planned operations. Out: `operations.rs` and the files of its modules. Never happens: mechanism; a method makes
//! a call of the static description and its arguments, and everything else is the runtime's.

use proc_macro2::TokenStream;
use quote::quote;

use super::requests;
use super::source::Source;
use super::tokens::{deprecated, docs, rust_type, text, texts};
use super::uses::Uses;
use super::{bodies, streams};
use crate::docs::paragraph;
use crate::model::{
    Body, Crate, ErrorType, Ident, Operation, OperationModule, Parameter, ParameterMediaType, SharedError, StatusEnum,
    StatusVariant,
};

/// Prints `operations.rs` and its modules.
pub(super) fn print(planned: &Crate) -> Vec<(String, String)> {
    let mut root =
        Source::new(&["The operations of the API: a request type and the documented errors of each.".to_owned()]);
    root.items(planned.operations.iter().map(|module| {
        let name = &module.name;
        quote! { mod #name; }
    }));
    root.items(planned.operations.iter().map(|module| {
        let (name, mut names) = (&module.name, Vec::new());
        for operation in &module.operations {
            names.push(&operation.request);
            names.extend(operation.error.name());
            names.extend(operation.headers.iter().map(|view| &view.name));
        }
        names.extend(module.answers.iter().filter(|answer| answer.success).map(|answer| &answer.name));
        names.sort();
        match names.as_slice() {
            [only] => quote! { pub use #name::#only; },
            names => quote! { pub use #name::{#(#names),*}; },
        }
    }));
    let modules = planned.operations.iter();
    let modules = modules.map(|module| (format!("operations/{}.rs", module.name), print_module(module)));
    std::iter::once(("operations.rs".to_owned(), root.finish())).chain(modules).collect()
}

fn print_module(module: &OperationModule) -> String {
    let mut source = Source::new(&module.docs);
    source.items(uses(module).declarations(&TokenStream::new(), &[]));
    source.methods(&quote! { Client }, module.operations.iter().flat_map(methods).collect());
    for operation in &module.operations {
        source.statement(&constant(operation));
        source.statement(&requests::statement(operation));
        let further = [requests::pages(operation), streams::statement(operation), streams::download(operation)];
        for statement in further.into_iter().flatten() {
            source.statement(&statement);
        }
        if let Some(statement) = requests::answers(operation) {
            source.statement(&statement);
        }
        let name = &operation.request;
        let optional = operation.bodies.iter().filter(|body| !body.required);
        source.methods(&quote! { #name }, optional.map(bodies::setter).collect());
        if let ErrorType::Shared(SharedError { name, module: home, shared, docs }) = &operation.error {
            let lines = answer_docs("Errors", &operation.method, docs);
            let target = if *home == module.name {
                quote! { #shared }
            } else {
                quote! { super::#home::#shared }
            };
            source.item(quote! { #lines pub type #name = #target; });
        }
        if let Some(view) = &operation.headers {
            source.statement(&super::headers::view(view));
        }
        for found in module.answers.iter().filter(|found| found.method == operation.method) {
            source.item(status_enum(found));
            source.statement(&status_statement(found));
        }
    }
    source.finish()
}

fn uses(module: &OperationModule) -> Uses {
    let mut uses = Uses::default();
    uses.add("super::super::client", "Client");
    for name in ["Method", "Operation"] {
        uses.add("clientwright_runtime", name);
    }
    for operation in &module.operations {
        streams::add_uses(operation, &mut uses);
        let others = operation.other_answers.iter().map(|other| &other.success);
        for success in std::iter::once(&operation.success).chain(others) {
            if success.decoder != "by_status" {
                uses.add_type(&success.rust_type);
            }
        }
        if !operation.other_answers.is_empty() {
            uses.add("clientwright_runtime", "accepts");
        }
        operation.parameters.iter().for_each(|parameter| uses.add_type(&parameter.rust_type));
        operation.bodies.iter().for_each(|body| uses.add_type(&body.rust_type));
        bodies::add_uses(&operation.bodies, &mut uses);
        operation.headers.iter().for_each(|view| super::headers::add_uses(view, &mut uses));
        if !operation.parameters.is_empty() {
            uses.add("clientwright_runtime", "Parameter");
        }
        operation.parameters.iter().for_each(|parameter| bodies::add_uses_of_parameter(&parameter.encoding, &mut uses));
        operation.pages.iter().for_each(|pages| super::pages::add_uses(pages, &mut uses));
        if operation.error == ErrorType::None {
            uses.add("clientwright_runtime", "NoDocumentedError");
        }
    }
    for answer in &module.answers {
        uses.add("clientwright_runtime", if answer.success { "success" } else { "failure" });
    }
    for variant in module.answers.iter().flat_map(|answer| &answer.variants) {
        variant.body.iter().for_each(|body| uses.add_type(body));
    }
    uses
}

/// The methods on `Client`: one, and one more for each further way in which a required body can be sent.
fn methods(operation: &Operation) -> Vec<TokenStream> {
    let required: Vec<&Body> = operation.bodies.iter().filter(|body| body.required).collect();
    let Some((first, others)) = required.split_first() else { return vec![method(operation, None)] };
    let others = others.iter().map(|body| method(operation, Some(body)));
    std::iter::once(method(operation, Some(first))).chain(others).collect()
}

/// A method on `Client`: parameters in their order, then the body.
fn method(operation: &Operation, body: Option<&Body>) -> TokenStream {
    let name = body.map_or(&operation.method, |body| &body.method);
    let mut lines = match body {
        Some(body) if *name != operation.method => bodies::other_docs(operation, body),
        Some(_) | None => bodies::first_docs(operation),
    };
    paragraph(&mut lines, streams::docs(operation).into_iter().collect());
    paragraph(&mut lines, super::headers::method_docs(operation.headers.as_ref()));
    if let Some(error) = operation.error.name() {
        paragraph(&mut lines, vec![format!("Documented errors: [`{error}`].")]);
    }
    let (lines, deprecation) = (docs(&lines), deprecated(operation.deprecated));
    let (request, constant) = (&operation.request, &operation.constant);
    let mut arguments = Vec::new();
    let mut call = quote! { self.call(&#constant) };
    for parameter in operation.arguments.iter().filter_map(|&place| operation.parameters.get(place)) {
        let (argument, setting) = requests::set(parameter);
        let name = &parameter.ident;
        arguments.push(quote! { #name: #argument });
        call.extend(setting);
    }
    if let Some(body) = body {
        let (taken, setting) = bodies::set(body);
        arguments.extend(taken);
        call.extend(setting);
    }
    quote! {
        #lines
        #deprecation
        pub fn #name(&self #(, #arguments)*) -> #request {
            #request(#call)
        }
    }
}

/// The static description: laid out by hand, a property a line.
fn constant(operation: &Operation) -> String {
    let method = method_name(&operation.http_method);
    let mut chain = vec![format!("Operation::new({}, {method}, {})", text(&operation.identity), text(&operation.path))];
    match operation.parameters.as_slice() {
        [] => {}
        [only] => chain.push(format!(".parameters(&[{}])", parameter(only))),
        several => {
            let lines: Vec<String> = several.iter().map(|one| format!("        {},", parameter(one))).collect();
            chain.push(format!(".parameters(&[\n{}\n    ])", lines.join("\n")));
        }
    }
    if !operation.security.is_empty() {
        let alternatives: Vec<String> = operation.security.iter().map(|schemes| texts(schemes)).collect();
        chain.push(format!(".security(&[{}])", alternatives.join(", ")));
    }
    chain.extend(bodies::description(&operation.bodies));
    if !operation.accept.is_empty() {
        chain.push(format!(".accept({})", text(&operation.accept.join(", "))));
    }
    chain.extend(streams::properties(operation));
    chain.extend(operation.pages.as_ref().map(super::pages::property));
    if !operation.envelope.is_empty() {
        chain.push(format!(".envelope({})", super::tokens::texts(&operation.envelope)));
    }
    let word = |repeatable| if repeatable { ".repeatable()" } else { ".not_repeatable()" };
    chain.extend(operation.repeatable.map(|repeatable| word(repeatable).to_owned()));
    if let Some(header) = &operation.idempotency_key {
        chain.push(format!(".idempotency_key({})", text(header)));
    }
    if let Some(server) = &operation.server {
        chain.push(format!(".server(&super::super::servers::{server})"));
    }
    if !operation.redirects.is_empty() {
        chain.push(format!(".redirects({})", texts(&operation.redirects)));
    }
    format!("static {}: Operation = {};", operation.constant, chain.join("\n    "))
}

fn method_name(name: &str) -> String {
    let known = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];
    if known.contains(&name) {
        let (first, rest) = name.split_at(1);
        return format!("Method::{first}{}", rest.to_lowercase());
    }
    format!("Method::Other({})", text(name))
}

fn parameter(parameter: &Parameter) -> String {
    let encoding = &parameter.encoding;
    let mut description = format!("Parameter::{}({})", encoding.location, text(&parameter.name));
    description.push_str(&bodies::styled(&encoding.styled));
    match &encoding.media_type {
        Some(ParameterMediaType::Json) => description.push_str(".json()"),
        Some(ParameterMediaType::Text) => description.push_str(".text()"),
        Some(ParameterMediaType::Form(members)) => {
            let members: Vec<String> = members.iter().map(bodies::part).collect();
            description.extend([".form(&[", &members.join(", "), "])"]);
        }
        None => {}
    }
    description
}

fn status_enum(found: &StatusEnum) -> TokenStream {
    let what = if found.success { "Answers" } else { "Errors" };
    let (name, lines) = (&found.name, answer_docs(what, &found.method, &found.docs));
    let variants = found.variants.iter().map(|variant| {
        let (lines, name) = (docs(&variant.docs), &variant.name);
        let body = variant.body.as_ref().map(|body| {
            let body = rust_type(body);
            quote! { (#body) }
        });
        quote! { #lines #name #body, }
    });
    quote! {
        #lines
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
    }
}

/// What is said of an enumeration of statuses, or of another name for one.
fn answer_docs(what: &str, method: &Ident, said: &[String]) -> TokenStream {
    let mut lines = vec![format!("{what} the API documents for [`Client::{method}`].")];
    paragraph(&mut lines, said.to_vec());
    docs(&lines)
}

fn status_statement(found: &StatusEnum) -> String {
    let mut text = format!("{}!({} {{\n", if found.success { "success" } else { "failure" }, found.name);
    for variant in &found.variants {
        text.extend(["    ", &status_line(variant), ",\n"]);
    }
    text + "});"
}

fn status_line(variant: &StatusVariant) -> String {
    let status = &variant.status;
    match variant.body {
        Some(_) => format!("{status} => {} = {}", variant.name, variant.decoder),
        None => format!("{status} => {}", variant.name),
    }
}
