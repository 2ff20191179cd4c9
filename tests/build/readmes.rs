//! Takes the examples out of the clients' `README.md`, so that they are compiled.
//!
//! In: the clients of `clientwright.toml`. Out: `readmes.rs`, a module for each example, and the headings above them, by
//! client. Never: an example changed.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// Clients that the tests know by another name, because their own is taken.
const RENAMED: [(&str, &str); 1] = [("allo", "allo_client")];

/// Writes the examples of some clients, given with the folders of their crates.
pub(super) fn write<'a>(root: &Path, clients: impl Iterator<Item = (&'a str, &'a str)>) -> Result<(), Box<dyn Error>> {
    let (mut modules, mut headings) = (String::new(), String::new());
    for (name, output) in clients {
        let path = root.join(output).join("README.md");
        super::watch(&path);
        let krate = name.replace('-', "_");
        let known = RENAMED.iter().find(|(own, _)| *own == krate).map_or(krate.as_str(), |(_, known)| known);
        let alias = if known == krate { String::new() } else { format!("use {known} as {krate};\n") };
        let text = fs::read_to_string(path)?;
        let mut titles = Vec::new();
        for (place, (title, code)) in examples(&text).into_iter().enumerate() {
            writeln!(modules, "mod {krate}_{place} {{\n{alias}{code}}}")?;
            titles.push(title);
        }
        writeln!(headings, "    ({name:?}, &{titles:?}),")?;
    }
    let text = format!("{modules}const EXAMPLES: &[(&str, &[&str])] = &[\n{headings}];\n");
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("readmes.rs"), text)?)
}

/// The examples of a text in Markdown, each with the heading above it.
fn examples(text: &str) -> Vec<(&str, String)> {
    let mut found: Vec<(&str, String)> = Vec::new();
    let (mut title, mut inside) = ("", false);
    for line in text.lines() {
        match line {
            "```rust,no_run" => {
                inside = true;
                found.push((title, String::new()));
            }
            "```" => inside = false,
            _ if inside => {
                if let Some((_, code)) = found.last_mut() {
                    code.push_str(line);
                    code.push('\n');
                }
            }
            _ => title = line.strip_prefix("## ").unwrap_or(title),
        }
    }
    found
}
