//! Which version of `OpenAPI` a file is written in.
//!
//! In: the root of a file. Out: its [`Version`], by which the readers decide. Never: a version
//! guessed; a file that does not state one is read by the version of the root document.

use crate::diagnostic::{Code, Diagnostic, Severity, nearest, quoted};
use crate::source::{Kind, NodeRef};

/// The versions that are read. A version differs from the others only inside of `read`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// Swagger 2.0, by its later name `OpenAPI` 2.0.
    V2_0,
    /// `OpenAPI` 3.0.x.
    V3_0,
    /// `OpenAPI` 3.1.x.
    V3_1,
    /// `OpenAPI` 3.2.x.
    V3_2,
}

/// What a file says about its version.
pub(super) struct Stated {
    pub(super) version: Version,
    /// What is wrong with how it says so.
    pub(super) fault: Option<Diagnostic>,
}

impl Version {
    /// The version a document says it is written in.
    pub(super) fn of(root: NodeRef<'_>) -> Result<Stated, Box<Diagnostic>> {
        if root.kind() != Kind::Object {
            let label = format!("expected an object, found {}", root.kind().name());
            let diagnostic = Diagnostic::new(Code::NotADocument, "this is not an OpenAPI document");
            let diagnostic = diagnostic.at(root.at(), label);
            return Err(Box::new(diagnostic.help("name the file that begins with `openapi:`")));
        }
        let stated = ["openapi", "swagger"].into_iter().find_map(|key| Some((key, root.get(key)?)));
        let Some((key, value)) = stated else { return Err(Box::new(without_version(root))) };
        let text = value.as_str().map_or_else(|| value.to_json().to_string(), str::to_owned);
        match Self::named(&text) {
            Some(version) => {
                let second = root.get("swagger").filter(|_| key == "openapi");
                let fault = second.map(|second| stated_twice(value, second));
                Ok(Stated { version, fault: fault.or_else(|| self::fault(version, key, &text, value)) })
            }
            None => Err(Box::new(unsupported(&text, value))),
        }
    }

    /// The version of a number such as `3.0.3`, whose last part changes nothing.
    fn named(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        match (parts.next()?, parts.next()) {
            ("2", None | Some("0")) => Some(Self::V2_0),
            ("3", Some("0")) => Some(Self::V3_0),
            ("3", Some("1")) => Some(Self::V3_1),
            ("3", Some("2")) => Some(Self::V3_2),
            _ => None,
        }
    }

    /// Whether a file is a whole document rather than a part of one.
    pub(super) fn is_stated_in(root: NodeRef<'_>) -> bool {
        let is_version = |value: NodeRef<'_>| matches!(value.kind(), Kind::String | Kind::Number);
        ["openapi", "swagger"].iter().any(|key| root.get(key).is_some_and(is_version))
    }

    /// The key under which a document states it.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::V2_0 => "swagger",
            Self::V3_0 | Self::V3_1 | Self::V3_2 => "openapi",
        }
    }

    /// The version without its last part: `3.0`.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::V2_0 => "2.0",
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
            Self::V3_2 => "3.2",
        }
    }
}

/// What is wrong with a version that can be told all the same.
fn fault(version: Version, key: &str, text: &str, value: NodeRef<'_>) -> Option<Diagnostic> {
    let right = match version {
        Version::V2_0 => "2.0".to_owned(),
        Version::V3_0 | Version::V3_1 | Version::V3_2 => format!("{}.0", version.as_str()),
    };
    let is_whole = match version {
        Version::V2_0 => text == right,
        Version::V3_0 | Version::V3_1 | Version::V3_2 => text.splitn(3, '.').nth(2).is_some(),
    };
    let title = if version.key() != key {
        format!("{} is not the key for version {} of OpenAPI", quoted(key), version.as_str())
    } else if is_whole {
        return None;
    } else {
        format!("{} is not how OpenAPI {} writes its version", quoted(text), version.as_str())
    };
    Some(
        Diagnostic::new(Code::InvalidValue, title)
            .severity(Severity::Note)
            .at(value.at(), format!("read by the rules of {}", version.as_str()))
            .help(format!("write `{}: \"{right}\"`", version.key())),
    )
}

fn stated_twice(first: NodeRef<'_>, second: NodeRef<'_>) -> Diagnostic {
    Diagnostic::new(Code::InvalidValue, "the document states two versions of OpenAPI")
        .at(second.at(), "expected one of `openapi` and `swagger`; ignored")
        .also(first.at(), "the document is read by this one")
        .help("remove the key that is not meant")
}

fn unsupported(text: &str, value: NodeRef<'_>) -> Diagnostic {
    Diagnostic::new(Code::UnsupportedVersion, format!("version {} of OpenAPI is not supported", quoted(text)))
        .at(value.at(), "expected `2.0`, or a version from `3.0.0` to `3.2.0`")
        .help("convert the document to one of these versions")
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
