//! Cheap looks at a text before it is parsed.
//!
//! In: YAML. Out: an early stop for nesting and sizes that the YAML parser would take minutes and
//! gigabytes for, because it reads all events before it hands out the first. Never: a sound
//! document refused; where the cheap count is suspicious, a streaming parser counts exactly.

use saphyr_parser::{Event, Parser, ScanError};

use super::build::Stop;
use super::load::Failure;
use super::{MAX_DEPTH, MAX_NODES};

/// Below these numbers the YAML parser is fast enough to find the fault itself: opening brackets
/// in the text, columns of indentation, dashes and colons in one line.
const FEW_BRACKETS: usize = 5_000;
const FEW_COLUMNS: usize = 1_000;

/// Stops what is nested too deeply or has too many values.
pub(super) fn check(text: &str) -> Result<(), Failure> {
    if looks_deep(text) || most_nodes(text) > MAX_NODES { count_exactly(text) } else { Ok(()) }
}

/// How many values a text can have at most, aliases not expanded.
pub(super) fn most_nodes(text: &str) -> usize {
    let is_indicator = |byte: &&u8| matches!(byte, b'\n' | b',' | b':' | b'-' | b'[' | b'{' | b'?');
    2 * text.as_bytes().iter().filter(is_indicator).count() + 2
}

/// Whether a plain YAML scalar, as written, is a number, a boolean or null (YAML 1.2, core schema).
pub(super) fn is_plain_non_string(written: &str) -> bool {
    let is_word =
        matches!(written, "" | "~" | "null" | "Null" | "NULL" | "true" | "True" | "TRUE" | "false" | "False" | "FALSE");
    let digits = written.strip_prefix(['-', '+']).unwrap_or(written);
    let starts_number = digits.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    is_word || starts_number && (digits.parse::<f64>().is_ok() || digits.starts_with("0x") || digits.starts_with("0o"))
}

fn looks_deep(text: &str) -> bool {
    brackets(text) > FEW_BRACKETS || text.lines().any(line_looks_deep)
}

/// Whether a line could open many levels: by its indentation, or by `- - - -`.
fn line_looks_deep(line: &str) -> bool {
    let indentation = line.len() - line.trim_start_matches(' ').len();
    indentation > FEW_COLUMNS
        || line.len() > FEW_COLUMNS
            && line.bytes().filter(|byte| matches!(byte, b'-' | b'?' | b':')).count() > FEW_COLUMNS
}

/// Counts depth and values, reading no further than the limits. A text that this parser refuses
/// is left to the other one, as far as it was sound.
fn count_exactly(text: &str) -> Result<(), Failure> {
    let mut depth = 0_usize;
    let mut nodes = 0_usize;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => return refused(text, &error),
        };
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Event::Scalar(..) | Event::Alias(_) => {}
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {
                continue;
            }
        }
        nodes += 1;
        let (line, column) = (span.start.line(), span.start.col() + 1);
        if depth > MAX_DEPTH {
            return Err(Failure::Stopped { stop: Stop::Depth, line, column });
        }
        // Keys are scalars here, and no nodes.
        if nodes > MAX_NODES * 2 {
            return Err(Failure::Stopped { stop: Stop::Nodes, line, column });
        }
    }
    Ok(())
}

/// What is to be done with a text that the streaming parser refuses: the other parser, which
/// takes a little more, judges it, unless what is left could keep it busy.
fn refused(text: &str, error: &ScanError) -> Result<(), Failure> {
    let (line, column) = (error.marker().line(), error.marker().col() + 1);
    if error.info().contains("recursion limit") {
        return Err(Failure::Stopped { stop: Stop::Depth, line, column });
    }
    let rest = text.lines().skip(line.saturating_sub(1));
    let brackets: usize = rest.map(brackets).sum();
    if brackets <= FEW_BRACKETS && most_nodes(text) <= MAX_NODES {
        return Ok(());
    }
    Err(Failure::Syntax { message: error.info().to_owned(), line, column })
}

fn brackets(text: &str) -> usize {
    text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count()
}
