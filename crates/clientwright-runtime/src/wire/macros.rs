//! The statements of a type's wire form.
//!
//! In: the members of a type, the values or the variants with their texts on the wire. Out: enumerations, and [`Encode`](super::Encode),
//! [`Decode`](super::Decode) and serde's traits for it. Never happens: mechanism; what these expand to only names
//! what this crate has compiled.

/// Makes an open enumeration of texts: each variant and its text, which is also its documentation unless another is given in
/// brackets after the name. The enum has one more variant, `Unknown(UnknownValue)`. Several can stand in one statement. Adds `as_str`, `Display`, `FromStr`
/// and `From<&str>`.
///
/// ```
/// clientwright_runtime::text_enum! {
///     /// Whether a shop can be entered.
///     pub enum Status {
///         Open = "open",
///         SoldOut = "sold-out",
///     }
/// }
///
/// assert_eq!(Status::from("sold-out"), Status::SoldOut);
/// assert_eq!(Status::from("moved").as_str(), "moved");
/// ```
#[macro_export]
macro_rules! text_enum {
    ($($(#[$attribute:meta])* $visibility:vis enum $type:ident {
        $($variant:ident $(($said:literal))? = $text:literal,)*
    })+) => { $(
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $visibility enum $type {
            $(#[doc = $crate::__said!($text $(, $said)?)] $variant,)*
            /// A value that the API gained after this crate was generated.
            Unknown($crate::UnknownValue),
        }

        impl $type {
            /// The value as it stands on the wire.
            #[must_use]
            $visibility fn as_str(&self) -> &str {
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
    )+ };
}

/// Makes further names for types: `names! { Status: OrderStatus, InvoiceStatus; }`.
#[macro_export]
macro_rules! names {
    ($($type:ident: $($(#[$note:meta])* $name:ident),+;)*) => {
        $($($(#[$note])* pub type $name = $type;)+)*
    };
}

/// What is said about a variant: its text, or what was given.
#[doc(hidden)]
#[macro_export]
macro_rules! __said {
    ($text:literal) => {
        ::std::concat!(" `", $text, "`")
    };
    ($text:literal, $said:literal) => {
        $said
    };
}

/// Makes an open enumeration of integers: its Rust integer, then each variant and its number. The enum has one more variant,
/// `Unknown`, which holds such an integer. Adds `value`, `Display` and `From` of the integer.
#[macro_export]
macro_rules! integer_enum {
    ($(#[$attribute:meta])* $visibility:vis enum $type:ident as $integer:ident {
        $($variant:ident = $value:literal,)*
    }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $visibility enum $type {
            $(#[doc = ::std::concat!(" `", $value, "`")] $variant,)*
            /// A value that the API gained after this crate was generated.
            Unknown($integer),
        }

        impl $type {
            /// The value as it stands on the wire.
            #[must_use]
            $visibility fn value(&self) -> $integer {
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

/// Makes a union: each variant with what it holds, and the [`Test`](crate::wire::Test) by which it is known. A variant that the
/// union can be made of says so after its test (`from Cat`); what is boxed is boxed on the way. The enum has one more variant,
/// `Unknown(Value)`, for what this crate does not know.
///
/// ```
/// use clientwright_runtime::{object, union};
///
/// object! { pub struct Cat { pub lives: u8 = required "lives", } }
/// object! { pub struct Dog { pub tricks: Vec<String> = required "tricks", } }
///
/// union! {
///     /// Who lives here.
///     pub enum Pet {
///         Cat(Cat) = object().keys(&["lives"]) from Cat,
///         Dog(Box<Dog>) = object().keys(&["tricks"]) from Dog,
///     }
/// }
///
/// let pet: Pet = clientwright_runtime::wire::json::from_slice(br#"{"lives":9}"#)?;
/// assert_eq!(pet, Pet::from(Cat { lives: 9 }));
/// # Ok::<(), clientwright_runtime::wire::WireError>(())
/// ```
///
/// `pub enum Pet: sent` and `pub enum Pet: received` are for unions that travel one way only, as in
/// [`object!`](crate::object). For an enum that stands elsewhere the form on the wire can be stated alone: with tests
/// (`union!(Pet { Cat = object().keys(&["lives"]), });`), or with the texts of one member
/// (`union!(Pet by "kind" { "cat" => Cat, });`).
#[macro_export]
macro_rules! union {
    ($(#[$attribute:meta])* pub enum $type:ident $(: $way:ident)? {
        $($(#[$note:meta])* $variant:ident($held:ty) = $($test:ident($($argument:expr),*)).+ $(from $made:ty)?,)*
    }) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $type {
            $($(#[$note])* $variant($held),)*
            /// What the API gained after this crate was generated.
            Unknown($crate::Value),
        }

        $($(
            impl From<$made> for $type {
                fn from(value: $made) -> Self {
                    Self::$variant(From::from(value))
                }
            }
        )?)*

        $crate::union! { $($way)? $type { $($variant = $($test($($argument),*)).+,)* } }
    };
    (received $type:ident { $($variants:tt)* }) => {
        $crate::__union!(decode $type { $($variants)* });
        $crate::__with_serde! {
            $crate::__union!(encode $type { $($variants)* });
            $crate::__serde!($type);
        }
    };
    (sent $type:ident { $($variants:tt)* }) => {
        $crate::__union!(encode $type { $($variants)* });
        $crate::__with_serde! {
            $crate::__union!(decode $type { $($variants)* });
            $crate::__serde!($type);
        }
    };
    ($type:ident { $($variants:tt)* }) => {
        $crate::__union!(encode $type { $($variants)* });
        $crate::__union!(decode $type { $($variants)* });
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

/// The parts of what [`union!`](crate::union) states.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    (encode $type:ident { $($variant:ident = $($test:ident($($argument:expr),*)).+,)* }) => {
        impl $crate::wire::Encode for $type {
            fn encode(&self, writer: &mut dyn $crate::wire::Writer) -> $crate::wire::Result<()> {
                match self {
                    $(Self::$variant(value) => $crate::wire::Encode::encode(value, writer),)*
                    Self::Unknown(value) => $crate::wire::Encode::encode(value, writer),
                }
            }
        }
    };
    (decode $type:ident { $($variant:ident = $($test:ident($($argument:expr),*)).+,)* }) => {
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
#[cfg(feature = "serde")]
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

/// Serde's traits: none without the feature `serde`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($type:ident) => {};
}

/// What there is with the feature `serde` alone.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_serde {
    ($($items:tt)*) => { $($items)* };
}

/// What there is with the feature `serde` alone: nothing without it.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_serde {
    ($($items:tt)*) => {};
}
