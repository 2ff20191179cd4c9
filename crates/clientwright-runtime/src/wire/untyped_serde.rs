//! `serde_json`'s untyped value as a value, for those who name it as a type of their own, and for types with serde's traits.
//!
//! In: any value. Out: the same, but for numbers, of which it holds those of 64 bits. Never happens: recursion without a
//! bound; readers bound the depth of what they give.

use serde_json::{Map, Number, Value};

use super::{Decode, Encode, Kind, PathSegment, Reader, Result, WireError, Writer, read_array, read_object};

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
