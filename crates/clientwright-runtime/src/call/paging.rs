//! A call as one of many pages.
//!
//! In: a call, and what is said of the next page: a number, a cursor, a URL. Out: the call for that page. Never happens: a
//! URL at another origin; a body that is not JSON changed.

use std::collections::BTreeMap;

use super::Call;
use crate::decode::Decoder;
use crate::error::RequestError;
use crate::operation::Location;
use crate::page::{self, Items, Pages, Paging, Place};
#[cfg(feature = "blocking")]
use crate::page::{ItemsBlocking, PagesBlocking};
use crate::parameter::Encoded;
use crate::url::resolve;
use crate::wire::{Value, json};

/// Of an operation that states nothing: one page, unless the answer links another.
static LINKED: Paging = Paging::link_header();

impl Call {
    /// The pages from this one on.
    pub fn pages<T, E>(self, success: Decoder<T>) -> Pages<T, E> {
        let paging = self.paging();
        Pages::new(self, paging, success)
    }

    /// The items of this page and those that follow; `items` takes them out of a page.
    pub fn items<T, E, I>(self, success: Decoder<T>, items: fn(T) -> Vec<I>) -> Items<T, E, I> {
        Items::new(self.pages(success), items)
    }

    /// The pages from this one on, blocking.
    #[cfg(feature = "blocking")]
    pub fn pages_blocking<T, E>(self, success: Decoder<T>) -> PagesBlocking<T, E> {
        let paging = self.paging();
        PagesBlocking::new(self, paging, success)
    }

    /// The items of this page and those that follow, blocking; `items` takes them out of a page.
    #[cfg(feature = "blocking")]
    pub fn items_blocking<T, E, I>(self, success: Decoder<T>, items: fn(T) -> Vec<I>) -> ItemsBlocking<T, E, I> {
        ItemsBlocking::new(self.pages_blocking(success), items)
    }

    fn paging(&self) -> &'static Paging {
        self.operation.paging.unwrap_or(&LINKED)
    }

    /// What the call says at a place, as JSON.
    pub(crate) fn said(&self, place: Place) -> Option<Value> {
        let (location, name) = match place {
            Place::Query(name) => (Location::Query, name),
            Place::Header(name) => (Location::Header, name),
            Place::Body(path) => return page::read(&self.json_body()?, path).cloned(),
        };
        let argument = self.arguments.iter().find(|one| one.location == location && one.name == name)?;
        let text = match &argument.encoded {
            Encoded::Text(text) => text.as_str(),
            Encoded::Pairs(pairs) => pairs.first()?.split_once('=')?.1,
        };
        Some(Value::String(text.to_owned()))
    }

    /// The same call that says another thing at a place.
    pub(crate) fn say(mut self, place: Place, value: Value) -> Result<Self, RequestError> {
        let path = match place {
            Place::Query(name) => return Ok(self.query(name, &value)),
            Place::Header(name) => return Ok(self.header(name, &value)),
            Place::Body(path) => path,
        };
        let wrong = || RequestError::new(self.operation.id, "the body has no place for the next page");
        // A body that need not be there says of itself which page is meant.
        let mut said =
            if self.body.is_some() { self.json_body().ok_or_else(wrong)? } else { Value::Object(BTreeMap::new()) };
        if !page::write(&mut said, path, value) {
            return Err(wrong());
        }
        let Some((_, body)) = &mut self.body else { return Ok(self.json(&said)) };
        *body = json::to_vec(&said).map_err(|_| wrong())?.into();
        Ok(self)
    }

    /// The same call to the URL that a page links.
    pub(crate) fn linked(mut self, link: &str) -> Result<Self, RequestError> {
        let here = self.request()?.uri().clone();
        let next = resolve(&here, link);
        let reason = "the next page is at another origin (or at no URL), where nothing is sent";
        self.target = Some(Box::new(next.ok_or_else(|| RequestError::new(self.operation.id, reason))?));
        Ok(self)
    }

    fn json_body(&self) -> Option<Value> {
        json::from_slice(self.body.as_ref()?.1.as_bytes()?).ok()
    }
}
