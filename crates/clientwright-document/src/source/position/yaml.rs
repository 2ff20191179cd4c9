//! Positions in YAML.
//!
//! In: YAML that the YAML parser has accepted. Out: the span of every value and key, aliases
//! pointing at their anchors. Never: more memory than the events of the text need; aliases are
//! not expanded.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, Span};

use super::Positions;

/// Reads the positions of a YAML text.
pub(super) fn read(text: &str) -> Option<Positions> {
    let mut positions = Positions::default();
    let offsets = Offsets::new(text);
    let mut anchors = HashMap::new();
    let mut open: Vec<usize> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        let span = offsets.bytes(span);
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
            Event::DocumentEnd => return Some(positions),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
    }
    Some(positions)
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
