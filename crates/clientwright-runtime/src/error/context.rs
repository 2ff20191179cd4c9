//! What errors say of the request they belong to, and how they show what the server sent.
//!
//! In: method and URL; bytes and headers of an answer. Out: the URL without its secrets; at most [`EXCERPT`] bytes on one
//! line. Never happens: a control character, or the value of a cookie, in an error's text.

use std::fmt;

use http::header::{CONTENT_LOCATION, LINK, LOCATION, REFRESH, SET_COOKIE};

use crate::operation::Operation;
use crate::security::{SecurityScheme, secret_queries};

/// Most bytes of a body that an error shows.
pub(crate) const EXCERPT: usize = 300;

/// Query parameters whose values are not shown, in lower case, beside those of the API's own security schemes.
const SECRET: [&str; 12] = [
    "access_token",
    "api-key",
    "api_key",
    "apikey",
    "auth",
    "client_secret",
    "key",
    "password",
    "secret",
    "sig",
    "signature",
    "token",
];

/// The request that an error belongs to. Most calls succeed, so that its texts are made when they are asked for.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) method: http::Method,
    target: Target,
    /// Whether carrying the request out twice does no more than carrying it out once.
    pub(crate) repeatable: bool,
}

#[derive(Clone)]
enum Target {
    /// Where it goes, and the schemes whose credentials may stand in its query.
    Url(http::Uri, &'static [SecurityScheme]),
    /// The path of one that cannot be built.
    Template(&'static str),
}

impl Context {
    pub(crate) fn new(method: http::Method, uri: http::Uri, schemes: &'static [SecurityScheme]) -> Self {
        Self { repeatable: method.is_idempotent(), method, target: Target::Url(uri, schemes) }
    }

    /// What is known of a request that cannot be built.
    pub(crate) fn of(operation: &Operation) -> Self {
        let method = operation.method.to_http().unwrap_or_default();
        Self { repeatable: method.is_idempotent(), method, target: Target::Template(operation.template) }
    }

    pub(crate) fn path(&self) -> &str {
        match &self.target {
            Target::Url(uri, _) => uri.path(),
            Target::Template(template) => template,
        }
    }

    /// The whole URL, which is not shown.
    pub(crate) fn uri(&self) -> Option<&http::Uri> {
        match &self.target {
            Target::Url(uri, _) => Some(uri),
            Target::Template(_) => None,
        }
    }

    /// The URL, with the values of secret query parameters replaced.
    pub(crate) fn url(&self) -> String {
        let (uri, schemes) = match &self.target {
            Target::Url(uri, schemes) => (uri, schemes),
            Target::Template(template) => return (*template).to_owned(),
        };
        let mut url = uri.to_string();
        if let Some(query) = uri.query() {
            url.truncate(url.len() - query.len());
            url.push_str(&without_secrets(query, &secret_queries(schemes).collect::<Vec<_>>()));
        }
        url
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Context({} {})", self.method, self.url())
    }
}

impl fmt::Display for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method, self.path())
    }
}

/// Headers as errors and answers show them: without the values that hold secrets.
pub(crate) struct Shown<'a>(pub(crate) &'a http::HeaderMap);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.iter().map(|(name, value)| {
            let text = String::from_utf8_lossy(value.as_bytes());
            let shown = match name {
                _ if value.is_sensitive() || name == SET_COOKIE => "…".into(),
                &LOCATION | &CONTENT_LOCATION | &LINK | &REFRESH => excerpt(without_queries(&text).as_bytes()),
                _ => excerpt(value.as_bytes()),
            };
            (name.as_str(), shown)
        });
        formatter.debug_map().entries(shown).finish()
    }
}

/// A header that holds URLs, without their queries and fragments: a signed URL is a credential.
fn without_queries(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['?', '#']) {
        let (before, query) = rest.split_at(start);
        shown.extend([before, query.get(..1).unwrap_or_default(), "…"]);
        rest = query.find('>').and_then(|end| query.get(end..)).unwrap_or_default();
    }
    shown + rest
}

/// The start of a body on one line.
pub(crate) fn excerpt(bytes: &[u8]) -> String {
    let start = bytes.get(..EXCERPT).unwrap_or(bytes);
    let mut line = String::with_capacity(start.len() + 3);
    for word in String::from_utf8_lossy(start).split(|character: char| character.is_whitespace()) {
        if !word.is_empty() {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.extend(word.chars().map(|character| if is_hidden(character) { '\u{fffd}' } else { character }));
        }
    }
    if bytes.len() > start.len() {
        line.push('…');
    }
    line
}

/// Control characters, and those that change the order of text (Unicode, annex 9).
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn without_secrets(query: &str, secrets: &[&str]) -> String {
    let shown = query.split('&').map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = percent_encoding::percent_decode_str(key).decode_utf8_lossy().to_lowercase();
        let secret = SECRET.contains(&name.as_str()) || secrets.iter().any(|secret| secret.to_lowercase() == name);
        if secret && !value.is_empty() { format!("{key}=…") } else { pair.to_owned() }
    });
    shown.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Location;

    #[test]
    fn secrets_of_the_query_are_not_shown() {
        static SCHEMES: [SecurityScheme; 1] = [SecurityScheme::api_key("of the API", Location::Query, "My key")];
        let uri = "https://x/a?limit=5&my%20Key=canary&API_KEY=canary&flag".parse().unwrap();
        let context = Context::new(http::Method::GET, uri, &SCHEMES);
        assert_eq!(context.url(), "https://x/a?limit=5&my%20Key=…&API_KEY=…&flag");
        assert!(!format!("{context:?}").contains("canary"));
    }

    #[test]
    fn queries_in_headers_are_not_shown() {
        let mut headers = http::HeaderMap::new();
        headers.append(LINK, "<https://x/a?t=canary&b>; rel=\"next\", <?c=canary>; rel=first".parse().unwrap());
        headers.append(LOCATION, "/a?sig=canary#canary".parse().unwrap());
        headers.append(CONTENT_LOCATION, "/a#canary".parse().unwrap());
        headers.append(REFRESH, "5; url=https://x/?canary".parse().unwrap());
        headers.append("x-other", "why?".parse().unwrap());
        assert_eq!(
            format!("{:?}", Shown(&headers)),
            r#"{"link": "<https://x/a?…>; rel=\"next\", <?…>; rel=first", "location": "/a?…", "content-location": "/a#…", "refresh": "5; url=https://x/?…", "x-other": "why?"}"#
        );
    }

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(excerpt(b"<html>\r\n\t <b>\x1b[31m no\xff</b>"), "<html> <b>\u{fffd}[31m no\u{fffd}</b>");
        assert_eq!(excerpt("a\u{202e}b".as_bytes()), "a\u{fffd}b");
        assert!(excerpt(&[b'a'; 5000]).chars().count() <= EXCERPT + 1);
    }
}
