//! An untyped value as a source.
//!
//! In: a value. Out: what it holds, piece by piece. Never happens: recursion; containers that are open stand on a list.

use std::borrow::Cow;

use super::super::error::quote;
use super::super::{Kind, Mark, Reader, Result, WireError};
use super::Value;

/// Reads from a value in memory.
pub(crate) struct ValueReader<'a> {
    /// What comes next.
    current: &'a Value,
    /// The containers around it.
    frames: Vec<Frame<'a>>,
    /// Places to go back to.
    marks: Vec<(&'a Value, usize)>,
}

enum Frame<'a> {
    Items(std::slice::Iter<'a, Value>),
    Members(std::collections::btree_map::Iter<'a, String, Value>),
}

impl<'a> ValueReader<'a> {
    pub(crate) const fn new(value: &'a Value) -> Self {
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
        Ok(Cow::Borrowed(number.as_str()))
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
