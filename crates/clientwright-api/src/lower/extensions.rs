//! What documents say to clientwright alone: keys that begin with `x-clientwright-`.
//!
//! In: the `x-…` keys of an object. Out: what they say. Never happens: a key of ours that has no effect in silence; keys
//! of others are theirs.

use clientwright_document::model::{self as document, Extensions};
use clientwright_document::source::{At, Value};
use clientwright_document::{Code, Diagnostic};

use super::Lowering;
use crate::model::Lists;

/// What they begin with.
pub(crate) const PREFIX: &str = "x-clientwright-";

/// Says that an operation may be repeated whatever its method: a POST that only reads.
pub(super) const REPEATABLE: &str = "x-clientwright-repeatable";

/// The header by which the server knows a request that it has carried out already: of an operation, or of all whose
/// method is not idempotent.
pub(super) const IDEMPOTENCY_KEY: &str = "x-clientwright-idempotency-key";

/// How an operation gives a list page by page; `false` says that it does not.
pub(super) const PAGES: &str = "x-clientwright-pages";

/// The member of the answer that is the answer; `false` says that it is the whole.
pub(super) const ENVELOPE: &str = "x-clientwright-envelope";

/// What stands before a key on the wire.
pub(super) const PREFIX_OF_KEY: &str = "x-clientwright-prefix";

/// That a boolean is written as a number: `number`.
pub(super) const BOOLEAN: &str = "x-clientwright-boolean";

/// How the items of lists are written where keys stand between brackets: `repeat`, `brackets` or `indices`.
pub(super) const LISTS: &str = "x-clientwright-lists";

/// The keys of our own that have a meaning at a parameter.
pub(crate) const OF_PARAMETER: &[&str] = &[LISTS];

/// The keys of our own that have a meaning at the encoding of a member of a body.
pub(super) const OF_ENCODING: &[&str] = &[LISTS];

/// The keys of our own that have a meaning at a schema.
pub(crate) const OF_SCHEMA: &[&str] = &[BOOLEAN];

/// The keys of our own that have a meaning at a security scheme whose credential is a key.
pub(crate) const OF_KEY: &[&str] = &[PREFIX_OF_KEY];

/// The keys of our own that have a meaning at an operation.
pub(crate) const OF_OPERATION: &[&str] = &[REPEATABLE, IDEMPOTENCY_KEY, PAGES, ENVELOPE, LISTS];

/// The keys of our own that have a meaning at the root of the document.
pub(crate) const OF_DOCUMENT: &[&str] = &[IDEMPOTENCY_KEY, LISTS];

/// The value of a key that is `true` or `false`; another is reported.
pub(super) fn flag(lowering: &mut Lowering<'_>, extensions: &Extensions, key: &str, at: At) -> Option<bool> {
    match extensions.get(key)? {
        Value::Bool(value) => Some(*value),
        other @ (Value::Null | Value::Number(_) | Value::String(_) | Value::List(_) | Value::Object(_)) => {
            report(lowering, at, key, &format!("expected `true` or `false`, found {}", other.kind_name()));
            None
        }
    }
}

/// The value of a key that is text; another is reported.
pub(super) fn text(lowering: &mut Lowering<'_>, extensions: &Extensions, key: &str, at: At) -> Option<String> {
    let value = extensions.get(key)?;
    if value.as_str().is_none() {
        report(lowering, at, key, &format!("expected a text, found {}", value.kind_name()));
    }
    value.as_str().map(str::to_owned)
}

/// The value of the key for lists; another is reported.
pub(super) fn lists(lowering: &mut Lowering<'_>, extensions: &Extensions, at: At) -> Option<Lists> {
    let text = text(lowering, extensions, LISTS, at)?;
    match text.as_str() {
        "repeat" => Some(Lists::Repeat),
        "brackets" => Some(Lists::Brackets),
        "indices" => Some(Lists::Indices),
        _ => {
            report(lowering, at, LISTS, "expected `repeat`, `brackets` or `indices`");
            None
        }
    }
}

/// What an operation says of lists, or the document of all operations.
pub(super) fn lists_of(lowering: &mut Lowering<'_>, operation: &document::Operation) -> Option<Lists> {
    let document = lowering.document;
    let own = lists(lowering, &operation.extensions, operation.at);
    own.or_else(|| lists(lowering, &document.extensions, document.at))
}

/// Reports the keys of our own that have no meaning here.
pub(super) fn check(lowering: &mut Lowering<'_>, extensions: &Extensions, known: &[&str], at: At) {
    for key in extensions.keys().filter(|key| key.starts_with(PREFIX) && !known.contains(&key.as_str())) {
        let expected = if known.is_empty() { "no such key has a meaning here".to_owned() } else { known.join(", ") };
        report(lowering, at, key, &format!("expected {expected}"));
    }
}

/// Reports a key that is not understood.
pub(super) fn report(lowering: &mut Lowering<'_>, at: At, key: &str, problem: &str) {
    let diagnostic = Diagnostic::new(Code::InvalidExtension, format!("`{key}` is not understood"));
    let diagnostic = diagnostic.at(at, format!("{problem}; it has no effect")).help("correct the key or its value");
    // A schema may be looked at more than once.
    if !lowering.diagnostics.contains(&diagnostic) {
        lowering.report(diagnostic);
    }
}
