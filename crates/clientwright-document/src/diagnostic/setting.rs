//! What a person set, and where that is written.
//!
//! In: a value from a configuration, or from the code of a build script. Out: the same, which a stage can point at when
//! it does not fit the document. Never: a place made up for what stands in no file.

use std::ops::Range;

use super::Diagnostic;
use crate::source::FileId;

/// A value that a person set, with its place where it is written in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// The file, and the bytes of it.
    place: Option<(FileId, Range<usize>)>,
}

impl<T> Setting<T> {
    /// A value that is written in no file.
    pub const fn new(value: T) -> Self {
        Self { value, place: None }
    }

    /// A value that is written in a file.
    pub const fn written(value: T, file: FileId, span: Range<usize>) -> Self {
        Self { value, place: Some((file, span)) }
    }

    /// Another value in the same place.
    #[must_use]
    pub fn with<U>(&self, value: U) -> Setting<U> {
        Setting { value, place: self.place.clone() }
    }
}

impl Diagnostic {
    /// Points at what a person set; where that is written in no file, says the same in a note.
    pub fn set<T>(self, setting: &Setting<T>, text: impl Into<String>) -> Self {
        match &setting.place {
            Some((file, span)) => self.span(*file, span.clone(), text),
            None => self.note(text),
        }
    }
}
