//! What a validator says of values.
//!
//! In: definitions. Out: whether a value is one of a definition. Never: an address fetched; definitions are complete.

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value};

use crate::dialect::Bundle;

/// A validator of all definitions.
#[derive(Debug)]
pub(crate) struct Check(Validator);

impl Check {
    /// The validator of some definitions.
    ///
    /// # Errors
    ///
    /// Fails where the validator does not understand them.
    pub(crate) fn new(bundle: &Bundle<'_>) -> Result<Self, String> {
        let options = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .with_format("byte", is_base64)
            .with_format("base64url", is_base64_url)
            .with_format("date-time-local", is_local)
            .with_format("decimal", |text: &str| text.parse::<f64>().is_ok());
        options.build(&bundle.whole()).map(Self).map_err(|error| error.to_string())
    }

    /// Whether a value is one of a definition.
    #[must_use]
    pub(crate) fn accepts(&self, definition: usize, value: Value) -> bool {
        self.0.is_valid(&Value::Object(Map::from_iter([(definition.to_string(), value)])))
    }

    /// Why a value is none of a definition.
    #[must_use]
    pub(crate) fn refuses(&self, definition: usize, value: Value) -> Option<String> {
        let value = Value::Object(Map::from_iter([(definition.to_string(), value)]));
        self.0.validate(&value).err().map(|error| format!("{}: {error}", error.instance_path()))
    }
}

/// Base64 with its padding, and no bit that stands for nothing (RFC 4648, sections 3.5 and 4).
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    let last = match text.len() - digits.len() {
        0 => true,
        1 => digits.ends_with(|last| "AEIMQUYcgkosw048".contains(last)),
        _ => digits.ends_with(['A', 'Q', 'g', 'w']),
    };
    text.len().is_multiple_of(4) && text.len() - digits.len() <= 2 && digits.bytes().all(is_digit) && last
}

/// The same with the alphabet for URLs and without padding (RFC 4648, section 5).
fn is_base64_url(text: &str) -> bool {
    let padding = "=".repeat(text.len().next_multiple_of(4) - text.len());
    !text.contains(['+', '/', '=']) && is_base64(&(text.replace('-', "+").replace('_', "/") + &padding))
}

fn is_local(text: &str) -> bool {
    jsonschema::options()
        .should_validate_formats(true)
        .with_draft(Draft::Draft202012)
        .build(&serde_json::json!({"format": "date-time"}))
        .is_ok_and(|validator| validator.is_valid(&format!("{text}Z").into()))
}
