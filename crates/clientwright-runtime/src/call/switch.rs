//! Whether the answer of a call comes piece by piece, where the call says so in its body.
//!
//! In: a call with its body. Out: the same, with the member that asks for what the caller reads. Never happens: a body changed
//! that says it already, or that is no object of JSON.

use std::collections::BTreeMap;

use super::Call;
use crate::stream::Wanted;
use crate::wire::{Value, json};

impl Call {
    /// Says in the body what is wanted, where the operation has a member for it.
    pub(super) fn switch(&mut self) {
        let Some((member, assumed)) = self.operation.switch else { return };
        let streams = self.wanted == Some(Wanted::Records);
        if !streams && !assumed {
            return;
        }
        let said = match &self.body {
            Some((_, body)) => body.as_bytes().and_then(|body| json::from_slice(body).ok()),
            None => Some(Value::Object(BTreeMap::new())),
        };
        let Some(Value::Object(mut members)) = said else { return };
        let agrees = match members.get(member) {
            Some(Value::Bool(said)) => *said == streams || !streams,
            Some(_) => !streams,
            None => false,
        };
        if agrees {
            return;
        }
        members.insert(member.to_owned(), Value::Bool(streams));
        let Ok(bytes) = json::to_vec(&Value::Object(members)) else { return };
        match &mut self.body {
            Some((_, body)) => *body = bytes.into(),
            none @ None => *none = Some(("application/json".into(), bytes.into())),
        }
    }
}
