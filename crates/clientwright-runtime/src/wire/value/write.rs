//! An untyped value as a sink.
//!
//! In: the events of a value. Out: the value. Never happens: a number that is not as it was given.

use std::collections::BTreeMap;

use super::super::{Result, WireError, Writer};
use super::{Number, Value};

/// Builds a value in memory.
#[derive(Default)]
pub(crate) struct ValueWriter {
    done: Value,
    open: Vec<Open>,
}

enum Open {
    Items(Vec<Value>),
    Members(BTreeMap<String, Value>, String),
}

impl ValueWriter {
    pub(crate) fn finish(self) -> Value {
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
        self.put(Value::Number(digits.parse()?))
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
        self.open.push(Open::Members(BTreeMap::new(), String::new()));
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
