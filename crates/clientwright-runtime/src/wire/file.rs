//! A file within a body of several parts.
//!
//! In: bytes or what gives them, and what a caller says of them. Out: the same for a writer that knows files (`multipart/form-data`); for
//! others its text. Never happens: bytes that are no text changed to fit a place that holds only text.

use std::fmt;
use std::path::PathBuf;

use bytes::Bytes;

use super::{Decode, Encode, Reader, Result, WireError, Writer};
use crate::upload::Upload;

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
///
/// let video = FilePart::path("videos/holiday.mp4");
/// assert_eq!(video.name.as_deref(), Some("holiday.mp4"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    content: Upload,
    /// What the file is called; where this is not said, the server is told the name of the part, since many take a part
    /// for a file only if it has a file name. What would break the part's head is percent-encoded.
    pub name: Option<String>,
    /// What the bytes are: `image/png`. It may be left out where the API's document names one media type, or none.
    pub media_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
}

impl FilePart {
    /// A file without a name and a media type of its own: bytes in memory, or an [`Upload`].
    #[must_use]
    pub fn new(content: impl Into<Upload>) -> Self {
        Self { content: content.into(), name: None, media_type: None, headers: Vec::new() }
    }

    /// A file of the system, by its own name. It is opened when it is sent, and once more for each further attempt.
    #[must_use]
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { name, ..Self::new(Upload::path(path)) }
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

    /// The bytes, where they are in memory.
    #[must_use]
    pub const fn as_bytes(&self) -> Option<&Bytes> {
        self.content.as_bytes()
    }

    pub(crate) const fn content(&self) -> &Upload {
        &self.content
    }

    /// The bytes as text, for places that hold nothing else.
    pub(crate) fn text(&self) -> Result<&str> {
        let expected = "a file of text in memory, as nothing else can stand here";
        let bytes = self.content.as_bytes().ok_or_else(|| WireError::new(expected, format!("{:?}", self.content)))?;
        std::str::from_utf8(bytes).map_err(|_| WireError::new(expected, "other bytes"))
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("FilePart");
        shown.field("name", &self.name).field("media_type", &self.media_type);
        shown.field("content", &self.content).finish_non_exhaustive()
    }
}

impl From<Upload> for FilePart {
    fn from(content: Upload) -> Self {
        Self::new(content)
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
