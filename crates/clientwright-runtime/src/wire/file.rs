//! A file within a body of several parts.
//!
//! In: bytes, and what a caller says of them. Out: the same for a writer that knows files (`multipart/form-data`); for
//! others its text. Never happens: bytes that are no text changed to fit a place that holds only text.

use std::fmt;

use bytes::Bytes;

use super::{Decode, Encode, Reader, Result, WireError, Writer};

/// A part of a body that is a file: its bytes, and the name and the media type that the server is told.
///
/// Anything that is bytes makes one, so setters and constructors take `Vec<u8>` or [`Bytes`] as well:
///
/// ```
/// use clientwright_runtime::FilePart;
///
/// let photo = FilePart::new(vec![0xff, 0xd8]).name("me.jpeg").media_type("image/jpeg");
/// assert_eq!(photo.as_bytes().map(|bytes| bytes.len()), Some(2));
/// assert_eq!(FilePart::from(vec![1_u8]).name, None);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    content: Bytes,
    /// What the file is called; where this is not said, the server is told the name of the part, since many take a part
    /// for a file only if it has a file name. What would break the part's head is percent-encoded.
    pub name: Option<String>,
    /// What the bytes are: `image/png`. It may be left out where the API's document names one media type, or none.
    pub media_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
}

impl FilePart {
    /// A file without a name and a media type of its own.
    #[must_use]
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self { content: bytes.into(), name: None, media_type: None, headers: Vec::new() }
    }

    /// Says what the file is called.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Says what the bytes are: `image/png`.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Adds a header to the part.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The bytes, where they are in memory; today they always are.
    #[must_use]
    pub const fn as_bytes(&self) -> Option<&Bytes> {
        Some(&self.content)
    }

    pub(crate) const fn content(&self) -> &Bytes {
        &self.content
    }

    /// The bytes as text, for places that hold nothing else.
    pub(crate) fn text(&self) -> Result<&str> {
        std::str::from_utf8(&self.content)
            .map_err(|_| WireError::new("a file of text, as nothing else can stand here", "other bytes"))
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("FilePart");
        shown.field("name", &self.name).field("media_type", &self.media_type);
        shown.field("content", &format_args!("{} bytes", self.content.len())).finish_non_exhaustive()
    }
}

impl From<Bytes> for FilePart {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&'static [u8]> for FilePart {
    fn from(bytes: &'static [u8]) -> Self {
        Self::new(bytes)
    }
}

impl<const N: usize> From<&'static [u8; N]> for FilePart {
    fn from(bytes: &'static [u8; N]) -> Self {
        Self::new(bytes.as_slice())
    }
}

impl Encode for FilePart {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.file(self)
    }
}

/// What is a file in one body may be text in another.
impl Decode for FilePart {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        reader.string().map(|text| Self::new(text.into_owned()))
    }
}
