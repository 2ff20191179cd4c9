//! Reads JSON.
//!
//! In: text. Out: events, by pulling; strings without escapes and all numbers are slices of the text. Errors at the
//! level of the grammar say what was expected and at which byte.
//!
//! Never happens: text accepted that RFC 8259 does not allow (tests compare with `serde_json` on every case), recursion
//! (skipping counts the depth), an unpaired surrogate let through.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::MAX_DEPTH;
use crate::wire::error::quote;
use crate::wire::{Kind, Mark, Member, Reader, Result, WireError};

/// Reads from text in memory.
pub(super) struct JsonReader<'a> {
    text: &'a str,
    /// The byte that comes next.
    at: usize,
    /// How many arrays and objects are open.
    depth: usize,
    /// The depth at each place that was marked, so that going back restores it.
    marks: Vec<(usize, usize)>,
    /// Where each long container ends that was skipped in search of a tag, by where it begins: the union within it,
    /// which searches again, jumps over it. Without this, nested unions would take time in size times depth.
    ends: BTreeMap<usize, usize>,
}

/// A container that is being skipped.
struct Skipped {
    kind: Kind,
    /// Where it begins.
    start: usize,
    /// Whether nothing of it has been read.
    first: bool,
}

/// Containers of so many bytes are worth remembering.
const LONG: usize = 64;

impl<'a> JsonReader<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0, marks: Vec::new(), ends: BTreeMap::new() }
    }

    /// Checks that nothing but space follows.
    pub(super) fn end(&mut self) -> Result<()> {
        match self.next_byte() {
            None => Ok(()),
            Some(_) => Err(self.expected("the end of the text")),
        }
    }

    /// The byte after any space, if the text has one.
    #[inline]
    fn next_byte(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    #[inline]
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    #[inline]
    fn slice(&self, start: usize, end: usize) -> Result<&'a str> {
        self.text.get(start..end).ok_or_else(|| self.expected("text in UTF-8"))
    }

    /// The error where the grammar wants something else than what comes next.
    #[cold]
    fn expected(&self, what: &'static str) -> WireError {
        let found = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        let found = found.map_or("the end of the text".to_owned(), |found| format!("{found:?} at byte {}", self.at));
        WireError::new(what, found)
    }

    /// The error where a value of another kind stands.
    #[cold]
    fn mismatch(&mut self, expected: Kind) -> WireError {
        let found = match self.peek() {
            Err(error) => return WireError::new(expected.phrase(), error.found()),
            Ok(Kind::String) => self.text_token().map(|text| quote(&text)),
            Ok(Kind::Number) => self.digits().map(|digits| format!("the number {digits:.40}")),
            Ok(Kind::Boolean) => self.boolean().map(|value| format!("`{value}`")),
            Ok(kind @ (Kind::Null | Kind::Array | Kind::Object)) => Ok(kind.phrase().to_owned()),
        };
        found.map_or_else(|error| error, |found| WireError::new(expected.phrase(), found))
    }

    fn word(&mut self, word: &'static str) -> Result<()> {
        if self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            self.at += word.len();
            return Ok(());
        }
        Err(self.expected(word))
    }

    /// Reads a string, the opening quote being next.
    #[inline]
    fn text_token(&mut self) -> Result<Cow<'a, str>> {
        let start = self.at + 1;
        let end = special(self.text.as_bytes(), start);
        if self.byte(end) == Some(b'"') {
            self.at = end + 1;
            return self.slice(start, end).map(Cow::Borrowed);
        }
        self.escaped(start, end).map(Cow::Owned)
    }

    /// Reads the rest of a string whose first special byte, at `end`, is no closing quote.
    #[cold]
    fn escaped(&mut self, start: usize, mut end: usize) -> Result<String> {
        let mut text = self.slice(start, end)?.to_owned();
        loop {
            self.at = end;
            match self.byte(end) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(self.expected("an escape in place of a control character")),
                None => return Err(self.expected("the end of the string")),
            }
            let plain = self.at;
            end = special(self.text.as_bytes(), plain);
            text.push_str(self.slice(plain, end)?);
        }
    }

    /// Reads one escape, the backslash being next.
    fn escape(&mut self) -> Result<char> {
        let character = match self.byte(self.at + 1) {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(self.expected("an escape of JSON")),
        };
        self.at += 2;
        Ok(character)
    }

    /// Reads `\uXXXX`, or a pair of them that stands for one character.
    fn unicode_escape(&mut self) -> Result<char> {
        let high = self.hexadecimal()?;
        if let Some(character) = char::from_u32(high) {
            return Ok(character);
        }
        let pair = high < 0xDC00 && self.byte(self.at) == Some(b'\\') && self.byte(self.at + 1) == Some(b'u');
        let low = if pair { self.hexadecimal()? } else { 0 };
        if (0xDC00..0xE000).contains(&low) {
            let code = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
            return char::from_u32(code).ok_or_else(|| self.expected("a pair of surrogates"));
        }
        Err(self.expected("the other half of a pair of surrogates"))
    }

    /// Reads the four digits of an escape, `\u` being next.
    fn hexadecimal(&mut self) -> Result<u32> {
        let digits =
            self.text.get(self.at + 2..self.at + 6).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let code = code.ok_or_else(|| self.expected("`\\u` with four hexadecimal digits"))?;
        self.at += 6;
        Ok(code)
    }

    /// Reads a number's text, its first byte being next (RFC 8259, section 6).
    fn digits(&mut self) -> Result<&'a str> {
        let start = self.at;
        if self.byte(self.at) == Some(b'-') {
            self.at += 1;
        }
        match self.byte(self.at) {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.run_of_digits()?,
            _ => return Err(self.expected("a digit")),
        }
        if self.byte(self.at) == Some(b'.') {
            self.at += 1;
            self.run_of_digits()?;
        }
        if matches!(self.byte(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.byte(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.run_of_digits()?;
        }
        self.slice(start, self.at)
    }

    #[inline]
    fn run_of_digits(&mut self) -> Result<()> {
        let start = self.at;
        while matches!(self.byte(self.at), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.expected("a digit")) } else { Ok(()) }
    }

    fn open(&mut self) -> Result<()> {
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(WireError::new("at most 128 arrays and objects within one another", "more"));
        }
        Ok(())
    }

    fn close(&mut self) {
        self.at += 1;
        self.depth = self.depth.saturating_sub(1);
    }

    /// Reads a key and its colon.
    fn key_token(&mut self) -> Result<Cow<'a, str>> {
        if self.next_byte() != Some(b'"') {
            return Err(self.expected("a key in quotes"));
        }
        let key = self.text_token()?;
        if self.next_byte() != Some(b':') {
            return Err(self.expected("`:`"));
        }
        self.at += 1;
        Ok(key)
    }

    /// Passes over a scalar, or enters a container.
    fn skip_one(&mut self) -> Result<Option<Skipped>> {
        match self.peek()? {
            Kind::Null => self.word("null")?,
            Kind::Boolean => self.boolean().map(drop)?,
            Kind::Number => self.digits().map(drop)?,
            Kind::String => self.text_token().map(drop)?,
            kind @ (Kind::Array | Kind::Object) => {
                if let Some(&end) = self.ends.get(&self.at) {
                    self.at = end;
                    return Ok(None);
                }
                let start = self.at;
                self.open()?;
                return Ok(Some(Skipped { kind, start, first: true }));
            }
        }
        Ok(None)
    }
}

impl Reader for JsonReader<'_> {
    fn peek(&mut self) -> Result<Kind> {
        match self.next_byte() {
            Some(b'"') => Ok(Kind::String),
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::Array),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b't' | b'f') => Ok(Kind::Boolean),
            Some(b'n') => Ok(Kind::Null),
            _ => Err(self.expected("a value")),
        }
    }

    fn take_null(&mut self) -> Result<bool> {
        if self.next_byte() == Some(b'n') {
            return self.word("null").map(|()| true);
        }
        Ok(false)
    }

    fn boolean(&mut self) -> Result<bool> {
        match self.next_byte() {
            Some(b't') => self.word("true").map(|()| true),
            Some(b'f') => self.word("false").map(|()| false),
            _ => Err(self.mismatch(Kind::Boolean)),
        }
    }

    fn number(&mut self) -> Result<Cow<'_, str>> {
        match self.next_byte() {
            Some(b'-' | b'0'..=b'9') => self.digits().map(Cow::Borrowed),
            _ => Err(self.mismatch(Kind::Number)),
        }
    }

    fn string(&mut self) -> Result<Cow<'_, str>> {
        match self.next_byte() {
            Some(b'"') => self.text_token(),
            _ => Err(self.mismatch(Kind::String)),
        }
    }

    fn begin_array(&mut self) -> Result<()> {
        match self.next_byte() {
            Some(b'[') => self.open(),
            _ => Err(self.mismatch(Kind::Array)),
        }
    }

    fn next_item(&mut self, first: bool) -> Result<bool> {
        match self.next_byte() {
            Some(b']') => {
                self.close();
                Ok(false)
            }
            Some(b',') if !first => {
                self.at += 1;
                if self.next_byte() == Some(b']') { Err(self.expected("a value")) } else { Ok(true) }
            }
            _ if first => Ok(true),
            _ => Err(self.expected("`,` or `]`")),
        }
    }

    fn begin_object(&mut self) -> Result<()> {
        match self.next_byte() {
            Some(b'{') => self.open(),
            _ => Err(self.mismatch(Kind::Object)),
        }
    }

    fn next_key(&mut self, first: bool) -> Result<Option<Cow<'_, str>>> {
        match self.next_byte() {
            Some(b'}') => {
                self.close();
                Ok(None)
            }
            Some(b',') if !first => {
                self.at += 1;
                self.key_token().map(Some)
            }
            _ if first => self.key_token().map(Some),
            _ => Err(self.expected("`,` or `}`")),
        }
    }

    fn take_member(&mut self, first: bool, member: &Member) -> bool {
        let rest = match (self.next_byte(), first) {
            (Some(b','), false) => self.at + 1,
            (Some(b'"'), true) => self.at,
            _ => return false,
        };
        let text = self.text.as_bytes().get(rest..).unwrap_or_default();
        let space = usize::from(text.first() == Some(&b' '));
        let found =
            member.as_json().and_then(|quoted| text.get(space..)?.starts_with(quoted.as_bytes()).then_some(quoted));
        self.at = found.map_or(self.at, |quoted| rest + space + quoted.len());
        found.is_some()
    }

    fn skip(&mut self) -> Result<()> {
        // A list in place of recursion.
        let mut open: Vec<Skipped> = self.skip_one()?.into_iter().collect();
        while let Some(container) = open.last_mut() {
            let (start, first) = (container.start, std::mem::replace(&mut container.first, false));
            let more = match container.kind {
                Kind::Object => self.next_key(first)?.is_some(),
                Kind::Null | Kind::Boolean | Kind::Number | Kind::String | Kind::Array => self.next_item(first)?,
            };
            if more {
                open.extend(self.skip_one()?);
                continue;
            }
            open.pop();
            if !self.marks.is_empty() && self.at - start > LONG {
                self.ends.insert(start, self.at);
            }
        }
        Ok(())
    }

    fn mark(&mut self) -> Mark {
        self.marks.push((self.at, self.depth));
        Mark(self.marks.len() - 1)
    }

    fn rewind(&mut self, mark: Mark) {
        if let Some(&(at, depth)) = self.marks.get(mark.0) {
            self.at = at;
            self.depth = depth;
            self.marks.truncate(mark.0);
        }
    }
}

/// The first byte from `at` on that cannot stand for itself in a string: a quote, a backslash, a control character.
/// The length of the text where there is none. Eight bytes at a time.
#[inline]
pub(super) fn special(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = u64::MAX / 255;
    while let Some(&chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(chunk);
        let quotes = word ^ (ONES * u64::from(b'"'));
        let backslashes = word ^ (ONES * u64::from(b'\\'));
        // A byte's highest bit is set where the byte is zero, zero, or below a space; false hits come after true ones.
        let zeros = |word: u64| word.wrapping_sub(ONES) & !word;
        let found = (zeros(quotes) | zeros(backslashes) | (word.wrapping_sub(ONES * 0x20) & !word)) & (ONES * 0x80);
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests;
