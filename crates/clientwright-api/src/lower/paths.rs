//! Path templates, with the faults they have in real documents.
//!
//! In: a path as it is written. Out: what requests begin with, and the names of the parameters in it. Never happens: a
//! brace that is part of a name; a parameter named twice.

use clientwright_document::model as document;
use clientwright_document::{Code, Diagnostic};

use super::Lowering;

/// A path template that was looked at.
pub(super) struct Path<'a> {
    /// What is expanded: the path, a query that every request has, and a fragment that is never sent, but tells the
    /// operation from others.
    pub(super) template: String,
    /// The names between braces in the path, each once.
    pub(super) parameters: Vec<&'a str>,
    /// Members of the query whose values are between braces: parameters of the query, by their names there.
    pub(super) query: Vec<&'a str>,
}

impl<'a> Path<'a> {
    pub(super) fn new(written: &'a str) -> Self {
        let (whole, fragment) = written.split_at(written.find('#').unwrap_or(written.len()));
        let (path, query) = whole.split_once('?').unwrap_or((whole, ""));
        let (templated, fixed): (Vec<&str>, Vec<&str>) =
            query.split('&').filter(|pair| !pair.is_empty()).partition(|pair| pair.contains('{'));
        let name = |pair: &'a str| pair.split('=').next().unwrap_or(pair).trim_matches(['{', '}']);
        let fixed = if fixed.is_empty() { String::new() } else { format!("?{}", fixed.join("&")) };
        let query = templated.into_iter().map(name).filter(|name| !name.is_empty()).collect();
        Self { template: format!("{path}{fixed}{fragment}"), parameters: templates(path), query }
    }
}

/// Reports what is odd about the path of an operation.
pub(super) fn report(lowering: &mut Lowering<'_>, read: &document::Operation) {
    let (path, at) = (&read.path, read.at);
    let mut tell = |what: &str, label: &str, help: &str| {
        let title = format!("the path `{path}` has {what}");
        lowering.report(Diagnostic::new(Code::InvalidPath, title).at(at, label).help(help));
    };
    let (whole, fragment) = path.split_once('#').map_or((path.as_str(), false), |(whole, _)| (whole, true));
    if fragment {
        let help = "nothing needs to be done; servers never see a fragment";
        tell("a fragment", "what follows `#` only tells it from others, and is not sent", help);
    }
    if whole.contains('?') {
        let help = "describe the query by parameters with `in: query`";
        tell("a query", "it is part of every request", help);
    }
    if whole.matches('{').count() != whole.matches('}').count() {
        tell("a brace without its other half", "taken as a character of the path", "write `{name}` around a parameter");
    }
}

/// The names between braces, each once.
fn templates(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for piece in path.split('{').skip(1) {
        if let Some((name, _)) = piece.split_once('}')
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_may_have_a_query_and_a_fragment() {
        let path = Path::new("/a/{b}/{c}-{b}?beta=true&x={y}&z#{d}");
        assert_eq!(path.template, "/a/{b}/{c}-{b}?beta=true&z#{d}");
        assert_eq!((path.parameters, path.query), (vec!["b", "c"], vec!["x"]));
        let path = Path::new("/a/{b");
        assert_eq!((path.template.as_str(), path.parameters.len()), ("/a/{b", 0));
    }
}
