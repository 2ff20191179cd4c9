//! Finds the operations that give a list page by page.
//!
//! In: an [`Api`] whose types are whole. Out: for each such operation where the items stand and how the next page is asked
//! for, and one note that lists them. Never happens: a guess where the document says it (`x-clientwright-pages`); an
//! operation with a list whose pages nothing asks for.

mod declared;
mod members;
mod recognised;
mod words;

use clientwright_document::{Code, Diagnostic};

pub(super) use self::declared::path;
pub(super) use self::members::{at as member_at, is_boolean, is_success, sent};
use super::{Lowering, extensions};
use crate::model::{Api, NextPage, Operation, Paging, Place};

/// Most operations that the note names.
const NAMED: usize = 10;

/// Finds the pages of all operations.
pub(super) fn find(lowering: &mut Lowering<'_>, api: &mut Api) {
    let document = lowering.document;
    let read = document.paths.iter().flat_map(|item| &item.operations).map(|&id| &document.operations[id]);
    let mut found: Vec<Option<Paging>> = Vec::with_capacity(api.operations.len());
    let mut recognised = Vec::new();
    for (place, read) in read.enumerate() {
        let Some(operation) = api.operations.get(place) else { continue };
        found.push(match read.extensions.get(extensions::PAGES) {
            Some(said) => declared::read(lowering, api, operation, said),
            None => recognised::read(api, operation).inspect(|_| recognised.push(place)),
        });
    }
    for (operation, paging) in api.operations.iter_mut().zip(found) {
        operation.paging = paging;
    }
    let recognised: Vec<&Operation> = recognised.into_iter().filter_map(|place| api.operations.get(place)).collect();
    report(lowering, &recognised);
}

fn report(lowering: &mut Lowering<'_>, recognised: &[&Operation]) {
    let Some(first) = recognised.first() else { return };
    let count = recognised.len();
    let title =
        if count == 1 { "an operation gives its list in pages" } else { "operations give their lists in pages" };
    let place = if count == 1 { "this one".to_owned() } else { format!("the first of {count}") };
    let mut diagnostic = Diagnostic::new(Code::RecognisedPages, title).at(first.at, place).help(
        "nothing needs to be done if this is right; else say it with `x-clientwright-pages`, which may be `false`",
    );
    for operation in recognised.iter().take(NAMED) {
        if let Some(paging) = &operation.paging {
            diagnostic = diagnostic.note(format!("{}: {}", operation.identity(), described(paging)));
        }
    }
    if count > NAMED {
        diagnostic = diagnostic.note(format!("and {} more", count - NAMED));
    }
    lowering.report(diagnostic);
}

/// How the pages of an operation are walked over, in words.
fn described(paging: &Paging) -> String {
    let items = if paging.items.is_empty() { "the answer".to_owned() } else { format!("`{}`", paging.items.join(".")) };
    let place = |place: &Place| match place {
        Place::Query(name) | Place::Header(name) => format!("`{name}`"),
        Place::Body(path) => format!("`{}` of the body", path.join(".")),
    };
    let next = match &paging.next {
        NextPage::Number(at) => format!("by number in {}", place(at)),
        NextPage::Offset(at) => format!("by offset in {}", place(at)),
        NextPage::Cursor(at, from) => format!("by `{}` in {}", from.join("."), place(at)),
        NextPage::LastItem(at, id) => format!("by the last item's `{}` in {}", id.join("."), place(at)),
        NextPage::LinkIn(from) => format!("by the link in `{}`", from.join(".")),
        NextPage::LinkHeader => "by the header `Link`".to_owned(),
    };
    format!("items in {items}, pages {next}")
}
