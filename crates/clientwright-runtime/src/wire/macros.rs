//! The statements of a type's wire form.
//!
//! In: the type's members, values or variants with their texts on the wire. Out: [`Encode`](super::Encode),
//! [`Decode`](super::Decode) and serde's traits for it. Never happens: mechanism; what these expand to only names
//! what this crate has compiled.

/// States the wire form of a struct: each field, whether the member is required, and its key.
///
/// ```
/// # use clientwright_runtime::{object, Field};
/// #[derive(Debug, PartialEq)]
/// struct Person { id: String, title: Field<String>, age: Option<u8>, rest: std::collections::BTreeMap<String, i64> }
///
/// object!(Person {
///     id: required "id",
///     title: optional "job_title",
///     age: optional "age",
///     ..rest
/// });
///
/// let person: Person = clientwright_runtime::wire::json::from_slice(br#"{"job_title":null,"id":"a","n":1}"#)?;
/// assert_eq!(person.title, Field::Null);
/// assert_eq!(clientwright_runtime::wire::json::to_vec(&person)?, br#"{"id":"a","job_title":null,"n":1}"#);
/// # Ok::<(), clientwright_runtime::wire::WireError>(())
/// ```
#[macro_export]
macro_rules! object {
    ($type:ident { $($field:ident: $kind:ident $key:literal,)* $(..$rest:ident)? }) => {
        const _: () = {
            static SHAPE: $crate::wire::Shape =
                $crate::wire::Shape::new(&[$(
                    $crate::wire::Member::$kind($key).quoted(::std::concat!("\"", $key, "\":"))
                ),*]);

            impl $crate::wire::Encode for $type {
                fn encode(&self, writer: &mut dyn $crate::wire::Writer) -> $crate::wire::Result<()> {
                    SHAPE.encode(writer, &[$(&self.$field),*], $crate::__rest!(ref self $($rest)?))
                }
            }

            impl $crate::wire::Decode for $type {
                fn decode(reader: &mut dyn $crate::wire::Reader) -> $crate::wire::Result<Self> {
                    $(let mut $field = $crate::__slot!($kind);)*
                    $(let mut $rest = ::std::collections::BTreeMap::new();)?
                    SHAPE.decode(reader, &mut [$(&mut $field),*], $crate::__rest!(mut $($rest)?))?;
                    Ok(Self { $($field: $crate::__take!(SHAPE $kind $field),)* $($rest)? })
                }
            }

            $crate::__serde!($type);
        };
    };
}

/// States the wire form of an open enumeration of texts: each variant and its text. The enum has one more variant,
/// `Unknown(UnknownValue)`. Adds `as_str`, `Display`, `FromStr` and `From<&str>`.
#[macro_export]
macro_rules! text_enum {
    ($type:ident { $($variant:ident = $text:literal,)* }) => {
        impl $type {
            /// The value as it stands on the wire.
            #[must_use]
            #[allow(unreachable_pub)] // as visible as the type, which this cannot know
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Unknown($crate::wire::UnknownValue::__new(text)),
                }
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                Ok(Self::from(text))
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl $crate::wire::Encode for $type {
            fn encode(&self, writer: &mut dyn $crate::wire::Writer) -> $crate::wire::Result<()> {
                writer.string(self.as_str())
            }
        }

        impl $crate::wire::Decode for $type {
            fn decode(reader: &mut dyn $crate::wire::Reader) -> $crate::wire::Result<Self> {
                reader.string().map(|text| Self::from(&*text))
            }
        }

        $crate::__serde!($type);
    };
}

/// States the wire form of an open enumeration of integers: its Rust integer, then each variant and its number. The enum
/// has one more variant, `Unknown`, which holds such an integer. Adds `value`, `Display` and `From` of the integer.
#[macro_export]
macro_rules! integer_enum {
    ($type:ident as $integer:ty { $($variant:ident = $value:literal,)* }) => {
        impl $type {
            /// The value as it stands on the wire.
            #[must_use]
            #[allow(unreachable_pub)] // as visible as the type, which this cannot know
            pub fn value(&self) -> $integer {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => *value,
                }
            }
        }

        impl From<$integer> for $type {
            fn from(value: $integer) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown(value),
                }
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.value(), formatter)
            }
        }

        impl $crate::wire::Encode for $type {
            fn encode(&self, writer: &mut dyn $crate::wire::Writer) -> $crate::wire::Result<()> {
                $crate::wire::Encode::encode(&self.value(), writer)
            }
        }

        impl $crate::wire::Decode for $type {
            fn decode(reader: &mut dyn $crate::wire::Reader) -> $crate::wire::Result<Self> {
                <$integer as $crate::wire::Decode>::decode(reader).map(Self::from)
            }
        }

        $crate::__serde!($type);
    };
}

/// States the wire form of a union. Its variants are told apart by the text of one member (`by "kind"`), each text with
/// its variant; or each variant has a [`Test`](crate::wire::Test). The enum has one more variant, `Unknown(Value)`, for
/// what this crate does not know.
#[macro_export]
macro_rules! union {
    ($type:ident { $($variant:ident = $($test:ident($($argument:expr),*)).+,)* }) => {
        impl $crate::wire::Encode for $type {
            fn encode(&self, writer: &mut dyn $crate::wire::Writer) -> $crate::wire::Result<()> {
                match self {
                    $(Self::$variant(value) => $crate::wire::Encode::encode(value, writer),)*
                    Self::Unknown(value) => $crate::wire::Encode::encode(value, writer),
                }
            }
        }

        impl $crate::wire::Decode for $type {
            fn decode(reader: &mut dyn $crate::wire::Reader) -> $crate::wire::Result<Self> {
                #[allow(unused_imports)]
                use $crate::wire::Kind;
                static TESTS: &[$crate::wire::Test] = &[$($crate::wire::Test::$($test($($argument),*)).+),*];
                let known = $crate::wire::decode_variant(
                    reader,
                    TESTS,
                    &[$(|reader| $crate::wire::Decode::decode(reader).map(Self::$variant)),*],
                )?;
                match known {
                    Some(known) => Ok(known),
                    None => $crate::wire::Decode::decode(reader).map(Self::Unknown),
                }
            }
        }

        $crate::__serde!($type);
    };
    ($type:ident by $tag:literal { $($text:literal => $variant:ident,)* }) => {
        impl $crate::wire::Encode for $type {
            fn encode(&self, writer: &mut dyn $crate::wire::Writer) -> $crate::wire::Result<()> {
                match self {
                    $(Self::$variant(value) => $crate::wire::Encode::encode(value, writer),)*
                    Self::Unknown(value) => $crate::wire::Encode::encode(value, writer),
                }
            }
        }

        impl $crate::wire::Decode for $type {
            fn decode(reader: &mut dyn $crate::wire::Reader) -> $crate::wire::Result<Self> {
                match $crate::wire::tag(reader, $tag)?.as_deref() {
                    $(Some($text) => $crate::wire::Decode::decode(reader).map(Self::$variant),)*
                    _ => $crate::wire::Decode::decode(reader).map(Self::Unknown),
                }
            }
        }

        $crate::__serde!($type);
    };
}

/// States that the wire form of a type is the one that its own serde traits give it, for a type that takes the place of a
/// generated one: `through_serde!(Money);`. The type is one of the crate that says so.
#[macro_export]
macro_rules! through_serde {
    ($type:ty) => {
        impl $crate::wire::Encode for $type {
            fn encode(&self, writer: &mut dyn $crate::wire::Writer) -> $crate::wire::Result<()> {
                $crate::wire::encode_serde(self, writer)
            }
        }

        impl $crate::wire::Decode for $type {
            fn decode(reader: &mut dyn $crate::wire::Reader) -> $crate::wire::Result<Self> {
                $crate::wire::decode_serde(reader)
            }
        }
    };
}

/// Serde's traits, through the wire form.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($type:ident) => {
        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::wire::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::wire::deserialize(deserializer)
            }
        }
    };
}

/// The empty slot of a member.
#[doc(hidden)]
#[macro_export]
macro_rules! __slot {
    (required) => {
        $crate::wire::Required(None)
    };
    (optional) => {
        ::std::default::Default::default()
    };
}

/// The value of a filled slot.
#[doc(hidden)]
#[macro_export]
macro_rules! __take {
    ($shape:ident required $field:ident) => {
        match $field.0 {
            Some(value) => value,
            None => return Err($shape.missing()),
        }
    };
    ($shape:ident optional $field:ident) => {
        $field
    };
}

/// The map beside the declared members, if there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __rest {
    (ref $self:ident) => {
        None
    };
    (ref $self:ident $rest:ident) => {
        Some(&$self.$rest)
    };
    (mut) => {
        None
    };
    (mut $rest:ident) => {
        Some(&mut $rest)
    };
}
