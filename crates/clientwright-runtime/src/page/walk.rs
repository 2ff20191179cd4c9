//! From one page to the next.
//!
//! In: a call, and the answer to it. Out: the call for the next page, or that this was the last. Never happens: a walk
//! that goes on where the server repeats a page, a cursor or a link, or gives nothing again and again.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::{Next, Paging, Path, Place, link, read};
use crate::call::Call;
use crate::error::RequestError;
use crate::reply::Reply;
use crate::wire::{Value, json};

/// How many empty pages in a row are walked over where the server says itself that there is a next one.
const MAX_EMPTY: u32 = 16;

/// A walk over the pages of a list. The same type for all operations.
#[derive(Clone)]
pub(crate) struct Walk {
    call: Call,
    paging: &'static Paging,
    /// The number of the page, or the offset of its first item.
    position: u64,
    /// Pages, cursors and links that were there, as hashes.
    seen: BTreeSet<u64>,
    empty: u32,
    /// How many items there were, where the walk began with the first.
    read: Option<u64>,
    /// Whether a page had as many items as the request allows: servers may allow fewer.
    filled: bool,
}

/// What an answer says of the walk.
struct Page<'a> {
    reply: &'a Reply,
    body: Value,
    count: u64,
}

impl Walk {
    pub(crate) fn new(call: Call, paging: &'static Paging) -> Self {
        let position = match paging.next {
            Next::Number(place) | Next::Offset(place) => number(call.said(place)).unwrap_or(paging.first),
            Next::Cursor(..) | Next::LastItem(..) | Next::LinkIn(_) | Next::LinkHeader => 0,
        };
        let read = (position == paging.first).then_some(0);
        Self { call, paging, position, seen: BTreeSet::new(), empty: 0, read, filled: false }
    }

    /// The call for the page that the walk has come to.
    pub(crate) fn call(&self) -> Call {
        self.call.clone()
    }

    /// Goes on to the page after the one that was answered; whether there is one.
    pub(crate) fn advance(&mut self, reply: &Reply) -> Result<bool, RequestError> {
        let body: Value = json::from_slice(reply.body()).unwrap_or_default();
        let items = read(&body, self.paging.items).and_then(Value::as_array);
        let count = items.map_or(0, |items| u64::try_from(items.len()).unwrap_or(u64::MAX));
        let page = Page { reply, body, count };
        self.read = self.read.map(|read| read.saturating_add(count));
        self.empty = if count == 0 { self.empty + 1 } else { 0 };
        if !page.reply.status().is_success() || self.empty > MAX_EMPTY || self.is_last(&page) {
            return Ok(false);
        }
        match self.paging.next {
            Next::Number(place) => {
                self.position = self.position.saturating_add(1);
                self.set(place, self.position.into())
            }
            Next::Offset(place) => {
                self.position = self.position.saturating_add(count);
                self.set(place, self.position.into())
            }
            Next::Cursor(place, from) => self.follow(place, read(&page.body, from).cloned()),
            Next::LastItem(place, id) => {
                let last = read(&page.body, self.paging.items).and_then(Value::as_array).and_then(|items| items.last());
                let last = last.and_then(|item| read(item, id)).cloned();
                self.follow(place, last)
            }
            Next::LinkIn(from) => self.open(read(&page.body, from).and_then(Value::as_str).map(str::to_owned)),
            Next::LinkHeader => self.open(link::next(page.reply.headers())),
        }
    }

    /// Whether the answer says that no page follows, or is one that was there already.
    fn is_last(&mut self, page: &Page<'_>) -> bool {
        let member = |path: Option<Path>| path.and_then(|path| read(&page.body, path));
        let more = member(self.paging.more).map(is_true);
        let told_elsewhere = matches!(self.paging.next, Next::Cursor(..) | Next::LinkIn(_) | Next::LinkHeader);
        let no_more = match (more, self.paging.more) {
            (Some(more), _) => !more,
            // What should be there and is not says nothing where a cursor or a link does.
            (None, Some(_)) => !told_elsewhere,
            (None, None) => false,
        };
        if no_more || told_elsewhere {
            return no_more;
        }
        let pages = self.position.saturating_sub(self.paging.first).saturating_add(1);
        let last = number(member(self.paging.last).cloned()).is_some_and(|last| pages >= last);
        let limit = number(self.paging.limit.and_then(|place| self.call.said(place)));
        self.filled |= limit == Some(page.count);
        let limit = limit.filter(|_| self.filled);
        let short = more.is_none() && limit.is_some_and(|limit| page.count < limit);
        let repeated = !self.seen.insert(hash(page.reply.body()));
        page.count == 0 || last || short || repeated || self.is_complete(page, member(self.paging.total), limit)
    }

    /// Whether the total says that all items were there.
    fn is_complete(&self, page: &Page<'_>, total: Option<&Value>, limit: Option<u64>) -> bool {
        let before = self.position.saturating_sub(self.paging.first);
        let read = match self.paging.next {
            Next::Offset(_) => Some(before.saturating_add(page.count)),
            Next::Number(_) => {
                let counted = limit.map(|limit| before.saturating_mul(limit).saturating_add(page.count));
                self.read.or(counted)
            }
            Next::Cursor(..) | Next::LastItem(..) | Next::LinkIn(_) | Next::LinkHeader => None,
        };
        number(total.cloned()).zip(read).is_some_and(|(total, read)| read >= total)
    }

    /// Goes on with a cursor, unless there is none or it was there.
    fn follow(&mut self, place: Place, cursor: Option<Value>) -> Result<bool, RequestError> {
        let is_cursor = |cursor: &Value| matches!(cursor, Value::String(_) | Value::Number(_));
        let Some(cursor) = cursor.filter(is_cursor) else { return Ok(false) };
        let new = cursor.as_str() != Some("") && self.seen.insert(hash(cursor.to_string().as_bytes()));
        if new { self.set(place, cursor) } else { Ok(false) }
    }

    /// Goes on with a URL, unless there is none or it was there.
    fn open(&mut self, link: Option<String>) -> Result<bool, RequestError> {
        let Some(link) = link.filter(|link| !link.is_empty()) else { return Ok(false) };
        if !self.seen.insert(hash(link.as_bytes())) {
            return Ok(false);
        }
        self.call = self.call.clone().linked(&link)?;
        Ok(true)
    }

    fn set(&mut self, place: Place, value: Value) -> Result<bool, RequestError> {
        self.call = self.call.clone().say(place, value)?;
        Ok(true)
    }
}

/// A number, also where it is written as text.
fn number(value: Option<Value>) -> Option<u64> {
    let value = value?;
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// Some servers write a boolean as text or as a number, or the URL of the next page stands there.
fn is_true(value: &Value) -> bool {
    let text = value.as_str().is_some_and(|text| !["", "false", "0"].contains(&text));
    text || matches!(value, Value::Bool(true)) || value.as_u64().is_some_and(|one| one > 0)
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}
