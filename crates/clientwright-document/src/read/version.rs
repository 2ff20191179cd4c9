//! Which version of `OpenAPI` a file is written in.
//!
//! In: the root of a file. Out: its [`Version`], by which the readers decide. Never: a version
//! guessed; a file that does not state one is read by the version of the root document.

use crate::diagnostic::{Code, Diagnostic, nearest, quoted};
use crate::source::{Kind, NodeRef};

/// The versions that are read. A version differs from the others only inside of `read`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// `OpenAPI` 3.0.x.
    V3_0,
    /// `OpenAPI` 3.1.x.
    V3_1,
}

impl Version {
    /// The version a document says it is written in.
    pub(super) fn of(root: NodeRef<'_>) -> Result<Self, Box<Diagnostic>> {
        if root.kind() != Kind::Object {
            let label = format!("expected an object, found {}", root.kind().name());
            let diagnostic = Diagnostic::new(Code::NotADocument, "this is not an OpenAPI document");
            let diagnostic = diagnostic.at(root.at(), label);
            return Err(Box::new(diagnostic.help("name the file that begins with `openapi:`")));
        }
        let (key, value) = match (root.get("openapi"), root.get("swagger")) {
            (Some(value), _) => ("openapi", value),
            (None, Some(value)) => ("swagger", value),
            (None, None) => return Err(Box::new(without_version(root))),
        };
        let stated = value.as_str().map_or_else(|| value.to_json().to_string(), str::to_owned);
        let known = [("3.0", Self::V3_0), ("3.1", Self::V3_1)];
        let is_of =
            |series: &str| stated.strip_prefix(series).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        if let Some((_, version)) = known.into_iter().find(|(series, _)| key == "openapi" && is_of(series)) {
            return Ok(version);
        }
        let title = format!("version {} of OpenAPI is not supported yet", quoted(&stated));
        Err(Box::new(
            Diagnostic::new(Code::UnsupportedVersion, title)
                .at(value.at(), "expected a version from `3.0.0` to `3.1.2`")
                .help("convert the document to OpenAPI 3.0 or 3.1"),
        ))
    }

    /// Whether a file is a whole document rather than a part of one.
    pub(super) fn is_stated_in(root: NodeRef<'_>) -> bool {
        ["openapi", "swagger"].iter().any(|key| root.get(key).is_some_and(|value| value.kind() == Kind::String))
    }

    /// The version without its last part: `3.0`.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
        }
    }
}

fn without_version(root: NodeRef<'_>) -> Diagnostic {
    let keys = || root.entries().map(|(key, _)| key);
    let near = nearest("openapi", keys()).or_else(|| nearest("swagger", keys()));
    let found = root.entries().find(|(key, _)| Some(*key) == near);
    let diagnostic = Diagnostic::new(Code::NotADocument, "the document does not say which version of OpenAPI it is in");
    let diagnostic = match found {
        Some((_, value)) => diagnostic.at(value.at().key(), "expected the key `openapi`, found this"),
        None => diagnostic.at(root.at(), "expected the key `openapi` in this object, found none"),
    };
    diagnostic.help("add `openapi: 3.0.3` at the top, or name the file that has it")
}
