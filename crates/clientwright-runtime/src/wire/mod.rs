//! How values meet the wire.
//!
//! In: a [`Reader`] that stands at a value, or a value and a [`Writer`]. Out: the value, or the events of its wire form.
//! A type states its form once, with [`object!`](crate::object), [`text_enum!`](crate::text_enum) or
//! [`union!`](crate::union); what drives that statement is here and compiled once. Readers and writers are trait
//! objects: nothing of a generated type is generic over a format, so JSON, a buffered value and a form all go through
//! the same statement, and serde's traits are thin adapters beside it.
//!
//! Never happens: a panic on any input; a value changed in silence (numbers are handed on as text); an error without
//! the path to where it arose.

use std::borrow::Cow;

pub(crate) mod base64;
mod boolean_number;
mod containers;
#[cfg(feature = "chrono")]
mod dates;
#[cfg(feature = "decimal")]
mod decimal;
mod error;
mod field;
mod file;
pub mod json;
mod macros;
mod node;
mod object;
mod open_enum;
mod scalars;
mod serde;
mod shape;
mod tagged;
#[cfg(test)]
mod tests;
mod untyped_serde;
#[cfg(feature = "uuid")]
mod uuid;
mod value;
#[cfg(feature = "xml")]
pub mod xml;

pub use self::base64::{Base64, Base64Url};
pub use self::boolean_number::BooleanNumber;
#[cfg(feature = "decimal")]
pub use self::decimal::DecimalNumber;
pub use self::error::{PathSegment, WireError};
pub use self::field::Field;
pub use self::file::FilePart;
pub use self::node::Node;
pub use self::open_enum::UnknownValue;
pub use self::serde::{Serde, decode_serde, deserialize, encode_serde, serialize};
pub use self::shape::{Further, Member, Required, Rest, Shape, Slot};
pub use self::tagged::{Test, decode_variant, tag};
pub use self::value::{Number, Value};

/// What reading or writing one value gives.
pub type Result<T> = std::result::Result<T, WireError>;

/// The kinds of value that JSON knows, as a [`Reader`] sees them before it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// any number
    Number,
    /// text
    String,
    /// a list of values
    Array,
    /// members with keys
    Object,
}

/// A place that a [`Reader`] can be sent back to.
#[derive(Clone, Copy, Debug)]
pub struct Mark(pub(crate) usize);

/// A source of one value: JSON text, a buffered value.
///
/// Containers are read by pulling: [`begin_array`](Self::begin_array), then [`next_item`](Self::next_item) before each
/// element until it gives `false`; objects likewise. Each call either consumes what it describes or fails.
pub trait Reader {
    /// Says what kind of value comes next, without reading it.
    ///
    /// # Errors
    ///
    /// Fails where no value starts.
    fn peek(&mut self) -> Result<Kind>;

    /// Takes a `null` if that is what comes next; otherwise leaves the value where it is and gives `false`.
    ///
    /// # Errors
    ///
    /// Fails where no value starts.
    fn take_null(&mut self) -> Result<bool>;

    /// Reads `true` or `false`.
    ///
    /// # Errors
    ///
    /// Fails on any other value.
    fn boolean(&mut self) -> Result<bool>;

    /// Reads a number as the text it was written in (RFC 8259, section 6), so that no digit is lost.
    ///
    /// # Errors
    ///
    /// Fails on any other value.
    fn number(&mut self) -> Result<Cow<'_, str>>;

    /// Reads text, without a copy where the source allows it.
    ///
    /// # Errors
    ///
    /// Fails on any other value.
    fn string(&mut self) -> Result<Cow<'_, str>>;

    /// Enters an array.
    ///
    /// # Errors
    ///
    /// Fails on any other value, and where values are nested deeper than the source's limit.
    fn begin_array(&mut self) -> Result<()>;

    /// Moves to the next element, `first` being true the first time; gives `false` once, at the end.
    ///
    /// # Errors
    ///
    /// Fails where neither an element nor the end of the array follows.
    fn next_item(&mut self, first: bool) -> Result<bool>;

    /// Enters an object.
    ///
    /// # Errors
    ///
    /// Fails on any other value, and where values are nested deeper than the source's limit.
    fn begin_object(&mut self) -> Result<()>;

    /// Enters an object of a known shape.
    ///
    /// # Errors
    ///
    /// As [`begin_object`](Self::begin_object).
    fn begin_shape(&mut self, _shape: &Shape) -> Result<()> {
        self.begin_object()
    }

    /// Moves to the next member's value and gives its key; `None` once, at the end.
    ///
    /// # Errors
    ///
    /// Fails where neither a member nor the end of the object follows.
    fn next_key(&mut self, first: bool) -> Result<Option<Cow<'_, str>>>;

    /// Moves to the next member's value where its key is certainly that of `member`; otherwise leaves everything as it is, and
    /// gives `false`. It is only a shorter way than [`next_key`](Self::next_key), and has no need to be known.
    fn take_member(&mut self, _first: bool, _member: &Member) -> bool {
        false
    }

    /// Passes over one value of any kind.
    ///
    /// # Errors
    ///
    /// Fails where no sound value stands.
    fn skip(&mut self) -> Result<()>;

    /// Remembers this place, at the start of a value.
    fn mark(&mut self) -> Mark;

    /// Goes back to a place that [`mark`](Self::mark) remembered, also after a failure, to read the value again. The
    /// mark is forgotten, and so are those made after it.
    fn rewind(&mut self, mark: Mark);
}

/// A sink for one value.
///
/// Containers are written as events: [`begin_array`](Self::begin_array), [`item`](Self::item) before each element,
/// [`end_array`](Self::end_array); objects likewise. Each method fails where the sink's format cannot hold what it is
/// given, for example an array within an array in a query parameter.
#[allow(clippy::missing_errors_doc)] // said above, once for all
pub trait Writer {
    /// Writes `null`.
    fn null(&mut self) -> Result<()>;
    /// Writes `true` or `false`.
    fn boolean(&mut self, value: bool) -> Result<()>;
    /// Writes a signed integer.
    fn integer(&mut self, value: i64) -> Result<()>;
    /// Writes an unsigned integer.
    fn unsigned(&mut self, value: u64) -> Result<()>;
    /// Writes a number in the shortest form that reads back as the same; it must be finite.
    fn number(&mut self, value: f64) -> Result<()>;
    /// Writes a number whose text is given (RFC 8259, section 6), so that no digit is lost.
    fn literal(&mut self, digits: &str) -> Result<()>;
    /// Writes text.
    fn string(&mut self, value: &str) -> Result<()>;
    /// Writes a file: its text, where the format has no other form for one.
    fn file(&mut self, file: &FilePart) -> Result<()> {
        self.string(file.text()?)
    }
    /// Starts an array.
    fn begin_array(&mut self) -> Result<()>;
    /// Announces an element.
    fn item(&mut self) -> Result<()>;
    /// Ends the array.
    fn end_array(&mut self) -> Result<()>;
    /// Starts an object.
    fn begin_object(&mut self) -> Result<()>;
    /// Starts an object of a known shape.
    fn begin_shape(&mut self, _shape: &Shape) -> Result<()> {
        self.begin_object()
    }
    /// Announces a member by its key.
    fn key(&mut self, key: &str) -> Result<()>;
    /// Announces a member of a known shape.
    fn member(&mut self, member: &Member) -> Result<()> {
        self.key(member.key())
    }
    /// Ends the object.
    fn end_object(&mut self) -> Result<()>;
}

/// A value that can be written to any [`Writer`].
pub trait Encode {
    /// Writes the value.
    ///
    /// # Errors
    ///
    /// Fails where the writer does, or where the value has no wire form (a number that is not finite, a map with a key
    /// that its object declares).
    fn encode(&self, writer: &mut dyn Writer) -> Result<()>;

    /// Whether an optional member or parameter with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value that can be read from any [`Reader`].
pub trait Decode: Sized {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// Fails where what stands there is not such a value; the error carries the path from here down.
    fn decode(reader: &mut dyn Reader) -> Result<Self>;
}

/// Calls `each` before every element of the array that `reader` stands at, with the element's index.
///
/// # Errors
///
/// Fails where the reader or `each` does; the index is added to the path of what `each` gives.
pub(crate) fn read_array(reader: &mut dyn Reader, each: &mut dyn FnMut(&mut dyn Reader) -> Result<()>) -> Result<()> {
    reader.begin_array()?;
    let mut index = 0;
    while reader.next_item(index == 0)? {
        each(reader).map_err(|error| error.within(PathSegment::Index(index)))?;
        index += 1;
    }
    Ok(())
}

/// Calls `each` with every key of the object that `reader` stands at; `each` reads the member's value.
///
/// # Errors
///
/// Fails where the reader or `each` does; the key is added to the path of what `each` gives.
pub(crate) fn read_object(
    reader: &mut dyn Reader,
    each: &mut dyn FnMut(&str, &mut dyn Reader) -> Result<()>,
) -> Result<()> {
    reader.begin_object()?;
    let mut first = true;
    while let Some(key) = reader.next_key(first)?.map(Cow::into_owned) {
        first = false;
        each(&key, reader).map_err(|error| error.within(PathSegment::Key(key)))?;
    }
    Ok(())
}
