//! A client's entry in `clientwright.toml`.
//!
//! In: the entry, and the file's text. Out: the text with the entry at its end. Never: a change in
//! what a person wrote; a file that is seen half written.

use std::fs;
use std::io;
use std::path::Path;

use toml_edit::{DocumentMut, InlineTable, Item, Table, value};

/// How a new file begins.
const HEADING: &str = "# The clients that `clientwright generate` writes, each from an OpenAPI document.\n\n";

/// A client to be added.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    pub(super) name: &'a str,
    pub(super) spec: &'a str,
    pub(super) output: &'a str,
    /// Paths by the URLs that they stand for.
    pub(super) urls: &'a [(String, String)],
}

impl Entry<'_> {
    /// The entry alone.
    pub(super) fn text(&self) -> String {
        let mut document = DocumentMut::new();
        let mut clients = Table::new();
        clients.set_implicit(true);
        clients.insert(self.name, Item::Table(self.table("")));
        document.insert("client", Item::Table(clients));
        document.to_string()
    }

    /// A file's text with the entry at its end; none where clients are listed in no way that could
    /// be added to.
    pub(super) fn add_to(&self, text: Option<&str>) -> Option<String> {
        let Some(text) = text else { return Some(HEADING.to_owned() + &self.text()) };
        let mut document: DocumentMut = text.parse().ok()?;
        if document.get("client").is_none() {
            // Comments are all there is.
            let blank = if text.trim().is_empty() { "" } else { "\n" };
            let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
            return Some(format!("{text}{end}{blank}{}", self.text()));
        }
        let prefix = before(document.trailing().as_str().unwrap_or_default());
        let clients = document.get_mut("client")?;
        if let Some(clients) = clients.as_table_mut().filter(|clients| !clients.is_dotted()) {
            clients.insert(self.name, Item::Table(self.table(&prefix)));
            document.set_trailing("");
        } else {
            clients.as_table_like_mut()?.insert(self.name, value(self.inline()));
        }
        let added = document.to_string();
        let is_windows = text.contains("\r\n");
        Some(if is_windows { added.replace("\r\n", "\n").replace('\n', "\r\n") } else { added })
    }

    fn table(&self, prefix: &str) -> Table {
        let mut table = Table::new();
        table.decor_mut().set_prefix(prefix);
        // Behind all tables that are there, in whatever order these are.
        table.set_position(Some(isize::MAX));
        table.insert("spec", value(self.spec));
        table.insert("output", value(self.output));
        let mut package = Table::new();
        package.set_position(Some(isize::MAX));
        package.insert("name", value(self.name));
        package.insert("version", value("0.1.0"));
        table.insert("package", Item::Table(package));
        if !self.urls.is_empty() {
            let mut urls = Table::new();
            urls.set_position(Some(isize::MAX));
            urls.extend(self.urls.iter().map(|(url, path)| (url, value(path))));
            table.insert("urls", Item::Table(urls));
        }
        table
    }

    fn inline(&self) -> InlineTable {
        let mut table: InlineTable = [("spec", self.spec), ("output", self.output)].into_iter().collect();
        if !self.urls.is_empty() {
            let urls: InlineTable = self.urls.iter().map(|(url, path)| (url, path.as_str())).collect();
            table.insert("urls", urls.into());
        }
        table
    }
}

/// What stands before a new table: the comments at the end of the file, and a blank line.
fn before(trailing: &str) -> String {
    let end = if trailing.is_empty() || trailing.ends_with('\n') { "" } else { "\n" };
    format!("{trailing}{end}\n")
}

/// Writes a file aside, and puts it in its place.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    // A link stays one.
    let path = if path.exists() { path.canonicalize()? } else { path.to_owned() };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let aside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::write(&aside, text)
        .and_then(|()| fs::metadata(&path).map_or(Ok(()), |facts| fs::set_permissions(&aside, facts.permissions())))
        .and_then(|()| fs::rename(&aside, &path));
    written.inspect_err(|_| {
        // What could not take its place must not stay either.
        let _ = fs::remove_file(&aside);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PETS: Entry<'_> = Entry { name: "pets", spec: "specs/pets.yaml", output: "crates/clients/pets", urls: &[] };
    const TEXT: &str = "[client.pets]\nspec = \"specs/pets.yaml\"\noutput = \"crates/clients/pets\"\n\n\
                        [client.pets.package]\nname = \"pets\"\nversion = \"0.1.0\"\n";

    fn added(text: &str) -> String {
        PETS.add_to(Some(text)).unwrap()
    }

    #[test]
    fn a_new_file_begins_with_a_comment() {
        assert_eq!(PETS.add_to(None).unwrap(), format!("{HEADING}{TEXT}"));
        assert_eq!(added(""), TEXT);
        assert_eq!(added("# mine"), format!("# mine\n\n{TEXT}"));
    }

    #[test]
    fn what_is_there_stays_as_it_is() {
        for text in [
            "[client.allo]\nspec = 'a' # why\noutput = \"b\"\n",
            "# one\n\n[client]\n[client.allo]\n  spec='a'\noutput =   'b'\n# end\n",
            "[client.b]\nspec = 'a'\noutput = 'b'\n[client.a]\nspec = 'a'\noutput = 'c'\n[client.b.package]\nname = 'x'\n",
        ] {
            assert_eq!(added(text), format!("{text}\n{TEXT}"));
        }
        let text = "[client.allo]\r\nspec = 'a'\r\noutput = 'b'\r\n";
        assert_eq!(added(text), format!("{text}\r\n{}", TEXT.replace('\n', "\r\n")));
    }

    #[test]
    fn what_stands_for_urls_is_part_of_an_entry() {
        let urls = [("https://example.com/".to_owned(), "specs/schemas".to_owned())];
        let entry = Entry { urls: &urls, ..PETS };
        let expected = format!("{TEXT}\n[client.pets.urls]\n\"https://example.com/\" = \"specs/schemas\"\n");
        assert_eq!(entry.add_to(Some("")).unwrap(), expected);
        let inline = entry.add_to(Some("client = { a = { spec = 'a', output = 'b' } }\n")).unwrap();
        assert!(inline.contains("urls = { \"https://example.com/\" = \"specs/schemas\" }"), "{inline}");
    }

    #[test]
    fn other_ways_to_list_clients_are_kept() {
        let entry = "pets = { spec = \"specs/pets.yaml\", output = \"crates/clients/pets\" }";
        let text = added("client = { a = { spec = 'a', output = 'b' } }\n");
        assert_eq!(text, format!("client = {{ a = {{ spec = 'a', output = 'b' }} , {entry} }}\n"));
        let text = added("client.a = { spec = 'a', output = 'b' }\n");
        assert_eq!(text, format!("client.a = {{ spec = 'a', output = 'b' }}\nclient.{entry}\n"));
    }
}
