//! What is wrong with a value on the wire, and where.
//!
//! In: what was expected and what was found, then a path segment from each container while the error passes outwards.
//! Out: one message with the whole path. Never happens: an error that holds the whole body (text found is shortened).

use std::borrow::Cow;
use std::fmt;

/// Most characters of a string that an error quotes.
const QUOTE_LIMIT: usize = 60;

/// One step of the path to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathSegment {
    /// The member of an object with this key.
    Key(String),
    /// The element of an array with this index, from zero.
    Index(usize),
}

/// A value that is not what it should be, with the path to it.
///
/// The path is written like `data.numbers[0]`; keys that are no plain words are quoted: `data["order[name]"]`.
#[derive(Clone, PartialEq, Eq)]
pub struct WireError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    /// From the value outwards.
    path: Vec<PathSegment>,
    expected: Cow<'static, str>,
    found: String,
}

impl WireError {
    /// An error at the value that is being read or written: what was expected there, and what there is.
    #[cold]
    pub fn new(expected: impl Into<Cow<'static, str>>, found: impl Into<String>) -> Self {
        Self(Box::new(Inner { path: Vec::new(), expected: expected.into(), found: found.into() }))
    }

    /// An error at text that does not have the form it should.
    #[cold]
    pub fn text(expected: impl Into<Cow<'static, str>>, text: &str) -> Self {
        Self::new(expected, quote(text))
    }

    /// The same error seen from the container that holds the value as `segment`.
    #[cold]
    #[must_use]
    pub fn within(mut self, segment: PathSegment) -> Self {
        self.0.path.push(segment);
        self
    }

    /// The path from the outermost value, empty for that value itself; for example `data.numbers[0]`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for segment in self.segments() {
            match segment {
                PathSegment::Index(index) => path.extend(["[", &index.to_string(), "]"]),
                PathSegment::Key(key) if is_word(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(key);
                }
                PathSegment::Key(key) => path.extend(["[", &quoted(key), "]"]),
            }
        }
        path
    }

    /// The steps of the path, from the outermost value inwards.
    pub fn segments(&self) -> impl Iterator<Item = &PathSegment> {
        self.0.path.iter().rev()
    }

    /// What was expected, as a phrase: `a string`, ``the key `id` ``.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// What was found instead, as a phrase: `the number 5`, `null`; long text is shortened.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.0.found
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if !path.is_empty() {
            write!(formatter, "{path}: ")?;
        }
        write!(formatter, "expected {}, found {}", self.expected(), self.found())
    }
}

impl fmt::Debug for WireError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "WireError({self})")
    }
}

impl std::error::Error for WireError {}

/// The phrase for a string that was found.
pub(super) fn quote(text: &str) -> String {
    format!("the string {}", quoted(text))
}

fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTE_LIMIT) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}

fn is_word(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|character| character.is_alphanumeric() || "_-@$".contains(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_reads_from_the_outermost_value() {
        let error = WireError::new("a string", "null")
            .within(PathSegment::Index(2))
            .within(PathSegment::Key("order[name]".into()))
            .within(PathSegment::Key("data".into()));
        assert_eq!(error.to_string(), r#"data["order[name]"][2]: expected a string, found null"#);
    }

    #[test]
    fn long_text_is_shortened() {
        let error = WireError::text("a date", &"é".repeat(5000));
        assert!(error.found().len() < 200, "{}", error.found());
    }
}
