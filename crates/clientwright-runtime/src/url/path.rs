//! Expands a path template.
//!
//! In: the template, and the encoded text of each parameter. Out: the path, each segment after a slash, and the template's
//! own query. Never happens: a segment of `.`, `..` or nothing made from parameters: encoding cannot help, since servers
//! and proxies remove such segments also when they are percent-encoded.

use std::borrow::Cow;

use crate::parameter::percent;

/// Why a template has no path for these parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PathError<'a> {
    /// The parameter has no value.
    Missing(&'a str),
    /// The segment with the parameter is empty, `.` or `..`.
    Segment(&'a str),
}

/// Adds the path of `template` to `path`, where `value` gives the encoded text of a parameter; gives the template's query.
pub(crate) fn expand<'a>(
    template: &'a str,
    value: &dyn Fn(&str) -> Option<&'a str>,
    path: &mut String,
) -> Result<String, PathError<'a>> {
    let (segments, query) = cut(template, b"?#").map_or((template, ""), |(path, rest)| (path, own_query(rest)));
    let mut rest = Some(segments.trim_start_matches('/'));
    while let Some(segments) = rest {
        let (segment, further) = cut(segments, b"/").map_or((segments, None), |(start, end)| (start, end.get(1..)));
        path.push('/');
        expand_segment(segment, value, path)?;
        rest = further;
    }
    Ok(percent::literal_query(query))
}

/// The query that a template has itself, where its path is followed by this.
fn own_query(rest: &str) -> &str {
    let query = rest.strip_prefix('?').unwrap_or_default();
    query.split('#').next().unwrap_or_default()
}

/// The text before the first of these bytes of ASCII, and the rest that begins with it. Templates are short: to look at each
/// byte takes less than the search that `split_once` prepares.
fn cut<'a>(text: &'a str, bytes: &[u8]) -> Option<(&'a str, &'a str)> {
    text.split_at_checked(text.bytes().position(|byte| bytes.contains(&byte))?)
}

/// Whether a segment is `.` or `..`, also percent-encoded (WHATWG URL, "single-dot" and "double-dot URL path segment").
pub(super) fn is_dots(segment: &str) -> bool {
    // Nothing that begins otherwise, or is longer, is one of them.
    if !segment.starts_with(['.', '%']) || segment.len() > "%2e%2e".len() {
        return false;
    }
    let decoded: Cow<'_, str> = percent_encoding::percent_decode_str(segment).decode_utf8_lossy();
    matches!(decoded.as_ref(), "." | "..")
}

fn expand_segment<'a>(
    segment: &'a str,
    value: &dyn Fn(&str) -> Option<&'a str>,
    path: &mut String,
) -> Result<(), PathError<'a>> {
    let start = path.len();
    let mut rest = segment;
    let mut last = None;
    while let Some((literal, after)) = cut(rest, b"{") {
        let Some((name, after)) = after.get(1..).and_then(|after| after.split_once('}')) else { break };
        percent::push_literal(path, literal);
        path.push_str(value(name).ok_or(PathError::Missing(name))?);
        last = Some(name);
        rest = after;
    }
    percent::push_literal(path, rest);
    let expanded = path.get(start..).unwrap_or_default();
    let empty = last.is_some() && expanded.is_empty();
    if empty || is_dots(expanded) {
        return Err(PathError::Segment(last.unwrap_or(segment)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(template: &'static str, values: &[(&str, &'static str)]) -> Result<String, PathError<'static>> {
        let value = |name: &str| values.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        let mut path = String::new();
        let query = expand(template, &value, &mut path)?;
        Ok(if query.is_empty() { path } else { format!("{path}?{query}") })
    }

    #[test]
    fn templates_expand() {
        assert_eq!(path("/a/{x}/b", &[("x", "1")]).unwrap(), "/a/1/b");
        assert_eq!(path("/a{x}-{y}.json", &[("x", "1"), ("y", "2")]).unwrap(), "/a1-2.json");
        assert_eq!(path("a b/{x}", &[("x", "..a")]).unwrap(), "/a%20b/..a");
        assert_eq!(path("/pets/", &[]).unwrap(), "/pets/");
        assert_eq!(path("/", &[]).unwrap(), "/");
        assert_eq!(path("/a?action=list#2", &[]).unwrap(), "/a?action=list");
        assert_eq!(path("/{a/{b}", &[("b", "2")]).unwrap(), "/%7Ba/2");
        assert_eq!(path("//evil/{x}", &[("x", "1")]).unwrap(), "/evil/1");
    }

    #[test]
    fn segments_that_would_disappear_are_refused() {
        for value in ["", ".", "..", "%2E", "%2e%2E", ".%2e"] {
            assert_eq!(path("/a/{x}/b", &[("x", value)]), Err(PathError::Segment("x")), "{value}");
        }
        assert_eq!(path("/a/{x}{y}", &[("x", "."), ("y", ".")]), Err(PathError::Segment("y")));
        assert_eq!(path("/a/.{x}", &[("x", ".")]), Err(PathError::Segment("x")));
        assert_eq!(path("/a/../{x}", &[("x", "1")]), Err(PathError::Segment("..")));
        assert_eq!(path("/a/{x}", &[]), Err(PathError::Missing("x")));
    }
}
