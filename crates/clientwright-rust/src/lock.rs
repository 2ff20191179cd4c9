//! The names that callers of a client may have written, and what they pass where.
//!
//! In: nothing; plain values, read and written by the facade as `clientwright.lock`. Out: what planning gives again
//! unchanged, whatever the document gained since. Keys are those of the document: a component or an `operationId`, and
//! the way from there down; never a position. Never happens: a name that depends on the order of the document once it
//! is here.

use std::collections::{BTreeMap, BTreeSet};

use clientwright_api::model::{Location, Name, Origin, VIEW};

/// Names by the document's key of what bears them.
pub type Given = BTreeMap<String, String>;

/// The names that a client's callers may have written, and the order of what they pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// The builder's method for each credential, by the security scheme's name.
    pub credentials: Given,
    /// The function and the type for each server, by its URL.
    pub servers: Given,
    /// The client's method for each operation, by its `operationId`, or by method and path where it has none.
    pub methods: Given,
    /// The request type of each operation, `…/error` for its errors, `…/response` for its answers.
    pub requests: Given,
    /// Each type: a component by its name, an inline type by the way to it.
    pub types: Given,
    /// The types that a request carries under their own names, because what is sent was no other than what is received.
    pub sent: BTreeSet<String>,
    /// The types that are names for others, because the document says the same of both, each with that one.
    pub same: Given,
    /// The fields or variants of each type, by key, text or number.
    pub members: BTreeMap<String, Given>,
    /// The parameters of each operation: `query:limit`.
    pub parameters: BTreeMap<String, Given>,
    /// The keys of what the constructor of each type takes, in its order.
    pub constructors: BTreeMap<String, Vec<String>>,
    /// The parameters that the method of each operation takes, in its order: `path:id`, and last `body:` with the
    /// media type where it takes the body.
    pub arguments: BTreeMap<String, Vec<String>>,
}

impl Lock {
    /// Whether a type is sent as a view of its own, if callers have sent it.
    #[must_use]
    pub fn is_split(&self, name: &Name) -> Option<bool> {
        if self.types.contains_key(&type_key(&name.within(VIEW), true)) {
            return Some(true);
        }
        self.sent.contains(&type_key(name, false)).then_some(false)
    }

    /// The names of what a type consists of, if callers know it.
    #[must_use]
    pub(crate) fn members_of(&self, key: &str) -> Option<&Given> {
        self.members.get(key).or_else(|| self.members.get(self.same.get(key)?))
    }

    /// What the constructor of a type takes, in its order, if callers know it.
    #[must_use]
    pub(crate) fn constructor_of(&self, key: &str) -> &[String] {
        let found = self.constructors.get(key).or_else(|| self.constructors.get(self.same.get(key)?));
        found.map(Vec::as_slice).unwrap_or_default()
    }

    /// The name of a type.
    #[must_use]
    pub fn type_name(&self, name: &Name, is_sent_view: bool) -> Option<&str> {
        self.types.get(&type_key(name, is_sent_view)).map(String::as_str)
    }

    /// The names that are here and not in another, each with its key.
    #[must_use]
    pub fn not_in(&self, other: &Self) -> Vec<(String, String)> {
        let flat = |lock: &Self| {
            [&lock.credentials, &lock.servers, &lock.methods, &lock.requests, &lock.types].map(Clone::clone)
        };
        let none = Given::new();
        let mut missing = Vec::new();
        let mut compare = |within: &str, ours: &Given, theirs: &Given| {
            let new = ours.iter().filter(|(key, name)| theirs.get(*key) != Some(name));
            missing.extend(new.map(|(key, name)| (format!("{within}{key}"), name.clone())));
        };
        for (ours, theirs) in flat(self).iter().zip(&flat(other)) {
            compare("", ours, theirs);
        }
        for (ours, theirs) in [(&self.members, &other.members), (&self.parameters, &other.parameters)] {
            for (owner, given) in ours {
                compare(&format!("{owner}/"), given, theirs.get(owner).unwrap_or(&none));
            }
        }
        missing
    }
}

/// The key of a type: the component's name or the operation's, and the way from there, parted by `/`, which is `~1`
/// within a part, and `~` is `~0`, as in a JSON pointer (RFC 6901).
pub(crate) fn type_key(name: &Name, sent_view: bool) -> String {
    let mut key = match &name.origin {
        Origin::Component(component) => escaped(component),
        Origin::Operation(operation) => format!("{}()", escaped(operation)),
    };
    for part in &name.path {
        key.push('/');
        key.push_str(&escaped(part));
    }
    if sent_view {
        key.push_str(" (sent)");
    }
    key
}

/// The key of the type that is sent in place of another.
pub(crate) fn view_key(of: &str) -> String {
    format!("{of}/{VIEW} (sent)")
}

/// The key of a parameter.
pub(crate) fn parameter_key(location: Location, name: &str) -> String {
    format!("{}:{name}", location.as_str())
}

/// The key of a form in which an answer can be asked for.
pub(crate) fn answer_key(media_type: &str) -> String {
    format!("answer:{media_type}")
}

/// The key of a way to send a body.
pub(crate) fn body_key(media_type: &str) -> String {
    format!("body:{media_type}")
}

fn escaped(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}
