//! The words by which documents name what has to do with pages.
//!
//! In: nothing. Out: lists of names in lower case, with letters and digits only. Never happens: a name that often means
//! something else, unless its type tells.

/// Numbers of pages in requests.
pub(super) const NUMBER: &[&str] = &["page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage"];

/// Offsets in requests.
pub(super) const OFFSET: &[&str] = &["offset", "skip", "start", "startindex", "startat", "pageoffset", "startposition"];

/// How many items a page has at most, in requests.
pub(super) const LIMIT: &[&str] = &[
    "limit",
    "perpage",
    "pagesize",
    "itemsperpage",
    "size",
    "count",
    "top",
    "maxresults",
    "maxitems",
    "take",
    "pagelimit",
    "maxpagesize",
    "rows",
];

/// Cursors in requests.
pub(super) const CURSOR: &[&str] = &[
    "cursor",
    "after",
    "startingafter",
    "pagetoken",
    "nexttoken",
    "continuationtoken",
    "continuation",
    "marker",
    "nextcursor",
    "startcursor",
    "scrollid",
    "paginationtoken",
    "nextpagetoken",
    "pagecursor",
    "aftercursor",
    "pageafter",
    "exclusivestartkey",
    "startafter",
];

/// Cursors in answers.
pub(super) const NEXT_CURSOR: &[&str] = &[
    "nextcursor",
    "cursor",
    "next",
    "after",
    "nextpagetoken",
    "nexttoken",
    "endcursor",
    "continuationtoken",
    "continuation",
    "nextmarker",
    "scrollid",
    "aftercursor",
    "cursornext",
    "nextpagecursor",
    "nextpage",
    "paginationtoken",
    "lastevaluatedkey",
    "nextcontinuationtoken",
];

/// URLs of next pages in answers.
pub(super) const NEXT_LINK: &[&str] = &[
    "next",
    "nexturl",
    "nextlink",
    "odatanextlink",
    "nextpageurl",
    "nextpagelink",
    "nexthref",
    "hydranext",
    "nextpageuri",
    "nexturi",
];

/// Members of answers that hold links of the kind that Hydra, HAL and JSON:API have, whatever a request says.
pub(super) const LINKS: &[&str] = &["view", "hydraview", "links", "link"];

/// Members of answers and requests that hold what has to do with pages.
pub(super) const CONTAINERS: &[&str] = &[
    "pagination",
    "paging",
    "pageinfo",
    "meta",
    "metadata",
    "page",
    "cursor",
    "cursors",
    "responsemetadata",
    "links",
    "link",
    "view",
    "hydraview",
    "paginginfo",
    "paginator",
    "pages",
    "data",
    "result",
    "response",
];

/// Whether there are more pages.
pub(super) const MORE: &[&str] =
    &["hasmore", "more", "hasnext", "hasnextpage", "hasmoreitems", "hasmoreresults", "hasmorepages", "morerecords"];

/// How many items there are on all pages.
pub(super) const TOTAL: &[&str] = &[
    "total",
    "totalcount",
    "totalitems",
    "totalresults",
    "totalelements",
    "hydratotalitems",
    "totalrecords",
    "totalsize",
];

/// The number of the last page.
pub(super) const LAST: &[&str] = &["totalpages", "pagecount", "lastpage", "totalpage", "numpages", "pages"];

/// Lists of items.
pub(super) const ITEMS: &[&str] = &[
    "data",
    "items",
    "results",
    "records",
    "entries",
    "list",
    "rows",
    "content",
    "values",
    "value",
    "member",
    "members",
    "hydramember",
    "objects",
    "elements",
    "resources",
    "nodes",
];

/// Lists that are no items.
pub(super) const NO_ITEMS: &[&str] =
    &["errors", "warnings", "included", "links", "messages", "facets", "error", "tags"];

/// Members that hold the list and nothing else.
pub(super) const WRAPPERS: &[&str] = &["data", "result", "results", "response", "embedded", "payload", "body"];

/// A name in lower case, with letters and digits only: `page[number]` is `pagenumber`.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a name is one of a list.
pub(super) fn is(name: &str, words: &[&str]) -> bool {
    words.contains(&plain(name).as_str())
}
