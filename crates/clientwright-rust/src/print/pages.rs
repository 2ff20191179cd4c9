//! Prints how an operation gives its list page by page.
//!
//! In: planned pages. Out: a property of the static description, and the statement that gives a request its methods.
//! Never happens: a walk over pages; that is the runtime's.

use clientwright_api::model::{NextPage, Place};

use super::tokens::{text, texts};
use super::uses::Uses;
use crate::model::{Pages, RustType};

/// What the module has to import.
pub(super) fn add_uses(pages: &Pages, uses: &mut Uses) {
    for name in ["Paging", "pages"] {
        uses.add("clientwright_runtime", name);
    }
    let paging = &pages.paging;
    let asks = !matches!(paging.next, NextPage::LinkIn(_) | NextPage::LinkHeader);
    if asks || paging.limit.is_some() {
        uses.add("clientwright_runtime", "Place");
    }
    uses.add_type(&pages.item);
}

/// The property of the static description.
pub(super) fn property(pages: &Pages) -> String {
    let paging = &pages.paging;
    let mut description = match &paging.next {
        NextPage::Number(at) => format!("Paging::number({})", place(at)),
        NextPage::Offset(at) => format!("Paging::offset({})", place(at)),
        NextPage::Cursor(at, from) => format!("Paging::cursor({}, {})", place(at), texts(from)),
        NextPage::LastItem(at, id) => format!("Paging::last_item({}, {})", place(at), texts(id)),
        NextPage::LinkIn(from) => format!("Paging::link_in({})", texts(from)),
        NextPage::LinkHeader => "Paging::link_header()".to_owned(),
    };
    if paging.from_zero {
        description.push_str(".first(0)");
    }
    let paths = [("more", &paging.more), ("total", &paging.total), ("last", &paging.last)];
    for (name, path) in paths {
        description.extend(path.iter().map(|path| format!(".{name}({})", texts(path))));
    }
    description.extend(paging.limit.iter().map(|limit| format!(".limit({})", place(limit))));
    if !paging.items.is_empty() {
        description.extend([".items(", &texts(&paging.items), ")"]);
    }
    format!(".pages(&{description})")
}

fn place(place: &Place) -> String {
    match place {
        Place::Query(name) => format!("Place::Query({})", text(name)),
        Place::Header(name) => format!("Place::Header({})", text(name)),
        Place::Body(path) => format!("Place::Body({})", texts(path)),
    }
}

/// The expression that takes the items out of a page.
pub(super) fn items(pages: &Pages) -> String {
    let mut steps = pages.way.iter().map(|step| (step.field.as_ref().map(ToString::to_string), &step.rust_type));
    let first = steps.next().map(|(_, rust_type)| rust_type);
    let rest: Vec<_> = steps.collect();
    match first {
        Some(first) => format!("|page| {}", taken("page", first, &rest)),
        None => "|page| page".to_owned(),
    }
}

/// What stands at `expression` is of the type `here`; what is left of the way follows.
fn taken(expression: &str, here: &RustType, rest: &[(Option<String>, &RustType)]) -> String {
    let (value, absent) = match here {
        RustType::Option(_) => (expression.to_owned(), true),
        RustType::Field(_) => (format!("{expression}.into_value()"), true),
        RustType::Boxed(_) => (format!("(*{expression})"), false),
        RustType::Primitive(_)
        | RustType::String
        | RustType::Bytes
        | RustType::Runtime(_)
        | RustType::List(_)
        | RustType::Map(_)
        | RustType::Named { .. }
        | RustType::Own(_)
        | RustType::Unit => (expression.to_owned(), false),
    };
    let next = |start: &str| match rest {
        [(Some(field), rust_type), further @ ..] => taken(&format!("{start}.{field}"), rust_type, further),
        _ => start.to_owned(),
    };
    match (absent, rest.is_empty()) {
        (false, _) => next(&value),
        (true, true) => format!("{value}.unwrap_or_default()"),
        (true, false) => format!("{value}.map(|page| {}).unwrap_or_default()", next("page")),
    }
}
