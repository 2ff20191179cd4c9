//! Lowers servers.
//!
//! In: Server Objects of the document, a path or an operation. Out: servers whose URLs can be made. Never happens: a URL
//! with a variable that has no value.

use clientwright_document::model::{Operation, PathItem, Server};
use clientwright_document::{Code, Diagnostic, Severity};

use super::Lowering;

/// The servers of the API; one whose URL names a variable that is not declared is left out.
pub(super) fn lower_all(lowering: &mut Lowering<'_>) -> Vec<Server> {
    let document = lowering.document;
    document.servers.iter().filter_map(|server| lower_one(lowering, server)).collect()
}

/// The server that an operation has for itself, or with its path.
pub(super) fn of_operation(lowering: &mut Lowering<'_>, item: &PathItem, read: &Operation) -> Option<Server> {
    let servers = if read.servers.is_empty() { &item.servers } else { &read.servers };
    let first = servers.first()?;
    if let Some(second) = servers.get(1) {
        let title = format!("{} {} has several servers of its own", read.method, read.path);
        let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title)
            .severity(Severity::Note)
            .at(second.at, "is never used")
            .also(first.at, "all requests are sent to this one")
            .help("callers reach another one with a second client that has it as its base URL");
        lowering.report(diagnostic);
    }
    lower_one(lowering, first)
}

fn lower_one(lowering: &mut Lowering<'_>, read: &Server) -> Option<Server> {
    let names = || read.url.split('{').skip(1).filter_map(|piece| piece.split_once('}')).map(|(name, _)| name);
    if let Some(missing) = names().find(|name| !read.variables.contains_key(*name)) {
        let title = format!("the URL of a server has a variable `{missing}` that is not declared");
        let diagnostic = Diagnostic::new(Code::InvalidValue, title)
            .at(read.at, "is left out")
            .help(format!("declare it under `variables`: `{missing}: {{ default: … }}`"));
        lowering.report(diagnostic);
        return None;
    }
    let mut server = read.clone();
    for (name, variable) in &mut server.variables {
        if !variable.allowed.is_empty() && !variable.allowed.contains(&variable.default) {
            let title = format!("the default of the variable `{name}` is not among its values");
            let diagnostic = Diagnostic::new(Code::InvalidValue, title)
                .severity(Severity::Note)
                .at(variable.at, "is taken for one of them")
                .help("add it to `enum`");
            lowering.report(diagnostic);
            variable.allowed.insert(0, variable.default.clone());
        }
    }
    server.variables.retain(|name, _| names().any(|used| used == name));
    Some(server)
}
