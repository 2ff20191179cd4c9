//! Values within values: options, lists, maps and boxes.
//!
//! In and out: the value that the container holds, with the container's step added to the path of its errors. Never
//! happens: memory reserved by what a sender claims; containers grow with what is really there.

use std::collections::BTreeMap;

use super::{Decode, Encode, Kind, PathSegment, Reader, Rest, Result, Writer, read_array, read_object};

/// Null and a value. As an optional member, `None` is left out; as a required one it is written as `null`.
impl<T: Encode> Encode for Option<T> {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        match self {
            Some(value) => value.encode(writer),
            None => writer.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        if reader.take_null()? { Ok(None) } else { T::decode(reader).map(Some) }
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        self.as_slice().encode(writer)
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.begin_array()?;
        for (index, value) in self.iter().enumerate() {
            writer.item()?;
            value.encode(writer).map_err(|error| error.within(PathSegment::Index(index)))?;
        }
        writer.end_array()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let mut values = Self::new();
        read_array(reader, &mut |reader| {
            values.push(T::decode(reader)?);
            Ok(())
        })?;
        Ok(values)
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.begin_object()?;
        for (key, value) in self {
            writer.key(key)?;
            value.encode(writer).map_err(|error| error.within(PathSegment::Key(key.clone())))?;
        }
        writer.end_object()
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let mut values = Self::new();
        read_object(reader, &mut |key, reader| Rest::fill(&mut values, key.into(), reader))?;
        Ok(values)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        (**self).encode(writer)
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        T::decode(reader).map(Self::new)
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        (**self).encode(writer)
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

/// The null type: a schema that allows nothing else.
impl Encode for () {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.null()
    }
}

impl Decode for () {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        if reader.take_null()? {
            return Ok(());
        }
        let kind: Kind = reader.peek()?;
        Err(super::WireError::new("null", kind.phrase()))
    }
}
