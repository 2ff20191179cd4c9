//! Lines and columns, looked up only when somebody wants to see them.
//!
//! In: the text of a file that was parsed. Out: a span of bytes for each node and each key, found
//! by the ordinal of every step from the root, so that repeated keys have a place of their own.
//! YAML is read again by a parser that tells positions; JSON, which that parser does not read in
//! full (surrogate pairs), by a scanner of our own. Never: a position for text that does not parse.

mod json;
mod walk;
mod yaml;

use std::ops::Range;

pub(super) use yaml::second_document as yaml_documents;

use super::node::NodeRef;
use super::{At, File, FileId, Format, Kind, Sources};

/// A place as people name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The file.
    pub file: FileId,
    /// The bytes of the file's text; never more than one line.
    pub span: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl Position {
    /// The position of a span, cut at the end of its first line.
    ///
    /// `lines` are the offsets at which the text's lines start.
    pub(super) fn find(text: &str, lines: &[usize], file: FileId, span: Range<usize>) -> Self {
        let start = floor_char_boundary(text, span.start);
        let line = lines.partition_point(|line| *line <= start).max(1);
        let line_start = lines.get(line - 1).copied().unwrap_or_default();
        let end = floor_char_boundary(text, span.end).max(start);
        let shown = text.get(start..end).unwrap_or_default().lines().next().unwrap_or_default();
        Self {
            file,
            span: start..start + shown.trim_end().len(),
            line,
            column: text.get(line_start..start).unwrap_or_default().chars().count() + 1,
        }
    }
}

/// The largest boundary of characters that is not beyond `index`.
pub(crate) fn floor_char_boundary(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

/// The bytes of a place in YAML that has no [`Positions`], found by reading the text once more.
pub(super) fn walk_to(sources: &Sources, at: At, file: &File) -> Option<Range<usize>> {
    let node = sources.node(at);
    let mut path: Vec<usize> = std::iter::successors(Some(node), |node| node.parent()).map(NodeRef::index).collect();
    path.pop();
    path.reverse();
    let shows_key = at.is_key() || matches!(node.kind(), Kind::List | Kind::Object);
    let (line, column) = walk::locate(&file.text, &path, shows_key && node.key().is_some())?;
    let start = file.offset(line, column);
    let rest = file.text.get(start..)?.lines().next().unwrap_or_default();
    Some(start..start + walk::scalar_length(rest))
}

/// The places of all values and keys of a file, in preorder.
#[derive(Debug, Default)]
pub(super) struct Positions {
    spots: Vec<Spot>,
}

/// The place of a value or of a key. The children of an object are its keys and values in turn.
#[derive(Clone, Copy, Debug)]
struct Spot {
    start: u32,
    end: u32,
    /// One past the last spot of its subtree.
    next: u32,
    /// For an alias, the spot of its anchor; otherwise itself.
    target: u32,
}

impl Positions {
    /// Reads the positions of a text; `None` when it cannot be read for them.
    pub(super) fn read(text: &str, format: Format) -> Option<Self> {
        match format {
            Format::Json => json::read(text),
            Format::Yaml => yaml::read(text),
        }
    }

    /// The bytes of a place. Of a list or an object under a key, the key; of another, its start.
    pub(super) fn span(&self, sources: &Sources, at: At, root: usize) -> Option<Range<usize>> {
        let node = sources.node(at);
        let mut path = Vec::new();
        let mut step = node;
        while step.at().index() != root {
            path.push(step);
            step = step.parent()?;
        }
        let mut spot = self.follow(0)?;
        let mut key = None;
        for step in path.iter().rev() {
            (key, spot) = self.child(spot, *step)?;
        }
        let container = matches!(node.kind(), Kind::List | Kind::Object);
        let shown = if at.is_key() || container { key.unwrap_or(spot) } else { spot };
        self.spots.get(shown).map(|spot| spot.start as usize..spot.end as usize)
    }

    /// The spots of a step's key, if it has one, and of its value.
    fn child(&self, parent: usize, step: NodeRef<'_>) -> Option<(Option<usize>, usize)> {
        let keyed = step.key().is_some();
        let skip = if keyed { step.index() * 2 } else { step.index() };
        let mut spot = parent + 1;
        for _ in 0..skip {
            spot = self.spots.get(spot)?.next as usize;
        }
        if !keyed {
            return Some((None, self.follow(spot)?));
        }
        let value = self.spots.get(spot)?.next as usize;
        Some((Some(spot), self.follow(value)?))
    }

    fn follow(&self, spot: usize) -> Option<usize> {
        self.spots.get(spot).map(|spot| spot.target as usize)
    }

    /// Adds a spot that has no children yet.
    fn push(&mut self, span: Range<usize>) -> Option<usize> {
        let index = self.spots.len();
        let number = u32::try_from(index).ok()?;
        let (start, end) = (u32::try_from(span.start).ok()?, u32::try_from(span.end).ok()?);
        self.spots.push(Spot { start, end, next: number + 1, target: number });
        Some(index)
    }

    /// Closes a list or an object that ends before `end`.
    fn close(&mut self, spot: usize, end: usize) -> Option<()> {
        let next = u32::try_from(self.spots.len()).ok()?;
        let spot = self.spots.get_mut(spot)?;
        spot.next = next;
        spot.end = spot.end.max(u32::try_from(end).ok()?);
        Some(())
    }
}
