//! Files that stand for URLs.
//!
//! In: URLs, each with the path of a file or a folder that a person named for it. Out: the name of the file that a reference
//! to a URL means. Never: a URL fetched, or a name that leads out of the folder.

use std::collections::BTreeSet;

use super::percent_decoded;
use crate::diagnostic::{Code, Diagnostic, Setting};

/// Files and folders that stand for URLs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Urls(Vec<Mapped>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Mapped {
    url: Setting<String>,
    /// A file, or a folder where the URL ends with a slash; without a slash at the end.
    path: String,
}

impl Urls {
    /// Adds one: a file for a URL, or a folder for all URLs that begin with one which ends with a slash.
    ///
    /// # Errors
    ///
    /// What was expected, where the text is no URL.
    pub fn add(&mut self, url: Setting<String>, path: &str) -> Result<(), &'static str> {
        let host = url.value.split_once("://").map(|(scheme, rest)| (scheme, rest.trim_end_matches('/')));
        if !host.is_some_and(|(scheme, host)| !scheme.is_empty() && !host.is_empty()) || url.value.contains('#') {
            return Err("expected a URL without a fragment, such as `https://example.com/schemas/`");
        }
        self.0.push(Mapped { url, path: path.trim_end_matches('/').to_owned() });
        Ok(())
    }

    /// The name of the file that stands for a URL.
    #[must_use]
    pub fn file_for(&self, url: &str) -> Option<String> {
        // The longest says most about it.
        let found = self.0.iter().filter_map(|mapped| Some((mapped.url.value.len(), mapped.file_for(url)?)));
        found.max_by_key(|(length, _)| *length).map(|(_, file)| file)
    }

    /// The files and the folders that are named.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|mapped| mapped.path.as_str())
    }

    /// Reports those that none of some URLs is mapped by.
    #[must_use]
    pub fn unused(&self, asked: &BTreeSet<String>) -> Vec<Diagnostic> {
        let is_unused = |mapped: &&Mapped| !asked.iter().any(|url| mapped.file_for(url).is_some());
        let report = |mapped: &Mapped| {
            let title = format!("no reference leads to `{}`", mapped.url.value);
            Diagnostic::new(Code::UnusedSetting, title)
                .set(&mapped.url, "stands for nothing")
                .help("write the beginning of the URLs as the document has them, or remove this")
        };
        self.0.iter().filter(is_unused).map(report).collect()
    }
}

impl Mapped {
    fn file_for(&self, url: &str) -> Option<String> {
        let rest = url.strip_prefix(self.url.value.as_str())?;
        if !self.url.value.ends_with('/') {
            return rest.is_empty().then(|| self.path.clone());
        }
        let rest = percent_decoded(rest.split('?').next().unwrap_or_default())?;
        let leads_down = rest.split('/').all(|step| !matches!(step, "" | "." | ".."));
        let folder = if self.path.is_empty() { String::new() } else { format!("{}/", self.path) };
        leads_down.then(|| format!("{folder}{rest}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(pairs: &[(&str, &str)]) -> Urls {
        let mut urls = Urls::default();
        for (url, path) in pairs {
            urls.add(Setting::new((*url).to_owned()), path).unwrap();
        }
        urls
    }

    #[test]
    fn folders_and_files_stand_for_urls() {
        let urls = urls(&[
            ("https://example.com/", "all/"),
            ("https://example.com/a/", "specs/a"),
            ("https://example.com/one?raw=1", "one.yaml"),
        ]);
        for (url, file) in [
            ("https://example.com/b.yaml", Some("all/b.yaml")),
            ("https://example.com/a/b%20c.yaml?x=1", Some("specs/a/b c.yaml")),
            ("https://example.com/one?raw=1", Some("one.yaml")),
            ("https://example.com/", None),
            ("https://example.com/../b.yaml", None),
            ("https://example.com/%2E%2E/b.yaml", None),
            ("https://example.com/%2Fetc/passwd", None),
            ("https://example.org/b.yaml", None),
        ] {
            assert_eq!(urls.file_for(url).as_deref(), file, "{url}");
        }
        assert_eq!(urls.unused(&BTreeSet::from(["https://example.com/b.yaml".to_owned()])).len(), 2);
    }

    #[test]
    fn what_is_no_url_stands_for_nothing() {
        for text in ["", "example.com", "https://", "https:///", "specs/", "https://example.com/a#b"] {
            assert!(Urls::default().add(Setting::new(text.to_owned()), "a").is_err(), "{text}");
        }
    }
}
