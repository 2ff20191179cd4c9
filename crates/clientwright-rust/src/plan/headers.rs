//! Plans the headers of answers: what reads them as the document describes them.
//!
//! In: the responses of all operations. Out: views of their headers, each one for all statuses, and one for all operations
//! with the same headers, or with some of them. Never happens: a header that two statuses describe in different ways read as one of them; it is
//! text.

use clientwright_api::model::{self as api, HeaderForm};

use super::Planning;
use crate::docs;
use crate::model::{HeaderField, HeaderView, Ident, RustType};
use crate::names::{Case, Scope};

/// What a view has besides its headers.
const METHODS: &[&str] = &["clone", "of"];
/// What follows the key of an operation in the key of its view.
pub(super) const KEY: &str = "/headers";
/// What the key of a view of several operations begins with.
const SHARED_KEY: &str = "headers:";

/// What the view of the headers of an operation is known by, where several have the same.
pub(super) fn shared_key(operation: &api::Operation) -> String {
    let mut names: Vec<String> = Vec::new();
    for header in operation.responses.iter().flat_map(|response| &response.headers) {
        let name = header.name.to_ascii_lowercase();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.sort();
    format!("{SHARED_KEY}{}", names.join(","))
}

/// Plans the headers of all operations, whose methods and request types are named: for each operation the view that is
/// made beside it. A view that others have as well is made beside the first of them.
pub(super) fn plan(
    planning: &mut Planning<'_>,
    operations: &[(Ident, Ident)],
    names: &mut Scope,
) -> Vec<Option<HeaderView>> {
    let api = planning.api;
    let all: Vec<Vec<HeaderField>> = api.operations.iter().map(|operation| fields(planning, operation)).collect();
    let mut views = Vec::new();
    for (place, (own, operation)) in all.iter().zip(&api.operations).enumerate() {
        let is_known = all.iter().take(place).any(|other| is_same(own, other));
        let Some((method, request)) = operations.get(place).filter(|_| !own.is_empty() && !is_known) else {
            views.push(None);
            continue;
        };
        let later = all.iter().zip(&api.operations).skip(place + 1);
        let (others, those): (Vec<_>, Vec<_>) = later.filter(|(other, _)| is_same(own, other)).unzip();
        let words = words(own);
        let is_within = |other: &Vec<HeaderField>| other.len() > own.len() && own.iter().all(|field| has(other, field));
        let is_shared = |one: &Vec<HeaderField>| all.iter().filter(|other| is_same(one, other)).count() > 1;
        let (own_key, shared_key) = (key(operation), shared_key(operation));
        let wanted = if others.is_empty() {
            (own_key.clone(), format!("{request} headers"))
        } else {
            (shared_key.clone(), format!("{words} headers"))
        };
        // What it was called when more or fewer operations had it, it still is.
        let mut keys = [own_key, shared_key].into_iter().chain(those.into_iter().map(key));
        let before = keys.find(|key| planning.given.requests.contains_key(key));
        if before.is_none() && all.iter().any(|other| is_within(other) && is_shared(other)) {
            // That view reads these headers as well.
            views.push(None);
            continue;
        }
        let name = names.name_for(&before.unwrap_or(wanted.0), &wanted.1, "Answer");
        let method = others.is_empty().then(|| method.clone());
        views.push(Some(HeaderView { name, method, fields: said_by_all(own, &others) }));
    }
    views
}

/// What the view of an operation is known by.
fn key(operation: &api::Operation) -> String {
    format!("{}{KEY}", operation.identity())
}

/// Whether two views would read the same.
fn is_same(one: &[HeaderField], other: &[HeaderField]) -> bool {
    one.len() == other.len() && one.iter().all(|field| has(other, field))
}

/// Whether a view reads a header as another does.
fn has(fields: &[HeaderField], wanted: &HeaderField) -> bool {
    find(fields, &wanted.name).is_some_and(|known| (&known.rust_type, known.form) == (&wanted.rust_type, wanted.form))
}

fn find<'a>(fields: &'a [HeaderField], name: &str) -> Option<&'a HeaderField> {
    fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
}

/// The headers of several operations; what one says of a header and another does not is not said.
fn said_by_all(own: &[HeaderField], others: &[&Vec<HeaderField>]) -> Vec<HeaderField> {
    let mut fields = own.to_vec();
    for field in &mut fields {
        let said = |other: &&Vec<HeaderField>| {
            let other = find(other, &field.name);
            other.is_some_and(|other| (&other.docs, other.deprecated) == (&field.docs, field.deprecated))
        };
        if !others.iter().all(said) {
            (field.docs, field.deprecated) = (unsaid(&field.name), false);
        }
    }
    fields
}

/// What a view of several operations is called after: the words that its headers begin with, or its first header.
fn words(fields: &[HeaderField]) -> String {
    let mut names = fields.iter().map(|field| field.name.to_ascii_lowercase());
    let first = names.next().unwrap_or_default();
    let mut common: Vec<&str> = first.split('-').collect();
    for name in names {
        let parts: Vec<&str> = name.split('-').collect();
        let same = common.iter().zip(&parts).take_while(|(one, other)| one == other).count();
        common.truncate(same);
    }
    let says_nothing = common.is_empty() || common == ["x"];
    if says_nothing { first } else { common.join("-") }
}

fn fields(planning: &mut Planning<'_>, operation: &api::Operation) -> Vec<HeaderField> {
    let mut scope = Scope::new(Case::Snake, METHODS);
    let mut fields: Vec<HeaderField> = Vec::new();
    for header in operation.responses.iter().flat_map(|response| &response.headers) {
        let (rust_type, form) = read(planning, header);
        let known = fields.iter_mut().find(|known| known.name.eq_ignore_ascii_case(&header.name));
        if let Some(known) = known {
            if (&known.rust_type, known.form) != (&rust_type, form) {
                (known.rust_type, known.form) = (RustType::String, "simple");
            }
            continue;
        }
        let lines = docs::lines(&header.docs);
        fields.push(HeaderField {
            method: scope.name(&header.name, "header"),
            name: header.name.clone(),
            form,
            docs: if lines.is_empty() { unsaid(&header.name) } else { lines },
            deprecated: header.deprecated,
            rust_type,
        });
    }
    fields
}

fn unsaid(name: &str) -> Vec<String> {
    vec![format!("The header {}.", docs::code(name))]
}

/// The type of a header, and what reads it.
fn read(planning: &mut Planning<'_>, header: &api::Header) -> (RustType, &'static str) {
    let value = planning.shared(header.value.clone());
    let form = match header.form {
        HeaderForm::Json => "json",
        HeaderForm::Exploded if value.is_object(planning.api) => "exploded",
        HeaderForm::Exploded | HeaderForm::Simple => "simple",
    };
    (planning.rust_type(&value).outside(), form)
}
