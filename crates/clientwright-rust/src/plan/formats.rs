//! Plans what the formats of a document become.
//!
//! In: the shape of a text or of a number. Out: its Rust type: what a person decided, or what the runtime has for it.
//! Never happens: a decision that applies to nothing and is passed over.

use clientwright_api::model::{IntegerWidth, TextFormat};
use clientwright_document::diagnostic::nearest;
use clientwright_document::{Code, Diagnostic};

use super::Planning;
use crate::config::FormatType;
use crate::model::{RuntimeType, RustType};

impl Planning<'_> {
    /// The type of a text.
    pub(super) fn text(&mut self, format: &TextFormat) -> RustType {
        let natural = match format {
            TextFormat::Plain | TextFormat::Other(_) => None,
            TextFormat::DateTime => Some(RuntimeType::DateTime),
            TextFormat::LocalDateTime => Some(RuntimeType::LocalDateTime),
            TextFormat::Date => Some(RuntimeType::Date),
            TextFormat::Uuid => Some(RuntimeType::Uuid),
            TextFormat::Base64 => Some(RuntimeType::Base64),
            TextFormat::Base64Url => Some(RuntimeType::Base64Url),
            TextFormat::Decimal => Some(RuntimeType::Decimal),
        };
        self.formatted(format.name().unwrap_or_default(), natural, RustType::String)
    }

    /// The type of an integer.
    pub(super) fn integer(&mut self, width: IntegerWidth) -> RustType {
        let format = match width {
            IntegerWidth::I8 => "int8",
            IntegerWidth::I16 => "int16",
            IntegerWidth::I32 => "int32",
            IntegerWidth::I64 => "int64",
            IntegerWidth::I128 => "int128",
            IntegerWidth::U8 => "uint8",
            IntegerWidth::U16 => "uint16",
            IntegerWidth::U32 => "uint32",
            IntegerWidth::U64 => "uint64",
        };
        self.formatted(format, None, RustType::Primitive(super::types::integer(width)))
    }

    /// The type of a number.
    pub(super) fn number(&mut self, single: bool) -> RustType {
        let (format, name) = if single { ("float", "f32") } else { ("double", "f64") };
        self.formatted(format, None, RustType::Primitive(name))
    }

    /// The type of a number in which no digit may be lost.
    pub(super) fn decimal(&mut self) -> RustType {
        self.formatted("decimal", Some(RuntimeType::DecimalNumber), RustType::Primitive("f64"))
    }

    /// What a person decided about a format; else what the runtime has for it, if it has something; else the plain type.
    fn formatted(&mut self, format: &str, natural: Option<RuntimeType>, plain: RustType) -> RustType {
        self.formats.insert(format.to_owned());
        match self.config.formats.get(format) {
            None | Some(FormatType::Typed) => natural.map_or(plain, |natural| self.runtime_type(natural)),
            Some(FormatType::Plain) => plain,
            Some(FormatType::Number(name)) => RustType::Primitive(name),
            Some(FormatType::Own(own)) => RustType::Own(own.clone()),
        }
    }

    /// Reports types of a person's own for formats that nothing has.
    pub(super) fn check_formats(&mut self) {
        for format in self.config.formats.demanding() {
            if self.formats.contains(&format.value) {
                continue;
            }
            let title = format!("nothing in the document has the format `{}`", format.value);
            let near = nearest(&format.value, self.formats.iter().map(String::as_str));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "correct the name of the format, or remove the line".to_owned(),
            };
            let diagnostic = Diagnostic::new(Code::UnusedSetting, title).set(format, "applies to nothing").help(help);
            self.diagnostics.push(diagnostic);
        }
    }
}
