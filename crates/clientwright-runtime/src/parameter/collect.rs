//! Collects a value that is written event by event.
//!
//! In: the events of a value's wire form. Out: the value as texts, lists and pairs, for a style, a form or the parts of a body to lay out. Never
//! happens: a number's digits changed, a nested value flattened.

use crate::wire::{Encode, FilePart, PathSegment, Result, WireError, Writer};

/// A value as texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Collected {
    /// `null`
    Null,
    /// Text.
    Text(String),
    /// A number or a boolean, as JSON writes it.
    Literal(String),
    /// A file, for what can hold one.
    File(FilePart),
    /// An array.
    Array(Vec<Collected>),
    /// An object, in the order in which it was written.
    Object(Vec<(String, Collected)>),
}

/// Collects what `value` writes; a file counts as its text.
pub(crate) fn collect(value: &dyn Encode) -> Result<Collected> {
    Collector::default().run(value)
}

/// Collects what `value` writes; files stay files.
pub(crate) fn collect_files(value: &dyn Encode) -> Result<Collected> {
    Collector { files: true, ..Collector::default() }.run(value)
}

impl Collected {
    /// The text of a scalar, `None` for `null`; an array or an object is refused, as no style defines one there.
    pub(crate) fn scalar(self, segment: Option<PathSegment>) -> Result<Option<String>> {
        let found = match self {
            Self::Null => return Ok(None),
            Self::Text(text) | Self::Literal(text) => return Ok(Some(text)),
            Self::File(_) => "a file",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        };
        let error = WireError::new("a scalar, as parameters hold no values nested deeper", found);
        Err(match segment {
            Some(segment) => error.within(segment),
            None => error,
        })
    }

    /// The elements of an array, or the value alone.
    pub(crate) fn into_items(self) -> Vec<Self> {
        match self {
            Self::Array(items) => items,
            Self::Null | Self::Text(_) | Self::Literal(_) | Self::File(_) | Self::Object(_) => vec![self],
        }
    }
}

/// The same value once more, for a part that holds it as JSON.
impl Encode for Collected {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        match self {
            Self::Null => writer.null(),
            Self::Text(text) => writer.string(text),
            Self::Literal(text) => writer.literal(text),
            Self::File(file) => writer.file(file),
            Self::Array(items) => items.encode(writer),
            Self::Object(members) => {
                writer.begin_object()?;
                for (key, member) in members {
                    writer.key(key)?;
                    member.encode(writer).map_err(|error| error.within(PathSegment::Key(key.clone())))?;
                }
                writer.end_object()
            }
        }
    }
}

#[derive(Default)]
struct Collector {
    files: bool,
    open: Vec<Open>,
    root: Option<Collected>,
}

enum Open {
    Array(Vec<Collected>),
    Object(Vec<(String, Collected)>, String),
}

impl Collector {
    fn run(mut self, value: &dyn Encode) -> Result<Collected> {
        value.encode(&mut self)?;
        self.root.ok_or_else(|| WireError::new("a value", "nothing"))
    }

    fn put(&mut self, value: Collected) {
        match self.open.last_mut() {
            None => self.root = Some(value),
            Some(Open::Array(items)) => items.push(value),
            Some(Open::Object(members, key)) => members.push((std::mem::take(key), value)),
        }
    }

    #[allow(clippy::unnecessary_wraps)] // as the methods that it stands for
    fn scalar(&mut self, text: impl Into<String>) -> Result<()> {
        self.put(Collected::Literal(text.into()));
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        match self.open.pop() {
            Some(Open::Array(items)) => self.put(Collected::Array(items)),
            Some(Open::Object(members, _)) => self.put(Collected::Object(members)),
            None => return Err(WireError::new("the start of an array or object", "its end")),
        }
        Ok(())
    }
}

impl Writer for Collector {
    fn null(&mut self) -> Result<()> {
        self.put(Collected::Null);
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Result<()> {
        self.scalar(if value { "true" } else { "false" })
    }

    fn integer(&mut self, value: i64) -> Result<()> {
        self.scalar(value.to_string())
    }

    fn unsigned(&mut self, value: u64) -> Result<()> {
        self.scalar(value.to_string())
    }

    fn number(&mut self, value: f64) -> Result<()> {
        if !value.is_finite() {
            return Err(WireError::new("a finite number", value.to_string()));
        }
        let plain = value == 0.0 || (1e-7..1e21).contains(&value.abs());
        self.scalar(if plain { value.to_string() } else { format!("{value:e}") })
    }

    fn literal(&mut self, digits: &str) -> Result<()> {
        self.scalar(digits)
    }

    fn string(&mut self, value: &str) -> Result<()> {
        self.put(Collected::Text(value.to_owned()));
        Ok(())
    }

    fn file(&mut self, file: &FilePart) -> Result<()> {
        if self.files {
            self.put(Collected::File(file.clone()));
            return Ok(());
        }
        self.string(file.text()?)
    }

    fn begin_array(&mut self) -> Result<()> {
        self.open.push(Open::Array(Vec::new()));
        Ok(())
    }

    fn item(&mut self) -> Result<()> {
        Ok(())
    }

    fn end_array(&mut self) -> Result<()> {
        self.close()
    }

    fn begin_object(&mut self) -> Result<()> {
        self.open.push(Open::Object(Vec::new(), String::new()));
        Ok(())
    }

    fn key(&mut self, key: &str) -> Result<()> {
        match self.open.last_mut() {
            Some(Open::Object(_, current)) => key.clone_into(current),
            _ => return Err(WireError::new("an object", "a key alone")),
        }
        Ok(())
    }

    fn end_object(&mut self) -> Result<()> {
        self.close()
    }
}
