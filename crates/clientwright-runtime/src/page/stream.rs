//! Pages and items as streams.
//!
//! In: a walk, the decoder of a page, and what takes the items out of it. Out: pages, or items, asked for when they are
//! polled for. Never happens: anything after an error; the work compiled once more for each operation.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::{Paging, Walk};
use crate::call::Call;
use crate::decode::Decoder;
use crate::error::{Error, Failure, Problem};
use crate::plan::Ended;
use crate::response::Response;
use crate::transport::BoxFuture;

/// The pages of a list, as a [`Stream`]; each is asked for when it is polled for. After an error it ends.
#[must_use = "nothing is asked for before the stream is polled"]
pub struct Pages<T, E> {
    state: State,
    success: Decoder<T>,
    failure: std::marker::PhantomData<fn() -> E>,
}

enum State {
    /// The next page is to be asked for.
    Ready(Box<Walk>),
    Asked(Box<Walk>, BoxFuture<Ended>),
    /// The page before was good, but the next one cannot be asked for.
    Wrong(Problem),
    Done,
}

impl<T, E: Failure> Pages<T, E> {
    /// The next page, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Response<T>, Error<E>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next page, or `None` after the last.
    ///
    /// # Errors
    ///
    /// As sending the request for it.
    pub async fn try_next(&mut self) -> Result<Option<Response<T>>, Error<E>> {
        self.next().await.transpose()
    }
}

impl<T, E> Pages<T, E> {
    pub(crate) fn new(call: Call, paging: &'static Paging, success: Decoder<T>) -> Self {
        Self { state: State::Ready(Box::new(Walk::new(call, paging))), success, failure: std::marker::PhantomData }
    }
}

impl State {
    /// The next answer: the same for all operations.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Ended>> {
        loop {
            match std::mem::replace(self, Self::Done) {
                Self::Done => return Poll::Ready(None),
                Self::Wrong(problem) => return Poll::Ready(Some(Err(problem))),
                Self::Ready(walk) => {
                    let asked = Box::pin(walk.call().run());
                    *self = Self::Asked(walk, asked);
                }
                Self::Asked(mut walk, mut asked) => {
                    let Poll::Ready(answered) = asked.as_mut().poll(context) else {
                        *self = Self::Asked(walk, asked);
                        return Poll::Pending;
                    };
                    if let Ok(reply) = &answered {
                        *self = match walk.advance(reply) {
                            Ok(true) => Self::Ready(walk),
                            Ok(false) => Self::Done,
                            Err(wrong) => Self::Wrong(Problem::Request(wrong)),
                        };
                    }
                    return Poll::Ready(Some(answered));
                }
            }
        }
    }
}

impl<T, E: Failure> Stream for Pages<T, E> {
    type Item = Result<Response<T>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let answered = ready!(self.state.poll(context));
        let page = answered.map(|answered| answered.map_err(Error::from).and_then(|reply| reply.read(self.success)));
        if matches!(page, Some(Err(_))) {
            self.state = State::Done;
        }
        Poll::Ready(page)
    }
}

/// The items of a list, as a [`Stream`]; a page is asked for when the items of the one before are through. After an error
/// it ends.
#[must_use = "nothing is asked for before the stream is polled"]
pub struct Items<T, E, I> {
    pages: Pages<T, E>,
    take: fn(T) -> Vec<I>,
    here: std::vec::IntoIter<I>,
}

impl<T, E: Failure, I> Items<T, E, I> {
    /// The next item, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<I, Error<E>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next item, or `None` after the last.
    ///
    /// # Errors
    ///
    /// As sending the request for its page.
    pub async fn try_next(&mut self) -> Result<Option<I>, Error<E>> {
        self.next().await.transpose()
    }

    /// All items that are left, in memory.
    ///
    /// # Errors
    ///
    /// As sending the request for each page.
    pub async fn all(mut self) -> Result<Vec<I>, Error<E>> {
        let mut all = Vec::new();
        while let Some(item) = self.try_next().await? {
            all.push(item);
        }
        Ok(all)
    }
}

impl<T, E, I> Items<T, E, I> {
    pub(crate) fn new(pages: Pages<T, E>, take: fn(T) -> Vec<I>) -> Self {
        Self { pages, take, here: Vec::new().into_iter() }
    }
}

// Nothing in it is pinned.
impl<T, E, I> Unpin for Items<T, E, I> {}

impl<T, E: Failure, I> Stream for Items<T, E, I> {
    type Item = Result<I, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.here.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => self.here = (self.take)(page.into_body()).into_iter(),
            }
        }
    }
}

impl<T, E> fmt::Debug for Pages<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pages")
    }
}

impl<T, E, I> fmt::Debug for Items<T, E, I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Items")
    }
}
