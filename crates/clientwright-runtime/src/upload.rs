//! What is sent and need not be in memory.
//!
//! In: bytes, the path of a file, a reader, or a stream of chunks. Out: a body for each attempt, with its length where that is
//! known. Never happens: what can be read only once sent a second time; a body longer or shorter than was said of it.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;

use crate::body::Body;
use crate::file::FileError;
use crate::transport::TransportError;

/// The bytes of a body or of a file within one: in memory, or from a file, a reader or a stream while they are sent.
///
/// Anything that is bytes makes one, so whatever takes one takes `Vec<u8>`, [`Bytes`] or text as well:
///
/// ```
/// use clientwright_runtime::Upload;
///
/// let whole = Upload::from(vec![1, 2, 3]);
/// assert_eq!(whole.as_bytes().map(|bytes| bytes.len()), Some(3));
///
/// // opened when it is sent, and once more for each further attempt
/// let file = Upload::path("holiday.mp4");
///
/// // read once: such a request is not repeated
/// let reader = Upload::reader(std::io::repeat(0)).length(1 << 30);
/// # let _ = (file, reader);
/// ```
#[derive(Clone)]
pub struct Upload(Kind);

#[derive(Clone)]
enum Kind {
    Bytes(Bytes),
    Path(Arc<Path>),
    Once(Arc<Mutex<Option<Body>>>, Option<u64>),
    /// One after the other.
    Several(Arc<[Upload]>),
}

/// Why there is no body for an attempt.
pub(crate) enum NotOpened {
    File(FileError),
    /// It was read by an attempt before.
    Spent,
}

impl Upload {
    /// A file, which is opened when it is sent, and once more for each further attempt.
    #[must_use]
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self(Kind::Path(path.into().into()))
    }

    /// What a reader gives. It is read once, so that the request is not repeated once it was sent; calls that do not block read
    /// it where blocking is no harm.
    #[must_use]
    pub fn reader(reader: impl io::Read + Send + 'static) -> Self {
        Self::once(Body::reader(reader))
    }

    /// Chunks as they come, for calls that do not block. They are read once, so that the request is not repeated once it was
    /// sent.
    #[must_use]
    pub fn stream(chunks: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Self {
        Self::once(Body::stream(Chunks(Box::pin(chunks))))
    }

    /// Says how many bytes a reader or a stream gives, which the server is told. Without it the body is sent in chunks, which
    /// some servers refuse. Where more or fewer come, the request breaks off.
    #[must_use]
    pub fn length(self, length: u64) -> Self {
        match self.0 {
            Kind::Once(body, _) => Self(Kind::Once(body, Some(length))),
            known @ (Kind::Bytes(_) | Kind::Path(_) | Kind::Several(_)) => Self(known),
        }
    }

    /// The bytes, where they are in memory.
    #[must_use]
    pub const fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Kind::Bytes(bytes) => Some(bytes),
            Kind::Path(_) | Kind::Once(..) | Kind::Several(_) => None,
        }
    }

    pub(crate) fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self(Kind::Bytes(bytes.into()))
    }

    pub(crate) fn several(pieces: Vec<Self>) -> Self {
        Self(Kind::Several(pieces.into()))
    }

    /// Whether it can be sent once more.
    pub(crate) fn is_repeatable(&self) -> bool {
        match &self.0 {
            Kind::Bytes(_) | Kind::Path(_) => true,
            Kind::Once(..) => false,
            Kind::Several(pieces) => pieces.iter().all(Self::is_repeatable),
        }
    }

    /// Whether an attempt has read what cannot be read again.
    pub(crate) fn is_spent(&self) -> bool {
        match &self.0 {
            Kind::Bytes(_) | Kind::Path(_) => false,
            Kind::Once(body, _) => body.lock().unwrap_or_else(PoisonError::into_inner).is_none(),
            Kind::Several(pieces) => pieces.iter().any(Self::is_spent),
        }
    }

    /// The body of an attempt, and its length.
    pub(crate) fn open(&self) -> Result<(Body, Option<u64>), NotOpened> {
        match &self.0 {
            Kind::Bytes(bytes) => Ok((Body::bytes(bytes.clone()), Some(bytes.len() as u64))),
            Kind::Path(path) => {
                let read = |error| NotOpened::File(FileError::new(path, "read", error));
                let file = File::open(path).map_err(read)?;
                // What is written to it meanwhile belongs to another request.
                Ok(match length(&file).map_err(read)? {
                    Some(length) => (Body::reader(file.take(length)).exactly(length), Some(length)),
                    None => (Body::reader(file), None),
                })
            }
            Kind::Once(body, length) => {
                let body = body.lock().unwrap_or_else(PoisonError::into_inner).take();
                body.map(|body| (exactly(body, *length), *length)).ok_or(NotOpened::Spent)
            }
            Kind::Several(pieces) => {
                let (mut bodies, mut whole) = (Vec::with_capacity(pieces.len()), Some(0_u64));
                for piece in &**pieces {
                    let (body, length) = piece.open()?;
                    bodies.push(body);
                    whole = whole.zip(length).and_then(|(whole, length)| whole.checked_add(length));
                }
                Ok((Body::several(bodies), whole))
            }
        }
    }

    fn once(body: Body) -> Self {
        Self(Kind::Once(Arc::new(Mutex::new(Some(body))), None))
    }
}

/// How long a file is; devices and pipes do not say it.
fn length(file: &File) -> io::Result<Option<u64>> {
    let known = file.metadata()?;
    Ok(known.is_file().then_some(known.len()))
}

fn exactly(body: Body, length: Option<u64>) -> Body {
    match length {
        Some(length) => body.exactly(length),
        None => body,
    }
}

/// A caller's chunks.
struct Chunks(std::pin::Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>);

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map(|chunk| chunk.map(|chunk| chunk.map_err(TransportError::other)))
    }
}

impl PartialEq for Upload {
    /// Whether both send the same for certain: the same bytes, the same path, or one and the same reader.
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Kind::Bytes(one), Kind::Bytes(other)) => one == other,
            (Kind::Path(one), Kind::Path(other)) => one == other,
            (Kind::Once(one, _), Kind::Once(other, _)) => Arc::ptr_eq(one, other),
            (Kind::Several(one), Kind::Several(other)) => one == other,
            (Kind::Bytes(_) | Kind::Path(_) | Kind::Once(..) | Kind::Several(_), _) => false,
        }
    }
}

impl Eq for Upload {}

impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Bytes(bytes) => write!(formatter, "{} bytes", bytes.len()),
            Kind::Path(path) => write!(formatter, "the file {}", path.display()),
            Kind::Once(_, Some(length)) => write!(formatter, "{length} bytes that are read once"),
            Kind::Once(_, None) => formatter.write_str("bytes that are read once"),
            Kind::Several(pieces) => formatter.debug_list().entries(&**pieces).finish(),
        }
    }
}

impl From<File> for Upload {
    /// The rest of a file. It is read once; see [`Upload::path`] for one that can be sent again.
    fn from(file: File) -> Self {
        Self::reader(file)
    }
}

macro_rules! from_bytes {
    ($($bytes:ty),*) => {
        $(impl From<$bytes> for Upload {
            fn from(bytes: $bytes) -> Self {
                Self::bytes(bytes)
            }
        })*
    };
}

from_bytes!(Bytes, Vec<u8>, String, Box<[u8]>, &'static [u8], &'static str);

impl<const N: usize> From<&'static [u8; N]> for Upload {
    fn from(bytes: &'static [u8; N]) -> Self {
        Self::bytes(bytes.as_slice())
    }
}
