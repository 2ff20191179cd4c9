//! Resolves the `Location` of a redirect (RFC 9110, section 10.2.2; RFC 3986, section 5).
//!
//! In: the URL that was asked for, and the reference. Out: the URL it names, without its fragment. Never happens: a URL
//! at another origin.

use super::base::same_origin;

/// The URL that `location` names, seen from `from`; `None` where it names another origin or cannot be read.
pub(crate) fn resolve(from: &http::Uri, location: &str) -> Option<http::Uri> {
    let location = location.trim().split('#').next().unwrap_or_default();
    if location.bytes().any(|byte| byte.is_ascii_control() || byte == b'\\' || byte == b' ') {
        return None;
    }
    let start = format!("{}://{}", from.scheme_str()?, from.authority()?);
    let text = match location.strip_prefix("//") {
        Some(rest) => format!("{}://{rest}", from.scheme_str()?),
        None if has_scheme(location) => location.to_owned(),
        None => format!("{start}{}", target(from, location)),
    };
    let uri: http::Uri = text.parse().ok()?;
    same_origin(from, &uri).then_some(uri)
}

fn has_scheme(location: &str) -> bool {
    let scheme = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    location.split_once(':').is_some_and(|(start, _)| !start.is_empty() && scheme(start))
}

/// Path and query of a reference without scheme and authority.
fn target(from: &http::Uri, location: &str) -> String {
    let (path, query) = location.find('?').map_or((location, ""), |mark| location.split_at(mark));
    if path.is_empty() {
        let own = from.query().map(|query| format!("?{query}")).unwrap_or_default();
        let query = if query.is_empty() { own } else { query.to_owned() };
        return format!("{}{query}", from.path());
    }
    let merged = match path.strip_prefix('/') {
        Some(_) => path.to_owned(),
        None => format!("{}/{path}", from.path().rsplit_once('/').map_or("", |(folder, _)| folder)),
    };
    format!("{}{query}", without_dots(&merged))
}

/// RFC 3986, section 5.2.4.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if segments.peek().is_none() {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_resolve_within_the_origin() {
        let from: http::Uri = "https://x.org/a/b?c=d".parse().unwrap();
        for (location, expected) in [
            ("/p", "https://x.org/p"),
            ("p?q#f", "https://x.org/a/p?q"),
            ("../p/", "https://x.org/p/"),
            ("../../../p", "https://x.org/p"),
            ("./", "https://x.org/a/"),
            ("..", "https://x.org/"),
            ("?q", "https://x.org/a/b?q"),
            ("", "https://x.org/a/b?c=d"),
            ("//x.org/p", "https://x.org/p"),
            ("https://X.ORG:443/p", "https://X.ORG:443/p"),
        ] {
            assert_eq!(resolve(&from, location).map(|uri| uri.to_string()).as_deref(), Some(expected), "{location}");
        }
    }

    #[test]
    fn other_origins_are_not_resolved() {
        let from: http::Uri = "https://x.org/a/b".parse().unwrap();
        for location in [
            "http://x.org/",
            "https://x.org:8443/",
            "//evil.org/",
            "https://x.org@evil.org/",
            "https://x.org.evil.org/",
            "https:evil.org",
            "https:/evil.org",
            "javascript:alert(1)",
            "/\\evil.org",
            "\\\\evil.org",
            "/a\nb",
        ] {
            assert_eq!(resolve(&from, location), None, "{location}");
        }
    }
}
