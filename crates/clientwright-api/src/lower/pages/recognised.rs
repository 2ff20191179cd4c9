//! Recognises pages by the names and types of parameters and members.
//!
//! In: an operation. Out: how it gives its list, if a request can ask for the next page. Never happens: an operation that
//! changes something taken for a list, unless the page is asked for in its body.

use super::members::{self, answer, find, is_boolean, is_integer, is_text, list, object, place};
use super::words;
use crate::model::{Api, Location, Method, NextPage, Object, Operation, Paging, Path, Place, Property, Shape, TypeRef};

/// How an operation gives its list page by page.
pub(super) fn read(api: &Api, operation: &Operation) -> Option<Paging> {
    if !matches!(operation.method, Method::Get | Method::Post | Method::Query) {
        return None;
    }
    let answer = answer(operation)?;
    let items = items(api, answer)?;
    let empty = Object::default();
    let said = object(api, answer).unwrap_or(&empty);
    let path = |names: &[&str], fits: &dyn Fn(&TypeRef) -> bool| find(api, said, names, fits).map(|(path, _)| path);
    let integer = |value: &TypeRef| is_integer(api, value);
    let (next, from_zero, plain_link) = next(api, operation, said, &items)?;
    let in_body = matches!(
        next,
        NextPage::Number(Place::Body(_)) | NextPage::Offset(Place::Body(_)) | NextPage::Cursor(Place::Body(_), _)
    );
    if operation.method == Method::Post && !in_body {
        return None;
    }
    Some(Paging {
        next,
        items,
        more: path(words::MORE, &|value| is_boolean(api, value)).or(plain_link),
        total: path(words::TOTAL, &integer),
        last: path(words::LAST, &integer),
        limit: place(api, operation, words::LIMIT, &integer).map(|(place, _)| place),
        from_zero,
    })
}

/// Where the items stand: the answer itself, a member, or a member of what wraps it.
fn items(api: &Api, answer: &TypeRef) -> Option<Path> {
    if list(api, answer).is_some() {
        return Some(Vec::new());
    }
    let answer = object(api, answer)?;
    if let Some(found) = list_of(api, answer) {
        return Some(vec![found.key.clone()]);
    }
    let wrappers = answer.properties.iter().filter(|member| words::is(&member.key, words::WRAPPERS));
    wrappers.into_iter().find_map(|wrapper| {
        let found = list_of(api, object(api, &wrapper.value)?)?;
        Some(vec![wrapper.key.clone(), found.key.clone()])
    })
}

/// The list with a name that lists have, or the only list of objects.
fn list_of<'a>(api: &'a Api, object: &'a Object) -> Option<&'a Property> {
    let lists = || object.properties.iter().filter(|member| list(api, &member.value).is_some());
    if let Some(named) = lists().find(|member| words::is(&member.key, words::ITEMS)) {
        return Some(named);
    }
    let of_objects = |member: &&Property| {
        let item = list(api, &member.value).map(|item| members::shape(api, item));
        !words::is(&member.key, words::NO_ITEMS) && matches!(item, Some(Shape::Named(_) | Shape::Any))
    };
    let mut others = lists().filter(of_objects);
    others.next().filter(|_| others.next().is_none())
}

/// How the next page is found, whether numbers begin at 0, and a link that tells whether there is one.
fn next(api: &Api, operation: &Operation, said: &Object, items: &Path) -> Option<(NextPage, bool, Option<Path>)> {
    let text = |value: &TypeRef| is_text(api, value);
    let integer = |value: &TypeRef| is_integer(api, value);
    let link =
        find(api, said, words::NEXT_LINK, &text).map(|(path, _)| path).filter(|_| operation.method == Method::Get);
    // Hydra, HAL and JSON:API mean such links to be followed, whatever else there is.
    if let Some(path) =
        link.clone().filter(|path| path.len() > 1 && path.first().is_some_and(|key| words::is(key, words::LINKS)))
    {
        return Some((NextPage::LinkIn(path), false, None));
    }
    if let Some((place, _)) = place(api, operation, words::CURSOR, &text) {
        if let Some((path, _)) = find(api, said, words::NEXT_CURSOR, &|value| text(value) || integer(value)) {
            return Some((NextPage::Cursor(place, path), false, None));
        }
        let more = find(api, said, words::MORE, &|value| is_boolean(api, value));
        if more.is_some() && has_id(api, operation, items) {
            return Some((NextPage::LastItem(place, vec!["id".to_owned()]), false, None));
        }
    }
    if let Some((place, _)) = place(api, operation, words::OFFSET, &integer) {
        return Some((NextPage::Offset(place), false, link));
    }
    if let Some((place, zero)) = place(api, operation, words::NUMBER, &integer) {
        return Some((NextPage::Number(place), zero == Some(true), link));
    }
    if let Some(path) = link {
        return Some((NextPage::LinkIn(path), false, None));
    }
    let linked = operation.responses.iter().any(|response| {
        let links = response.headers.iter().any(|header| header.name.eq_ignore_ascii_case("link"));
        links && members::is_success(response)
    });
    (linked && operation.parameters.iter().any(|one| one.location == Location::Query)).then_some((
        NextPage::LinkHeader,
        false,
        None,
    ))
}

/// Whether each item has an `id`.
fn has_id(api: &Api, operation: &Operation, items: &Path) -> bool {
    let item = answer(operation).and_then(|answer| members::at(api, answer, items)).and_then(|value| list(api, value));
    let item = item.and_then(|item| object(api, item));
    item.is_some_and(|item| item.properties.iter().any(|member| member.key == "id" && member.required))
}
