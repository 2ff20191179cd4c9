//! Text into nodes: one arena for all files of a document.
//!
//! In: files, through a [`Loader`]. Out: [`NodeRef`]s, which know their file and their JSON
//! pointer, and, when a diagnostic is shown, their line and column. Never: a file system, a
//! network, more than [`MAX_FILES`] files, [`MAX_DEPTH`] levels, [`MAX_NODES`] nodes or
//! [`MAX_FILE_BYTES`] of text, and so no stack overflow and no memory without bound, whatever the
//! text.

mod at;
mod build;
mod guard;
mod load;
mod node;
mod path;
mod position;
mod urls;
mod value;

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use indexmap::IndexSet;

pub use at::At;
pub use load::{LoadError, Loader};
pub use node::{Entries, Items, Kind, NodeRef};
pub use position::Position;
pub use urls::Urls;
pub use value::{Number, Value};

pub(crate) use path::{is_remote, join, percent_decoded, resolve, stem};

use node::{Record, escape_pointer};
use position::Positions;

/// How deep lists and objects may be nested in a file, the root being level 1.
pub const MAX_DEPTH: usize = 127;
/// How many nodes all files of a document may have together, aliases expanded.
pub const MAX_NODES: usize = 4_000_000;
/// How long a file may be, in bytes.
pub const MAX_FILE_BYTES: usize = 64 << 20;
/// How many files a document may consist of.
pub const MAX_FILES: usize = 10_000;
/// How long all files of a document may be together, in bytes.
pub const MAX_TOTAL_BYTES: usize = 4 * MAX_FILE_BYTES;

/// A file of [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// The files of a document and all their nodes.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<File>,
    nodes: Vec<Record>,
    /// Keys and texts, each once.
    strings: IndexSet<Box<str>>,
}

/// A file that was loaded, whether or not it could be parsed.
#[derive(Debug)]
pub struct File {
    name: String,
    text: String,
    format: Format,
    /// The first of the file's nodes, and how many there are; none when it could not be parsed.
    nodes: Range<usize>,
    positions: OnceLock<Option<Positions>>,
    /// Where the lines of the text start.
    lines: OnceLock<Vec<usize>>,
    /// How many positions were found by reading the text once more.
    walks: AtomicUsize,
}

/// How many positions of a file may be found by reading its text once more.
const MOST_WALKS: usize = 200;

/// The language a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

impl Sources {
    /// No files yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The node at a place; for a key, the value under it.
    #[must_use]
    pub fn node(&self, at: At) -> NodeRef<'_> {
        NodeRef::new(self, at.index())
    }

    /// The file of a place.
    #[must_use]
    pub fn file_id(&self, at: At) -> Option<FileId> {
        // Files stand in the order of their nodes; those that could not be parsed have none.
        let started = self.files.partition_point(|file| file.nodes.start <= at.index());
        let found = self.files.get(..started)?.iter().rposition(|file| file.nodes.contains(&at.index()))?;
        u32::try_from(found).ok().map(FileId)
    }

    /// A file by its id.
    #[must_use]
    pub fn file(&self, id: FileId) -> Option<&File> {
        self.files.get(id.0 as usize)
    }

    /// All files in the order in which they were loaded, also those whose text could not be parsed:
    /// whoever watches for changes has to watch all of them.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &File)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// The JSON pointer of a place as a URI fragment: `#/paths/~1pets/get` (RFC 6901).
    #[must_use]
    pub fn pointer(&self, at: At) -> String {
        let mut steps = Vec::new();
        let mut node = self.node(at);
        while let Some(parent) = node.parent() {
            steps.push(match node.key() {
                Some(key) => escape_pointer(key),
                None => node.index().to_string(),
            });
            node = parent;
        }
        let mut pointer = String::from("#");
        for step in steps.iter().rev() {
            pointer.push('/');
            pointer.push_str(step);
        }
        pointer
    }

    /// Where a place is in its file. The first call for a file reads its positions, which takes
    /// about as long as parsing it; `None` when they cannot be had.
    #[must_use]
    pub fn position(&self, at: At) -> Option<Position> {
        let id = self.file_id(at)?;
        let file = self.file(id)?;
        let span = self.span(at, file)?;
        Some(file.position_of(id, span))
    }

    /// The line and the column, both from 1 and the column in characters, of a byte of a file.
    #[must_use]
    pub fn line_and_column(&self, file: FileId, offset: usize) -> Option<(usize, usize)> {
        let position = self.file(file)?.position_of(file, offset..offset);
        Some((position.line, position.column))
    }

    /// The text of a scalar exactly as it is written in its file: `1.10`, `"a"`.
    #[must_use]
    pub fn written(&self, at: At) -> Option<&str> {
        let file = self.file(self.file_id(at)?)?;
        file.text.get(self.span(at, file)?)
    }

    fn span(&self, at: At, file: &File) -> Option<Range<usize>> {
        let found = file.positions().and_then(|positions| positions.span(self, at, file.nodes.start));
        // Each walk reads the whole file, so there is an end to them.
        let may_walk = || file.format == Format::Yaml && file.walks.fetch_add(1, Ordering::Relaxed) < MOST_WALKS;
        found.or_else(|| may_walk().then(|| position::walk_to(self, at, file))?)
    }

    /// Whether a key is a YAML number, boolean or null rather than a string: `200:`, `true:`.
    #[must_use]
    pub fn key_is_not_text(&self, at: At) -> bool {
        self.written(at.key()).is_some_and(guard::is_plain_non_string)
    }
}

impl File {
    /// The name under which the loader knows it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its text without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The root of its nodes; none when it could not be parsed.
    #[must_use]
    pub fn root(&self) -> Option<At> {
        (!self.nodes.is_empty()).then(|| At::from_index(self.nodes.start))
    }

    /// The language it is written in.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// The line and the column of a span of bytes.
    pub(crate) fn position_of(&self, file: FileId, span: Range<usize>) -> Position {
        Position::find(&self.text, self.lines(), file, span)
    }

    /// The text of a line, counted from 1, without its end.
    pub(crate) fn line(&self, line: usize) -> Option<&str> {
        let start = *self.lines().get(line.checked_sub(1)?)?;
        Some(self.text.get(start..)?.lines().next().unwrap_or_default())
    }

    /// The bytes of a place that a parser tells as a line and a column, both from 1, the column
    /// in characters.
    pub(super) fn offset(&self, line: usize, column: usize) -> usize {
        let Some(start) = self.lines().get(line.saturating_sub(1)) else { return self.text.len() };
        let text = self.line(line).unwrap_or_default();
        start + text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(byte, _)| byte)
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(end, _)| end + 1)).collect()
        })
    }

    fn positions(&self) -> Option<&Positions> {
        self.positions.get_or_init(|| Positions::read(&self.text, self.format)).as_ref()
    }
}
