//! What the command line asks for.
//!
//! In: the arguments after `corpus`. Out: [`Options`]. Never: an argument ignored.

use std::path::{Path, PathBuf};

use super::documents::Document;

/// How to use the command.
const USAGE: &str = "\
usage: cargo xtask corpus FOLDER [options]
  --select A,B*     only documents of these names; `*` stands for any text
  --version 3.0,3.1 only documents of these versions
  --fresh           forgets what earlier runs found
  --no-check        generates only
  --clippy          checks with clippy, its pedantic lints included
  --batch N         checks about N megabytes of generated code in one run of cargo (12)
  --jobs N          compiles N crates at the same time (as many as there are cores)
  --left-out FILE   fails unless FILE names the operations that are left out, each with its reason
  --round-trip      instead of all this reads and writes values of each schema: sampled ones, and the document's examples
  --samples N       the most values that are sampled from a schema (20)
  --mutations N     instead of all this puts faults into the documents, N times, and generates from what comes out
  --seed S          the number of the first mutation, and the seed of the samples (0)";

/// What to do.
pub(super) struct Options {
    /// The folder of documents.
    pub(super) folder: PathBuf,
    select: Vec<String>,
    versions: Vec<String>,
    pub(super) fresh: bool,
    pub(super) check: bool,
    pub(super) clippy: bool,
    /// Bytes of generated code in one batch.
    pub(super) batch: u64,
    pub(super) jobs: Option<usize>,
    /// The file that names the operations which are left out.
    pub(super) left_out: Option<PathBuf>,
    /// What is done in place of all this.
    pub(super) instead: Option<Instead>,
    /// The most values that are sampled from a schema.
    pub(super) samples: u64,
    /// The number of the first mutation, and the seed of the samples.
    pub(super) seed: u64,
}

/// What may be done with documents in place of generating and checking them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Instead {
    /// So many mutations are made of them.
    Mutations(u64),
    /// Values of their schemas are read and written.
    RoundTrip,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            folder: PathBuf::new(),
            select: Vec::new(),
            versions: Vec::new(),
            fresh: false,
            check: true,
            clippy: false,
            batch: 12_000_000,
            jobs: None,
            left_out: None,
            instead: None,
            samples: 20,
            seed: 0,
        }
    }
}

impl Options {
    /// What is done with a folder where nothing else is asked for.
    pub(super) fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), ..Self::default() }
    }

    pub(super) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` needs a value\n{USAGE}"));
            match argument.as_str() {
                "--select" => options.select = value()?.split(',').map(str::to_owned).collect(),
                "--version" => options.versions = value()?.split(',').map(str::to_owned).collect(),
                "--fresh" => options.fresh = true,
                "--no-check" => options.check = false,
                "--clippy" => options.clippy = true,
                "--batch" => options.batch = number::<u64>(&argument, &value()?)?.saturating_mul(1_000_000),
                "--jobs" => options.jobs = Some(number(&argument, &value()?)?),
                "--round-trip" => options.instead = Some(Instead::RoundTrip),
                "--samples" => options.samples = number(&argument, &value()?)?,
                "--left-out" => options.left_out = Some(value()?.into()),
                "--mutations" => options.instead = Some(Instead::Mutations(number(&argument, &value()?)?)),
                "--seed" => options.seed = number(&argument, &value()?)?,
                unknown if unknown.starts_with('-') => return Err(format!("there is no option `{unknown}`\n{USAGE}")),
                _ if options.folder.as_os_str().is_empty() => options.folder = argument.into(),
                _ => return Err(format!("one folder, and not `{argument}` too\n{USAGE}")),
            }
        }
        if options.folder.as_os_str().is_empty() {
            return Err(USAGE.to_owned());
        }
        Ok(options)
    }

    /// Whether a document is one of those that are asked for.
    pub(super) fn selects(&self, document: &Document) -> bool {
        let named = self.select.is_empty() || self.select.iter().any(|pattern| matches(pattern, &document.name));
        let version = |wanted: &String| document.version.starts_with(wanted);
        named && (self.versions.is_empty() || self.versions.iter().any(version))
    }
}

fn number<T: std::str::FromStr>(option: &str, text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("`{option}` needs a number, and not `{text}`"))
}

/// Whether a name is what a pattern says, in which `*` stands for any text.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(name) = name.strip_prefix(start) else { return false };
    (0..=name.len()).any(|end| name.get(end..).is_some_and(|name| matches(rest, name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_stand_for_names() {
        for (pattern, name, expected) in
            [("a", "a", true), ("a*", "abc", true), ("*b*c", "abdc", true), ("a*d", "abc", false), ("a", "ab", false)]
        {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
