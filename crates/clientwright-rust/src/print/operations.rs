//! Prints the operations: a module for each tag, with methods on `Client`, request types and error enumerations.
//!
//! In: planned operations. Out: `operations.rs` and the files of its modules. Never happens: mechanism; the row of a method
//! makes a call of the static description and its arguments, and everything else is the runtime's.

use quote::quote;

use super::layout::{Link, WIDTH, chain, list};
use super::requests;
use super::source::Source;
use super::tokens::{is_listed, rust_type, said, spelled, text, texts};
use super::uses::Uses;
use super::{bodies, streams};
use crate::model::{
    Body, Crate, ErrorType, Ident, Operation, OperationModule, Parameter, ParameterMediaType, StatusEnum,
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
        let name = &module.name;
        quote! { pub use #name::*; }
    }));
    let modules = planned.operations.iter();
    let modules = modules.map(|module| (format!("operations/{}.rs", module.name), print_module(module)));
    std::iter::once(("operations.rs".to_owned(), root.finish())).chain(modules).collect()
}

fn print_module(module: &OperationModule) -> String {
    let mut source = Source::new(&module.docs);
    source.block(&uses(module).declarations("", &[]));
    let methods: Vec<String> = module.operations.iter().flat_map(methods).collect();
    source.statement(&format!("calls!(Client {{\n{}\n}});", methods.join("\n\n")));
    for operation in &module.operations {
        let mut statements = vec![constant(operation), requests::statement(operation, &module.name)];
        let further = [
            requests::pages(operation),
            streams::statement(operation),
            streams::download(operation),
            requests::answers(operation),
            operation.headers.as_ref().map(super::headers::view),
        ];
        statements.extend(further.into_iter().flatten());
        let answers = module.answers.iter().filter(|found| found.method == operation.method);
        statements.extend(answers.map(self::answers));
        source.statements(&statements);
    }
    source.finish()
}

fn uses(module: &OperationModule) -> Uses {
    let mut uses = Uses::default();
    uses.add("super::super::client", "Client");
    for name in ["Method", "Operation", "calls"] {
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
        let bodies = operation.bodies.iter().map(|body| &body.rust_type);
        for taken in operation.parameters.iter().map(|parameter| &parameter.rust_type).chain(bodies) {
            uses.add_type(taken);
            if is_listed(taken) {
                uses.add("clientwright_runtime", "IntoList");
            }
        }
        bodies::add_uses(&operation.bodies, &mut uses);
        operation.headers.iter().for_each(|view| super::headers::add_uses(view, &mut uses));
        if parameters(&operation.parameters).iter().any(|link| link.opens(".parameters")) {
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
fn methods(operation: &Operation) -> Vec<String> {
    let required: Vec<&Body> = operation.bodies.iter().filter(|body| body.required).collect();
    let Some((first, others)) = required.split_first() else { return vec![method(operation, None)] };
    let others = others.iter().map(|body| method(operation, Some(body)));
    std::iter::once(method(operation, Some(first))).chain(others).collect()
}

/// The row of a method on `Client`: parameters in their order, then the body, and the call that it makes.
fn method(operation: &Operation, body: Option<&Body>) -> String {
    let name = body.map_or(&operation.method, |body| &body.method);
    let lines = match body {
        Some(body) if *name != operation.method => bodies::other_docs(operation, body, &sentences(operation)),
        Some(_) | None => bodies::first_docs(operation, &sentences(operation)),
    };
    let (request, mut taken, mut call) = (&operation.request, vec!["&self".to_owned()], Vec::new());
    for parameter in operation.arguments.iter().filter_map(|&place| operation.parameters.get(place)) {
        let (argument, setting) = requests::set(parameter);
        taken.push(format!("{}: {}", parameter.ident, spelled(argument)));
        call.push(Link::whole(spelled(setting)));
    }
    if let Some(body) = body {
        let (asked, kind, setting) = bodies::set(body, &quote! { body });
        taken.extend(asked.into_iter().chain([format!("body: {kind}")]));
        call.push(Link::whole(spelled(setting)));
    }
    let start = format!("pub fn {name}(");
    said(&lines, operation.deprecated) + &row(&start, taken, request.as_str(), &operation.constant, &call)
}

/// A row: in one line, or what is taken, what is given and the call on a line each where they have no room beside each other.
fn row(start: &str, taken: Vec<String>, request: &str, constant: &Ident, call: &[Link]) -> String {
    let (whole, given) = (format!("    {start}{})", taken.join(", ")), format!("-> {request}"));
    let (mut out, indent) = if whole.len() + 1 + given.len() <= WIDTH {
        (format!("{whole} {given}"), 4)
    } else if whole.len() <= WIDTH {
        (format!("{whole}\n        {given}"), 8)
    } else {
        (list(&Link::list(start, taken, ")"), 4, &format!(" {given}")), 4)
    };
    let head = format!("= self.call(&{constant})");
    let room = WIDTH.saturating_sub(out.lines().next_back().map_or(0, str::len));
    // Below the beginning of a call stands what does not fit beside it.
    let made = [chain(&head, call, 8, ";"), chain(&head, call, indent, ";")];
    let [alone, beside] = made.each_ref().map(|made| made.trim_start());
    let first = beside.lines().next().map_or(0, str::len);
    let is_broken = alone.contains('\n');
    let fits = if is_broken { first < room } else { alone.len() < room };
    let text = match (fits, is_broken) {
        (true, true) => [" ", beside],
        (true, false) => [" ", alone],
        (false, _) => ["\n        ", alone],
    };
    out.extend(text);
    out
}

/// What is said of an operation in a sentence each.
fn sentences(operation: &Operation) -> Vec<String> {
    let errors = operation.error.name().map(|error| format!("Documented errors: [`{error}`]."));
    let headers = super::headers::sentence(operation.headers.as_ref());
    [streams::sentence(operation), headers, errors].into_iter().flatten().collect()
}

/// The static description.
fn constant(operation: &Operation) -> String {
    let method = method_name(&operation.http_method);
    let (name, identity, path) = (&operation.constant, text(&operation.identity), text(&operation.path));
    let declared = format!("static {name}: Operation =");
    let made = format!("Operation::new({identity}, {method}, {path})");
    let mut links = parameters(&operation.parameters);
    if !operation.security.is_empty() {
        let alternatives: Vec<String> = operation.security.iter().map(|schemes| texts(schemes)).collect();
        links.push(Link::list(".security(&[", alternatives, "])"));
    }
    links.extend(bodies::description(&operation.bodies));
    if !operation.accept.is_empty() {
        links.push(Link::whole(format!(".accept({})", text(&operation.accept.join(", ")))));
    }
    links.extend(streams::properties(operation));
    links.extend(operation.pages.as_ref().map(super::pages::property).map(Link::whole));
    if !operation.envelope.is_empty() {
        links.push(Link::whole(format!(".envelope({})", texts(&operation.envelope))));
    }
    let word = |repeatable| if repeatable { ".repeatable()" } else { ".not_repeatable()" };
    links.extend(operation.repeatable.map(|repeatable| Link::whole(word(repeatable))));
    if let Some(header) = &operation.idempotency_key {
        links.push(Link::whole(format!(".idempotency_key({})", text(header))));
    }
    if let Some(server) = &operation.server {
        links.push(Link::whole(format!(".server(&super::super::servers::{server})")));
    }
    if !operation.redirects.is_empty() {
        links.push(Link::whole(format!(".redirects({})", texts(&operation.redirects))));
    }
    if declared.len() + made.len() < WIDTH {
        chain(&format!("{declared} {made}"), &links, 0, ";")
    } else {
        format!("{declared}\n{}", chain(&made, &links, 4, ";"))
    }
}

/// What the static description says of parameters: of those in the path only what is special, because the template names
/// them, and of those in the query the names, where nothing is special about any.
fn parameters(parameters: &[Parameter]) -> Vec<Link> {
    let in_query = |parameter: &&Parameter| parameter.encoding.location == "query";
    let plain = parameters.iter().filter(in_query).all(|parameter| described(parameter).is_empty());
    let rest = parameters.iter().filter(|parameter| match parameter.encoding.location {
        "path" => !described(parameter).is_empty(),
        "query" => !plain,
        _ => true,
    });
    let rest: Vec<String> = rest.map(self::parameter).collect();
    let names: Vec<String> = parameters.iter().filter(in_query).map(|parameter| text(&parameter.name)).collect();
    let mut links = Vec::new();
    if !rest.is_empty() {
        links.push(Link::list(".parameters(&[", rest, "])"));
    }
    if plain && !names.is_empty() {
        links.push(Link::list(".query(&[", names, "])"));
    }
    links
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
    let (name, location, described) = (text(&parameter.name), parameter.encoding.location, described(parameter));
    match described.strip_prefix(".style(Style::DeepObject)") {
        Some(rest) if bodies::is_deep_object(&parameter.encoding) => format!("Parameter::deep_object({name}){rest}"),
        _ => format!("Parameter::{location}({name}){described}"),
    }
}

/// What is special about how a parameter is written.
fn described(parameter: &Parameter) -> String {
    let encoding = &parameter.encoding;
    let mut description = bodies::styled(&encoding.styled);
    match &encoding.media_type {
        Some(ParameterMediaType::Json) => description.push_str(".json()"),
        Some(ParameterMediaType::Text) => description.push_str(".text()"),
        Some(ParameterMediaType::Form(members)) => {
            description.extend([".form(&[", &bodies::parts(members).join(", "), "])"]);
        }
        None => {}
    }
    description
}

/// The statement of an enumeration of documented errors, or of successes of several kinds.
fn answers(found: &StatusEnum) -> String {
    let word = if found.success { "success" } else { "failure" };
    let about = if found.docs.is_empty() { String::new() } else { format!("\n{}    ", said(&found.docs, false)) };
    let mut text = format!("{word}!({about}{}, {} {{\n", found.method, found.name);
    for variant in &found.variants {
        let body = variant.body.as_ref().map(|body| format!("({})", spelled(rust_type(body)))).unwrap_or_default();
        let decoder = variant.body.as_ref().map(|_| format!(" {}", variant.decoder)).unwrap_or_default();
        text.push_str(&said(&variant.docs, false));
        text.extend(["    ", variant.name.as_str(), &body, " = ", &variant.status, &decoder, ",\n"]);
    }
    text + "});"
}
