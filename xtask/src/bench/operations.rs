//! Operations, as generated code has them.
//!
//! In: how many. Out: the `lib.rs` of a crate with that many: for each a static description, a method with an argument
//! in the path and a body, a request type, and the enum of its four documented failures. Never: another way than ours;
//! the others have no operations.

use std::fmt::Write as _;

/// What the operations share: a client, the types of their bodies, and why their functions are really compiled.
const HEAD: &str = "\
//! Operations.

use std::any::Any;
use std::collections::BTreeMap;

use clientwright_runtime::{Api, Call, Client as Inner, Method, Operation, Parameter, failure, object, request};

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub id: String,
    pub attributes: BTreeMap<String, String>,
}

object!(Thing {
    id: required \"id\",
    attributes: required \"attributes\",
});

#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub title: Option<String>,
}

object!(Problem {
    title: \"title\",
});

pub static API: Api = Api::new(\"bench\", \"\");

/// A client of the API.
#[derive(Clone)]
pub struct Client {
    inner: Inner,
}

/// What refers to a method and what its request is sent by.
pub type Entry = fn(&Client, &Thing) -> Box<dyn Any>;
";

/// The `lib.rs` of a crate with `count` operations.
pub(super) fn print_operations(count: usize) -> String {
    let mut out = HEAD.to_owned();
    for index in 0..count {
        let operation = OPERATION.replace("UpdateThing", &format!("UpdateThing{index}"));
        let operation = operation.replace("update_thing", &format!("update_thing{index}"));
        out.push_str(&operation.replace("UPDATE_THING", &format!("UPDATE_THING{index}")));
    }
    out.push_str("\n/// Every operation.\npub static TABLE: &[Entry] = &[\n");
    for index in 0..count {
        let _ = writeln!(out, "    |client, body| Box::new(client.update_thing{index}(\"id\", body.clone()).send()),");
    }
    out.push_str("];\n");
    out
}

/// One operation, with names that are made its own.
const OPERATION: &str = "
static UPDATE_THING: Operation = Operation::new(\"UpdateThing\", Method::Put, \"/things/{id}\")
    .parameters(&[Parameter::path(\"id\")])
    .security(&[&[\"ApiKeyAuth\"]])
    .body(&[\"application/json\"])
    .accept(\"application/json\");

impl Client {
    /// Replaces a thing.
    pub fn update_thing(&self, id: impl Into<String>, body: Thing) -> UpdateThing {
        UpdateThing(self.inner.call(&UPDATE_THING).path(\"id\", &id.into()).json(&body))
    }
}

/// Request made by [`Client::update_thing`].
#[derive(Clone, Debug)]
#[must_use = \"a request does nothing until it is sent\"]
pub struct UpdateThing(Call);

request!(UpdateThing, Thing = json, UpdateThingError);

/// Failures of [`Client::update_thing`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum UpdateThingError {
    /// `400`
    BadRequest(Problem),
    /// `401`
    Unauthorized,
    /// `404`
    NotFound(Problem),
    /// `409`
    Conflict(Problem),
}

failure!(UpdateThingError {
    400 => BadRequest = json,
    401 => Unauthorized,
    404 => NotFound = json,
    409 => Conflict = json,
});
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_there_once() {
        let printed = print_operations(12);
        for index in 0..12 {
            assert_eq!(printed.matches(&format!("request!(UpdateThing{index},")).count(), 1);
        }
    }
}
