//! Where a request goes.
//!
//! In: the server's URL, the path template with its expanded parameters, the query's pairs, a redirect's `Location`.
//! Out: a URL at the server's origin. Never happens: a value that changes the origin, leaves its path segment, or makes
//! a segment disappear.

mod base;
mod path;
mod reference;

pub(crate) use self::base::BaseUrl;
#[cfg(feature = "reqwest")]
pub(crate) use self::base::same_origin;
pub(crate) use self::path::{PathError, expand};
pub(crate) use self::reference::resolve;
