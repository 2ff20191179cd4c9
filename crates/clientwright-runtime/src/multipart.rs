//! Bodies of several parts: `multipart/form-data` (RFC 7578), `multipart/mixed` and others (RFC 2046, section 5.1).
//!
//! In: an object, and what is special about its members. Out: the body, and the media type with its boundary. Each
//! member is a part: text, a file, or JSON where it is nested; the elements of an array are parts of the same name.
//! Never happens: a name, a file name or a header that ends the line it stands in; a boundary that occurs in a part;
//! two bodies of the same value that differ, but for those with files that are not in memory.

use std::collections::BTreeSet;

use bytes::{BufMut, Bytes, BytesMut};
use http::{HeaderName, HeaderValue};

use crate::operation::{Parameter, Style};
use crate::parameter::{Collected, collect_files, deep};
use crate::part::Part;
use crate::random;
use crate::upload::Upload;
use crate::wire::{Encode, FilePart, PathSegment, Result, WireError, json};

/// The media type whose parts are the fields of a form.
pub(crate) const FORM_DATA: &str = "multipart/form-data";

/// The media type whose parts have no names, and whose first one refers to the others (RFC 2387).
const RELATED: &str = "multipart/related";

/// What every boundary begins with; 16 digits follow, so that no boundary is the beginning of another.
const BOUNDARY: &str = "clientwright-";
const DIGITS: usize = 16;

/// What a file is where no one says.
const UNKNOWN: &str = "application/octet-stream";

/// A part as it is sent.
struct Written {
    /// The headers, each with the end of its line.
    head: String,
    content: Upload,
}

impl Written {
    /// Leaves out the name: where parts have none, their order tells them apart.
    fn forget_name(&mut self) {
        let rest = self.head.split_once("\r\n").map(|(_, rest)| rest.to_owned()).unwrap_or_default();
        self.head = rest;
    }

    fn media_type(&self) -> &str {
        let stated = self.head.lines().find_map(|line| line.strip_prefix("Content-Type: "));
        stated.unwrap_or("text/plain")
    }
}

/// Writes an object as a body of this media type; gives the media type with its boundary, and the bytes.
pub(crate) fn write(media_type: &str, value: &dyn Encode, parts: &[Part]) -> Result<(String, Upload)> {
    let Collected::Object(members) = collect_files(value)? else {
        return Err(WireError::new("an object", "another value"));
    };
    let mut written = Vec::with_capacity(members.len());
    for (key, member) in members {
        let part = Part::find(parts, &key);
        add(&key, member, part, &mut written).map_err(|error| error.within(PathSegment::Key(key)))?;
    }
    let mut root = String::new();
    if media_type == RELATED {
        written.iter_mut().for_each(Written::forget_name);
        root = written.first().map(|first| format!("; type=\"{}\"", quoted(first.media_type()))).unwrap_or_default();
    }
    let boundary = boundary(&written);
    Ok((format!("{media_type}; boundary={boundary}{root}"), body(&written, &boundary)))
}

/// The parts with their boundary: in one piece, but for what is not in memory.
fn body(parts: &[Written], boundary: &str) -> Upload {
    let known = |part: &Written| part.content.as_bytes().map_or(0, Bytes::len);
    let size: usize = parts.iter().map(|part| part.head.len() + known(part) + boundary.len() + 8).sum();
    let mut piece = BytesMut::with_capacity(size + boundary.len() + 6);
    let mut before = Vec::new();
    for part in parts {
        for text in [b"--", boundary.as_bytes(), b"\r\n", part.head.as_bytes(), b"\r\n"] {
            piece.put_slice(text);
        }
        match part.content.as_bytes() {
            Some(bytes) => piece.put_slice(bytes),
            None => before.extend([Upload::bytes(piece.split().freeze()), part.content.clone()]),
        }
        piece.put_slice(b"\r\n");
    }
    for text in [b"--", boundary.as_bytes(), b"--\r\n"] {
        piece.put_slice(text);
    }
    let last = Upload::bytes(piece.freeze());
    if before.is_empty() {
        return last;
    }
    before.push(last);
    Upload::several(before)
}

/// Writes one member.
fn add(key: &str, member: Collected, part: Part, written: &mut Vec<Written>) -> Result<()> {
    if let Some(parameter) = part.as_parameter() {
        for (name, text) in styled(key, member, &parameter)? {
            written.push(Written { head: head(&name, None, None, part.fixed_headers()), content: text.into() });
        }
        return Ok(());
    }
    if let Collected::Array(items) = member {
        for (index, item) in items.into_iter().enumerate() {
            written.extend(single(key, item, part).map_err(|error| error.within(PathSegment::Index(index)))?);
        }
        return Ok(());
    }
    written.extend(single(key, member, part)?);
    Ok(())
}

/// Writes a member, or one element of it; null is not sent.
fn single(key: &str, item: Collected, part: Part) -> Result<Option<Written>> {
    let fixed = part.fixed_headers();
    Ok(Some(match item {
        Collected::Null => return Ok(None),
        Collected::File(file) => {
            let file_name = file.name.as_deref().unwrap_or(key);
            let mut head = head(key, Some(file_name), Some(media_type(&file, part)?), fixed);
            for (name, value) in &file.headers {
                head.push_str(&header(name, value)?);
            }
            Written { head, content: file.content().clone() }
        }
        Collected::Text(text) | Collected::Literal(text) if part.json().is_none() => {
            Written { head: head(key, None, part.only_media_type(), fixed), content: text.into() }
        }
        Collected::Text(_) | Collected::Literal(_) | Collected::Array(_) | Collected::Object(_) => {
            let media_type = part.json().unwrap_or("application/json");
            Written { head: head(key, None, Some(media_type), fixed), content: json::to_vec(&item)?.into() }
        }
    }))
}

/// The media type of a file: what the caller says, or the only one that the document names.
fn media_type(file: &FilePart, part: Part) -> Result<&str> {
    if let Some(media_type) = &file.media_type {
        return match HeaderValue::from_str(media_type) {
            Ok(_) if media_type.contains('/') => Ok(media_type),
            Ok(_) | Err(_) => Err(WireError::text("a media type, as `image/png`", media_type)),
        };
    }
    match part.media_types() {
        "" | "*/*" | "application/*" => Ok(UNKNOWN),
        several => part
            .only_media_type()
            .ok_or_else(|| WireError::new(format!("a file with a media type (`{several}`)"), "one without")),
    }
}

/// The headers of a part. A text without a media type is plain text in UTF-8.
fn head(name: &str, file_name: Option<&str>, media_type: Option<&str>, fixed: &[(&str, &str)]) -> String {
    let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
    if let Some(file_name) = file_name {
        head.extend(["; filename=\"", &quoted(file_name), "\""]);
    }
    head.push_str("\r\n");
    if let Some(media_type) = media_type {
        head.extend(["Content-Type: ", media_type, "\r\n"]);
    }
    for (name, value) in fixed {
        head.extend([*name, ": ", *value, "\r\n"]);
    }
    head
}

/// Text between quotes (HTML, "multipart/form-data encoding algorithm"): what could end it is percent-encoded. So are
/// the other control characters, and the backslash, which some servers take for the beginning of an escape.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_control() || matches!(character, '"' | '\\') {
            quoted.extend(["%", &format!("{:02X}", u32::from(character))]);
        } else {
            quoted.push(character);
        }
    }
    quoted
}

/// A header that a caller adds to a file.
fn header(name: &str, value: &str) -> Result<String> {
    let known = ["content-disposition", "content-type"].iter().any(|known| name.eq_ignore_ascii_case(known));
    if known || name.parse::<HeaderName>().is_err() {
        return Err(WireError::text("the name of a further header", name));
    }
    if HeaderValue::from_str(value).is_err() {
        return Err(WireError::text("the value of a header", value));
    }
    Ok(format!("{name}: {value}\r\n"))
}

/// A boundary that no part holds: the first number that none of them mentions, so that one look at each is enough.
fn boundary(parts: &[Written]) -> String {
    if parts.iter().any(|part| part.content.as_bytes().is_none()) {
        // Nobody knows what they hold, and nobody who makes them knows this.
        return format!("{BOUNDARY}{}", random::uuid());
    }
    let mut taken = BTreeSet::new();
    for bytes in parts.iter().filter_map(|part| part.content.as_bytes()) {
        let mentioned = bytes.windows(BOUNDARY.len() + DIGITS).filter_map(|window| {
            let digits = window.strip_prefix(BOUNDARY.as_bytes())?;
            u64::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        });
        taken.extend(mentioned);
    }
    // Numbers are as many as parts could not mention.
    let free = (0..u64::MAX).find(|number| !taken.contains(number)).unwrap_or(u64::MAX);
    format!("{BOUNDARY}{free:0DIGITS$x}")
}

/// A member in one of the styles of parameters, which decide names and texts here but encode nothing.
fn styled(key: &str, member: Collected, parameter: &Parameter) -> Result<Vec<(String, String)>> {
    let explode = parameter.explode;
    let delimiter = match parameter.style {
        Style::DeepObject => {
            let mut pairs = Vec::new();
            deep(key, member, parameter.lists, &|key| format!("[{key}]"), &mut pairs)?;
            return Ok(pairs);
        }
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        Style::TabDelimited => "\t",
        Style::Simple | Style::Label | Style::Matrix | Style::Form | Style::Cookie => ",",
    };
    let pairs = match member {
        Collected::Array(items) => {
            let mut texts = Vec::with_capacity(items.len());
            for (index, item) in items.into_iter().enumerate() {
                texts.extend(item.scalar(Some(PathSegment::Index(index)))?);
            }
            if explode || texts.is_empty() {
                texts.into_iter().map(|text| (key.to_owned(), text)).collect()
            } else {
                vec![(key.to_owned(), texts.join(delimiter))]
            }
        }
        Collected::Object(members) => {
            let mut pairs = Vec::with_capacity(members.len());
            for (inner, member) in members {
                let text = member.scalar(Some(PathSegment::Key(inner.clone())))?;
                pairs.extend(text.map(|text| (inner, text)));
            }
            if explode || pairs.is_empty() {
                pairs
            } else {
                let texts: Vec<_> = pairs.into_iter().flat_map(|(inner, text)| [inner, text]).collect();
                vec![(key.to_owned(), texts.join(delimiter))]
            }
        }
        Collected::Text(text) | Collected::Literal(text) => vec![(key.to_owned(), text)],
        Collected::Null => Vec::new(),
        Collected::File(_) => return Err(WireError::new("a value that a style can write", "a file")),
    };
    Ok(pairs)
}

#[cfg(test)]
mod tests;
