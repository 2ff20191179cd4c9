//! Texts in each place that a request has for one, and how others read them there.

use clientwright_tests::{Recorded, Recorder};
use percent_encoding::percent_decode_str;

use super::places::Client;
use super::places::types::Form;
use super::sent;

/// What the table of characters shows: those that URLs reserve, and those that no URL can hold.
pub(crate) const CHARACTERS: &[&str] = &[":/?#[]@!$&'()*+,;=", " %41 %é\"\\|~"];

/// A place for a text.
pub(crate) struct Place {
    pub(crate) name: &'static str,
    call: fn(&Client, &str) -> Result<(), String>,
    raw: fn(&Recorded) -> Option<String>,
    read: fn(&str) -> Option<String>,
}

impl Place {
    /// Sends a text; the error says why it cannot stand here.
    pub(crate) fn send(&self, server: &Recorder, client: &Client, text: &str) -> Result<Recorded, String> {
        sent(server, (self.call)(client, text))
    }

    /// What stands in the request.
    pub(crate) fn raw(&self, request: &Recorded) -> String {
        (self.raw)(request).unwrap()
    }

    /// What a server of others reads there.
    pub(crate) fn read(&self, request: &Recorded) -> Option<String> {
        (self.read)(&(self.raw)(request)?)
    }
}

macro_rules! place {
    ($name:literal, $method:ident, $raw:expr, $read:expr) => {
        Place { name: $name, call: |client, text| both!(client.$method(text)), raw: $raw, read: $read }
    };
}

/// Places where a text has no media type.
pub(crate) const SIMPLE: &[Place] = &[
    place!("path", in_path, segment, decoded),
    place!("path, `allowReserved`", in_path_reserved, segment, decoded),
    place!("query", in_query, query, pair),
    place!("query, `allowReserved`", in_query_reserved, query, pair),
    place!("header", in_header, header, |raw| Some(raw.to_owned())),
    place!("cookie", in_cookie, cookie, cookie_decoded),
    place!("cookie, `allowReserved`", in_cookie_reserved, cookie, cookie_decoded),
    place!("cookie, `style: cookie`", in_cookie_raw, cookie, cookie_itself),
];

/// Places where it has one.
pub(crate) const IN_MEDIA_TYPES: &[Place] = &[
    place!("path, `application/json`", in_path_json, segment, |raw| json(&decoded(raw)?)),
    place!("query, `application/json`", in_query_json, query, |raw| json(&pair(raw)?)),
    place!("query, `text/plain`", in_query_text, query, pair),
    place!("header, `application/json`", in_header_json, header, json),
    place!("cookie, `application/json`", in_cookie_json, cookie, |raw| json(&cookie_decoded(raw)?)),
    place!("querystring, `text/plain`", as_query_text, |request| Some(query(request).unwrap_or_default()), decoded),
];

/// A call of the client, or why there is none.
type Call = fn(&Client) -> Result<(), String>;

/// An object as the whole query.
pub(crate) const WHOLE: &[(&str, Call)] = &[
    ("`application/json`", |client| both!(client.as_query_json(form()))),
    ("`application/x-www-form-urlencoded`", |client| both!(client.as_query_form(form()))),
    (
        "the same, with `encoding`: `text: { style: form }`, `list: { explode: false }`, `object: { style: deepObject }`",
        |client| both!(client.as_query_styled(form())),
    ),
];

fn form() -> Form {
    let object = [("k".to_owned(), "v".to_owned())].into_iter().collect();
    Form::new().text("a b").list(["c&d", "e"]).object(object)
}

fn segment(request: &Recorded) -> Option<String> {
    let segments: Vec<&str> = request.path().split('/').collect();
    let [_, _, segment, "end"] = segments.as_slice() else { return None };
    request.query().is_none().then(|| (*segment).to_owned())
}

fn query(request: &Recorded) -> Option<String> {
    request.query().map(str::to_owned)
}

fn header(request: &Recorded) -> Option<String> {
    request.header("x-text").map(str::to_owned)
}

fn cookie(request: &Recorded) -> Option<String> {
    let [only] = request.headers("cookie")[..] else { return None };
    Some(only.to_owned())
}

fn decoded(raw: &str) -> Option<String> {
    percent_decode_str(raw).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// The only pair of a query, as servers read it.
fn pair(raw: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(raw.as_bytes()).into_owned().collect();
    let [(name, value)] = pairs.as_slice() else { return None };
    (name == "text").then(|| value.clone())
}

fn cookie_itself(raw: &str) -> Option<String> {
    let (name, value) = raw.split_once('=')?;
    (name == "text" && !value.contains(';')).then(|| value.to_owned())
}

fn cookie_decoded(raw: &str) -> Option<String> {
    decoded(&cookie_itself(raw)?)
}

fn json(text: &str) -> Option<String> {
    serde_json::from_str(text).ok()
}
