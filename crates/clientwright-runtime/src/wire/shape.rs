//! Objects: a table of members for each type, and what drives it in both directions.
//!
//! In: a [`Shape`] and, in the same order, the slots to fill or the values to write. Out: filled slots, or an object.
//! Never happens: a required member left out, a key read or written twice, an unknown key taken for an error.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Decode, Encode, Node, PathSegment, Reader, Result, WireError, Writer};

/// One member of an object: its key, and whether it must be there.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    key: &'static str,
    required: bool,
    /// The key in quotes and with its colon; empty where that is not known, or needs an escape.
    quoted: &'static str,
}

impl Member {
    /// A member that is left out when its value [is absent](Encode::is_absent).
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key, required: false, quoted: "" }
    }

    /// The same member, which is always there.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same member, its key also given as JSON writes it: `"key":`. It is used where no character of it is one that
    /// JSON escapes.
    #[must_use]
    pub const fn quoted(mut self, quoted: &'static str) -> Self {
        let bytes = self.key.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            #[allow(clippy::indexing_slicing)] // `at` is below the length, and constants have no iterators
            if bytes[at] < b' ' || bytes[at] == b'"' || bytes[at] == b'\\' {
                return self;
            }
            at += 1;
        }
        self.quoted = quoted;
        self
    }

    /// The key.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// The key in quotes and with its colon, where it is known and needs no escape.
    pub(super) const fn as_json(&self) -> Option<&'static str> {
        if self.quoted.is_empty() { None } else { Some(self.quoted) }
    }
}

/// The members of an object, in the order of the document.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    members: &'static [Member],
    nodes: &'static [Node],
}

/// A place that the value of one member is read into.
pub trait Slot {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// Fails where what stands there is not such a value.
    fn fill(&mut self, reader: &mut dyn Reader) -> Result<()>;
}

/// Takes the members that a [`Shape`] does not name.
pub trait Rest {
    /// Reads the value of the member `key`.
    ///
    /// # Errors
    ///
    /// Fails where what stands there is not such a value.
    fn fill(&mut self, key: Cow<'_, str>, reader: &mut dyn Reader) -> Result<()>;
}

/// Gives the members that a [`Shape`] does not name.
pub trait Further {
    /// Hands each member to `each`.
    ///
    /// # Errors
    ///
    /// Fails where `each` does.
    fn members(&self, each: &mut dyn FnMut(&str, &dyn Encode) -> Result<()>) -> Result<()>;
}

/// The slot of a required member.
#[derive(Clone, Copy, Debug)]
pub struct Required<T>(pub Option<T>);

impl<T: Decode> Slot for Required<T> {
    fn fill(&mut self, reader: &mut dyn Reader) -> Result<()> {
        self.0 = Some(T::decode(reader)?);
        Ok(())
    }
}

/// The slot of an optional member that is not nullable: a null that stands there all the same counts as absent, since
/// servers send it and nothing can be lost by it.
impl<T: Decode> Slot for Option<T> {
    fn fill(&mut self, reader: &mut dyn Reader) -> Result<()> {
        if !reader.take_null()? {
            *self = Some(T::decode(reader)?);
        }
        Ok(())
    }
}

impl Shape {
    /// The shape with these members.
    #[must_use]
    pub const fn new(members: &'static [Member]) -> Self {
        Self { members, nodes: &[] }
    }

    /// The same with members that do not stand in XML as they would without a word.
    #[must_use]
    pub const fn xml(mut self, nodes: &'static [Node]) -> Self {
        self.nodes = nodes;
        self
    }

    /// The members that do not stand in XML as they would without a word.
    #[must_use]
    pub const fn nodes(&self) -> &'static [Node] {
        self.nodes
    }

    /// The key of the member, where there is only one.
    #[must_use]
    pub const fn only_key(&self) -> Option<&'static str> {
        match self.members {
            [only] => Some(only.key),
            _ => None,
        }
    }

    /// Reads an object: each member into the slot at its place, the others into `rest`, or nowhere.
    ///
    /// # Errors
    ///
    /// Fails where no object stands, a value does not fit its slot, a key comes twice or a required one never.
    pub fn decode(
        &self,
        reader: &mut dyn Reader,
        slots: &mut [&mut dyn Slot],
        mut rest: Option<&mut dyn Rest>,
    ) -> Result<()> {
        let members = self.members.get(..slots.len()).unwrap_or(self.members);
        let mut seen = Seen::default();
        let mut next = 0;
        let mut first = true;
        reader.begin_shape(self)?;
        loop {
            // Most objects have their members in the order of the document.
            let index = if members.get(next).is_some_and(|member| reader.take_member(first, member)) {
                next
            } else {
                let Some(key) = reader.next_key(first)? else { break };
                let Some(index) = index(members, &key, next) else {
                    let key = key.into_owned();
                    pass(&key, reader, &mut rest).map_err(|error| error.within(PathSegment::Key(key)))?;
                    first = false;
                    continue;
                };
                index
            };
            first = false;
            next = index + 1;
            let Some(slot) = slots.get_mut(index).filter(|_| seen.insert(index)) else { return Err(self.twice(index)) };
            slot.fill(reader).map_err(|error| error.within(PathSegment::Key(self.key(index))))?;
        }
        self.check_required(&seen)
    }

    /// Writes an object: each value under the key at its place, but for optional ones that are absent, then `rest`.
    ///
    /// # Errors
    ///
    /// Fails where the writer does, and where `rest` has a key that is the shape's own.
    pub fn encode(&self, writer: &mut dyn Writer, values: &[&dyn Encode], rest: Option<&dyn Further>) -> Result<()> {
        writer.begin_shape(self)?;
        for (member, value) in self.members.iter().zip(values) {
            if member.required || !value.is_absent() {
                writer.member(member)?;
                value.encode(writer).map_err(|error| error.within(PathSegment::Key(member.key.to_owned())))?;
            }
        }
        if let Some(rest) = rest {
            rest.members(&mut |key, value| {
                if self.members.iter().any(|member| member.key == key) {
                    return Err(WireError::new("a key that the object does not declare", format!("`{key}`")));
                }
                writer.key(key)?;
                value.encode(writer).map_err(|error| error.within(PathSegment::Key(key.to_owned())))
            })?;
        }
        writer.end_object()
    }

    /// The error for required members that never came; [`decode`](Self::decode) gives it before anyone else can.
    #[cold]
    #[must_use]
    pub fn missing(&self) -> WireError {
        missing_keys(self.members.iter().filter(|member| member.required))
    }

    fn check_required(&self, seen: &Seen) -> Result<()> {
        let missing = |(index, member): &(usize, &Member)| member.required && !seen.contains(*index);
        if self.members.iter().enumerate().any(|entry| missing(&entry)) {
            let missing = self.members.iter().enumerate().filter(missing).map(|(_, member)| member);
            return Err(missing_keys(missing));
        }
        Ok(())
    }

    #[cold]
    fn twice(&self, index: usize) -> WireError {
        WireError::new("each key once", format!("`{}` twice", self.key(index)))
    }

    #[cold]
    fn key(&self, index: usize) -> String {
        self.members.get(index).map(|member| member.key.to_owned()).unwrap_or_default()
    }
}

/// The index of `key`, which is most often the `next` one.
fn index(members: &[Member], key: &str, next: usize) -> Option<usize> {
    match members.get(next) {
        Some(member) if member.key == key => Some(next),
        _ => members.iter().position(|member| member.key == key),
    }
}

/// Reads a member that the shape does not name.
fn pass(key: &str, reader: &mut dyn Reader, rest: &mut Option<&mut dyn Rest>) -> Result<()> {
    match rest {
        Some(rest) => rest.fill(Cow::Borrowed(key), reader),
        None => reader.skip(),
    }
}

#[cold]
fn missing_keys<'a>(members: impl Iterator<Item = &'a Member>) -> WireError {
    let keys: Vec<String> = members.map(|member| format!("`{}`", member.key)).collect();
    let word = if keys.len() == 1 { "key" } else { "keys" };
    WireError::new(format!("the {word} {}", keys.join(", ")), "an object without")
}

/// The members that have been read; without an allocation up to 128.
#[derive(Default)]
struct Seen {
    low: u128,
    high: Vec<usize>,
}

impl Seen {
    /// Adds an index, and says whether it was new.
    fn insert(&mut self, index: usize) -> bool {
        let new = !self.contains(index);
        if index < 128 {
            self.low |= 1 << index;
        } else if new {
            self.high.push(index);
        }
        new
    }

    fn contains(&self, index: usize) -> bool {
        if index < 128 { self.low & (1 << index) != 0 } else { self.high.contains(&index) }
    }
}

impl<T: Decode> Rest for BTreeMap<String, T> {
    fn fill(&mut self, key: Cow<'_, str>, reader: &mut dyn Reader) -> Result<()> {
        let value = T::decode(reader)?;
        if self.insert(key.clone().into_owned(), value).is_some() {
            return Err(WireError::new("each key once", format!("`{key}` twice")));
        }
        Ok(())
    }
}

impl<T: Encode> Further for BTreeMap<String, T> {
    fn members(&self, each: &mut dyn FnMut(&str, &dyn Encode) -> Result<()>) -> Result<()> {
        self.iter().try_for_each(|(key, value)| each(key, value))
    }
}
