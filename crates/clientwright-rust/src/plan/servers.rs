//! Plans servers: those that callers choose, and those of single operations.
//!
//! In: the servers of an [`Api`] and of its operations. Out: each once, with names. Never happens: a function for a
//! server that only operations have, or for one whose URL is not whole.

use std::collections::BTreeSet;

use clientwright_api::Api;
use clientwright_api::model as api;

use crate::docs;
use crate::lock::{Given, Lock};
use crate::model::{Ident, Server, ServerChoice, ServerValues, ServerVariable, Variant};
use crate::names::{Case, Scope};

/// The methods that every server has.
const METHODS: &[&str] = &["clone", "new", "self_"];
/// What the module of servers names besides them.
const TYPES: &[&str] =
    &["Clone", "Copy", "Debug", "Eq", "From", "Into", "PartialEq", "Server", "ServerUrl", "String", "Variable"];

struct Scopes {
    functions: Scope,
    types: Scope,
    constants: Scope,
}

/// What follows the URL of a server in the key of its type.
const TYPE_KEY: &str = " (type)";

/// Plans all servers: those of the API in document order, then those of its operations. Gives their names, too.
pub(super) fn plan(api: &Api, given: &Lock) -> (Vec<Server>, Given) {
    let of_operations = || api.operations.iter().filter_map(|operation| operation.server.as_ref());
    let present: BTreeSet<&str> = api.servers.iter().chain(of_operations()).map(|server| server.url.as_str()).collect();
    let still = |key: &str| present.contains(key.split(TYPE_KEY).next().unwrap_or(key));
    let kept = |of_types: bool| {
        let known = given.servers.clone().into_iter();
        known.filter(move |(key, _)| still(key) && key.contains(TYPE_KEY) == of_types)
    };
    let mut scopes = Scopes {
        functions: Scope::new(Case::Snake, &[]).keeping(kept(false)),
        types: Scope::new(Case::Pascal, TYPES).keeping(kept(true)),
        constants: Scope::new(Case::Shouty, &[]),
    };
    let mut planned: Vec<Server> = Vec::new();
    for server in &api.servers {
        let server = one(&mut scopes, server, false);
        planned.push(server);
    }
    for server in of_operations() {
        if find(&planned, server).is_none() {
            let server = one(&mut scopes, server, true);
            planned.push(server);
        }
    }
    // One that is neither the default nor any operation's, and cannot be chosen, is nobody's.
    let mut is_default = true;
    planned.retain(|server| {
        let is_used = || of_operations().any(|one| find(std::slice::from_ref(server), one).is_some());
        std::mem::take(&mut is_default) || server.choice.is_some() || is_used()
    });
    let mut made = scopes.functions.made();
    made.extend(scopes.types.made());
    (planned, made)
}

/// The description of a server that was planned.
pub(super) fn find(planned: &[Server], server: &api::Server) -> Option<Ident> {
    let same = |known: &&Server| {
        let variables = known.variables.iter().map(|variable| (&variable.name, &variable.default));
        known.url == server.url && variables.eq(server.variables.iter().map(|(name, one)| (name, &one.default)))
    };
    planned.iter().find(same).map(|known| known.constant.clone())
}

/// A server is called what the document calls it, or by the first words said about it, or by its host.
fn one(scopes: &mut Scopes, server: &api::Server, for_operations: bool) -> Server {
    let description = server.description.as_deref().map(docs::line).unwrap_or_default();
    let said = description.split(['.', ',', ';', ':', '(']).next().map(str::trim);
    let said = said.filter(|words| !words.is_empty() && words.len() <= 40);
    let host = server.url.split("://").last().unwrap_or_default();
    let words = server.name.as_deref().or(said).unwrap_or(host);
    let key = format!("{}{TYPE_KEY}", server.url);
    let type_name = scopes.types.name_for(&key, words, "Server");
    // `V1` is both a struct and a static in its case; the two must differ.
    scopes.constants.reserve(&type_name);
    let constant = scopes.constants.name(words, "server");
    let choice = (!for_operations && server.url.contains("://")).then(|| ServerChoice {
        function: scopes.functions.name_for(&server.url, words, "server"),
        type_name: type_name.clone(),
        docs: choice_docs(&server.url, &description),
    });
    let mut setters = Scope::new(Case::Snake, METHODS);
    let variables = server.variables.iter();
    let variables = variables.map(|(name, read)| {
        let words = format!("{type_name} {name}");
        ServerVariable {
            name: name.clone(),
            setter: setters.name(name, "variable"),
            docs: variable_docs(name, read),
            default: read.default.clone(),
            values: (!read.allowed.is_empty()).then(|| {
                let key = format!("{key}/{name}");
                values(scopes.types.name_for(&key, &words, "Value"), &read.allowed)
            }),
        }
    });
    Server { constant, url: server.url.clone(), for_operations, variables: variables.collect(), choice }
}

fn choice_docs(url: &str, description: &str) -> Vec<String> {
    let url = docs::code(url);
    vec![if description.is_empty() { format!("{url}.") } else { format!("{url}: {description}") }]
}

fn variable_docs(name: &str, read: &clientwright_document::model::ServerVariable) -> Vec<String> {
    let said = api::Docs { summary: None, description: read.description.clone() };
    let mut lines = docs::lines(&said);
    if lines.is_empty() {
        lines.push(format!("The variable {}.", docs::code(name)));
    }
    docs::paragraph(&mut lines, vec![format!("Without a value: {}.", docs::code(&read.default))]);
    lines
}

fn values(name: Ident, allowed: &[String]) -> ServerValues {
    let mut scope = Scope::new(Case::Pascal, &[]);
    let mut variants: Vec<Variant> = Vec::new();
    for text in allowed {
        if !variants.iter().any(|known| known.text == *text) {
            variants.push(Variant { name: scope.name(text, "Value"), text: text.clone() });
        }
    }
    ServerValues { name, variants }
}
