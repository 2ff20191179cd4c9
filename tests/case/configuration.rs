//! A case that is a `clientwright.toml` with mistakes.
//!
//! In: the path of such a file. Out: the text of its snapshot. Never: a look at the documents it names.

use std::error::Error;
use std::fs;
use std::path::Path;

use clientwright::Configuration;
use clientwright_tests::marks;

use super::{check_marks, section};

/// Everything there is to see of it.
pub(crate) fn run(path: &Path) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    if !text.starts_with("# ") {
        return Err("a case begins with a comment that says its rule".into());
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Err(report) = Configuration::parse(Path::new(""), &name, &text) else {
        return Err("a case under `configuration` has mistakes".into());
    };
    check_marks(&marks::expected(&name, &text), &report.render_short())?;
    Ok(section("CONFIGURATION", &text) + &section("DIAGNOSTICS", &report.to_string()))
}
