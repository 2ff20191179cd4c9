//! Lists that come in pages.
//!
//! In: what generated code states of an operation: where the items stand, and how the next page is asked for. Out: pages
//! and items, one after the other. Never happens: a page asked for before it is needed; a walk that never ends because
//! the server repeats itself; a request to another origin, whatever a link says.

#[cfg(feature = "blocking")]
mod blocking;
mod json;
mod link;
mod stream;
#[cfg(test)]
mod tests;
mod walk;

#[cfg(feature = "blocking")]
pub use self::blocking::{ItemsBlocking, PagesBlocking};
pub(crate) use self::json::{read, write};
pub use self::stream::{Items, Pages};
pub(crate) use self::walk::Walk;

/// Keys from the root of a JSON value down to a member.
pub type Path = &'static [&'static str];

/// How an operation gives its list page by page.
///
/// ```
/// use clientwright_runtime::{Place, Paging};
///
/// static HYDRA: Paging = Paging::link_in(&["view", "next"]).items(&["member"]);
/// static NUMBERED: Paging = Paging::number(Place::Body(&["page"])).items(&["data"]).more(&["pagination", "has_more"]);
/// static OFFSET: Paging = Paging::offset(Place::Query("offset")).limit(Place::Query("limit")).items(&["contacts"]);
/// static CURSOR: Paging = Paging::cursor(Place::Query("cursor"), &["meta", "next_cursor"]).items(&["data"]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    next: Next,
    items: Path,
    more: Option<Path>,
    total: Option<Path>,
    last: Option<Path>,
    limit: Option<Place>,
    first: u64,
}

/// Where a request says which page it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A parameter in the query.
    Query(&'static str),
    /// A parameter in a header.
    Header(&'static str),
    /// A member of a JSON body.
    Body(Path),
}

/// How the next page is found.
#[derive(Clone, Copy, Debug)]
enum Next {
    Number(Place),
    Offset(Place),
    Cursor(Place, Path),
    LastItem(Place, Path),
    LinkIn(Path),
    LinkHeader,
}

impl Paging {
    /// Pages have numbers, the first of them 1.
    #[must_use]
    pub const fn number(place: Place) -> Self {
        Self::new(Next::Number(place), 1)
    }

    /// Pages begin after so many items.
    #[must_use]
    pub const fn offset(place: Place) -> Self {
        Self::new(Next::Offset(place), 0)
    }

    /// Each page gives a text that stands for the next one; none, null or an empty text on the last.
    #[must_use]
    pub const fn cursor(place: Place, from: Path) -> Self {
        Self::new(Next::Cursor(place, from), 0)
    }

    /// Pages begin after the item with this identifier, which stands in each item.
    #[must_use]
    pub const fn last_item(place: Place, id: Path) -> Self {
        Self::new(Next::LastItem(place, id), 0)
    }

    /// Each page gives the URL of the next one; none or null on the last.
    #[must_use]
    pub const fn link_in(from: Path) -> Self {
        Self::new(Next::LinkIn(from), 0)
    }

    /// Each page gives the URL of the next one in its header `Link` (RFC 8288).
    #[must_use]
    pub const fn link_header() -> Self {
        Self::new(Next::LinkHeader, 0)
    }

    /// Where the items stand in an answer; nothing if the answer is the list.
    #[must_use]
    pub const fn items(mut self, path: Path) -> Self {
        self.items = path;
        self
    }

    /// Where an answer says `true` if there are more pages.
    #[must_use]
    pub const fn more(mut self, path: Path) -> Self {
        self.more = Some(path);
        self
    }

    /// Where an answer says how many items there are on all pages.
    #[must_use]
    pub const fn total(mut self, path: Path) -> Self {
        self.total = Some(path);
        self
    }

    /// Where an answer says the number of the last page.
    #[must_use]
    pub const fn last(mut self, path: Path) -> Self {
        self.last = Some(path);
        self
    }

    /// Where a request says how many items a page has at most: a page with fewer is the last.
    #[must_use]
    pub const fn limit(mut self, place: Place) -> Self {
        self.limit = Some(place);
        self
    }

    /// The number of the first page, or the offset of the first item, where that is not 1 or 0.
    #[must_use]
    pub const fn first(mut self, first: u64) -> Self {
        self.first = first;
        self
    }

    const fn new(next: Next, first: u64) -> Self {
        Self { next, items: &[], more: None, total: None, last: None, limit: None, first }
    }
}
