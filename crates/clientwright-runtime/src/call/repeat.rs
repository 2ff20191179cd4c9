//! A call that may be made again.
//!
//! In: a call. Out: whether repeating it does no harm, and the key by which the server knows it again. Never happens: a
//! key in place of the caller's.

use http::header::HeaderName;
use http::{HeaderMap, HeaderValue};

use super::Call;
use crate::operation::Location;
use crate::random;

impl Call {
    /// Gives a call that may be repeated a key by which the server knows it again, where it has none.
    pub(super) fn draw_key(&mut self) {
        let name = self.operation.idempotency_key;
        let once = self.retries.unwrap_or(self.shared.retries).limit == 0;
        let given = once
            || self.headers.contains_key(name)
            || self.arguments.iter().any(|one| one.location == Location::Header && one.name.eq_ignore_ascii_case(name));
        if !given && let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(random::uuid())) {
            self.headers.insert(name, value);
        }
    }

    /// Whether carrying it out twice does no more than once, beside what its method says.
    pub(super) fn is_repeatable(&self, headers: &HeaderMap) -> bool {
        let all = self.retries.unwrap_or(self.shared.retries).repeats_all();
        all || self.operation.repeatable || headers.contains_key(self.operation.idempotency_key)
    }
}
