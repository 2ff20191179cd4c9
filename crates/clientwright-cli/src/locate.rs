//! Where `clientwright.toml` is.
//!
//! In: the current folder, and perhaps a path. Out: the path of a configuration, relative to the
//! current folder where it was looked for. Never: a look into the file.

use std::env;
use std::path::{Path, PathBuf};

use clientwright::Configuration;
use clientwright::configuration::FILE_NAME;

use crate::End;
use crate::arguments::Common;
use crate::terminal::Terminal;

/// The configuration in the current folder or the nearest one above.
pub(crate) fn nearest() -> Option<PathBuf> {
    let current = env::current_dir().ok()?;
    let mut up = PathBuf::new();
    for folder in current.ancestors() {
        if folder.join(FILE_NAME).is_file() {
            return Some(up.join(FILE_NAME));
        }
        up.push("..");
    }
    None
}

/// Reads the configuration that is meant; where that fails, says why.
pub(crate) fn configuration(common: &Common, terminal: &Terminal) -> Result<Configuration, End> {
    let Some(path) = common.config.clone().or_else(nearest) else {
        let command = &terminal.command;
        terminal.error(&format!(
            "there is no {FILE_NAME} in this folder or above it\n\
             run `{command} init SPEC` to begin one, or name one with `--config`"
        ));
        return Err(End::Misused);
    };
    if common.config.is_some() && !path.exists() {
        terminal.error(&format!("there is no file `{}`", path.display()));
        return Err(End::Misused);
    }
    load(&path, common, terminal)
}

/// Reads a configuration; where that fails, says why.
pub(crate) fn load(path: &Path, common: &Common, terminal: &Terminal) -> Result<Configuration, End> {
    Configuration::load(path).map_err(|report| {
        terminal.report(&report, common.format);
        terminal.error(&format!("{} cannot be used: {}", path.display(), report.counts()));
        End::Failed
    })
}
