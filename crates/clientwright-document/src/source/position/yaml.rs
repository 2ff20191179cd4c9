//! Positions in YAML.
//!
//! In: YAML that the YAML parser has accepted. Out: the span of every value and key, aliases
//! pointing at their anchors. Never: more memory than the events of the text need; aliases are
//! not expanded.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, Span};

use super::Positions;

/// How often a text is relaxed for the event parser, which is stricter than the other.
const MOST_ATTEMPTS: usize = 20;

/// Reads the positions of a YAML text, or of its beginning where the event parser stops.
///
/// The parser that gives the values accepts flow collections that are indented less than YAML
/// wants (`}` under its key). Such a line is joined to the one before, which moves no character.
pub(super) fn read(text: &str) -> Option<Positions> {
    let offsets = Offsets::new(text);
    let mut relaxed = Cow::Borrowed(text);
    for attempt in 0..MOST_ATTEMPTS {
        let (positions, stopped) = events(&relaxed, &offsets)?;
        let Some(character) = stopped else { return Some(positions) };
        let Some(joined) = join_lines(&relaxed, offsets.byte(character), attempt == 0) else {
            return Some(positions);
        };
        relaxed = Cow::Owned(joined);
    }
    events(&relaxed, &offsets).map(|(positions, _)| positions)
}

/// The positions of the first document, and the character at which the parser stopped.
fn events(text: &str, offsets: &Offsets<'_>) -> Option<(Positions, Option<usize>)> {
    let mut positions = Positions::default();
    let mut anchors = HashMap::new();
    let mut open: Vec<usize> = Vec::new();
    let mut stopped = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok((event, span)) => (event, offsets.bytes(span)),
            Err(error) => {
                stopped = Some(error.marker().index());
                break;
            }
        };
        match event {
            Event::Alias(anchor) => {
                let spot = positions.push(span)?;
                if let Some(target) = anchors.get(&anchor).copied() {
                    positions.spots.get_mut(spot)?.target = target;
                }
            }
            Event::Scalar(_, _, anchor, _) => {
                let spot = positions.push(span)?;
                anchors.insert(anchor, u32::try_from(spot).ok()?);
            }
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                let spot = positions.push(span)?;
                anchors.insert(anchor, u32::try_from(spot).ok()?);
                open.push(spot);
            }
            Event::SequenceEnd | Event::MappingEnd => positions.close(open.pop()?, span.start)?,
            Event::DocumentEnd => break,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
    }
    for spot in open.into_iter().rev() {
        positions.close(spot, 0)?;
    }
    Some((positions, stopped))
}

/// Joins the line at an offset to the one before, and, if asked for, every line that begins with
/// a closing bracket. `None` where that cannot be done.
fn join_lines(text: &str, offset: usize, closing: bool) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let mut joined = false;
    let mut end = 0;
    for (line, next) in text.split_inclusive('\n').zip(text.split_inclusive('\n').skip(1)) {
        end += line.len();
        let is_stopped = (end..end + next.len().max(1)).contains(&offset);
        let is_closing = closing && next.trim_start_matches(' ').starts_with(['}', ']']);
        let can_join = !line.contains('#') && !line.trim_end().ends_with(['|', '>', '-', '+', ':']);
        if can_join && (is_stopped || is_closing) {
            let ends = line.len() - line.trim_end_matches(['\r', '\n']).len();
            bytes.get_mut(end - ends..end)?.fill(b' ');
            joined = true;
        }
    }
    joined.then(|| String::from_utf8(bytes).ok())?
}

/// Where the second document of a YAML text begins.
pub(in crate::source) fn second_document(text: &str) -> Option<std::ops::Range<usize>> {
    let offsets = Offsets::new(text);
    let starts = Parser::new_from_str(text).map_while(Result::ok);
    let mut starts = starts.filter(|(event, _)| matches!(event, Event::DocumentStart(_)));
    starts.nth(1).map(|(_, span)| offsets.bytes(span))
}

/// Byte offsets of characters, which the parser counts instead.
struct Offsets<'a> {
    text: &'a str,
    ascii: bool,
    /// The byte offset of every 256th character.
    marks: Vec<usize>,
}

const STRIDE: usize = 256;

impl<'a> Offsets<'a> {
    fn new(text: &'a str) -> Self {
        let ascii = text.is_ascii();
        let marks =
            if ascii { Vec::new() } else { text.char_indices().step_by(STRIDE).map(|(byte, _)| byte).collect() };
        Self { text, ascii, marks }
    }

    fn bytes(&self, span: Span) -> std::ops::Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }

    /// The byte offset of the character with this index; the end of the text beyond it.
    fn byte(&self, character: usize) -> usize {
        if self.ascii {
            return character.min(self.text.len());
        }
        let Some(mark) = self.marks.get(character / STRIDE) else { return self.text.len() };
        let rest = self.text.get(*mark..).unwrap_or_default();
        rest.char_indices().nth(character % STRIDE).map_or(self.text.len(), |(byte, _)| mark + byte)
    }
}
