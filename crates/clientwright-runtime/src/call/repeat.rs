//! A call that may be made again.
//!
//! In: a call. Out: the key by which the server knows it again. Never happens: a key in place of the caller's.

use http::HeaderValue;
use http::header::HeaderName;

use super::Call;
use crate::operation::Location;
use crate::random;

impl Call {
    /// Gives a call that may be repeated a key by which the server knows it again, where it has none.
    pub(super) fn draw_key(&mut self) {
        let name = self.operation.idempotency_key;
        let once = self.limits.retries.limit == 0;
        let given = once
            || name.is_empty()
            || self.headers.iter().any(|(set, _)| set.as_str().eq_ignore_ascii_case(name))
            || self.arguments.iter().any(|one| one.location == Location::Header && one.name.eq_ignore_ascii_case(name));
        if !given && let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(random::uuid())) {
            self.set_header(name, value);
        }
    }
}
