//! JSON in which a number is the text it was written in.
//!
//! In: a text, or a value of a document. Out: the other of the two. Never: a number that lost a digit; this is what tells
//! whether a client lost one.

use std::fmt;

use serde_json::Value;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number as it is written.
    Number(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Members in their order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a text; `None` where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser { rest: text };
        let value = parser.value(0)?;
        parser.blanks();
        parser.rest.is_empty().then_some(value)
    }

    /// The member of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            Self::Null | Self::Boolean(_) | Self::Number(_) | Self::Text(_) | Self::List(_) => None,
        }
    }

    /// What kind of value it is.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Boolean(*value),
            Value::Number(number) => Self::Number(number.to_string()),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Object(members.iter().map(|(key, value)| (key.clone(), value.into())).collect())
            }
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Boolean(value) => value.fmt(formatter),
            Self::Number(digits) => formatter.write_str(digits),
            Self::Text(text) => write_text(text, formatter),
            Self::List(items) => {
                formatter.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(formatter, "{}{item}", if index == 0 { "" } else { "," })?;
                }
                formatter.write_str("]")
            }
            Self::Object(members) => {
                formatter.write_str("{")?;
                for (index, (key, value)) in members.iter().enumerate() {
                    formatter.write_str(if index == 0 { "" } else { "," })?;
                    write_text(key, formatter)?;
                    write!(formatter, ":{value}")?;
                }
                formatter.write_str("}")
            }
        }
    }
}

fn write_text(text: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    formatter.write_str(&Value::from(text).to_string())
}

/// How deep values may be nested.
const DEPTH: usize = 200;

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    /// Takes a word where it comes next.
    fn take(&mut self, word: &str) -> Option<()> {
        self.blanks();
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.blanks();
        if depth > DEPTH {
            return None;
        }
        match self.rest.bytes().next()? {
            b'n' => self.take("null").map(|()| Json::Null),
            b't' => self.take("true").map(|()| Json::Boolean(true)),
            b'f' => self.take("false").map(|()| Json::Boolean(false)),
            b'"' => self.text().map(Json::Text),
            b'[' => self.list(depth).map(Json::List),
            b'{' => self.object(depth).map(Json::Object),
            _ => self.number().map(Json::Number),
        }
    }

    fn list(&mut self, depth: usize) -> Option<Vec<Json>> {
        let mut items = Vec::new();
        self.take("[")?;
        if self.take("]").is_some() {
            return Some(items);
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.take(",").is_none() {
                return self.take("]").map(|()| items);
            }
        }
    }

    fn object(&mut self, depth: usize) -> Option<Vec<(String, Json)>> {
        let mut members: Vec<(String, Json)> = Vec::new();
        self.take("{")?;
        if self.take("}").is_some() {
            return Some(members);
        }
        loop {
            self.blanks();
            let key = self.text()?;
            self.take(":")?;
            members.push((key, self.value(depth + 1)?));
            if self.take(",").is_none() {
                return self.take("}").map(|()| members);
            }
        }
    }

    fn text(&mut self) -> Option<String> {
        let mut escaped = false;
        let inner = self.rest.strip_prefix('"')?;
        let end = inner.bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        })?;
        let (text, rest) = self.rest.split_at_checked(end + 2)?;
        self.rest = rest;
        serde_json::from_str(text).ok()
    }

    fn number(&mut self) -> Option<String> {
        let is_part = |character: char| character.is_ascii_digit() || "+-.eE".contains(character);
        let end = self.rest.find(|character| !is_part(character)).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at_checked(end)?;
        // Its grammar is that of the crate that knows it; its value is not.
        serde_json::from_str::<serde_json::Number>(digits).ok().or_else(|| {
            let huge = digits.contains(['e', 'E']) || digits.len() > 300;
            huge.then(|| serde_json::Number::from(0))
        })?;
        self.rest = rest;
        Some(digits.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for text in [
            "null",
            "[true,false]",
            "123456789012345678901234567890.5",
            "-1e400",
            r#"{"a":{"b":["x\"\\\n\u0001é"]},"":{}}"#,
            r#""\\""#,
        ] {
            assert_eq!(Json::parse(text).map(|value| value.to_string()).as_deref(), Some(text));
        }
        for text in ["", "[1,]", "{\"a\"}", "01", "1 2", "\"a", "nul", "+1", "[1"] {
            assert_eq!(Json::parse(text), None, "{text}");
        }
    }
}
