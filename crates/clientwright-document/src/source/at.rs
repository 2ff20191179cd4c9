//! The address of a place in the documents that were read.
//!
//! In: ids from the arena of [`Sources`](super::Sources). Out: four bytes that every later stage
//! carries. Never: a line or a column; these are looked up only when a diagnostic is shown.

/// A place in a document: a node, or the key under which a node stands.
///
/// An `At` belongs to the [`Sources`](super::Sources) it came from, which knows its file, its
/// JSON pointer, its line and its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At(u32);

/// Set on an [`At`] that means the key of a member instead of its value.
const KEY: u32 = 1 << 31;

impl At {
    /// The place of a node. Indexes stay far below 2³¹: the node budget sees to that.
    pub(crate) fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).map_or(!KEY, |index| index & !KEY))
    }

    /// The key of this member, where this place is a member of an object; otherwise shown as
    /// the place itself.
    #[must_use]
    pub const fn key(self) -> Self {
        Self(self.0 | KEY)
    }

    /// The value of this member, where this place is a key.
    #[must_use]
    pub const fn value(self) -> Self {
        Self(self.0 & !KEY)
    }

    /// Whether this place is a key rather than a value.
    #[must_use]
    pub const fn is_key(self) -> bool {
        self.0 & KEY != 0
    }

    /// The node's index in the arena.
    pub(crate) const fn index(self) -> usize {
        (self.0 & !KEY) as usize
    }
}
