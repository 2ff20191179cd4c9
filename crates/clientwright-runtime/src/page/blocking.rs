//! Pages and items as iterators.
//!
//! In: a walk, the decoder of a page, and what takes the items out of it. Out: pages, or items, asked for when they are
//! iterated to. Never happens: anything after an error.

use std::fmt;

use super::{Paging, Walk};
use crate::call::Call;
use crate::decode::Decoder;
use crate::error::{Error, Failure, Problem};
use crate::plan::Ended;
use crate::response::Response;

/// The pages of a list, as an iterator; each is asked for when it is iterated to. After an error it ends.
#[must_use = "nothing is asked for before the iterator is used"]
pub struct PagesBlocking<T, E> {
    state: State,
    success: Decoder<T>,
    failure: std::marker::PhantomData<fn() -> E>,
}

enum State {
    Ready(Box<Walk>),
    /// The page before was good, but the next one cannot be asked for.
    Wrong(Problem),
    Done,
}

impl<T, E> PagesBlocking<T, E> {
    pub(crate) fn new(call: Call, paging: &'static Paging, success: Decoder<T>) -> Self {
        Self { state: State::Ready(Box::new(Walk::new(call, paging))), success, failure: std::marker::PhantomData }
    }
}

impl State {
    /// The next answer: the same for all operations.
    fn next(&mut self) -> Option<Ended> {
        let mut walk = match std::mem::replace(self, Self::Done) {
            Self::Done => return None,
            Self::Wrong(problem) => return Some(Err(problem)),
            Self::Ready(walk) => walk,
        };
        let answered = walk.call().run_blocking();
        if let Ok(reply) = &answered {
            *self = match walk.advance(reply) {
                Ok(true) => Self::Ready(walk),
                Ok(false) => Self::Done,
                Err(wrong) => Self::Wrong(Problem::Request(wrong)),
            };
        }
        Some(answered)
    }
}

impl<T, E: Failure> Iterator for PagesBlocking<T, E> {
    type Item = Result<Response<T>, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        let page = self.state.next()?.map_err(Error::from).and_then(|reply| reply.read(self.success));
        if page.is_err() {
            self.state = State::Done;
        }
        Some(page)
    }
}

/// The items of a list, as an iterator; a page is asked for when the items of the one before are through. After an error
/// it ends.
#[must_use = "nothing is asked for before the iterator is used"]
pub struct ItemsBlocking<T, E, I> {
    pages: PagesBlocking<T, E>,
    take: fn(T) -> Vec<I>,
    here: std::vec::IntoIter<I>,
}

impl<T, E, I> ItemsBlocking<T, E, I> {
    pub(crate) fn new(pages: PagesBlocking<T, E>, take: fn(T) -> Vec<I>) -> Self {
        Self { pages, take, here: Vec::new().into_iter() }
    }
}

impl<T, E: Failure, I> Iterator for ItemsBlocking<T, E, I> {
    type Item = Result<I, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.here.next() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Err(error) => return Some(Err(error)),
                Ok(page) => self.here = (self.take)(page.into_body()).into_iter(),
            }
        }
    }
}

impl<T, E> fmt::Debug for PagesBlocking<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PagesBlocking")
    }
}

impl<T, E, I> fmt::Debug for ItemsBlocking<T, E, I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ItemsBlocking")
    }
}
