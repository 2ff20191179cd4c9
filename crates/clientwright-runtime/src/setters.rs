//! The statement of setters beside those that a struct states itself.
//!
//! In: members with what their setters take. Out: an `impl` with a method for each. Never happens: a conversion that the row
//! does not show.

/// Gives a struct setters for fields that its constructor takes although they may be absent. A row says what a setter takes,
/// as in [`object!`](crate::object).
///
/// ```
/// use clientwright_runtime::{object, setters};
///
/// object! {
///     pub struct Person: sent {
///         new(name: impl Into<String>) { name: Some(name.into()) };
///         pub name: Option<String> = "name",
///     }
/// }
///
/// setters!(Person {
///     /// What the person is called.
///     name: into String,
/// });
///
/// assert_eq!(Person::new("John").name("Jane"), Person::new("Jane"));
/// ```
#[macro_export]
macro_rules! setters {
    ($type:ident { $($(#[$note:meta])* $field:ident: $how:ident $taken:ty,)* }) => {
        impl $type {
            $($crate::__setter! { $field ($how $taken) $(#[$note])* })*
        }
    };
}
