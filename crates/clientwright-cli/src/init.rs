//! `init`: a client for a document into `clientwright.toml`.
//!
//! In: a document. Out: an entry for it, and what to do next. Never: a change of the file where
//! the document has errors, where the client is there already, or where the file would not be a
//! sound configuration afterwards.

mod entry;
mod name;
mod path;

use std::path::{Path, PathBuf};

use clientwright::configuration::FILE_NAME;
use clientwright::{Configuration, Severity, Survey, survey};

use crate::arguments::{Init, UrlOptions};
use crate::terminal::{Terminal, say, worst};
use crate::{End, locate, progress};
use entry::Entry;

/// The folder for clients in a workspace that has none yet.
const CLIENTS: &str = "crates/clients";

/// The configuration that a client is added to.
struct Target {
    path: PathBuf,
    /// None where there is no file yet.
    text: Option<String>,
    configuration: Configuration,
}

/// Adds a client.
pub(crate) fn run(request: &Init, terminal: &Terminal) -> End {
    match add(request, terminal) {
        Ok(()) => End::Done,
        Err(end) => end,
    }
}

fn add(request: &Init, terminal: &Terminal) -> Result<(), End> {
    if request.spec.contains("://") {
        let help = "save it beside your code, so that it changes when you want it to:";
        terminal.error(&format!("the document has to be a file\n{help}\n  curl -o api.yaml '{}'", request.spec));
        return Err(End::Misused);
    }
    let target = Target::find(request, terminal)?;
    let spec = target.relative(&request.spec).ok_or_else(|| {
        terminal.error(&format!("there is no way from {} to `{}`", target.path.display(), request.spec));
        End::Misused
    })?;
    let urls = target.urls(request, terminal)?;
    let survey = read(&target, &spec, &urls, request, terminal)?;
    let name = request.name.clone().unwrap_or_else(|| name::from_document(&survey.title, &spec));
    let output = target.output(request, &name, terminal)?;
    let entry = Entry { name: &name, spec: &spec, output: &output, urls: &urls.urls };
    target.write(&entry, request, terminal)?;
    say(&added(&target, &entry, &survey, &terminal.command));
    terminal.hint(worst(&survey.report), request.common.format);
    Ok(())
}

/// Reads the document, and shows what there is to say about it.
fn read(target: &Target, spec: &str, urls: &UrlOptions, request: &Init, terminal: &Terminal) -> Result<Survey, End> {
    let about = format!("working through {spec}");
    let survey = progress::during(terminal, &about, || survey(&target.configuration.folder, spec, &urls.all()));
    terminal.report(&survey.report, request.common.format);
    if survey.report.worst() == Some(Severity::Error) {
        terminal.error(&format!("no client was added: {}", survey.report.counts()));
        terminal.hint(worst(&survey.report), request.common.format);
        return Err(End::Failed);
    }
    Ok(survey)
}

impl Target {
    fn find(request: &Init, terminal: &Terminal) -> Result<Self, End> {
        let path = request.common.config.clone().or_else(locate::nearest).unwrap_or_else(|| PathBuf::from(FILE_NAME));
        if !path.exists() {
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            return Ok(Self { path, text: None, configuration: Configuration::empty(&folder) });
        }
        let configuration = locate::load(&path, &request.common, terminal)?;
        let text = std::fs::read_to_string(&path).map_err(|error| {
            terminal.error(&format!("cannot read {}: {error}", path.display()));
            End::Failed
        })?;
        Ok(Self { path, text: Some(text), configuration })
    }

    /// A path of the command line as the configuration has it: relative to its folder.
    fn relative(&self, path: &str) -> Option<String> {
        path::relative(&self.configuration.folder, Path::new(path))
    }

    /// The paths that stand for URLs, relative to the folder of the configuration.
    fn urls(&self, request: &Init, terminal: &Terminal) -> Result<UrlOptions, End> {
        let mut urls = Vec::new();
        for (url, path) in &request.urls.urls {
            let path = self.relative(path).ok_or_else(|| {
                terminal.error(&format!("there is no way from {} to `{path}`", self.path.display()));
                End::Misused
            })?;
            urls.push((url.clone(), path));
        }
        Ok(UrlOptions { urls })
    }

    /// Where the crate goes.
    fn output(&self, request: &Init, name: &str, terminal: &Terminal) -> Result<String, End> {
        let Some(asked) = &request.output else {
            let other = self.configuration.clients.last().map(|client| client.output.as_str());
            let folder = other.map_or(CLIENTS, |output| output.rsplit_once('/').map_or("", |(folder, _)| folder));
            return Ok(if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") });
        };
        let output = self.relative(asked).filter(|output| !output.is_empty() && !output.starts_with(".."));
        output.ok_or_else(|| {
            let file = self.path.display();
            terminal.error(&format!("`{asked}` is no folder below that of {file}\nchoose another with `--output`"));
            End::Misused
        })
    }

    /// Writes the file with an entry, if it then is what it was and the entry.
    fn write(&self, entry: &Entry<'_>, request: &Init, terminal: &Terminal) -> Result<(), End> {
        let file = self.path.display();
        if let Some(client) = self.configuration.client(entry.name) {
            let Entry { name, .. } = entry;
            let known = format!("{file} has a client `{name}` already, for {}", client.spec);
            terminal.error(&format!("{known}\nchoose another name with `--name`, or edit the file"));
            return Err(End::Misused);
        }
        let by_hand = || {
            let lines = entry.text();
            terminal.error(&format!("{file} is written in a way that cannot be added to\nadd to it:\n\n{lines}"));
            End::Failed
        };
        let text = entry.add_to(self.text.as_deref()).ok_or_else(by_hand)?;
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let next = Configuration::parse(&self.configuration.folder, &name, &text).map_err(|report| {
            terminal.report(&report, request.common.format);
            terminal.error(&format!("no client was added: {file} would have {}", report.counts()));
            End::Misused
        })?;
        let is_kept = next.clients.starts_with(&self.configuration.clients);
        if !is_kept || next.clients.len() != self.configuration.clients.len() + 1 {
            return Err(by_hand());
        }
        entry::write(&self.path, &text).map_err(|error| {
            terminal.error(&format!("cannot write {file}: {error}"));
            End::Failed
        })
    }
}

/// What was done, and what to do next.
fn added(target: &Target, entry: &Entry<'_>, survey: &Survey, command: &str) -> String {
    let Entry { name, spec, output, .. } = entry;
    let file = target.path.display();
    let title = if survey.title.is_empty() { String::new() } else { format!("{}, ", survey.title) };
    let operations = match survey.operations {
        1 => "1 operation".to_owned(),
        count => format!("{count} operations"),
    };
    let counts = match survey.report.counts() {
        counts if counts.is_empty() => counts,
        counts => format!(", {counts}"),
    };
    let done = if target.text.is_some() { "added to" } else { "added to the new" };
    let generate = format!("{command} generate {name}");
    let depend = format!("cargo add --path {}", target.configuration.folder.join(output).display());
    let width = generate.len().max(depend.len());
    format!(
        "\
{name}: {done} {file}
  document  {spec}: {title}{operations}{counts}
  crate     {output}

next:
  {generate:width$}   writes the crate
  {depend:width$}   in the crate that is to call it
"
    )
}
