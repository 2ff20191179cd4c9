//! An XML document in memory.
//!
//! In: text. Out: its elements with their attributes and texts, and the namespaces of their names. Never happens: a
//! document type, and so no entity but the five of XML and characters by number; more than the limits of this module say
//! of anything that costs more memory or time than its text is long.

use std::collections::BTreeSet;
use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Prefix, PrefixDeclaration, QName};
use quick_xml::{Reader, XmlVersion};

use super::{MAX_DEPTH, MAX_ELEMENTS};
use crate::wire::{Result, WireError};

/// The namespace of `nil` (XML Schema Part 1, section 2.6.2).
pub(super) const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// The namespace of the prefix `xml`, which no document has to declare (Namespaces in XML, section 3).
const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// Most attributes of one element, and most prefixes that are declared at a place.
const MAX_ATTRIBUTES: usize = 256;
/// The longest name of a namespace.
const MAX_NAMESPACE: usize = 2048;

/// The elements of a document; the first one is its root.
pub(super) struct Tree {
    elements: Vec<Element>,
}

/// An element.
#[derive(Default)]
pub(super) struct Element {
    pub(super) name: Name,
    pub(super) attributes: Vec<(Name, String)>,
    pub(super) children: Vec<usize>,
    /// Its own text, in one piece.
    pub(super) text: String,
    /// Whether it says that it is null.
    pub(super) is_nil: bool,
}

/// A name without its prefix, and the namespace that the prefix stands for.
#[derive(Default)]
pub(super) struct Name {
    pub(super) local: String,
    pub(super) namespace: Option<Rc<str>>,
}

impl Tree {
    /// Reads a document.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let mut builder = Builder::default();
        let mut reader = Reader::from_str(text);
        loop {
            match reader.read_event().map_err(|error| malformed(&error))? {
                Event::Start(start) => builder.open(&start)?,
                Event::Empty(start) => {
                    builder.open(&start)?;
                    builder.close();
                }
                Event::End(_) => builder.close(),
                Event::Text(text) => builder.text(&text.xml10_content())?,
                Event::CData(text) => builder.text(&text.xml10_content())?,
                Event::GeneralRef(reference) => {
                    match reference.resolve_char_ref().map_err(|error| malformed(&error))? {
                        Some(character) => builder.text(character.encode_utf8(&mut [0; 4]))?,
                        None => builder.text(entity(&reference.xml10_content())?)?,
                    }
                }
                Event::DocType(_) => return Err(WireError::new("XML without a document type", "`<!DOCTYPE`")),
                Event::Decl(declaration) => match declaration.encoding() {
                    Some(Ok(encoding)) if !text.is_ascii() && !encoding.eq_ignore_ascii_case("utf-8") => {
                        return Err(WireError::text("XML in UTF-8", &encoding));
                    }
                    Some(Err(error)) => return Err(malformed(&error)),
                    Some(Ok(_)) | None => {}
                },
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => return builder.finish(),
            }
        }
    }

    pub(super) fn get(&self, index: usize) -> Option<&Element> {
        self.elements.get(index)
    }
}

#[derive(Default)]
struct Builder {
    elements: Vec<Element>,
    open: Vec<usize>,
    /// The prefixes that are declared here, each with the number of open elements around it.
    declared: Vec<(usize, String, Option<Rc<str>>)>,
    namespaces: BTreeSet<Rc<str>>,
}

impl Builder {
    /// Holds that one more element may begin here.
    fn check(&self) -> Result<()> {
        if self.open.is_empty() && !self.elements.is_empty() {
            return Err(WireError::new("one element around everything", "another element"));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(WireError::new(format!("at most {MAX_DEPTH} elements within one another"), "more"));
        }
        if self.elements.len() >= MAX_ELEMENTS {
            return Err(WireError::new(format!("at most {MAX_ELEMENTS} elements"), "more"));
        }
        Ok(())
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<()> {
        self.check()?;
        let mut attributes = Vec::new();
        for (number, attribute) in start.attributes().enumerate() {
            let attribute = attribute.map_err(|error| malformed(&error))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| malformed(&error))?;
            if number >= MAX_ATTRIBUTES || self.declared.len() >= MAX_ATTRIBUTES {
                return Err(WireError::new(format!("at most {MAX_ATTRIBUTES} attributes or prefixes"), "more"));
            }
            match attribute.key.as_namespace_binding() {
                Some(PrefixDeclaration::Default) => self.declare("", &value)?,
                Some(PrefixDeclaration::Named(prefix)) => self.declare(prefix, &value)?,
                None => attributes.push((attribute.key, value.into_owned())),
            }
        }
        let mut element = Element { name: self.name(start.name(), true)?, ..Element::default() };
        for (key, value) in attributes {
            let name = self.name(key, false)?;
            if name.namespace.as_deref() == Some(INSTANCE) {
                element.is_nil |= name.local == "nil" && matches!(value.trim(), "true" | "1");
            } else {
                element.attributes.push((name, value));
            }
        }
        let index = self.elements.len();
        if let Some(parent) = self.open.last().and_then(|&parent| self.elements.get_mut(parent)) {
            parent.children.push(index);
        }
        self.elements.push(element);
        self.open.push(index);
        Ok(())
    }

    fn close(&mut self) {
        self.open.pop();
        let around = self.open.len();
        self.declared.retain(|(depth, ..)| *depth < around);
    }

    fn declare(&mut self, prefix: &str, namespace: &str) -> Result<()> {
        if namespace.len() > MAX_NAMESPACE {
            return Err(WireError::text(format!("a namespace of at most {MAX_NAMESPACE} bytes"), namespace));
        }
        let found = self.interned(namespace);
        self.declared.push((self.open.len(), prefix.to_owned(), found));
        Ok(())
    }

    /// A namespace, once for all names; none where it is empty.
    fn interned(&mut self, namespace: &str) -> Option<Rc<str>> {
        if let Some(known) = self.namespaces.get(namespace) {
            return Some(Rc::clone(known));
        }
        let new = (!namespace.is_empty()).then(|| Rc::from(namespace))?;
        self.namespaces.insert(Rc::clone(&new));
        Some(new)
    }

    /// A name, with the namespace of its prefix; attributes without a prefix have none.
    fn name(&mut self, name: QName<'_>, is_element: bool) -> Result<Name> {
        let (local, prefix) = name.decompose();
        let local = local.into_inner().to_owned();
        let prefix = prefix.map(Prefix::into_inner).unwrap_or_default();
        if prefix.is_empty() && !is_element {
            return Ok(Name { local, namespace: None });
        }
        let declared = self.declared.iter().rev().find(|(_, known, _)| known == prefix);
        match (declared, prefix) {
            (Some((.., namespace)), _) => Ok(Name { local, namespace: namespace.clone() }),
            (None, "") => Ok(Name { local, namespace: None }),
            (None, "xml") => Ok(Name { local, namespace: self.interned(XML) }),
            (None, other) => Err(WireError::text("a prefix with a namespace", other)),
        }
    }

    fn text(&mut self, text: &str) -> Result<()> {
        match self.open.last().and_then(|&open| self.elements.get_mut(open)) {
            Some(element) => element.text.push_str(text),
            None if text.trim_matches([' ', '\t', '\n', '\r', '\u{FEFF}']).is_empty() => {}
            None => return Err(WireError::text("one element around everything", text)),
        }
        Ok(())
    }

    fn finish(self) -> Result<Tree> {
        match (self.open.last().and_then(|&open| self.elements.get(open)), self.elements.is_empty()) {
            (Some(open), _) => Err(WireError::text("the end of each element, also of", &open.name.local)),
            (None, true) => Err(WireError::new("an element", "none")),
            (None, false) => Ok(Tree { elements: self.elements }),
        }
    }
}

/// What an entity stands for: only those that every document has (XML 1.0, section 4.6).
fn entity(name: &str) -> Result<&'static str> {
    match name {
        "lt" => Ok("<"),
        "gt" => Ok(">"),
        "amp" => Ok("&"),
        "apos" => Ok("'"),
        "quot" => Ok("\""),
        other => Err(WireError::text("an entity of XML", other)),
    }
}

fn malformed(error: &dyn std::fmt::Display) -> WireError {
    WireError::text("XML", &error.to_string())
}
