//! The URL of the server.
//!
//! In: text. Out: scheme, host, port and the segments that all paths are put under. Never happens: a query, a fragment
//! or a user's name in it.

use std::fmt;

use http::uri::{Authority, PathAndQuery, Scheme};

/// How long a URL may be, which [`http::Uri`] checks only where it reads the whole of one.
const MAX_LENGTH: usize = u16::MAX as usize - 1;

/// The URL of a server, checked: `http` or `https`, a host, perhaps a port and a path.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    /// Without a slash at the end; empty or starting with one.
    path: String,
}

impl BaseUrl {
    /// Reads the URL of a server; the error says what is wrong, without repeating the text.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://").ok_or("it is not absolute (`https://host/path`)")?;
        let scheme = match scheme.to_ascii_lowercase().as_str() {
            "http" => Scheme::HTTP,
            "https" => Scheme::HTTPS,
            _ => return Err("its scheme is neither `http` nor `https`"),
        };
        if rest.contains(['?', '#']) {
            return Err("it has a query or a fragment");
        }
        let (authority, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
        let path = path.trim_end_matches('/');
        if path.split('/').skip(1).any(|segment| segment.is_empty() || super::path::is_dots(segment)) {
            return Err("its path has an empty, `.` or `..` segment");
        }
        let authority = check_authority(authority)?.try_into().map_err(|_| "it is not a URL")?;
        let base = Self { scheme, authority, path: crate::parameter::percent::literal(path) };
        match base.to_string().parse::<http::Uri>() {
            Ok(uri) if uri.host().is_some_and(|host| !host.is_empty()) => Ok(base),
            Ok(_) | Err(_) => Err("it is not a URL"),
        }
    }

    /// Whether requests go over TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    /// The server at `url`, which is absolute or a path at this server's origin.
    pub(crate) fn resolve(&self, url: &str) -> Result<Self, &'static str> {
        if url.starts_with('/') && !url.starts_with("//") {
            return Self::parse(&format!("{}://{}{url}", self.scheme, self.authority));
        }
        Self::parse(url)
    }

    /// The path that all paths are put under, without a slash at its end.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The URL of `target` (path and query, encoded, the path starting with that of the server) at this server.
    pub(crate) fn at(&self, target: String) -> Option<http::Uri> {
        let start = self.scheme.as_str().len() + "://".len() + self.authority.as_str().len();
        if !target.starts_with('/') || start + target.len() > MAX_LENGTH {
            return None;
        }
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(PathAndQuery::try_from(target).ok()?);
        http::Uri::from_parts(parts).ok()
    }
}

/// Whether two absolute URLs have the same scheme, host and port (RFC 6454, section 5).
pub(crate) fn same_origin(one: &http::Uri, other: &http::Uri) -> bool {
    origin(one).is_some_and(|origin_of_one| origin(other) == Some(origin_of_one))
}

/// Scheme, host in lower case, and port, of an absolute URL.
fn origin(uri: &http::Uri) -> Option<(String, String, u16)> {
    let scheme = uri.scheme_str()?.to_ascii_lowercase();
    let port = match (uri.port_u16(), scheme.as_str()) {
        (Some(port), _) => port,
        (None, "http") => 80,
        (None, "https") => 443,
        (None, _) => return None,
    };
    if uri.authority()?.as_str().contains('@') {
        return None;
    }
    Some((scheme, uri.host()?.to_ascii_lowercase(), port))
}

fn check_authority(authority: &str) -> Result<String, &'static str> {
    if authority.contains('@') {
        return Err("it holds a user's name: give credentials to the builder instead");
    }
    if authority.is_empty() || authority.starts_with(':') {
        return Err("it has no host");
    }
    let in_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:[]".contains(&byte);
    if !authority.bytes().all(in_host) {
        return Err("its host has a character that hosts do not have (write international names as `xn--…`)");
    }
    let port = authority.rsplit_once(']').map_or(authority, |(_, port)| port).rsplit_once(':');
    if port.is_some_and(|(_, port)| port.parse::<u16>().is_err()) {
        return Err("its port is not a number from 0 to 65535");
    }
    Ok(authority.to_ascii_lowercase())
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}{}", self.scheme, self.authority, self.path)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_the_server_is_kept() {
        for base in ["https://x/api/v1", "https://x/api/v1/", "HTTPS://X/api/v1//"] {
            let base = BaseUrl::parse(base).unwrap();
            assert_eq!(base.path(), "/api/v1");
            assert_eq!(base.at("/api/v1/pets?a=b".into()).unwrap().to_string(), "https://x/api/v1/pets?a=b");
        }
        let base = BaseUrl::parse("http://[::1]:80").unwrap();
        assert_eq!(base.at("/a".into()).unwrap().to_string(), "http://[::1]:80/a");
    }

    #[test]
    fn servers_resolve_at_another() {
        let base = BaseUrl::parse("https://x/api/v1").unwrap();
        let resolved = |url: &str| base.resolve(url).map(|base| base.to_string());
        assert_eq!(resolved("/v2").unwrap(), "https://x/v2");
        assert_eq!(resolved("/").unwrap(), "https://x");
        assert_eq!(resolved("https://y/v2").unwrap(), "https://y/v2");
        assert!(resolved("//evil/v2").is_err() && resolved("v2").is_err());
    }

    #[test]
    fn what_is_no_server_is_refused() {
        for text in [
            "",
            "/v1",
            "//x",
            "x.com",
            "ftp://x",
            "https://",
            "https:///a",
            "https://:80",
            "https://user@x",
            "https://a:b@x",
            "https://x?a",
            "https://x/a#b",
            "https://x:port",
            "https://x:99999",
            "https://x y",
            "https://x\\y",
            "https://x/a/../b",
            "https://x/%2E%2e/b",
            "https://x//a",
            "https://{region}.x",
        ] {
            assert!(BaseUrl::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn no_path_leaves_the_origin() {
        let base = BaseUrl::parse("https://x").unwrap();
        for path in ["//evil/x", "/@evil", "/\\\\evil", "/%2F%2Fevil"] {
            if let Some(uri) = base.at(path.to_owned()) {
                assert_eq!(uri.to_string().parse::<http::Uri>().unwrap().host(), Some("x"), "{path}");
            }
        }
        for path in ["", "@evil", ".evil", ":80@evil", "?a"] {
            assert!(base.at(path.to_owned()).is_none(), "{path}");
        }
    }

    #[test]
    fn a_url_is_as_long_as_http_allows() {
        let base = BaseUrl::parse("https://x").unwrap();
        let url = |length: usize| format!("https://x/{}", "a".repeat(length - "https://x/".len()));
        for length in [MAX_LENGTH - 1, MAX_LENGTH, MAX_LENGTH + 1] {
            let target = url(length).split_off("https://x".len());
            assert_eq!(base.at(target), url(length).parse().ok(), "{length}");
        }
    }
}
