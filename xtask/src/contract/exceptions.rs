//! What may be refused, each with its reason.
//!
//! In: a file with a line for each: what it is tried on, its name, the reason, separated by tabs; `*` is all that it is tried
//! on. Out: a complaint for what is refused without a line, and for a line without anything that is refused. Never: a line
//! without a reason.

use std::fs;
use std::path::{Path, PathBuf};

use super::Tried;

pub(super) struct Exceptions {
    file: PathBuf,
    lines: Vec<Line>,
}

struct Line {
    on: String,
    name: String,
    reason: String,
}

impl Exceptions {
    pub(super) fn read(file: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let mut lines = Vec::new();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let parts: Vec<&str> = line.split('\t').collect();
            let [on, name, reason] = parts.as_slice() else {
                return Err(format!("{}:{}: no line of three columns", file.display(), number + 1));
            };
            if reason.trim().is_empty() {
                return Err(format!("{}:{}: no reason", file.display(), number + 1));
            }
            lines.push(Line { on: (*on).to_owned(), name: (*name).to_owned(), reason: (*reason).to_owned() });
        }
        Ok(Self { file: file.to_owned(), lines })
    }

    /// Why this may be refused, if it may.
    pub(super) fn reason(&self, tried: &Tried) -> Option<&str> {
        self.lines.iter().find(|line| line.is_for(tried)).map(|line| line.reason.as_str())
    }

    /// What is refused and may not be, and what may be and is not.
    pub(super) fn compare(&self, tried: &[Tried]) -> Vec<String> {
        let refused = tried.iter().filter_map(|one| Some((one, one.failure.as_ref()?)));
        let unknown = refused.filter(|(one, _)| self.reason(one).is_none());
        let mut wrong: Vec<String> =
            unknown.map(|(one, failure)| format!("{}: {}: {failure}", one.on, one.name)).collect();
        for line in &self.lines {
            let all: Vec<&Tried> = tried.iter().filter(|one| line.is_for(one)).collect();
            if all.is_empty() || all.iter().any(|one| one.failure.is_none()) {
                wrong.push(format!(
                    "{}: {} {} is not refused any more: remove it from {}",
                    line.on,
                    line.name,
                    if line.on == "*" { "(somewhere)" } else { "" },
                    self.file.display()
                ));
            }
        }
        wrong
    }
}

impl Line {
    fn is_for(&self, tried: &Tried) -> bool {
        (self.on == "*" || self.on == tried.on) && self.name == tried.name
    }
}
