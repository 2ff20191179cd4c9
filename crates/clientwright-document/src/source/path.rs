//! Names of files and URIs, put together from a base and a reference.
//!
//! In: the name of the file a reference stands in, and the reference without its fragment. Out:
//! the name of the file it means (RFC 3986, section 5.2). Never: a look at what exists; whether a
//! file may be read is for the loader to decide.

/// The name of the file that a path means, seen from another file.
pub(crate) fn join(from: &str, path: &str) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    let folder = from.rsplit_once('/').map(|(folder, _)| folder);
    let mut steps: Vec<&str> = folder.map(|folder| folder.split('/').collect()).unwrap_or_default();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => go_up(&mut steps),
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

fn go_up(steps: &mut Vec<&str>) {
    match steps.last().copied() {
        // There is nothing above the root of a file system.
        Some("") if steps.len() == 1 => {}
        None | Some("..") => steps.push(".."),
        Some(".") => {
            steps.pop();
            steps.push("..");
        }
        Some(_) => {
            steps.pop();
        }
    }
}

/// The URI, or the name of a file, that a reference without fragment means under a base.
pub(crate) fn resolve(base: &str, reference: &str) -> String {
    if reference.is_empty() || is_remote(reference) || !has_scheme(base) {
        return if reference.is_empty() {
            base.to_owned()
        } else if is_remote(reference) {
            absolute(base, reference)
        } else {
            join(base, reference)
        };
    }
    let Some((origin, path)) = origin(base) else { return reference.to_owned() };
    let path = if path.is_empty() { "/" } else { path };
    let path = match reference.strip_prefix('/') {
        Some(below) => join("/", below),
        None => join(path, reference),
    };
    format!("{origin}{path}")
}

/// Whether a reference names something that only a network or a system could give: it has a
/// scheme (`https:`, `file:`) or a host (`//example.com`).
pub(crate) fn is_remote(reference: &str) -> bool {
    has_scheme(reference) || reference.starts_with("//")
}

/// The name of a file without its folder and its extension: `Pet` of `schemas/Pet.schema.json`.
pub(crate) fn stem(name: &str) -> &str {
    let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
    let without = |file, extensions: &[&str]| {
        let mut found = extensions.iter().filter_map(|extension| str::strip_suffix(file, extension));
        found.find(|stem| !stem.is_empty()).unwrap_or(file)
    };
    without(without(file, &[".yaml", ".yml", ".json"]), &[".schema"])
}

/// A part of a URI without its percent-encoding; `None` where that is broken.
pub(crate) fn percent_decoded(part: &str) -> Option<String> {
    if !part.contains('%') {
        return Some(part.to_owned());
    }
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// `https://example.com` and `/a/b` of `https://example.com/a/b`; none without a host.
fn origin(uri: &str) -> Option<(&str, &str)> {
    let host = uri.split_once("://")?.1;
    let path = host.find('/').map_or("", |slash| host.get(slash..).unwrap_or_default());
    uri.strip_suffix(path).map(|origin| (origin, path))
}

/// A reference with a host, its scheme added where it has none.
fn absolute(base: &str, reference: &str) -> String {
    let scheme = base.split_once(':').map(|(scheme, _)| scheme).filter(|_| has_scheme(base));
    match scheme {
        Some(scheme) if !has_scheme(reference) => format!("{scheme}:{reference}"),
        Some(_) | None => reference.to_owned(),
    }
}

fn has_scheme(reference: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(is_allowed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_file_they_stand_in() {
        assert_eq!(join("api.yaml", "pet.yaml"), "pet.yaml");
        assert_eq!(join("specs/api.yaml", "./schemas//pet.yaml"), "specs/schemas/pet.yaml");
        assert_eq!(join("specs/paths/pets.yaml", "../schemas/pet.yaml"), "specs/schemas/pet.yaml");
        assert_eq!(join("./specs/api.yaml", "../specs/pet.yaml"), "./specs/pet.yaml");
        assert_eq!(join("../specs/api.yaml", "pet.yaml"), "../specs/pet.yaml");
        assert_eq!(join("api.yaml", "../../etc/passwd"), "../../etc/passwd");
        assert_eq!(join("specs/api.yaml", "../../etc/passwd"), "../etc/passwd");
        assert_eq!(join("./api.yaml", "../a"), "../a");
        assert_eq!(join("/specs/api.yaml", "../../../etc/passwd"), "/etc/passwd");
        assert_eq!(join("specs/api.yaml", "/etc/passwd"), "/etc/passwd");
    }

    #[test]
    fn uris_are_relative_to_their_base() {
        assert_eq!(resolve("https://example.com/a/b", "c"), "https://example.com/a/c");
        assert_eq!(resolve("https://example.com/a/b", "../../c"), "https://example.com/c");
        assert_eq!(resolve("https://example.com/a/b", "/c"), "https://example.com/c");
        assert_eq!(resolve("https://example.com", "c"), "https://example.com/c");
        assert_eq!(resolve("https://example.com/a", "//example.org/b"), "https://example.org/b");
        assert_eq!(resolve("https://example.com/a", "urn:b"), "urn:b");
        assert_eq!(resolve("urn:a", "b"), "b");
        assert_eq!(resolve("specs/api.yaml", "pet"), "specs/pet");
    }

    #[test]
    fn what_only_a_network_could_give() {
        for remote in ["https://example.com/a", "file:///etc/passwd", "//example.com/a", "C:\\a", "urn:a"] {
            assert!(is_remote(remote), "{remote}");
        }
        for local in ["a.yaml", "./a:b", "../a", "/a", "1:2", ""] {
            assert!(!is_remote(local), "{local}");
        }
    }

    #[test]
    fn stems() {
        assert_eq!(stem("schemas/Pet.yaml"), "Pet");
        assert_eq!(stem("Pet"), "Pet");
        assert_eq!(stem("a/Pet.schema.json"), "Pet");
        assert_eq!(stem("a/core.v1.Pod.yml"), "core.v1.Pod");
        assert_eq!(stem("a/.json"), ".json");
    }
}
