//! Unions: which variant a value is.
//!
//! In: a reader at a value, and a [`Test`] for each variant. Out: the variants that the value may be, the best first, and
//! the reader back at the value's start. Never happens: a value buffered or changed for it (the variant reads it again);
//! a variant taken although another knows more of what is there.

use super::{Kind, PathSegment, Reader, Result, WireError};

/// What a value must be like to be tried as a variant of a union.
#[derive(Clone, Copy, Debug)]
pub struct Test {
    kind: Option<Kind>,
    tag: Option<(&'static str, &'static [&'static str])>,
    keys: &'static [&'static str],
    known: &'static [&'static str],
}

impl Test {
    /// A value of any kind.
    #[must_use]
    pub const fn any() -> Self {
        Self { kind: None, tag: None, keys: &[], known: &[] }
    }

    /// A value of one kind.
    #[must_use]
    pub const fn kind(kind: Kind) -> Self {
        Self { kind: Some(kind), ..Self::any() }
    }

    /// An object.
    #[must_use]
    pub const fn object() -> Self {
        Self::kind(Kind::Object)
    }

    /// … whose member `key` is one of these texts; numbers and booleans count as their JSON text.
    #[must_use]
    pub const fn tag(mut self, key: &'static str, texts: &'static [&'static str]) -> Self {
        self.tag = Some((key, texts));
        self
    }

    /// … that has all of these members, which no other variant knows.
    #[must_use]
    pub const fn keys(mut self, keys: &'static [&'static str]) -> Self {
        self.keys = keys;
        self
    }

    /// … and knows these members; of several variants, those are tried first that know most of what is there.
    #[must_use]
    pub const fn known(mut self, known: &'static [&'static str]) -> Self {
        self.known = known;
        self
    }
}

/// Reads a value as the first variant that it can be; `None` where no test holds.
///
/// Where a tag, or members that no other variant knows, name one variant, its error is the value's. Otherwise variants are
/// tried one after another, and a value that is none of them gives `None`.
///
/// # Errors
///
/// Fails where the value is not sound, or is not what its tag says.
pub fn decode_variant<T>(
    reader: &mut dyn Reader,
    tests: &'static [Test],
    variants: &[fn(&mut dyn Reader) -> Result<T>],
) -> Result<Option<T>> {
    let candidates = candidates(reader, tests)?;
    let certain = candidates.len() == 1;
    for index in candidates {
        let Some(decode) = variants.get(index) else { continue };
        let start = reader.mark();
        match decode(reader) {
            Ok(value) => return Ok(Some(value)),
            Err(error) if certain => return Err(error),
            Err(_) => reader.rewind(start),
        }
    }
    Ok(None)
}

/// Finds the text of the member `key` in the object that `reader` stands at, and goes back to the object's start.
///
/// A tag that is a number or a boolean is given as its JSON text. `None` where the object has no such member.
///
/// # Errors
///
/// Fails where no sound object stands, or its tag is no scalar.
pub fn tag(reader: &mut dyn Reader, key: &str) -> Result<Option<String>> {
    let start = reader.mark();
    let found = find(reader, key);
    reader.rewind(start);
    found
}

/// The variants whose tests hold: only the one that is named by a tag; else those that are named by members of their own,
/// of which there is one but for senders that add members of another; else all, the best first.
fn candidates(reader: &mut dyn Reader, tests: &'static [Test]) -> Result<Vec<usize>> {
    let kind = reader.peek()?;
    let of_kind = |test: &Test| test.kind.is_none_or(|wanted| wanted == kind);
    let look_inside = |test: &Test| test.tag.is_some() || !test.keys.is_empty() || !test.known.is_empty();
    if kind != Kind::Object || !tests.iter().any(|test| of_kind(test) && look_inside(test)) {
        return Ok((0..).zip(tests).filter(|(_, test)| of_kind(test)).map(|(index, _)| index).collect());
    }
    let start = reader.mark();
    let members = members(reader, tests);
    reader.rewind(start);
    let members = members?;
    let mut ranked: Vec<(usize, usize, usize)> = Vec::new();
    let mut named = Vec::new();
    for (index, test) in (0..).zip(tests) {
        if !of_kind(test) || !holds(test, &members) {
            continue;
        }
        if test.tag.is_some() {
            return Ok(vec![index]);
        }
        if !test.keys.is_empty() {
            named.push(index);
        }
        let unknown = members.iter().filter(|(key, _)| !test.known.contains(&key.as_str())).count();
        ranked.push((unknown, ranked.len(), index));
    }
    if !named.is_empty() {
        return Ok(named);
    }
    ranked.sort_unstable();
    Ok(ranked.into_iter().map(|(_, _, index)| index).collect())
}

fn holds(test: &Test, members: &[(String, Option<String>)]) -> bool {
    let member = |wanted: &str| members.iter().find(|(key, _)| key == wanted);
    let tagged = test.tag.is_none_or(|(key, texts)| {
        let found = member(key).and_then(|(_, text)| text.as_deref());
        found.is_some_and(|text| texts.contains(&text))
    });
    tagged && test.keys.iter().all(|key| member(key).is_some())
}

/// The keys of an object, and the texts of those members that are tags.
fn members(reader: &mut dyn Reader, tests: &[Test]) -> Result<Vec<(String, Option<String>)>> {
    let mut members = Vec::new();
    reader.begin_object()?;
    let mut first = true;
    while let Some(key) = reader.next_key(first)?.map(std::borrow::Cow::into_owned) {
        first = false;
        let is_tag = tests.iter().any(|test| test.tag.is_some_and(|(tag, _)| tag == key));
        let text = if is_tag && !matches!(reader.peek()?, Kind::Array | Kind::Object | Kind::Null) {
            Some(scalar(reader)?)
        } else {
            reader.skip()?;
            None
        };
        members.push((key, text));
    }
    Ok(members)
}

fn find(reader: &mut dyn Reader, key: &str) -> Result<Option<String>> {
    reader.begin_object()?;
    let mut first = true;
    while let Some(found) = reader.next_key(first)? {
        first = false;
        if found == key {
            return scalar(reader).map(Some).map_err(|error| error.within(PathSegment::Key(key.to_owned())));
        }
        drop(found);
        reader.skip()?;
    }
    Ok(None)
}

fn scalar(reader: &mut dyn Reader) -> Result<String> {
    match reader.peek()? {
        Kind::String => reader.string().map(Into::into),
        Kind::Number => reader.number().map(Into::into),
        Kind::Boolean => reader.boolean().map(|value| value.to_string()),
        kind @ (Kind::Null | Kind::Array | Kind::Object) => Err(WireError::new("a tag", kind.phrase())),
    }
}
