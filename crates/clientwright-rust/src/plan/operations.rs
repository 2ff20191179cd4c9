//! Plans operations: methods, request types, arguments and setters.
//!
//! In: the operations of an [`Api`](clientwright_api::Api). Out: a module for each tag. Never happens: an argument for
//! something that may be left out.

use clientwright_api::model::{self as api, Encoding, Location, StatusKey, Style};

use super::answers::{self, Successes};
use super::{Planning, bodies};
use crate::docs;
use crate::model::{
    ErrorType, Ident, MadeOf, Operation, OperationModule, Parameter, ParameterEncoding, RustType, StatusEnum,
    StatusVariant, Success,
};
use crate::names::{Case, Scope};

/// What the client has besides its operations.
const CLIENT_METHODS: &[&str] = &["builder", "call", "clone", "new", "from_env"];
/// What every request has besides its setters.
const REQUEST_METHODS: &[&str] =
    &["clone", "decode", "header", "raw", "raw_blocking", "send", "send_blocking", "timeout", "to_http"];
/// What the module of operations, or its user, names besides them.
const REQUEST_TYPES: &[&str] = &[
    "AnyError",
    "ApiError",
    "BTreeMap",
    "Box",
    "Bytes",
    "Call",
    "Client",
    "ClientBuilder",
    "Clone",
    "Copy",
    "DateTime",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Error",
    "Field",
    "FilePart",
    "FixedOffset",
    "Fn",
    "From",
    "Hash",
    "Into",
    "IntoIterator",
    "Iterator",
    "Method",
    "NaiveDate",
    "NaiveDateTime",
    "NoDocumentedError",
    "Operation",
    "Option",
    "Ord",
    "Parameter",
    "Part",
    "PartialEq",
    "PartialOrd",
    "Response",
    "Result",
    "Self",
    "Send",
    "Sized",
    "String",
    "Style",
    "Sync",
    "ToOwned",
    "ToString",
    "Value",
    "Vec",
];

/// The scopes in which operations get their names.
struct Scopes {
    methods: Scope,
    requests: Scope,
    constants: Scope,
}

/// Enumerations that were made, with the module and the variants of each, for operations that have the same.
type Made = Vec<(Ident, Ident, Vec<StatusVariant>)>;

/// Plans all operations: a module for each tag, in document order.
pub(super) fn plan(planning: &mut Planning<'_>) -> Vec<OperationModule> {
    let api = planning.api;
    let mut modules: Vec<(Option<&str>, OperationModule)> = Vec::new();
    let mut module_names = Scope::modules();
    let mut scopes = Scopes {
        methods: Scope::new(Case::Snake, CLIENT_METHODS),
        requests: Scope::new(Case::Pascal, REQUEST_TYPES),
        constants: Scope::new(Case::Shouty, &[]),
    };
    let mut made = Made::new();
    // Operations are named first, so that what takes a body in another way takes no operation's name.
    let methods: Vec<Ident> =
        api.operations.iter().map(|operation| scopes.methods.name(&words(operation), "operation")).collect();
    for (operation, method) in api.operations.iter().zip(methods) {
        let tag = operation.tag.as_deref();
        if !modules.iter().any(|(known, _)| *known == tag) {
            let name = module_names.name(tag.unwrap_or("untagged"), "operations");
            modules.push((tag, module(planning, name, tag)));
        }
        let Some((_, module)) = modules.iter_mut().find(|(known, _)| *known == tag) else { continue };
        let planned = one(planning, &mut scopes, module, &mut made, operation, method);
        module.operations.push(planned);
    }
    modules.into_iter().map(|(_, module)| module).collect()
}

fn module(planning: &Planning<'_>, name: Ident, tag: Option<&str>) -> OperationModule {
    let described = tag.and_then(|tag| planning.api.tags.get(tag)).cloned().flatten();
    let said = api::Docs { summary: tag.map(str::to_owned), description: described };
    OperationModule { name, docs: docs::lines(&said), operations: Vec::new(), answers: Vec::new() }
}

fn one(
    planning: &mut Planning<'_>,
    scopes: &mut Scopes,
    module: &mut OperationModule,
    made: &mut Made,
    operation: &api::Operation,
    method: Ident,
) -> Operation {
    let identity = operation.identity();
    let words = words(operation);
    let request = scopes.requests.name(&words, "Request");
    // `V1` is both a struct and a static in its case; the two must differ.
    scopes.constants.reserve(&request);
    let constant = scopes.constants.name(&words, "operation");
    scopes.requests.reserve(&constant);
    let success = match answers::successes(planning, operation) {
        Successes::One(success) => success,
        Successes::Several(variants) => {
            let name = scopes.requests.name(&format!("{request} response"), "Success");
            let answer = StatusEnum { name: name.clone(), method: method.clone(), success: true, variants };
            module.answers.push(answer);
            Success {
                rust_type: RustType::Named { name, made_of: MadeOf::Itself, outside: false },
                decoder: "by_status",
            }
        }
    };
    let variants = answers::failures(planning, operation);
    let error = error_type(&mut scopes.requests, module, made, &request, &method, variants);
    let (mut scope, body) = parameter_scope();
    let parameters = parameters(planning, operation, &mut scope);
    let names = bodies::Names {
        words: &words,
        method: &method,
        body: &body,
        methods: &mut scopes.methods,
        parameters: &mut scope,
    };
    let bodies = bodies::plan(planning, operation, names);
    let mut accept: Vec<String> = Vec::new();
    for media_type in operation.responses.iter().filter_map(|response| response.media_type.clone()) {
        if !accept.contains(&media_type) {
            accept.push(media_type);
        }
    }
    let redirect =
        |response: &&api::Response| matches!(response.status, StatusKey::Code(300..400) | StatusKey::Range(3));
    let redirects = operation.responses.iter().filter(redirect).map(|response| response.status.to_string()).collect();
    Operation {
        redirects,
        docs: operation_docs(operation),
        constant,
        identity,
        method,
        request,
        deprecated: operation.deprecated,
        http_method: operation.method.to_string(),
        path: operation.path.clone(),
        parameters,
        bodies,
        security: operation.security.clone(),
        server: operation.server.as_ref().and_then(|server| super::servers::find(&planning.servers, server)),
        accept,
        success,
        error,
    }
}

/// What an operation is named after: its `operationId`, or `GET /pets/{petId}` is "get pets pet id".
fn words(operation: &api::Operation) -> String {
    let method_and_path =
        || format!("{} {}", operation.method.as_str().to_lowercase(), operation.path.replace(['/', '{', '}'], " "));
    operation.id.clone().unwrap_or_else(method_and_path)
}

fn operation_docs(operation: &api::Operation) -> Vec<String> {
    let mut lines = docs::lines(&operation.docs);
    let target = docs::code(&format!("{} {}", operation.method, operation.path));
    let named = operation.id.as_deref().map(|id| format!(" ({})", docs::code(id))).unwrap_or_default();
    docs::paragraph(&mut lines, vec![format!("{target}{named}")]);
    lines
}

fn error_type(
    names: &mut Scope,
    module: &mut OperationModule,
    made: &mut Made,
    request: &Ident,
    method: &Ident,
    variants: Vec<StatusVariant>,
) -> ErrorType {
    if variants.is_empty() {
        return ErrorType::None;
    }
    let name = names.name(&format!("{request} error"), "Failure");
    let same = |known: &[StatusVariant]| {
        let key = |variant: &StatusVariant| (variant.status.clone(), variant.body.clone(), variant.decoder);
        known.len() == variants.len() && known.iter().zip(&variants).all(|(a, b)| key(a) == key(b))
    };
    if let Some((module, shared, _)) = made.iter().find(|(_, _, known)| same(known)) {
        return ErrorType::Shared(name, module.clone(), shared.clone());
    }
    made.push((module.name.clone(), name.clone(), variants.clone()));
    module.answers.push(StatusEnum { name: name.clone(), method: method.clone(), success: false, variants });
    ErrorType::Own(name)
}

/// The scope of the arguments and setters of one operation, and the one that takes its body.
fn parameter_scope() -> (Scope, Ident) {
    let reserved: Vec<&str> = REQUEST_METHODS.iter().copied().chain(["self_"]).collect();
    let mut scope = Scope::new(Case::Snake, &reserved);
    let body = scope.name("body", "argument");
    (scope, body)
}

fn parameters(planning: &mut Planning<'_>, operation: &api::Operation, scope: &mut Scope) -> Vec<Parameter> {
    let mut planned = Vec::new();
    for parameter in &operation.parameters {
        let value = api::TypeRef { nullable: false, ..parameter.value.clone() };
        let mut lines = docs::lines(&parameter.docs);
        docs::paragraph(&mut lines, docs::limits(&parameter.limits));
        if lines.is_empty() {
            lines = vec![format!("The {} parameter {}.", parameter.location.as_str(), docs::code(&parameter.name))];
        }
        planned.push(Parameter {
            ident: scope.name(&parameter.name, parameter.location.as_str()),
            name: parameter.name.clone(),
            encoding: encoding(parameter.location, parameter.encoding),
            required: parameter.required,
            deprecated: parameter.deprecated,
            docs: lines,
            rust_type: planning.rust_type(&value).outside(),
        });
    }
    planned
}

/// What is not the default of the place or of the style, so that the static description says only what is special.
fn encoding(location: Location, encoding: Encoding) -> ParameterEncoding {
    let place = match location {
        Location::Path => "path",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Query | Location::QueryString => "query",
    };
    match encoding {
        Encoding::Json => {
            ParameterEncoding { location: place, style: None, explode: None, allow_reserved: false, json: true }
        }
        Encoding::Style { style, explode, allow_reserved } => ParameterEncoding {
            location: place,
            style: (style != location.default_style()).then(|| style_name(style)),
            // What the runtime's constructor for the place begins with, whatever the style.
            explode: (explode != matches!(place, "query" | "cookie")).then_some(explode),
            allow_reserved,
            json: false,
        },
    }
}

pub(super) const fn style_name(style: Style) -> &'static str {
    match style {
        Style::Matrix => "Matrix",
        Style::Label => "Label",
        Style::Form => "Form",
        Style::Cookie => "Cookie",
        Style::Simple => "Simple",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::TabDelimited => "TabDelimited",
        Style::DeepObject => "DeepObject",
    }
}
