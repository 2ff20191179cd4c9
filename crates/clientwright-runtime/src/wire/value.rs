//! Untyped values: [`serde_json::Value`] as a value, as a source and as a sink.
//!
//! In: any value. Out: the same. Never happens: recursion without a bound; readers bound the depth of what they give.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

use super::error::quote;
use super::{Decode, Encode, Kind, Mark, PathSegment, Reader, Result, WireError, Writer, read_array, read_object};

impl Encode for Value {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        match self {
            Self::Null => writer.null(),
            Self::Bool(value) => writer.boolean(*value),
            Self::Number(number) => write_number(number, writer),
            Self::String(text) => writer.string(text),
            Self::Array(items) => items.encode(writer),
            Self::Object(members) => {
                writer.begin_object()?;
                for (key, value) in members {
                    writer.key(key)?;
                    value.encode(writer).map_err(|error| error.within(PathSegment::Key(key.clone())))?;
                }
                writer.end_object()
            }
        }
    }
}

fn write_number(number: &Number, writer: &mut dyn Writer) -> Result<()> {
    if let Some(value) = number.as_i64() {
        writer.integer(value)
    } else if let Some(value) = number.as_u64() {
        writer.unsigned(value)
    } else {
        writer.literal(&number.to_string())
    }
}

impl Decode for Value {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        match reader.peek()? {
            Kind::Null => reader.take_null().map(|_| Self::Null),
            Kind::Boolean => reader.boolean().map(Self::Bool),
            Kind::Number => read_number(&reader.number()?).map(Self::Number),
            Kind::String => reader.string().map(|text| Self::String(text.into_owned())),
            Kind::Array => {
                let mut items = Vec::new();
                read_array(reader, &mut |reader| {
                    items.push(Self::decode(reader)?);
                    Ok(())
                })?;
                Ok(Self::Array(items))
            }
            Kind::Object => {
                let mut members = Map::new();
                read_object(reader, &mut |key, reader| match members.insert(key.to_owned(), Self::decode(reader)?) {
                    None => Ok(()),
                    Some(_) => Err(WireError::new("each key once", format!("`{key}` twice"))),
                })?;
                Ok(Self::Object(members))
            }
        }
    }
}

/// The number that digits stand for: an integer of 64 bits where they are one, else the nearest of 64 bits.
fn read_number(digits: &str) -> Result<Number> {
    if let Ok(value) = digits.parse::<i64>()
        && digits != "-0"
    {
        return Ok(value.into());
    }
    if let Ok(value) = digits.parse::<u64>() {
        return Ok(value.into());
    }
    let value = digits.parse().ok().and_then(Number::from_f64);
    value.ok_or_else(|| WireError::new("a number of 64 bits", format!("the number {digits:.40}")))
}

/// Reads from a value in memory.
pub(super) struct ValueReader<'a> {
    /// What comes next.
    current: &'a Value,
    /// The containers around it.
    frames: Vec<Frame<'a>>,
    /// Places to go back to.
    marks: Vec<(&'a Value, usize)>,
}

enum Frame<'a> {
    Items(std::slice::Iter<'a, Value>),
    Members(serde_json::map::Iter<'a>),
}

impl<'a> ValueReader<'a> {
    pub(super) const fn new(value: &'a Value) -> Self {
        Self { current: value, frames: Vec::new(), marks: Vec::new() }
    }

    #[cold]
    fn mismatch(&self, expected: Kind) -> WireError {
        let found = match self.current {
            Value::String(text) => quote(text),
            Value::Number(number) => format!("the number {number}"),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => kind(self.current).phrase().to_owned(),
        };
        WireError::new(expected.phrase(), found)
    }
}

fn kind(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(_) => Kind::Number,
        Value::String(_) => Kind::String,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
    }
}

impl Reader for ValueReader<'_> {
    fn peek(&mut self) -> Result<Kind> {
        Ok(kind(self.current))
    }

    fn take_null(&mut self) -> Result<bool> {
        Ok(self.current.is_null())
    }

    fn boolean(&mut self) -> Result<bool> {
        self.current.as_bool().ok_or_else(|| self.mismatch(Kind::Boolean))
    }

    fn number(&mut self) -> Result<Cow<'_, str>> {
        let number = self.current.as_number().ok_or_else(|| self.mismatch(Kind::Number))?;
        Ok(Cow::Owned(number.to_string()))
    }

    fn string(&mut self) -> Result<Cow<'_, str>> {
        self.current.as_str().map(Cow::Borrowed).ok_or_else(|| self.mismatch(Kind::String))
    }

    fn begin_array(&mut self) -> Result<()> {
        let items = self.current.as_array().ok_or_else(|| self.mismatch(Kind::Array))?;
        self.frames.push(Frame::Items(items.iter()));
        Ok(())
    }

    fn next_item(&mut self, _first: bool) -> Result<bool> {
        if let Some(Frame::Items(items)) = self.frames.last_mut()
            && let Some(item) = items.next()
        {
            self.current = item;
            return Ok(true);
        }
        self.frames.pop();
        Ok(false)
    }

    fn begin_object(&mut self) -> Result<()> {
        let members = self.current.as_object().ok_or_else(|| self.mismatch(Kind::Object))?;
        self.frames.push(Frame::Members(members.iter()));
        Ok(())
    }

    fn next_key(&mut self, _first: bool) -> Result<Option<Cow<'_, str>>> {
        if let Some(Frame::Members(members)) = self.frames.last_mut()
            && let Some((key, value)) = members.next()
        {
            self.current = value;
            return Ok(Some(Cow::Borrowed(key)));
        }
        self.frames.pop();
        Ok(None)
    }

    fn skip(&mut self) -> Result<()> {
        Ok(())
    }

    fn mark(&mut self) -> Mark {
        self.marks.push((self.current, self.frames.len()));
        Mark(self.marks.len() - 1)
    }

    fn rewind(&mut self, mark: Mark) {
        if let Some(&(value, depth)) = self.marks.get(mark.0) {
            self.current = value;
            self.frames.truncate(depth);
            self.marks.truncate(mark.0);
        }
    }
}

/// Builds a value in memory.
#[derive(Default)]
pub(super) struct ValueWriter {
    done: Value,
    open: Vec<Open>,
}

enum Open {
    Items(Vec<Value>),
    Members(Map<String, Value>, String),
}

impl ValueWriter {
    pub(super) fn finish(self) -> Value {
        self.done
    }

    #[allow(clippy::unnecessary_wraps)] // every caller is a method that may fail
    fn put(&mut self, value: Value) -> Result<()> {
        match self.open.last_mut() {
            None => self.done = value,
            Some(Open::Items(items)) => items.push(value),
            Some(Open::Members(members, key)) => {
                members.insert(std::mem::take(key), value);
            }
        }
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        match self.open.pop() {
            Some(Open::Items(items)) => self.put(Value::Array(items)),
            Some(Open::Members(members, _)) => self.put(Value::Object(members)),
            None => Ok(()),
        }
    }
}

impl Writer for ValueWriter {
    fn null(&mut self) -> Result<()> {
        self.put(Value::Null)
    }

    fn boolean(&mut self, value: bool) -> Result<()> {
        self.put(Value::Bool(value))
    }

    fn integer(&mut self, value: i64) -> Result<()> {
        self.put(value.into())
    }

    fn unsigned(&mut self, value: u64) -> Result<()> {
        self.put(value.into())
    }

    fn number(&mut self, value: f64) -> Result<()> {
        let number = Number::from_f64(value).ok_or_else(|| WireError::new("a finite number", value.to_string()))?;
        self.put(Value::Number(number))
    }

    fn literal(&mut self, digits: &str) -> Result<()> {
        self.put(Value::Number(read_number(digits)?))
    }

    fn string(&mut self, value: &str) -> Result<()> {
        self.put(Value::String(value.to_owned()))
    }

    fn begin_array(&mut self) -> Result<()> {
        self.open.push(Open::Items(Vec::new()));
        Ok(())
    }

    fn item(&mut self) -> Result<()> {
        Ok(())
    }

    fn end_array(&mut self) -> Result<()> {
        self.close()
    }

    fn begin_object(&mut self) -> Result<()> {
        self.open.push(Open::Members(Map::new(), String::new()));
        Ok(())
    }

    fn key(&mut self, key: &str) -> Result<()> {
        if let Some(Open::Members(_, current)) = self.open.last_mut() {
            key.clone_into(current);
        }
        Ok(())
    }

    fn end_object(&mut self) -> Result<()> {
        self.close()
    }
}
