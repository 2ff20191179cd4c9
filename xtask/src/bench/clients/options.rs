//! What the command line asks for.
//!
//! In: the arguments after `bench clients`. Out: [`Options`]. Never: an argument ignored.

use std::path::PathBuf;

use super::super::scratch::Build;

/// How to use the command.
const USAGE: &str = "\
usage: cargo xtask bench clients FOLDER [options]
  --select A,B*       these documents, in place of those that have a budget; `*` stands for any text
  --against REVISION  measures this revision of the project too, in turn, and compares
  --rounds N          how often each thing is done; the median counts (3)
  --debug             builds the crates for debugging too
  --release           builds them with optimization too";

/// What to measure.
pub(crate) struct Options {
    pub(super) folder: PathBuf,
    pub(super) select: Option<Vec<String>>,
    pub(super) against: Option<String>,
    pub(super) rounds: usize,
    debug: bool,
    release: bool,
}

impl Options {
    /// Reads the arguments.
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (folder, rounds) = (PathBuf::new(), 3);
        let mut options = Self { folder, select: None, against: None, rounds, debug: false, release: false };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` needs a value\n{USAGE}"));
            match argument.as_str() {
                "--select" => options.select = Some(value()?.split(',').map(str::to_owned).collect()),
                "--against" => options.against = Some(value()?),
                "--rounds" => options.rounds = super::super::options::number(&value()?, USAGE)?,
                "--debug" => options.debug = true,
                "--release" => options.release = true,
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

    /// How the crates are built.
    pub(super) fn builds(&self) -> Vec<Build> {
        let more = [(self.debug, Build::Debug), (self.release, Build::Release)];
        let more = more.into_iter().filter_map(|(asked, build)| asked.then_some(build));
        std::iter::once(Build::Check).chain(more).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options, String> {
        Options::parse(arguments.iter().map(|&argument| argument.to_owned()))
    }

    #[test]
    fn arguments_choose_and_wrong_ones_are_named() {
        let options = parse(&["documents", "--select", "a,b", "--release", "--rounds", "2"]).unwrap();
        assert!(options.builds() == [Build::Check, Build::Release] && options.rounds == 2);
        assert_eq!(options.select.unwrap(), ["a", "b"]);
        for wrong in [&[][..], &["--debug"], &["a", "b"], &["a", "--rounds", "0"], &["a", "--fast"]] {
            assert!(parse(wrong).is_err_and(|error| error.contains("usage:")), "{wrong:?}");
        }
    }
}
