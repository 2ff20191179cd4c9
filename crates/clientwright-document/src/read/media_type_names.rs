//! Names of media types.
//!
//! In: the keys under `content`. Out: media types; what is none and can mean only one is read as that. Never: a name
//! changed that is a media type, or has no sensible reading.

use super::context::Reader;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::source::NodeRef;

/// What people write, and what they mean.
const MEANT: &[(&str, &str)] = &[
    ("json", "application/json"),
    ("application-json", "application/json"),
    ("application/form", "application/x-www-form-urlencoded"),
    ("application/form-data", "multipart/form-data"),
    ("application/multipart-form-data", "multipart/form-data"),
    ("application/text", "text/plain"),
    ("binary", "application/octet-stream"),
    ("form-data", "multipart/form-data"),
    ("html", "text/html"),
    ("multipart", "multipart/form-data"),
    ("multipart/data", "multipart/form-data"),
    ("plain", "text/plain"),
    ("text", "text/plain"),
    ("xml", "application/xml"),
];

impl<'a> Reader<'a> {
    /// The media type that a key of `content` names.
    pub(super) fn media_type_name(&mut self, name: &str, node: NodeRef<'a>) -> String {
        let tidy = name.trim().trim_end_matches([';', ',']).trim_end();
        let lower = tidy.to_ascii_lowercase();
        let meant = MEANT.iter().find(|(written, _)| *written == lower).map_or(tidy, |(_, meant)| *meant);
        if meant == name && is_media_type(name) {
            return name.to_owned();
        }
        let diagnostic = Diagnostic::new(Code::InvalidMediaType, format!("{} is no media type", quoted(name)));
        let (label, help) = if is_media_type(meant) {
            (format!("read as {}", quoted(meant)), format!("write {}", quoted(meant)))
        } else {
            ("expected one such as `application/json`; taken as it is".to_owned(), "correct the name".to_owned())
        };
        self.report(diagnostic.at(node.at().key(), label).help(help));
        if is_media_type(meant) { meant.to_owned() } else { name.to_owned() }
    }
}

/// Whether a text has the form of a media type or of a range of them (RFC 9110, sections 8.3.1 and 12.5.1).
fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let is_token = |token: &str| {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        !token.is_empty() && token.bytes().all(known)
    };
    essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

#[cfg(test)]
mod tests {
    use super::is_media_type;

    #[test]
    fn media_types_have_two_parts() {
        for good in ["application/json", "*/*", "text/plain; charset=utf-8", "application/vnd.a+json;version=\"1\""] {
            assert!(is_media_type(good), "{good}");
        }
        for bad in ["", "json", "a/", "/b", "a/b/c", "a b/c", "application/json, text/plain"] {
            assert!(!is_media_type(bad), "{bad}");
        }
    }
}
