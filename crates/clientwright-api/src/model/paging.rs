//! Lists that come in pages.
//!
//! In: what lowering recognised, or was told. Out: where the items stand, and how the next page is asked for. Never happens:
//! a parameter, or a member of a body, that the operation does not have.

/// Keys from the root of a JSON value down to a member.
pub type Path = Vec<String>;

/// How an operation gives a list page by page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// How the next page is found.
    pub next: NextPage,
    /// Where the items stand in an answer; nothing where the answer is the list.
    pub items: Path,
    /// Where an answer says whether there are more pages.
    pub more: Option<Path>,
    /// Where an answer says how many items there are on all pages.
    pub total: Option<Path>,
    /// Where an answer says the number of the last page.
    pub last: Option<Path>,
    /// Where a request says how many items a page has at most.
    pub limit: Option<Place>,
    /// Whether the first page has the number 0.
    pub from_zero: bool,
}

/// Where a request says which page it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A parameter in the query.
    Query(String),
    /// A parameter in a header.
    Header(String),
    /// A member of the JSON body.
    Body(Path),
}

/// How the next page is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// Pages have numbers.
    Number(Place),
    /// Pages begin after so many items.
    Offset(Place),
    /// A page gives a text that stands for the next one.
    Cursor(Place, Path),
    /// Pages begin after the item with this member.
    LastItem(Place, Path),
    /// A page gives the URL of the next one.
    LinkIn(Path),
    /// A page gives the URL of the next one in its header `Link`.
    LinkHeader,
}
