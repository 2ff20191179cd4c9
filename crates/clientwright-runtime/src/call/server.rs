//! Where a call goes.
//!
//! In: the client's server, and that of the operation. Out: the one that the request is for. Never happens: a request to
//! a documented server where the caller gave another URL.

use std::borrow::Cow;

use super::Call;
use crate::error::RequestError;
use crate::url::BaseUrl;

impl Call {
    /// The client's server, or the one that the operation has for itself. A URL that the caller gave replaces both, but
    /// for paths of its own at that server.
    pub(super) fn server(&self) -> Result<Cow<'_, BaseUrl>, RequestError> {
        let (base, variables) = (&self.shared.base, self.shared.variables.as_deref());
        let own = self.operation.server.filter(|server| variables.is_some() || server.url.starts_with('/'));
        let Some(server) = own else { return Ok(Cow::Borrowed(base)) };
        let url = server
            .expand(variables.unwrap_or_default())
            .map_err(|reason| RequestError::new(self.operation.id, reason))?;
        let wrong =
            |reason| RequestError::new(self.operation.id, format!("the operation's server cannot be used: {reason}"));
        base.resolve(&url).map(Cow::Owned).map_err(wrong)
    }
}
