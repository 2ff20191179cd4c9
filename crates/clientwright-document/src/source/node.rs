//! The nodes of documents and how they are looked at.
//!
//! In: records in preorder, 24 bytes each; a node's children follow it, and `end` tells where its
//! subtree stops. Out: [`NodeRef`], a copyable view. Never: native recursion deeper than
//! [`MAX_DEPTH`](super::MAX_DEPTH).

use std::borrow::Cow;

use super::{At, Number, Sources, Value};

/// A node as it is stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    /// The list or object it stands in; [`NONE`] for a root.
    pub(super) parent: u32,
    /// The string of its key, or its index in a list.
    pub(super) step: u32,
    /// One past the last node of its subtree.
    pub(super) end: u32,
    /// The key stood earlier in the same object; this member is not used.
    pub(super) repeated: bool,
    /// What it is.
    pub(super) payload: Payload,
}

/// No node, no string.
pub(super) const NONE: u32 = u32::MAX;

/// What a node is; texts by their number in [`Sources`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Payload {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    /// The digits of an integer outside of 64 bits.
    Wide(u32),
    String(u32),
    List,
    /// Whether a YAML merge key (`<<`) is among the members.
    Object {
        merge: bool,
    },
}

/// The kinds of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// Text.
    String,
    /// A list (an array, a sequence).
    List,
    /// An object (a mapping).
    Object,
}

impl Kind {
    /// The kind with an article, for messages: `a string`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::List => "a list",
            Self::Object => "an object",
        }
    }
}

/// A node of a document.
#[derive(Clone, Copy, Debug)]
pub struct NodeRef<'a> {
    sources: &'a Sources,
    index: usize,
}

impl<'a> NodeRef<'a> {
    pub(super) fn new(sources: &'a Sources, index: usize) -> Self {
        Self { sources, index }
    }

    /// Its place.
    #[must_use]
    pub fn at(self) -> At {
        At::from_index(self.index)
    }

    /// What it is. A place of other sources reads as null.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self.payload() {
            Payload::Null => Kind::Null,
            Payload::Bool(_) => Kind::Boolean,
            Payload::Unsigned(_) | Payload::Signed(_) | Payload::Float(_) | Payload::Wide(_) => Kind::Number,
            Payload::String(_) => Kind::String,
            Payload::List => Kind::List,
            Payload::Object { .. } => Kind::Object,
        }
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(self) -> Option<&'a str> {
        if let Payload::String(text) = self.payload() { self.string(text) } else { None }
    }

    /// The value of a boolean.
    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        if let Payload::Bool(value) = self.payload() { Some(value) } else { None }
    }

    /// The value of a number, every digit of an integer kept.
    #[must_use]
    pub fn as_number(self) -> Option<Number> {
        match self.payload() {
            Payload::Unsigned(value) => Some(Number::Unsigned(value)),
            Payload::Signed(value) => Some(Number::Signed(value)),
            Payload::Float(value) => Some(self.written_integer(value).unwrap_or(Number::Float(value))),
            Payload::Wide(digits) => self.string(digits).map(|text| Number::Wide(text.to_owned())),
            Payload::Null | Payload::Bool(_) | Payload::String(_) | Payload::List | Payload::Object { .. } => None,
        }
    }

    /// The value under a key of an object; the first, where the key stands twice.
    #[must_use]
    pub fn get(self, key: &str) -> Option<NodeRef<'a>> {
        self.entries().find(|(found, _)| *found == key).map(|(_, value)| value)
    }

    /// The members of an object in document order, YAML merge keys applied; none of anything else.
    #[must_use]
    pub fn entries(self) -> Entries<'a> {
        match self.payload() {
            Payload::Object { merge: false } => Entries::Plain(self.children()),
            Payload::Object { merge: true } => Entries::Merged(self.merged().into_iter()),
            Payload::Null
            | Payload::Bool(_)
            | Payload::Unsigned(_)
            | Payload::Signed(_)
            | Payload::Float(_)
            | Payload::Wide(_)
            | Payload::String(_)
            | Payload::List => Entries::Merged(Vec::new().into_iter()),
        }
    }

    /// The items of a list; none of anything else.
    #[must_use]
    pub fn items(self) -> Items<'a> {
        if matches!(self.payload(), Payload::List) { self.children() } else { Items { next: self, end: self.index } }
    }

    /// The node that a JSON pointer names, seen from here: `/paths/~1pets`, or the empty string
    /// for this node (RFC 6901).
    #[must_use]
    pub fn resolve(self, pointer: &str) -> Option<NodeRef<'a>> {
        let Some(steps) = pointer.strip_prefix('/') else {
            return pointer.is_empty().then_some(self);
        };
        steps.split('/').try_fold(self, |node, step| {
            let step = unescape_pointer(step);
            match node.kind() {
                Kind::Object => node.get(&step),
                Kind::List => node.items().nth(step.parse().ok()?),
                Kind::Null | Kind::Boolean | Kind::Number | Kind::String => None,
            }
        })
    }

    /// The node as an owned value.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self.kind() {
            Kind::Null => Value::Null,
            Kind::Boolean => Value::Bool(self.as_bool().unwrap_or_default()),
            Kind::Number => self.as_number().map_or(Value::Null, Value::Number),
            Kind::String => Value::String(self.as_str().unwrap_or_default().to_owned()),
            Kind::List => Value::List(self.items().map(Self::to_value).collect()),
            Kind::Object => {
                Value::Object(self.entries().map(|(key, value)| (key.to_owned(), value.to_value())).collect())
            }
        }
    }

    /// The node as a value of `serde_json`; integers outside of 64 bits become floats there.
    #[must_use]
    pub fn to_json(self) -> serde_json::Value {
        self.to_value().to_json()
    }

    /// The list or object it stands in; `None` for the root of a file.
    #[must_use]
    pub fn parent(self) -> Option<NodeRef<'a>> {
        let parent = self.record()?.parent;
        (parent != NONE).then(|| Self::new(self.sources, parent as usize))
    }

    /// The key it stands under; `None` for items of lists and for roots.
    #[must_use]
    pub fn key(self) -> Option<&'a str> {
        (self.parent()?.kind() == Kind::Object).then_some(())?;
        self.string(self.record()?.step)
    }

    /// Its index among the members or items of its parent, repeated keys counted.
    pub(super) fn index(self) -> usize {
        let Some(parent) = self.parent() else { return 0 };
        if parent.kind() == Kind::List {
            return self.record().map_or(0, |record| record.step as usize);
        }
        parent.children().take_while(|child| child.index != self.index).count()
    }

    pub(super) fn is_merge_key(self) -> bool {
        self.key() == Some("<<")
            && self.parent().is_some_and(|parent| matches!(parent.payload(), Payload::Object { merge: true }))
    }

    fn is_repeated(self) -> bool {
        self.record().is_some_and(|record| record.repeated)
    }

    /// All children in document order, repeated keys and merge keys included.
    fn children(self) -> Items<'a> {
        let end = self.record().map_or(self.index, |record| record.end as usize);
        Items { next: Self::new(self.sources, self.index + 1), end }
    }

    /// The members, those of merged mappings after the object's own, which win.
    fn merged(self) -> Vec<(&'a str, NodeRef<'a>)> {
        let mut members = indexmap::IndexMap::new();
        for child in self.children().filter(|child| !child.is_repeated() && !child.is_merge_key()) {
            members.insert(child.key().unwrap_or_default(), child);
        }
        for merge in self.children().filter(|child| child.is_merge_key()) {
            let sources = if merge.kind() == Kind::List { merge.items().collect() } else { vec![merge] };
            for (key, value) in sources.into_iter().flat_map(NodeRef::entries) {
                members.entry(key).or_insert(value);
            }
        }
        members.into_iter().collect()
    }

    /// An integer that the parser gave as a float because it is too wide, read from its text.
    fn written_integer(self, value: f64) -> Option<Number> {
        if value.fract() != 0.0 || value.abs() < 9.0e18 {
            return None;
        }
        let written = self.sources.written(self.at())?;
        let digits = written.strip_prefix(['-', '+']).unwrap_or(written);
        let is_integer = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_integer.then(|| Number::Wide(written.trim_start_matches('+').to_owned()))
    }

    fn record(self) -> Option<&'a Record> {
        self.sources.nodes.get(self.index)
    }

    fn payload(self) -> Payload {
        self.record().map_or(Payload::Null, |record| record.payload)
    }

    fn string(self, number: u32) -> Option<&'a str> {
        self.sources.strings.get_index(number as usize).map(AsRef::as_ref)
    }
}

/// The members of an object: see [`NodeRef::entries`].
#[derive(Clone, Debug)]
pub enum Entries<'a> {
    /// Straight from the arena.
    Plain(Items<'a>),
    /// Put together from several mappings.
    Merged(std::vec::IntoIter<(&'a str, NodeRef<'a>)>),
}

impl<'a> Iterator for Entries<'a> {
    type Item = (&'a str, NodeRef<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Plain(children) => {
                let child = children.find(|child| !child.is_repeated())?;
                Some((child.string(child.record()?.step)?, child))
            }
            Self::Merged(members) => members.next(),
        }
    }
}

/// The items of a list: see [`NodeRef::items`].
#[derive(Clone, Debug)]
pub struct Items<'a> {
    next: NodeRef<'a>,
    end: usize,
}

impl<'a> Iterator for Items<'a> {
    type Item = NodeRef<'a>;

    fn next(&mut self) -> Option<NodeRef<'a>> {
        if self.next.index >= self.end {
            return None;
        }
        let item = self.next;
        self.next.index = item.record().map_or(self.end, |record| record.end as usize);
        Some(item)
    }
}

/// A step of a JSON pointer, escaped (RFC 6901, section 3).
pub(super) fn escape_pointer(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// A step of a JSON pointer, unescaped (RFC 6901, section 4).
fn unescape_pointer(step: &str) -> Cow<'_, str> {
    if step.contains('~') { Cow::Owned(step.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(step) }
}
