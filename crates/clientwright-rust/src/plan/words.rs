//! What media types are called.
//!
//! In: a media type, or a range of them. Out: the word that a person has for it, which a name is made of: `csv`. Never
//! happens: a name; words may repeat, and the one namer tells them apart.

/// Formats that are known by another word than that of their registration (IANA, "Media Types").
const KNOWN: &[(&str, &str)] = &[
    ("application/msword", "doc"),
    ("application/octet-stream", "bytes"),
    ("application/vnd.ms-excel", "xls"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/x-www-form-urlencoded", "form"),
    ("text/plain", "text"),
];

/// What a media type is called.
pub(super) fn of_media_type(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if let Some((_, word)) = KNOWN.iter().find(|(known, _)| *known == essence) {
        return (*word).to_owned();
    }
    let Some((top, subtype)) = essence.split_once('/') else { return "text".to_owned() };
    if subtype == "*" {
        return top.to_owned();
    }
    let plain = ["vnd.", "prs.", "x-"].iter().find_map(|tree| subtype.strip_prefix(tree)).unwrap_or(subtype);
    ["+json", "+xml"].iter().find_map(|suffix| plain.strip_suffix(suffix)).unwrap_or(plain).to_owned()
}

#[cfg(test)]
mod tests {
    use super::of_media_type;

    #[test]
    fn media_types_have_the_word_that_people_say() {
        for (media_type, word) in [
            ("text/csv; charset=utf-8", "csv"),
            ("application/PDF", "pdf"),
            ("application/vnd.ms-excel", "xls"),
            ("application/x-yaml", "yaml"),
            ("image/svg+xml", "svg"),
            ("image/*", "image"),
            ("application/vnd.api+json", "api"),
            ("text/plain", "text"),
            ("nonsense", "text"),
        ] {
            assert_eq!(of_media_type(media_type), word, "{media_type}");
        }
    }
}
