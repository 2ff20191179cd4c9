//! Typed ids and the arenas they point into.
//!
//! In: entities in the order in which they are read. Out: four-byte ids that can be copied, put
//! into maps and point in circles. Never: removes anything, so an id stays good for ever.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// An index into the arena of one kind of entity.
pub trait Id: Copy {
    /// The id of the entity at a position of the arena.
    fn from_index(index: u32) -> Self;
    /// The position in the arena.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl Id for $name {
            fn from_index(index: u32) -> Self {
                Self(index)
            }

            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A [`Schema`](super::Schema) of a document.
    SchemaId
    /// An [`Operation`](super::Operation) of a document.
    OperationId
    /// A [`Parameter`](super::Parameter) of a document.
    ParameterId
    /// A [`RequestBody`](super::RequestBody) of a document.
    RequestBodyId
    /// A [`Response`](super::Response) of a document.
    ResponseId
    /// A [`Header`](super::Header) of a document.
    HeaderId
}

/// All entities of one kind in a document, in the order in which they were read.
///
/// Indexing with an id of another document panics or gives a wrong entity: ids are made only by
/// [`Arena::insert`].
#[derive(Clone)]
pub struct Arena<I, T> {
    items: Vec<T>,
    ids: PhantomData<I>,
}

impl<I: Id, T> Arena<I, T> {
    /// Adds an entity and gives its id.
    pub fn insert(&mut self, item: T) -> I {
        // Nodes are limited to a few million, and each gives at most a few entities.
        let index = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.items.push(item);
        I::from_index(index)
    }

    /// How many entities there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All entities with their ids, in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = (I, &T)> {
        (0..).zip(&self.items).map(|(index, item)| (I::from_index(index), item))
    }
}

impl<I, T> Default for Arena<I, T> {
    fn default() -> Self {
        Self { items: Vec::new(), ids: PhantomData }
    }
}

impl<I, T: fmt::Debug> fmt::Debug for Arena<I, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(&self.items).finish()
    }
}

impl<I: Id, T> Index<I> for Arena<I, T> {
    type Output = T;

    #[expect(clippy::indexing_slicing, reason = "ids are made by `insert`, and nothing is removed")]
    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Arena<I, T> {
    #[expect(clippy::indexing_slicing, reason = "ids are made by `insert`, and nothing is removed")]
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
}
