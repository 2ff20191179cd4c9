//! Plans operations: methods, request types, arguments and setters.
//!
//! In: the operations of an [`Api`](clientwright_api::Api). Out: a module for each tag. Never happens: an argument for
//! something that may be left out.

use std::collections::BTreeSet;

use clientwright_api::model::{self as api, Location, StatusKey};

use super::answers::{self, Successes};
use super::{Planning, bodies, encodings, headers, in_order};
use crate::docs;
use crate::lock::{self, Given, Lock};
use crate::model::{
    ErrorType, Ident, MadeOf, Operation, OperationModule, OtherAnswer, Parameter, RustType, SharedError, StatusEnum,
    StatusVariant, Success, TypeModule,
};
use crate::names::{Case, Scope, Wanted};

/// What the client has besides its operations.
const CLIENT_METHODS: &[&str] = &["builder", "call", "clone", "new", "from_env"];
/// What every request has besides its setters.
const REQUEST_METHODS: &[&str] = &[
    "attempt_timeout",
    "clone",
    "decode",
    "download",
    "download_blocking",
    "header",
    "idle_timeout",
    "items",
    "items_blocking",
    "pages",
    "pages_blocking",
    "raw",
    "raw_blocking",
    "retries",
    "send",
    "send_blocking",
    "stream",
    "stream_blocking",
    "timeout",
    "to_http",
];
/// What the module of operations, or its user, names besides them.
const REQUEST_TYPES: &[&str] = &[
    "AnyError",
    "ApiError",
    "BTreeMap",
    "Base64",
    "Base64Url",
    "BooleanNumber",
    "Box",
    "Bytes",
    "Call",
    "Client",
    "ClientBuilder",
    "Clone",
    "Copy",
    "DateTime",
    "Debug",
    "Decimal",
    "DecimalNumber",
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
    "IntoList",
    "Issued",
    "Iterator",
    "Lists",
    "Method",
    "NaiveDate",
    "NaiveDateTime",
    "NoDocumentedError",
    "Node",
    "Operation",
    "Option",
    "Ord",
    "Paging",
    "Parameter",
    "Part",
    "PartialEq",
    "PartialOrd",
    "Place",
    "Response",
    "Result",
    "Retries",
    "Secret",
    "Self",
    "Send",
    "Serde",
    "Sized",
    "String",
    "Style",
    "Sync",
    "ToOwned",
    "ToString",
    "Uuid",
    "Value",
    "Vec",
];

/// The names of operations, and the scope of what else stands beside their request types.
struct Names {
    /// Method and request type of each operation, by its place.
    operations: Vec<(Ident, Ident)>,
    methods: Scope,
    requests: Scope,
    constants: Scope,
}

/// Enumerations that were made, for operations that have the same.
type Made = Vec<Known>;

/// An enumeration that was made.
struct Known {
    module: Ident,
    name: Ident,
    variants: Vec<StatusVariant>,
    /// Whether something else is said of its statuses by another operation.
    differs: bool,
}

/// Plans all operations: a module for each tag, in document order.
pub(super) fn plan(planning: &mut Planning<'_>, types: &[TypeModule]) -> Vec<OperationModule> {
    let api = planning.api;
    let mut modules: Vec<(Option<&str>, OperationModule)> = Vec::new();
    let mut module_names = Scope::modules();
    let mut names = names(planning);
    let mut made = Made::new();
    let own = std::mem::take(&mut names.operations);
    let headers = headers::plan(planning, &own, &mut names.requests);
    for ((operation, own), headers) in api.operations.iter().zip(own).zip(headers) {
        let tag = operation.tag.as_deref();
        if !modules.iter().any(|(known, _)| *known == tag) {
            let name = module_names.name(tag.unwrap_or("untagged"), "operations");
            modules.push((tag, module(planning, name, tag)));
        }
        let Some((_, module)) = modules.iter_mut().find(|(known, _)| *known == tag) else { continue };
        let mut planned = one(planning, &mut names, own, module, &mut made, operation);
        planned.headers = headers;
        planned.pages = super::pages::plan(types, operation, &planned.success.rust_type);
        module.operations.push(planned);
    }
    part(&mut modules, &made);
    planning.lock.methods = names.methods.made();
    planning.lock.requests = names.requests.made();
    modules.into_iter().map(|(_, module)| module).collect()
}

/// Names methods and request types of all operations, so that none depends on what another answers.
fn names(planning: &Planning<'_>) -> Names {
    let operations = &planning.api.operations;
    let identities: Vec<String> = operations.iter().map(api::Operation::identity).collect();
    let words: Vec<String> = operations.iter().map(words).collect();
    let wanted: Vec<Wanted<'_>> = identities.iter().zip(&words).map(|(key, words)| Wanted { key, words }).collect();
    let present: BTreeSet<&str> = identities.iter().map(String::as_str).collect();
    let further = format!("{RESPONSE_KEY}:");
    let shared: BTreeSet<String> = operations.iter().map(headers::shared_key).collect();
    let still = |key: &str| {
        let suffixed = [ERROR_KEY, RESPONSE_KEY, headers::KEY].iter().find_map(|suffix| key.strip_suffix(suffix));
        let sent = key.split_once(bodies::METHOD_KEY).or_else(|| key.split_once(&further)).map(|(owner, _)| owner);
        shared.contains(key) || present.contains(suffixed.or(sent).unwrap_or(key))
    };
    let given = |before: &Given| before.clone().into_iter().filter(|(key, _)| still(key)).collect::<Given>();
    let mut methods = Scope::new(Case::Snake, CLIENT_METHODS).keeping(given(&planning.given.methods));
    let mut requests = Scope::new(Case::Pascal, REQUEST_TYPES).keeping(given(&planning.given.requests));
    let methods_named = methods.name_all(&wanted, "operation");
    // A request is called like its method, so that one leads to the other.
    let alike: Vec<Wanted<'_>> =
        identities.iter().zip(&methods_named).map(|(key, method)| Wanted { key, words: method.as_str() }).collect();
    let requests_named = requests.name_all(&alike, "Request");
    let operations: Vec<(Ident, Ident)> = methods_named.into_iter().zip(requests_named).collect();
    // `V1` is both a struct and a static in its case; the two must differ.
    let mut constants = Scope::new(Case::Shouty, &[]);
    for (_, request) in &operations {
        constants.reserve(request);
    }
    Names { operations, methods, requests, constants }
}

/// What follows the key of an operation in the keys of its errors and of its answers.
pub(super) const ERROR_KEY: &str = "/error";
pub(super) const RESPONSE_KEY: &str = "/response";

fn module(planning: &Planning<'_>, name: Ident, tag: Option<&str>) -> OperationModule {
    let described = tag.and_then(|tag| planning.api.tags.get(tag)).cloned().flatten();
    let said = api::Docs { summary: tag.map(str::to_owned), description: described };
    OperationModule { name, docs: docs::lines(&said), operations: Vec::new(), answers: Vec::new() }
}

fn one(
    planning: &mut Planning<'_>,
    names: &mut Names,
    (method, request): (Ident, Ident),
    module: &mut OperationModule,
    made: &mut Made,
    operation: &api::Operation,
) -> Operation {
    let identity = operation.identity();
    let constant = names.constants.name(method.as_str(), "operation");
    names.requests.reserve(&constant);
    let successes = answers::successes(planning, operation, None);
    let words = format!("{request} response");
    let name = |names: &mut Names| names.requests.name_for(&format!("{identity}{RESPONSE_KEY}"), &words, "Success");
    let success = success(successes, &method, module, || name(names));
    let variants = answers::failures(planning, operation);
    let error_name = (!variants.is_empty()).then(|| {
        let key = format!("{identity}{ERROR_KEY}");
        names.requests.name_for(&key, &format!("{request} error"), "Failure")
    });
    let error = error_name.map_or(ErrorType::None, |name| error_type(name, module, made, &method, variants));
    let ways = bodies::Ways::new(planning.given, operation);
    let (mut scope, body) = parameter_scope(planning.given, operation, ways.as_ref());
    let mut parameters = parameters(planning, operation, &mut scope);
    let arguments = arguments(planning, operation, &mut parameters, ways.as_ref());
    let body_names = bodies::Names {
        operation: &identity,
        method: &method,
        body: &body,
        methods: &mut names.methods,
        parameters: &mut scope,
    };
    let bodies = ways.map(|ways| bodies::plan(planning, &ways, body_names)).unwrap_or_default();
    let other_answers = other_answers(planning, names, module, &mut scope, operation, (&method, &request));
    planning.keep_parameters(identity.clone(), scope);
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
        arguments,
        bodies,
        security: operation.security.clone(),
        repeatable: operation.repeatable,
        envelope: operation.envelope.clone(),
        idempotency_key: operation.idempotency_key.clone(),
        pages: None,
        server: operation.server.as_ref().and_then(|server| super::servers::find(&planning.servers, server)),
        accept,
        success,
        other_answers,
        stream: super::streams::plan(planning, operation),
        headers: None,
        error,
    }
}

/// What successes give; where they are of several kinds, an enumeration of the module.
fn success(
    successes: Successes,
    method: &Ident,
    module: &mut OperationModule,
    name: impl FnOnce() -> Ident,
) -> Success {
    match successes {
        Successes::One(success) => success,
        Successes::Several(variants) => {
            let name = name();
            let answer =
                StatusEnum { name: name.clone(), method: method.clone(), docs: Vec::new(), success: true, variants };
            module.answers.push(answer);
            let rust_type = RustType::Named { name, made_of: MadeOf::Itself, outside: false };
            Success { rust_type, decoder: "by_status" }
        }
    }
}

/// The other forms in which the answer can be asked for, each a method of the request.
fn other_answers(
    planning: &mut Planning<'_>,
    names: &mut Names,
    module: &mut OperationModule,
    scope: &mut Scope,
    operation: &api::Operation,
    (method, request): (&Ident, &Ident),
) -> Vec<OtherAnswer> {
    let mut planned = Vec::new();
    for (media_type, word) in answers::asked(operation) {
        let successes = answers::successes(planning, operation, Some(media_type));
        let key = format!("{}{RESPONSE_KEY}:{media_type}", operation.identity());
        let words = format!("{request} {word} response");
        let success = success(successes, method, module, || names.requests.name_for(&key, &words, "Success"));
        let method = scope.name_for(&lock::answer_key(media_type), &format!("accept {word}"), "answer");
        planned.push(OtherAnswer { method, media_type: media_type.to_owned(), success });
    }
    planned
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
    name: Ident,
    module: &mut OperationModule,
    made: &mut Made,
    method: &Ident,
    variants: Vec<StatusVariant>,
) -> ErrorType {
    let key = |variant: &StatusVariant| (variant.status.clone(), variant.body.clone(), variant.decoder);
    let same = |known: &[StatusVariant]| {
        known.len() == variants.len() && known.iter().zip(&variants).all(|(a, b)| key(a) == key(b))
    };
    if let Some(known) = made.iter_mut().find(|known| same(&known.variants)) {
        let differs = known.variants.iter().zip(&variants).any(|(ours, theirs)| ours.docs != theirs.docs);
        known.differs |= differs;
        let (module, shared) = (known.module.clone(), known.name.clone());
        let docs = if differs { answers::listed(&variants) } else { Vec::new() };
        return ErrorType::Shared(SharedError { name, module, shared, docs });
    }
    let known = variants.clone();
    made.push(Known { module: module.name.clone(), name: name.clone(), variants: known, differs: false });
    let docs = Vec::new();
    module.answers.push(StatusEnum { name: name.clone(), method: method.clone(), docs, success: false, variants });
    ErrorType::Own(name)
}

/// What is said of one method's errors is not said of others that share their enumeration.
fn part(modules: &mut [(Option<&str>, OperationModule)], made: &Made) {
    let answers = modules.iter_mut().flat_map(|(_, module)| &mut module.answers);
    for answer in answers.filter(|answer| made.iter().any(|known| known.differs && known.name == answer.name)) {
        answer.docs = answers::listed(&answer.variants);
        for variant in &mut answer.variants {
            variant.docs = vec![format!("{}.", answers::called(&variant.status))];
        }
    }
}

/// The scope of the arguments and setters of one operation, and the one that takes its body.
fn parameter_scope(given: &Lock, operation: &api::Operation, ways: Option<&bodies::Ways<'_>>) -> (Scope, Ident) {
    let reserved: Vec<&str> = REQUEST_METHODS.iter().copied().chain(["self_"]).collect();
    let answers = answers::asked(operation).into_iter().map(|(media_type, _)| lock::answer_key(media_type));
    let keys = operation.parameters.iter().map(key).chain(ways.iter().flat_map(|ways| ways.keys()));
    let keys: BTreeSet<String> = keys.chain(answers).collect();
    let before = given.parameters.get(&operation.identity()).cloned().unwrap_or_default();
    let kept = before.into_iter().filter(|(key, _)| keys.contains(key));
    let mut scope = Scope::new(Case::Snake, &reserved).keeping(kept);
    let body = match ways {
        Some(ways) => scope.name_for(&ways.preferred(), "body", "argument"),
        // An operation may get one.
        None => scope.name("body", "argument"),
    };
    (scope, body)
}

fn parameters(planning: &mut Planning<'_>, operation: &api::Operation, scope: &mut Scope) -> Vec<Parameter> {
    let keys: Vec<String> = operation.parameters.iter().map(key).collect();
    let mut planned = Vec::new();
    for (parameter, key) in operation.parameters.iter().zip(keys) {
        let value = api::TypeRef { nullable: false, ..parameter.value.clone() };
        let mut lines = docs::lines(&parameter.docs);
        docs::add(&mut lines, &docs::limits(&parameter.limits));
        if lines.is_empty() {
            lines = vec![format!("The {} parameter {}.", parameter.location.as_str(), docs::code(&parameter.name))];
        }
        if operation.idempotency_key.as_ref() == Some(&parameter.name) && !parameter.required {
            docs::paragraph(&mut lines, vec!["A call without one gets its own where it may be repeated.".to_owned()]);
        }
        planned.push(Parameter {
            ident: scope.name_for(&key, &parameter.name, parameter.location.as_str()),
            name: parameter.name.clone(),
            encoding: encodings::of_parameter(parameter.location, &parameter.encoding),
            argument: parameter.required,
            deprecated: parameter.deprecated,
            docs: lines,
            rust_type: planning.rust_type(&value).outside(),
        });
    }
    planned
}

fn key(parameter: &api::Parameter) -> String {
    lock::parameter_key(parameter.location, &parameter.name)
}

/// What the method takes: what it took before and is still there, then what is required and was not there before. What
/// had a setter keeps it, for callers' sake, if it becomes required.
fn arguments(
    planning: &mut Planning<'_>,
    operation: &api::Operation,
    parameters: &mut [Parameter],
    ways: Option<&bodies::Ways<'_>>,
) -> Vec<usize> {
    let (identity, given) = (operation.identity(), planning.given);
    let before = given.arguments.get(&identity);
    let known = given.parameters.get(&identity);
    let keys: Vec<String> = operation.parameters.iter().map(key).collect();
    let had_setter = |key: &String| before.is_some() && known.is_some_and(|known| known.contains_key(key));
    let all = keys.iter().zip(&operation.parameters).map(|(key, parameter)| {
        // Without a parameter of the path there is no path.
        let asked = parameter.required && (parameter.location == Location::Path || !had_setter(key));
        (key.as_str(), asked)
    });
    let taken = in_order(before.map(Vec::as_slice).unwrap_or_default(), all);
    for (place, parameter) in parameters.iter_mut().enumerate() {
        if parameter.argument && !taken.contains(&place) {
            parameter.argument = false;
            docs::paragraph(&mut parameter.docs, vec!["The API requires it.".to_owned()]);
        }
        parameter.argument |= taken.contains(&place);
    }
    let order = taken.iter().filter_map(|&place| keys.get(place).cloned());
    let body = ways.filter(|ways| ways.required).map(bodies::Ways::preferred);
    planning.lock.arguments.insert(identity, order.chain(body).collect());
    taken
}
