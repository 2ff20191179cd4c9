//! What a build script decides about its client: what `clientwright.toml` says, in code.
//!
//! In: words and paths. Out: the same decisions, without places. Never: a word that stands for nothing passed over: it is
//! told when the client is generated.

use clientwright_document::Diagnostic;
use clientwright_document::diagnostic::{Code, Setting, Severity};
use clientwright_rust::{FormatType, OwnType, TypePath};

use super::Generator;

impl Generator {
    /// What a format of the document becomes, in the words of `clientwright.toml`: `.format("date-time", "string")`,
    /// `.format("uuid", "crate::Id")`.
    ///
    /// A path is that of a type with the runtime's `Encode` and `Decode`.
    pub fn format(mut self, format: impl Into<String>, becomes: &str) -> Self {
        let format = format.into();
        match FormatType::parse(&format, becomes) {
            Ok(becomes) => self.config.formats.set(Setting::new(format), becomes),
            Err(expected) => {
                self.refuse(format!("`{becomes}` is no type for the format `{format}`"), &expected);
            }
        }
        self
    }

    /// The same for a type that has serde's traits: `.format_with_serde("uri", "url::Url")`.
    pub fn format_with_serde(mut self, format: impl Into<String>, path: &str) -> Self {
        if let Some(path) = self.path(path) {
            self.config.formats.set(Setting::new(format.into()), FormatType::Own(OwnType { path, serde: true }));
        }
        self
    }

    fn path(&mut self, text: &str) -> Option<TypePath> {
        let path = TypePath::parse(text);
        if path.is_none() {
            self.refuse(
                format!("`{text}` is not the path of a type"),
                "write names with `::` between them: `crate::Money`",
            );
        }
        path
    }

    fn refuse(&mut self, title: String, help: &str) {
        self.faults.push(Diagnostic::new(Code::InvalidValue, title).severity(Severity::Error).help(help));
    }
}
