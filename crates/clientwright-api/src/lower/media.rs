//! What a media type says of the bytes (RFC 9110, section 8.3.1; RFC 6839).
//!
//! In: a media type or a range of them, as a document writes it. Out: its kind. Never happens: a parameter of a media
//! type that decides.

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is JSON: `application/json`, or any with the suffix `+json`.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether it is a stream of events (HTML, "Server-sent events").
pub(super) fn is_event_stream(media_type: &str) -> bool {
    essence(media_type) == "text/event-stream"
}

/// Whether it is values of JSON one after the other: a line each, or each after a separator (RFC 7464).
pub(super) fn is_json_sequence(media_type: &str) -> bool {
    const SEQUENCES: &[&str] = &[
        "application/json-lines",
        "application/json-seq",
        "application/jsonl",
        "application/jsonlines",
        "application/ndjson",
        "application/stream+json",
        "application/x-json-stream",
        "application/x-jsonl",
        "application/x-jsonlines",
        "application/x-ndjson",
        "application/x-ldjson",
        "text/x-ndjson",
    ];
    let essence = essence(media_type);
    SEQUENCES.contains(&essence.as_str()) || essence.ends_with("+json-seq")
}

/// Whether it is one piece after the other, as far as these can be told apart.
pub(super) fn is_sequential(media_type: &str) -> bool {
    is_event_stream(media_type) || is_json_sequence(media_type)
}

/// Whether it is a range that says nothing: some frameworks write it where they mean their own type, which is JSON.
pub(super) fn is_anything(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "*/*" | "application/*")
}

/// Whether it is a range rather than a media type.
pub(super) fn is_range(media_type: &str) -> bool {
    essence(media_type).contains('*')
}

/// Whether it has the form of a media type or a range, without characters that some field or comment cannot hold.
pub(super) fn is_sound(media_type: &str) -> bool {
    let plain = |character: char| (character == ' ' || character.is_ascii_graphic()) && !"`\\,<>".contains(character);
    essence(media_type).split_once('/').is_some_and(|(top, sub)| !top.is_empty() && !sub.is_empty())
        && media_type.chars().all(plain)
}

/// Whether it is XML.
pub(super) fn is_xml(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(essence.as_str(), "application/xml" | "text/xml") || essence.ends_with("+xml")
}

/// Whether the bytes are no text that a person could write: pictures, archives, anything.
pub(super) fn is_binary(media_type: &str) -> bool {
    const BINARY: &[&str] = &["image", "audio", "video", "font", "model"];
    const TEXTUAL: &[&str] =
        &["graphql", "javascript", "jsonl", "sql", "toml", "x-ndjson", "x-www-form-urlencoded", "x-yaml", "yaml"];
    let essence = essence(media_type);
    let (top, sub) = essence.split_once('/').unwrap_or((&essence, ""));
    BINARY.contains(&top)
        || (top == "application" && !TEXTUAL.contains(&sub) && !is_json(&essence) && !is_xml(&essence))
        || top == "*"
}

/// The media types between commas.
pub(super) fn list(media_types: &str) -> Vec<String> {
    media_types.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_whatever_the_case_and_the_parameters() {
        for json in ["application/json", "Application/LD+JSON; charset=utf-8", "application/problem+json"] {
            assert!(is_json(json) && !is_binary(json) && !is_range(json), "{json}");
        }
        for binary in ["image/svg+xml", "image/*", "application/pdf", "*/*", "application/vnd.ms-excel", "font/woff2"] {
            assert!(is_binary(binary) && !is_json(binary), "{binary}");
        }
        for textual in ["text/csv", "application/yaml", "application/atom+xml", "application/x-ndjson", "text/plain"] {
            assert!(!is_binary(textual), "{textual}");
        }
        for unsound in ["json", "/", "text/", "text/a`b", "text/a\nb", "text/é", "text/a, text/b"] {
            assert!(!is_sound(unsound), "{unsound}");
        }
        assert!(is_sound("application/ld+json; profile=\"http://x/y\"") && is_sound("image/*"));
        assert!(is_anything("*/*") && !is_anything("image/*") && is_range("image/*"));
        assert_eq!(list("image/png, image/jpeg,"), ["image/png", "image/jpeg"]);
    }
}
