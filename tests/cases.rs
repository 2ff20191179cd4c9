//! One snapshot for each document under `cases`.
//!
//! In: small documents, one rule each, with options in a `.toml` beside them; below `cases/configuration`, such files as
//! `clientwright.toml`. Out: for each a snapshot of what was said about it and what was generated from it. Never: a file
//! written but for new snapshots. (`architecture.rs` holds that no snapshot is left without its case.)

mod case;

use std::path::Path;

use case::{Case, configuration};
use clientwright_tests::workspace;

datatest_stable::harness! {
    { test = matches_its_snapshot, root = "cases", pattern = r"\.(yaml|json)$" },
    { test = is_told_what_is_wrong, root = "cases/configuration", pattern = r"\.toml$" },
}

/// Runs a case and compares everything there is to see of it with its snapshot.
fn matches_its_snapshot(path: &Path) -> datatest_stable::Result<()> {
    let case = Case::read(path)?;
    let shown = case.run()?;
    if shown != case.run()? {
        return Err("the same document gave two results".into());
    }
    compare(path, &case.folder(), &case.name(), &shown);
    Ok(())
}

/// Reads a configuration with mistakes and compares what is said about them with its snapshot.
fn is_told_what_is_wrong(path: &Path) -> datatest_stable::Result<()> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    compare(path, Path::new("configuration"), &name, &configuration::run(path)?);
    Ok(())
}

fn compare(path: &Path, folder: &Path, name: &str, shown: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_input_file(workspace().join("tests").join(path));
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path(Path::new("snapshots").join(folder));
    settings.bind(|| insta::assert_snapshot!(name, shown));
}
