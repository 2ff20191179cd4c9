//! What is read from an answer's body.
//!
//! In: a [`Reply`]. Out: the value, or why not: another media type, or a body that does not match. Never happens: an HTML
//! page read as text where JSON is documented; a body refused because the answer does not name its media type.

mod envelope;

use bytes::Bytes;

use crate::reply::Reply;
use crate::wire::{Decode, WireError};

/// Reads the body of an answer; [`json`], [`nothing`], [`json_or_nothing`], [`text`], [`bytes`](fn@bytes), [`by_status`].
pub type Decoder<T> = fn(&Reply) -> Result<T, Mismatch>;

/// Why a body cannot be read as what is documented.
#[derive(Clone, Debug)]
pub struct Mismatch(Option<WireError>);

impl Mismatch {
    /// It is of another media type.
    #[must_use]
    pub const fn media_type() -> Self {
        Self(None)
    }

    pub(crate) fn into_wire(self) -> Option<WireError> {
        self.0
    }
}

impl From<WireError> for Mismatch {
    fn from(error: WireError) -> Self {
        Self(Some(error))
    }
}

/// The successes of an operation that documents several; implemented with [`success!`](crate::success).
pub trait Success: Sized {
    /// Reads the success that the answer's status stands for; the first documented one where the status is none of them.
    ///
    /// # Errors
    ///
    /// Fails where the body is not what is documented.
    fn decode(reply: &Reply) -> Result<Self, Mismatch>;
}

/// JSON: `application/json`, `text/json` or any type that ends in `+json` (RFC 6839, section 3.1), with any parameters.
///
/// # Errors
///
/// Fails on another media type, and where the body does not match.
pub fn json<T: Decode>(reply: &Reply) -> Result<T, Mismatch> {
    Ok(crate::wire::json::from_slice(json_bytes(reply)?)?)
}

/// JSON, or `None` where there is no body (204, 205).
///
/// # Errors
///
/// As [`json`].
pub fn json_or_nothing<T: Decode>(reply: &Reply) -> Result<Option<T>, Mismatch> {
    if reply.body().is_empty() { Ok(None) } else { json(reply).map(Some) }
}

/// XML: `application/xml`, `text/xml` or any type that ends in `+xml` (RFC 7303, section 4.2), with any parameters.
///
/// # Errors
///
/// Fails on another media type, and where the body does not match.
#[cfg(feature = "xml")]
pub fn xml<T: Decode>(reply: &Reply) -> Result<T, Mismatch> {
    Ok(crate::wire::xml::from_slice(bytes_of(reply, &["application/xml", "text/xml"], "+xml")?)?)
}

/// XML, or `None` where there is no body (204, 205).
///
/// # Errors
///
/// As [`xml`].
#[cfg(feature = "xml")]
pub fn xml_or_nothing<T: Decode>(reply: &Reply) -> Result<Option<T>, Mismatch> {
    if reply.body().is_empty() { Ok(None) } else { xml(reply).map(Some) }
}

/// A member of JSON, at the way that the operation states with [`Operation::envelope`](crate::Operation::envelope).
///
/// # Errors
///
/// As [`json`], and where the member is missing.
pub fn enveloped<T: Decode>(reply: &Reply) -> Result<T, Mismatch> {
    let mut found = None;
    crate::wire::json::read(json_bytes(reply)?, &mut |reader| {
        envelope::open(reader, reply.envelope(), &mut |reader| {
            found = Some(T::decode(reader)?);
            Ok(())
        })
    })?;
    found.ok_or_else(|| WireError::new(format!("the member `{}`", reply.envelope().join(".")), "none").into())
}

/// The same, or `None` where there is no body (204, 205).
///
/// # Errors
///
/// As [`enveloped`].
pub fn enveloped_or_nothing<T: Decode>(reply: &Reply) -> Result<Option<T>, Mismatch> {
    if reply.body().is_empty() { Ok(None) } else { enveloped(reply).map(Some) }
}

/// Nothing: the body, if there is one, is ignored.
///
/// # Errors
///
/// None.
pub fn nothing(_reply: &Reply) -> Result<(), Mismatch> {
    Ok(())
}

/// Text in UTF-8, of a media type that the operation accepts.
///
/// # Errors
///
/// Fails on another media type, and on bytes that are not UTF-8.
pub fn text(reply: &Reply) -> Result<String, Mismatch> {
    let bytes = bytes(reply)?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let found = format!("another byte at {}", error.valid_up_to());
            Err(WireError::new("text in UTF-8", found).into())
        }
    }
}

/// The bytes, of a media type that the operation accepts or `application/octet-stream`.
///
/// # Errors
///
/// Fails on another media type.
pub fn bytes(reply: &Reply) -> Result<Bytes, Mismatch> {
    let agrees = |media_type: &str| media_type == "application/octet-stream" || reply.accepts(media_type);
    match reply.media_type() {
        Some(media_type) if !agrees(&media_type) => Err(Mismatch::media_type()),
        Some(_) | None => Ok(reply.body().clone()),
    }
}

/// One of several successes.
///
/// # Errors
///
/// Fails where the body is not what is documented for the status.
pub fn by_status<T: Success>(reply: &Reply) -> Result<T, Mismatch> {
    T::decode(reply)
}

fn json_bytes(reply: &Reply) -> Result<&Bytes, Mismatch> {
    bytes_of(reply, &["application/json", "text/json"], "+json")
}

/// The body, if it is of one of some media types or of one with this suffix, or does not say what it is.
fn bytes_of<'a>(reply: &'a Reply, names: &[&str], suffix: &str) -> Result<&'a Bytes, Mismatch> {
    let ends = |media_type: &str| {
        let start = media_type.len().checked_sub(suffix.len());
        start.and_then(|start| media_type.get(start..)).is_some_and(|found| found.eq_ignore_ascii_case(suffix))
    };
    let is_known = |media_type: &str| names.iter().any(|name| media_type.eq_ignore_ascii_case(name));
    match reply.essence() {
        Some(media_type) if !is_known(media_type) && !ends(media_type) && !reply.body().is_empty() => {
            Err(Mismatch::media_type())
        }
        Some(_) | None => Ok(reply.body()),
    }
}

/// Shows the start of a value's `Debug` on one line, for the `Display` of failures.
#[doc(hidden)]
pub fn show(value: &dyn std::fmt::Debug, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    formatter.write_str(&crate::error::excerpt(format!("{value:?}").as_bytes()))
}
