//! Selects operations, and the schemas that they need.
//!
//! In: a document and the selectors that a person wrote. Out: the same document with the selected operations alone, and of
//! the named schemas those that some operation needs. Lowering then says nothing about what nobody asked for.
//!
//! Never happens: a selector that matches nothing and is passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use clientwright_document::diagnostic::{Setting, nearest};
use clientwright_document::model::{Document, Id as _, Operation};
use clientwright_document::{Code, Diagnostic, Outcome};

use crate::lower;
use crate::model::Origin;

/// Which operations become methods: all, where there is no selector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection(pub Vec<Setting<Selector>>);

/// What selects operations, or excludes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// Whether what it matches is left out.
    excludes: bool,
    pattern: Pattern,
}

/// What is looked at; `*` in a text stands for any text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Pattern {
    /// `tag:people`
    Tag(String),
    /// `GET /people/{id}`
    Path(String, String),
    /// `getPerson`
    Id(String),
}

impl Selector {
    /// Reads `tag:people`, `getPerson`, `GET /people/*`, or `!` and one of these for what shall be left out.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (excludes, rest) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
        let rest = rest.trim();
        let pattern = match (rest.strip_prefix("tag:"), rest.split_once(char::is_whitespace)) {
            (Some(tag), _) => Pattern::Tag(tag.trim().to_owned()),
            (None, Some((method, path))) if path.trim_start().starts_with(['/', '*']) => {
                Pattern::Path(method.to_owned(), path.trim_start().to_owned())
            }
            (None, _) if rest.starts_with('/') => return None,
            (None, _) => Pattern::Id(rest.to_owned()),
        };
        let empty = matches!(&pattern, Pattern::Tag(text) | Pattern::Id(text) if text.is_empty());
        (!empty).then_some(Self { excludes, pattern })
    }

    /// Whether what it matches is left out.
    #[must_use]
    pub const fn excludes(&self) -> bool {
        self.excludes
    }

    pub(crate) fn matches(&self, operation: &Operation) -> bool {
        match &self.pattern {
            Pattern::Tag(tag) => operation.tags.iter().any(|found| is_like(tag, found)),
            Pattern::Id(id) => operation.operation_id.as_ref().is_some_and(|found| is_like(id, found)),
            Pattern::Path(method, path) => {
                is_like(&method.to_ascii_uppercase(), &operation.method.to_string()) && is_like(path, &operation.path)
            }
        }
    }

    /// What the selector could have meant.
    fn candidates(&self, operations: &[&Operation]) -> BTreeSet<String> {
        let of = |operation: &&Operation| match &self.pattern {
            Pattern::Tag(_) => operation.tags.iter().map(|tag| format!("tag:{tag}")).collect(),
            Pattern::Id(_) => operation.operation_id.iter().cloned().collect(),
            Pattern::Path(..) => vec![format!("{} {}", operation.method, operation.path)],
        };
        operations.iter().flat_map(of).collect()
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.excludes { "!" } else { "" })?;
        match &self.pattern {
            Pattern::Tag(tag) => write!(formatter, "tag:{tag}"),
            Pattern::Path(method, path) => write!(formatter, "{method} {path}"),
            Pattern::Id(id) => formatter.write_str(id),
        }
    }
}

/// Leaves the selected operations in a document, and the named schemas that they need.
///
/// The outcome always has a value; where nothing is selected by anybody, the document as it was.
pub fn select(mut document: Document, selection: &Selection) -> Outcome<Document> {
    if selection.0.is_empty() {
        return Outcome::new(document, Vec::new());
    }
    let documented: Vec<&Operation> =
        document.paths.iter().flat_map(|item| &item.operations).map(|&id| &document.operations[id]).collect();
    let mut diagnostics: Vec<Diagnostic> =
        selection.0.iter().filter_map(|selector| unused(selector, &documented)).collect();
    let everything = selection.0.iter().all(|selector| selector.value.excludes);
    let is_selected = |operation: &Operation| {
        let matched = |excludes: bool| {
            let mut selectors = selection.0.iter().map(|selector| &selector.value);
            selectors.any(|selector| selector.excludes == excludes && selector.matches(operation))
        };
        (everything || matched(false)) && !matched(true)
    };
    let kept: BTreeMap<usize, bool> = document
        .paths
        .iter()
        .flat_map(|item| &item.operations)
        .map(|&id| (id.index(), is_selected(&document.operations[id])))
        .collect();
    if let Some(first) = selection.0.first()
        && diagnostics.is_empty()
        && !kept.values().any(|kept| *kept)
    {
        let title = "no operation is both selected and not excluded";
        diagnostics.push(Diagnostic::new(Code::UnusedSetting, title).set(first, "the first of the selectors"));
    }
    for item in &mut document.paths {
        item.operations.retain(|id| kept.get(&id.index()) == Some(&true));
    }
    keep_needed_schemas(&mut document);
    Outcome::new(document, diagnostics)
}

/// Of the named schemas, keeps those that the operations need: those that lowering meets on its way from them.
fn keep_needed_schemas(document: &mut Document) {
    let named = std::mem::take(&mut document.named_schemas);
    let api = lower(document).value.unwrap_or_default();
    let needed: BTreeSet<&str> = api
        .types()
        .filter_map(|(_, found)| match &found.name.origin {
            Origin::Component(name) => Some(name.as_str()),
            Origin::Operation(_) => None,
        })
        .collect();
    document.named_schemas = named.into_iter().filter(|(name, _)| needed.contains(name.as_str())).collect();
}

/// A selector that matches nothing.
pub(crate) fn unused(selector: &Setting<Selector>, operations: &[&Operation]) -> Option<Diagnostic> {
    if operations.iter().any(|operation| selector.value.matches(operation)) {
        return None;
    }
    let plain = Selector { excludes: false, ..selector.value.clone() };
    let candidates = plain.candidates(operations);
    let help = match nearest(&plain.to_string(), candidates.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{}{near}`?", if selector.value.excludes { "!" } else { "" }),
        None => "write `tag:people`, `getPerson` or `GET /people/*`, as the document has them".to_owned(),
    };
    let title = format!("no operation matches `{}`", selector.value);
    Some(Diagnostic::new(Code::UnusedSetting, title).set(selector, "matches nothing").help(help))
}

/// Whether a text is like a pattern, in which `*` stands for any text.
fn is_like(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        let Some((_, after)) = rest.split_once(piece) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_text() {
        for (pattern, text) in
            [("a", "a"), ("*", ""), ("*", "abc"), ("a*", "a"), ("a*c", "abc"), ("*b*", "abc"), ("a**c", "ac")]
        {
            assert!(is_like(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("a", "ab"), ("a*", "ba"), ("ab*ba", "aba"), ("*b", "abc"), ("*x*", "abc"), ("", "a")] {
            assert!(!is_like(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn selectors_are_what_they_look_like() {
        for text in ["tag:people", "!tag:a b", "getPerson", "!get*", "GET /people/{id}", "* /people/*", "get *"] {
            assert_eq!(Selector::parse(text).map(|selector| selector.to_string()).as_deref(), Some(text));
        }
        for text in ["", "!", "tag:", "/people", " "] {
            assert_eq!(Selector::parse(text), None, "{text}");
        }
    }
}
