//! The statement of a struct: what its members are, what they are called on the wire, and how callers make it.
//!
//! In: the struct, each member with its key. Out: the struct, its constructor and setters, and
//! [`Encode`](super::Encode), [`Decode`](super::Decode) and serde's traits for it. Never happens: mechanism; what these
//! expand to only names what this crate has compiled.

/// States a struct: its fields, each with the key of its member, and `required` where that must be there.
///
/// ```
/// use clientwright_runtime::{Field, object};
///
/// object! {
///     /// Someone who is known.
///     pub struct Person {
///         /// Which one.
///         pub id: String = required "id",
///         /// What they do.
///         pub title: Field<String> = "job_title",
///         pub age: Option<u8> = "age",
///         ..rest: std::collections::BTreeMap<String, i64>,
///     }
/// }
///
/// let person: Person = clientwright_runtime::wire::json::from_slice(br#"{"job_title":null,"id":"a","n":1}"#)?;
/// assert_eq!(person.title, Field::Null);
/// assert_eq!(clientwright_runtime::wire::json::to_vec(&person)?, br#"{"id":"a","job_title":null,"n":1}"#);
/// # Ok::<(), clientwright_runtime::wire::WireError>(())
/// ```
///
/// Several such structs can stand in one statement. One that callers make stands alone: it has a row for its constructor, and fields say after their key what their setter takes:
/// `set T` that very value, `into T` what can be made into it, `each T` and `each_into T` any number of them, `boxed T` and
/// `boxed_into T` what is put into a box. All these are for an `Option`; `field T` is for a [`Field`](crate::Field). The
/// constructor takes what its row says and gives these values to the fields it names; fields with a setter are absent.
///
/// ```
/// use clientwright_runtime::{Field, object};
///
/// object! {
///     pub struct Person: sent {
///         new(id: impl Into<String>) { id: id.into() };
///         pub id: String = required "id",
///         /// What the person is called.
///         pub name: Option<String> = "name" into String,
///         pub title: Field<String> = "title" field String,
///     }
/// }
///
/// let person = Person::new("a").name("John").title(None);
/// assert_eq!(person, Person { id: "a".to_owned(), name: Some("John".to_owned()), title: Field::Null });
/// ```
///
/// `pub struct Person: sent` and `pub struct Person: received` are for types that travel one way only: without the feature
/// `serde` they have the form of that way alone. What is special about members in XML is said after them with
/// [`Node`](crate::wire::Node)s: `object! { pub struct Person { … } xml [Node::new("id").attribute()] }`.
///
/// For a struct that stands elsewhere, the form on the wire can be stated alone:
///
/// ```
/// # use clientwright_runtime::object;
/// # #[derive(Debug, PartialEq)]
/// # struct Person { id: String, age: Option<u8> }
/// object!(Person { id: required "id", age: "age", });
/// ```
#[macro_export]
macro_rules! object {
    // Each form stands in full: rows that are handed on to another are read twice, which large clients feel.
    ($(#[$attribute:meta])* pub struct $type:ident $(: $way:ident)? {
        new();
        $($(#[$note:meta])* pub $field:ident: $held:ty = $($must:ident)? $key:literal $($how:ident $taken:ty)?,)*
        $(..$rest:ident: $rest_held:ty,)?
    } $(xml $nodes:tt)?) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct $type {
            $($(#[$note])* pub $field: $held,)*
            $(
                /// Further members, which the document does not name.
                pub $rest: $rest_held,
            )?
        }

        impl $type {
            /// One with no member set.
            pub fn new() -> Self {
                <Self as ::std::default::Default>::default()
            }

            $($crate::__setter! { $field ($($how $taken)?) $(#[$note])* })*
            $($crate::__setter! { $rest (rest $rest_held) })?
        }

        $crate::object! { $($way)? $type { $($field: $($must)? $key,)* $(..$rest)? } $(xml $nodes)? }
    };
    ($(#[$attribute:meta])* pub struct $type:ident $(: $way:ident)? {
        new($($argument:ident: $given:ty),* $(,)?) { $($set:ident $(: $made:expr)?),* $(,)? };
        $($(#[$note:meta])* pub $field:ident: $held:ty = $($must:ident)? $key:literal $($how:ident $taken:ty)?,)*
        $(..$rest:ident: $rest_held:ty,)?
    } $(xml $nodes:tt)?) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $type {
            $($(#[$note])* pub $field: $held,)*
            $(
                /// Further members, which the document does not name.
                pub $rest: $rest_held,
            )?
        }

        impl $type {
            /// One with what is required, and nothing else.
            pub fn new($($argument: $given),*) -> Self {
                Self {
                    $($set $(: $made)?,)*
                    $($($field: $crate::__absent!($how),)?)*
                    $($rest: ::std::default::Default::default(),)?
                }
            }

            $($crate::__setter! { $field ($($how $taken)?) $(#[$note])* })*
            $($crate::__setter! { $rest (rest $rest_held) })?
        }

        $crate::object! { $($way)? $type { $($field: $($must)? $key,)* $(..$rest)? } $(xml $nodes)? }
    };
    ($($(#[$attribute:meta])* pub struct $type:ident $(: $way:ident)? {
        $($(#[$note:meta])* pub $field:ident: $held:ty = $($must:ident)? $key:literal,)*
        $(..$rest:ident: $rest_held:ty,)?
    } $(xml $nodes:tt)?)+) => {
        $(
            $(#[$attribute])*
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub struct $type {
                $($(#[$note])* pub $field: $held,)*
                $(
                    /// Further members, which the document does not name.
                    pub $rest: $rest_held,
                )?
            }

            $crate::object! { $($way)? $type { $($field: $($must)? $key,)* $(..$rest)? } $(xml $nodes)? }
        )+
    };
    (received $type:ident $members:tt $(xml $nodes:tt)?) => {
        const _: () = {
            $crate::__object!(shape $members $($nodes)?);
            $crate::__object!(decode $type $members);
            $crate::__with_serde! {
                $crate::__object!(encode $type $members);
                $crate::__serde!($type);
            }
        };
    };
    (sent $type:ident $members:tt $(xml $nodes:tt)?) => {
        const _: () = {
            $crate::__object!(shape $members $($nodes)?);
            $crate::__object!(encode $type $members);
            $crate::__with_serde! {
                $crate::__object!(decode $type $members);
                $crate::__serde!($type);
            }
        };
    };
    ($type:ident $members:tt $(xml $nodes:tt)?) => {
        const _: () = {
            $crate::__object!(shape $members $($nodes)?);
            $crate::__object!(encode $type $members);
            $crate::__object!(decode $type $members);
            $crate::__serde!($type);
        };
    };
}

/// The parts of what [`object!`](crate::object) states.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    (shape { $($field:ident: $($must:ident)? $key:literal,)* $(..$rest:ident)? } $($nodes:tt)?) => {
        static SHAPE: $crate::wire::Shape =
            $crate::wire::Shape::new(&[$(
                $crate::wire::Member::new($key) $(.$must())? .quoted(::std::concat!("\"", $key, "\":"))
            ),*])$(.xml({
                // The nodes are said with the runtime's `Node`, also where a type is called so.
                use $crate::wire::Node;
                const NODES: &[Node] = &$nodes;
                NODES
            }))?;
    };
    (encode $type:ident { $($field:ident: $($must:ident)? $key:literal,)* $(..$rest:ident)? }) => {
        impl $crate::wire::Encode for $type {
            fn encode(&self, writer: &mut dyn $crate::wire::Writer) -> $crate::wire::Result<()> {
                SHAPE.encode(writer, &[$(&self.$field),*], $crate::__rest!(ref self $($rest)?))
            }
        }
    };
    (decode $type:ident { $($field:ident: $($must:ident)? $key:literal,)* $(..$rest:ident)? }) => {
        impl $crate::wire::Decode for $type {
            fn decode(reader: &mut dyn $crate::wire::Reader) -> $crate::wire::Result<Self> {
                $(let mut $field = $crate::__slot!($($must)?);)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                SHAPE.decode(reader, &mut [$(&mut $field),*], $crate::__rest!(mut $($rest)?))?;
                Ok(Self { $($field: $crate::__take!(SHAPE $field $($must)?),)* $($rest)? })
            }
        }
    };
}

/// The setter of a field: nothing where it has none.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    ($field:ident () $(#[$note:meta])*) => {};
    ($field:ident (into $taken:ty) $(#[$note:meta])*) => {
        $(#[$note])*
        pub fn $field(mut self, $field: impl Into<$taken>) -> Self {
            self.$field = Some($field.into());
            self
        }
    };
    ($field:ident (set $taken:ty) $(#[$note:meta])*) => {
        $(#[$note])*
        pub fn $field(mut self, $field: $taken) -> Self {
            self.$field = Some($field);
            self
        }
    };
    ($field:ident (field $taken:ty) $(#[$note:meta])*) => {
        $(#[$note])*
        pub fn $field(mut self, $field: impl Into<$crate::Field<$taken>>) -> Self {
            self.$field = $field.into();
            self
        }
    };
    ($field:ident (each $taken:ty) $(#[$note:meta])*) => {
        $(#[$note])*
        pub fn $field(mut self, $field: impl IntoIterator<Item = $taken>) -> Self {
            self.$field = Some($field.into_iter().collect());
            self
        }
    };
    ($field:ident (each_into $taken:ty) $(#[$note:meta])*) => {
        $(#[$note])*
        pub fn $field(mut self, $field: impl IntoIterator<Item = impl Into<$taken>>) -> Self {
            self.$field = Some($field.into_iter().map(Into::into).collect());
            self
        }
    };
    ($field:ident (boxed $taken:ty) $(#[$note:meta])*) => {
        $(#[$note])*
        pub fn $field(mut self, $field: $taken) -> Self {
            self.$field = Some(Box::new($field));
            self
        }
    };
    ($field:ident (boxed_into $taken:ty) $(#[$note:meta])*) => {
        $(#[$note])*
        pub fn $field(mut self, $field: impl Into<$taken>) -> Self {
            self.$field = Some(Box::new($field.into()));
            self
        }
    };
    ($field:ident (rest $taken:ty)) => {
        /// Further members, which the document does not name.
        pub fn $field(mut self, $field: $taken) -> Self {
            self.$field = $field;
            self
        }
    };
}

/// What a field with a setter holds before that was called.
#[doc(hidden)]
#[macro_export]
macro_rules! __absent {
    ($how:ident) => {
        ::std::default::Default::default()
    };
}

/// The empty slot of a member.
#[doc(hidden)]
#[macro_export]
macro_rules! __slot {
    (required) => {
        $crate::wire::Required(None)
    };
    () => {
        ::std::default::Default::default()
    };
}

/// The value of a filled slot.
#[doc(hidden)]
#[macro_export]
macro_rules! __take {
    ($shape:ident $field:ident required) => {
        match $field.0 {
            Some(value) => value,
            None => return Err($shape.missing()),
        }
    };
    ($shape:ident $field:ident) => {
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
