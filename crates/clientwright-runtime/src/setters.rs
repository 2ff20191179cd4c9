//! The statement of how callers make a struct.
//!
//! In: what its constructor takes, and its members with what their setters take. Out: an `impl` with a method for each.
//! Never happens: a conversion that the row does not show.

/// Gives a struct its constructor and its setters. The row of the constructor says what it takes and which values these
/// become; members that it does not name are absent, and `new();` takes nothing. The row of a setter says what that
/// takes, and the value of the member that it becomes.
///
/// ```
/// use clientwright_runtime::{Field, setters};
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct Person { pub id: String, pub name: Option<String>, pub title: Field<String> }
///
/// setters!(Person {
///     new(id: impl Into<String>) { id: id.into() };
///     /// What the person is called.
///     name: impl Into<String> = Some(name.into()),
///     title: impl Into<Field<String>> = title.into(),
/// });
///
/// let person = Person::new("a").name("John").title(None);
/// assert_eq!(person, Person { id: "a".to_owned(), name: Some("John".to_owned()), title: Field::Null });
/// ```
#[macro_export]
macro_rules! setters {
    // Each form stands in full: rows that are handed on to another are read twice, which large clients feel.
    ($type:ident {
        new();
        $($(#[$attribute:meta])* $field:ident: $taken:ty = $value:expr,)*
    }) => {
        impl $type {
            /// One with no member set.
            pub fn new() -> Self {
                <Self as ::std::default::Default>::default()
            }

            $(
                $(#[$attribute])*
                pub fn $field(mut self, $field: $taken) -> Self {
                    self.$field = $value;
                    self
                }
            )*
        }
    };
    ($type:ident {
        new($($argument:ident: $given:ty),* $(,)?) { $($set:ident $(: $made:expr)?),* $(,)? };
        $($(#[$attribute:meta])* $field:ident: $taken:ty = $value:expr,)*
    }) => {
        impl $type {
            /// One with what is required, and nothing else.
            pub fn new($($argument: $given),*) -> Self {
                Self { $($set $(: $made)?,)* $($field: ::std::default::Default::default(),)* }
            }

            $(
                $(#[$attribute])*
                pub fn $field(mut self, $field: $taken) -> Self {
                    self.$field = $value;
                    self
                }
            )*
        }
    };
    ($type:ident { $($(#[$attribute:meta])* $field:ident: $taken:ty = $value:expr,)* }) => {
        impl $type {
            $(
                $(#[$attribute])*
                pub fn $field(mut self, $field: $taken) -> Self {
                    self.$field = $value;
                    self
                }
            )*
        }
    };
}
