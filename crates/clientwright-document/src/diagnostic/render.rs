//! Diagnostics as text, in the manner of rustc.
//!
//! In: diagnostics and the sources they point into. Out: a report with excerpts, or one line for
//! each. Never: the same diagnostic twice, more than a window of a long line, or a character that
//! steers the terminal.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer as Drawer, Snippet};

use super::clean::{clean, clean_in_place};
use super::{Diagnostic, Label, Place, Severity};
use crate::source::{Position, Sources};

/// Turns diagnostics into text.
#[derive(Clone, Debug)]
pub struct Renderer {
    drawer: Drawer,
}

/// Lines longer than this are cut to a window around the label, in characters.
const LONGEST_LINE: usize = 160;
/// What is shown before and after a label in a line that is cut, and of a long label itself.
const WINDOW: usize = 60;
/// Labels no further apart than this share one excerpt, in lines.
const NEAR: usize = 5;

impl Renderer {
    /// Without colours.
    #[must_use]
    pub fn plain() -> Self {
        Self { drawer: Drawer::plain() }
    }

    /// With colours, as ANSI escape sequences.
    #[must_use]
    pub fn coloured() -> Self {
        Self { drawer: Drawer::styled() }
    }

    /// All diagnostics in the order of their places, identical ones once, with a blank line after
    /// each; the empty string when there are none.
    #[must_use]
    pub fn render(&self, sources: &Sources, diagnostics: &[Diagnostic]) -> String {
        let mut report = String::new();
        for (diagnostic, spots) in ordered(sources, diagnostics) {
            report.push_str(&self.draw(sources, diagnostic, &spots));
            report.push_str("\n\n");
        }
        report
    }

    /// One line for each diagnostic: `specs/pets.yaml:12:5: warning[unknown-key]: …`.
    #[must_use]
    pub fn render_short(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
        let mut report = String::new();
        for (diagnostic, spots) in ordered(sources, diagnostics) {
            if let Some(Spot { name, position, .. }) = spots.first() {
                let _ = write!(report, "{name}:{}:{}: ", position.line, position.column);
            }
            let severity = diagnostic.severity.as_str();
            let _ = writeln!(report, "{severity}[{}]: {}", diagnostic.code, clean(&diagnostic.title));
        }
        report
    }

    fn draw(&self, sources: &Sources, diagnostic: &Diagnostic, spots: &[Spot<'_>]) -> String {
        let excerpts = excerpts(sources, spots);
        let title = level(diagnostic.severity).primary_title(clean(&diagnostic.title)).id(diagnostic.code.as_str());
        let mut group = Group::with_title(title);
        for excerpt in &excerpts {
            let annotations = excerpt.marks.iter().map(|(span, label)| {
                let kind = if label.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
                let text = (!label.text.is_empty()).then(|| clean(&label.text));
                kind.span(span.clone()).label(text)
            });
            let snippet = Snippet::source(&excerpt.text).line_start(excerpt.line).path(&excerpt.name);
            group = group.element(snippet.annotations(annotations));
        }
        if let Some(pointer) = pointer(sources, diagnostic, spots.is_empty()) {
            group = group.element(Level::NOTE.with_name("at").message(pointer));
        }
        for note in &diagnostic.notes {
            group = group.element(Level::NOTE.message(clean(note)));
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(clean(help)));
        }
        let drawn = self.drawer.render(&[group]);
        excerpts.iter().fold(drawn, |drawn, excerpt| excerpt.correct_column(drawn))
    }
}

/// A label whose position was found.
struct Spot<'a> {
    label: &'a Label,
    name: String,
    position: Position,
}

/// Some lines of a file with the labels in them.
struct Excerpt<'a> {
    name: String,
    line: usize,
    text: String,
    marks: Vec<(Range<usize>, &'a Label)>,
    /// The column as it would be shown, and as it is, where the line was cut before it.
    column: Option<(usize, usize)>,
}

impl Excerpt<'_> {
    /// Puts the right column into the heading: the drawer knows only the window of a long line.
    fn correct_column(&self, drawn: String) -> String {
        let Some((shown, right)) = self.column else { return drawn };
        let heading = |column| format!(" {}:{}:{column}\n", self.name, self.line);
        drawn.replacen(&heading(shown), &heading(right), 1)
    }
}

/// The diagnostics without repetitions, by file and position; those without a place first.
fn ordered<'a>(sources: &Sources, diagnostics: &'a [Diagnostic]) -> Vec<(&'a Diagnostic, Vec<Spot<'a>>)> {
    let mut seen = HashSet::new();
    let mut found: Vec<_> = diagnostics
        .iter()
        .filter(|diagnostic| {
            let places: Vec<_> = diagnostic.labels.iter().map(|label| (&label.place, &label.text)).collect();
            seen.insert((diagnostic.code, &diagnostic.title, places))
        })
        .map(|diagnostic| (diagnostic, spots(sources, diagnostic)))
        .collect();
    found.sort_by_key(|(diagnostic, spots)| {
        let place = spots.first().map(|spot| (spot.position.file, spot.position.span.start));
        (place, Reverse(diagnostic.severity), diagnostic.code)
    });
    found
}

/// The labels whose positions can be had, the primary ones first.
fn spots<'a>(sources: &Sources, diagnostic: &'a Diagnostic) -> Vec<Spot<'a>> {
    let (primary, others): (Vec<_>, Vec<_>) = diagnostic.labels.iter().partition(|label| label.primary);
    let labels = primary.into_iter().chain(others);
    labels
        .filter_map(|label| {
            let position = match &label.place {
                Place::Node(at) => sources.position(*at)?,
                Place::Span(file, span) => sources.file(*file)?.position_of(*file, span.clone()),
            };
            let name = clean(sources.file(position.file)?.name()).into_owned();
            Some(Spot { label, name, position })
        })
        .collect()
}

fn excerpts<'a>(sources: &Sources, spots: &[Spot<'a>]) -> Vec<Excerpt<'a>> {
    let mut rest: Vec<&Spot<'a>> = spots.iter().collect();
    let mut excerpts = Vec::new();
    while !rest.is_empty() {
        let first = rest.remove(0);
        let is_near = |spot: &&&Spot<'_>| {
            spot.position.file == first.position.file && spot.position.line.abs_diff(first.position.line) <= NEAR
        };
        let near: Vec<&Spot<'a>> = rest.iter().filter(is_near).copied().collect();
        let together: Vec<&Spot<'a>> = std::iter::once(first).chain(near).collect();
        if let Some(excerpt) = whole_lines(sources, &together) {
            rest.retain(|spot| !is_near(&spot));
            excerpts.push(excerpt);
        } else {
            excerpts.extend(window(sources, first));
        }
    }
    excerpts
}

/// The lines from the first to the last of some spots; `None` when one of them is too long.
fn whole_lines<'a>(sources: &Sources, spots: &[&Spot<'a>]) -> Option<Excerpt<'a>> {
    let first = spots.iter().min_by_key(|spot| spot.position.line)?;
    let last = spots.iter().max_by_key(|spot| spot.position.line)?;
    let file = sources.file(first.position.file)?;
    let mut text = String::new();
    let mut marks = Vec::new();
    for line in first.position.line..=last.position.line {
        let content = file.line(line)?;
        if content.len() > LONGEST_LINE * 4 || content.chars().count() > LONGEST_LINE {
            return None;
        }
        let start = text.len();
        text.extend(content.chars().map(clean_in_place));
        for spot in spots.iter().filter(|spot| spot.position.line == line) {
            let shown = text.get(start..).unwrap_or_default();
            marks.push((start_and_end(shown, start, spot, content), spot.label));
        }
        text.push('\n');
    }
    Some(Excerpt { name: first.name.clone(), line: first.position.line, text, marks, column: None })
}

/// The bytes of a spot in a line whose characters were cleaned one by one.
fn start_and_end(shown: &str, offset: usize, spot: &Spot<'_>, content: &str) -> Range<usize> {
    let skipped = spot.position.column.saturating_sub(1);
    let byte_at = |text: &str, count: usize| text.char_indices().nth(count).map_or(text.len(), |(byte, _)| byte);
    let start = byte_at(content, skipped);
    let width = content.get(start..start + spot.position.span.len()).map_or(0, |span| span.chars().count());
    offset + byte_at(shown, skipped)..offset + byte_at(shown, skipped + width)
}

/// A window around a spot in a line that is too long to be shown.
fn window<'a>(sources: &Sources, spot: &Spot<'a>) -> Option<Excerpt<'a>> {
    let Position { file, span, line, column } = &spot.position;
    let text = sources.file(*file)?.text();
    let is_same_line = |character: &char| *character != '\n' && *character != '\r';
    let before: String = text.get(..span.start)?.chars().rev().take(WINDOW).take_while(is_same_line).collect();
    let before: String = before.chars().rev().map(clean_in_place).collect();
    let marked: String = text.get(span.clone())?.chars().take(WINDOW).map(clean_in_place).collect();
    let length: usize = text.get(span.clone())?.chars().take(WINDOW).map(char::len_utf8).sum();
    let after = text.get(span.start + length..)?.chars().take(WINDOW).take_while(is_same_line);
    let after: String = after.map(clean_in_place).collect();
    let (left, right) = (mark_cut(before.chars().count() == WINDOW), mark_cut(after.chars().count() == WINDOW));
    let start = left.len() + before.len();
    let shown = 1 + left.chars().count() + before.chars().count();
    let mark = start..start + marked.len();
    Some(Excerpt {
        name: spot.name.clone(),
        line: *line,
        text: format!("{left}{before}{marked}{after}{right}\n"),
        marks: vec![(mark, spot.label)],
        column: Some((shown, *column)),
    })
}

/// The sign for the part of a line that is left out.
fn mark_cut(is_cut: bool) -> &'static str {
    if is_cut { "…" } else { "" }
}

/// The JSON pointer of the place that should be changed, with its file where no position is shown.
fn pointer(sources: &Sources, diagnostic: &Diagnostic, with_file: bool) -> Option<String> {
    let at = diagnostic.labels.iter().find_map(|label| match label.place {
        Place::Node(at) => Some(at),
        Place::Span(..) => None,
    })?;
    let file = sources.file_id(at).filter(|_| with_file).and_then(|id| sources.file(id));
    let name = file.map_or("", |file| file.name());
    Some(clean(&format!("{name}{}", sources.pointer(at))).into_owned())
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    }
}
