//! The headers of answers, read as what the document says they are.
//!
//! In: the headers of an answer, and the name of one. Out: its value, where it is there. Never happens: an answer refused
//! for its headers; each is read when somebody asks for it.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::SET_COOKIE;

use crate::wire::{Decode, Kind, Mark, PathSegment, Reader, Result, WireError, json};

/// States what an operation's answers have for headers: the operation's method, unless several have
/// the same headers, the name of the view, and for each header
/// a method, its type, how it is written (`simple`, `exploded` or `json`) and its name. Nothing is read before a method is
/// called.
///
/// ```
/// use clientwright_runtime::{headers, http::HeaderMap};
///
/// headers!(list_pets, ListPetsHeaders {
///     /// How many calls are left.
///     remaining: i64 = simple "X-RateLimit-Remaining",
///     tags: Vec<String> = simple "X-Tags",
/// });
///
/// let mut received = HeaderMap::new();
/// received.insert("x-ratelimit-remaining", "7".parse()?);
/// let headers = ListPetsHeaders::of(&received);
/// assert_eq!(headers.remaining()?, Some(7));
/// assert_eq!(headers.tags()?, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! headers {
    ($operation:ident, $type:ident $headers:tt) => {
        $crate::headers! {
            #[doc = ::std::concat!(" Headers of what [`Client::", ::std::stringify!($operation), "`] answers.")]
            $type $headers
        }
    };
    ($type:ident $headers:tt) => {
        $crate::headers! {
            /// Headers of what several operations answer.
            $type $headers
        }
    };
    (#[$about:meta] $type:ident {
        $($(#[$said:meta])* $method:ident: $value:ty = $form:ident $name:literal,)*
    }) => {
        #[$about]
        ///
        /// Each is read when it is asked for, and `None` where it is not there: `of(response.headers())`.
        #[derive(Clone, Copy, Debug)]
        pub struct $type<'a>(&'a $crate::http::HeaderMap);

        #[allow(unreachable_pub)] // as visible as the type, which this cannot know
        impl<'a> $type<'a> {
            /// The headers of an answer, whatever its status.
            #[must_use]
            pub const fn of(headers: &'a $crate::http::HeaderMap) -> Self {
                Self(headers)
            }

            $(
                $(#[$said])*
                ///
                /// # Errors
                ///
                /// Fails where the header is there and is not such a value.
                pub fn $method(
                    self,
                ) -> ::std::result::Result<::std::option::Option<$value>, $crate::wire::WireError> {
                    $crate::header::$form(self.0, $name)
                }
            )*
        }
    };
}

/// A header in the style `simple`: `a,b`, and of an object `k,v,l,w`.
///
/// # Errors
///
/// Fails where it is not such a value.
pub fn simple<T: Decode>(headers: &HeaderMap, name: &str) -> Result<Option<T>> {
    styled(headers, name, false)
}

/// The same, exploded: of an object `k=v,l=w`.
///
/// # Errors
///
/// Fails where it is not such a value.
pub fn exploded<T: Decode>(headers: &HeaderMap, name: &str) -> Result<Option<T>> {
    styled(headers, name, true)
}

/// A header that is JSON.
///
/// # Errors
///
/// Fails where it is not such a value.
pub fn json<T: Decode>(headers: &HeaderMap, name: &str) -> Result<Option<T>> {
    let Some(lines) = lines(headers, name)? else { return Ok(None) };
    json::from_slice(lines.join(",").as_bytes()).map(Some).map_err(|error| within(error, name))
}

fn styled<T: Decode>(headers: &HeaderMap, name: &str, explode: bool) -> Result<Option<T>> {
    let Some(lines) = lines(headers, name)? else { return Ok(None) };
    let mut reader = HeaderReader::new(&lines, explode, name.eq_ignore_ascii_case(SET_COOKIE.as_str()));
    T::decode(&mut reader).map(Some).map_err(|error| within(error, name))
}

/// The lines of a header, as texts; none where it is not there.
fn lines<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<Vec<&'a str>>> {
    let text = |value: &'a http::HeaderValue| {
        let text = std::str::from_utf8(value.as_bytes()).map(str::trim);
        text.map_err(|_| within(WireError::new("text in UTF-8", "other bytes"), name))
    };
    let lines: Vec<&str> = headers.get_all(name).iter().map(text).collect::<Result<_>>()?;
    Ok((!lines.is_empty()).then_some(lines))
}

fn within(error: WireError, name: &str) -> WireError {
    error.within(PathSegment::Key(name.to_owned()))
}

/// Reads what stands in a header: the whole of it, or what stands between commas.
struct HeaderReader {
    at: Place,
    explode: bool,
    marks: Vec<Place>,
}

/// How far a header is read.
#[derive(Clone)]
struct Place {
    /// What is to be read next: a text, and the values it is a list of.
    value: String,
    items: Vec<String>,
    /// What is left of the lists and objects around it, each from its end.
    left: Vec<Vec<(String, String)>>,
}

impl HeaderReader {
    fn new(lines: &[&str], explode: bool, separate: bool) -> Self {
        // Lines of one header are a list (RFC 9110, section 5.3), but for cookies, which may hold commas.
        let split = |line: &&str| line.split(',').map(|item| item.trim().to_owned()).collect::<Vec<_>>();
        let items = if separate {
            lines.iter().map(|line| (*line).to_owned()).collect()
        } else {
            lines.iter().filter(|line| !line.is_empty()).flat_map(split).collect()
        };
        let at = Place { value: lines.join(", "), items, left: Vec::new() };
        Self { at, explode, marks: Vec::new() }
    }

    fn enter(&mut self, mut values: Vec<(String, String)>) {
        values.reverse();
        self.at.left.push(values);
    }

    /// Moves to the next value of what is being read; gives its key.
    fn next(&mut self) -> Option<String> {
        let Some((key, value)) = self.at.left.last_mut()?.pop() else {
            self.at.left.pop();
            return None;
        };
        self.at.items = vec![value.clone()];
        self.at.value = value;
        Some(key)
    }
}

impl Reader for HeaderReader {
    fn peek(&mut self) -> Result<Kind> {
        Ok(Kind::String)
    }

    fn take_null(&mut self) -> Result<bool> {
        Ok(false)
    }

    fn boolean(&mut self) -> Result<bool> {
        match self.at.value.as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            other => Err(WireError::text("a boolean", other)),
        }
    }

    fn number(&mut self) -> Result<Cow<'_, str>> {
        let value = &self.at.value;
        let is_number = value.starts_with(|first: char| first.is_ascii_digit() || first == '-')
            && value.chars().all(|character| character.is_ascii_digit() || "+-.eE".contains(character));
        if is_number { Ok(Cow::Borrowed(value)) } else { Err(WireError::text("a number", value)) }
    }

    fn string(&mut self) -> Result<Cow<'_, str>> {
        Ok(Cow::Borrowed(&self.at.value))
    }

    fn begin_array(&mut self) -> Result<()> {
        let items = std::mem::take(&mut self.at.items).into_iter().map(|item| (String::new(), item)).collect();
        self.enter(items);
        Ok(())
    }

    fn next_item(&mut self, _first: bool) -> Result<bool> {
        Ok(self.next().is_some())
    }

    fn begin_object(&mut self) -> Result<()> {
        let items = std::mem::take(&mut self.at.items);
        let members = if self.explode {
            let pair = |item: &String| item.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()));
            items.iter().map(pair).collect::<Option<Vec<_>>>()
        } else {
            let (pairs, rest) = items.as_chunks::<2>();
            let pair = |[key, value]: &[String; 2]| (key.clone(), value.clone());
            rest.is_empty().then(|| pairs.iter().map(pair).collect())
        };
        let members = members.ok_or_else(|| WireError::text("keys and values", &self.at.value))?;
        self.enter(members);
        Ok(())
    }

    fn next_key(&mut self, _first: bool) -> Result<Option<Cow<'_, str>>> {
        Ok(self.next().map(Cow::Owned))
    }

    fn skip(&mut self) -> Result<()> {
        Ok(())
    }

    fn mark(&mut self) -> Mark {
        self.marks.push(self.at.clone());
        Mark(self.marks.len() - 1)
    }

    fn rewind(&mut self, mark: Mark) {
        self.marks.truncate(mark.0 + 1);
        if let Some(at) = self.marks.pop() {
            self.at = at;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::wire::Value;

    fn map(lines: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, http::HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        headers
    }

    #[test]
    fn values_are_what_the_document_says() {
        let headers = map(&[("x-a", " 7 "), ("x-l", "a, b"), ("x-l", "c"), ("x-e", ""), ("x-j", r#"{"a":[1]}"#)]);
        assert_eq!(simple::<i64>(&headers, "X-A"), Ok(Some(7)));
        assert_eq!(simple::<String>(&headers, "x-a"), Ok(Some("7".to_owned())));
        assert_eq!(simple::<String>(&headers, "x-none"), Ok(None));
        assert_eq!(simple::<Vec<String>>(&headers, "x-l"), Ok(Some(vec!["a".into(), "b".into(), "c".into()])));
        assert_eq!(simple::<String>(&headers, "x-l"), Ok(Some("a, b, c".to_owned())));
        let nested = vec![vec!["a".to_owned()], vec!["b".to_owned()], vec!["c".to_owned()]];
        assert_eq!(simple::<Vec<Vec<String>>>(&headers, "x-l"), Ok(Some(nested)));
        assert_eq!(simple::<Vec<String>>(&headers, "x-e"), Ok(Some(Vec::new())));
        assert_eq!(simple::<Value>(&headers, "x-a"), Ok(Some(Value::from("7"))));
        assert_eq!(
            json::<BTreeMap<String, Vec<u8>>>(&headers, "x-j"),
            Ok(Some(BTreeMap::from([("a".into(), vec![1])])))
        );
    }

    #[test]
    fn objects_are_pairs() {
        let headers = map(&[("x-s", "a,1,b,2"), ("x-x", "a=1, b=2=3"), ("x-w", "a,1,b")]);
        let pairs =
            |values: [(&str, &str); 2]| BTreeMap::from(values.map(|(key, value)| (key.to_owned(), value.to_owned())));
        assert_eq!(simple(&headers, "x-s"), Ok(Some(pairs([("a", "1"), ("b", "2")]))));
        assert_eq!(exploded(&headers, "x-x"), Ok(Some(pairs([("a", "1"), ("b", "2=3")]))));
        for wrong in [simple::<BTreeMap<String, i64>>(&headers, "x-w"), exploded(&headers, "x-s")] {
            assert!(wrong.unwrap_err().to_string().contains("keys and values"));
        }
    }

    #[test]
    fn what_is_no_such_value_is_an_error_with_its_name() {
        let long = "9".repeat(10_000);
        for text in ["", "x", "1;2", "0x1", "NaN", "1 2", "%31", "\u{663}", "é", "\"1\"", "../1", long.as_str()] {
            let headers = map(&[("x-n", text)]);
            let error = simple::<i64>(&headers, "x-n").unwrap_err();
            assert_eq!(error.path(), "x-n");
            assert!(error.to_string().len() < 500, "{error}");
            assert_eq!(simple::<String>(&headers, "x-n"), Ok(Some(text.to_owned())));
        }
        let mut headers = HeaderMap::new();
        headers.insert("x-n", http::HeaderValue::from_bytes(b"\xFF").unwrap());
        assert_eq!(simple::<String>(&headers, "x-n").unwrap_err().expected(), "text in UTF-8");
    }

    #[test]
    fn cookies_may_hold_commas() {
        let headers = map(&[("set-cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT"), ("set-cookie", "b=2")]);
        assert_eq!(simple::<Vec<String>>(&headers, "Set-Cookie").unwrap().unwrap().len(), 2);
    }
}
