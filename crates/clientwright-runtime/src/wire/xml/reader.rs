//! Reads values out of an XML document.
//!
//! In: a tree, and of each object how its members stand ([`Node`]). Out: the values that a type asks for: what XML does
//! not tell (a number, a text; one, or a list of one) the type knows. Never happens: an element or attribute that no member
//! is described by taken for an error; text read as a number that XML Schema would not.

use std::borrow::Cow;
use std::rc::Rc;

use super::tree::{Element, Name, Tree};
use crate::wire::node::NodeKind;
use crate::wire::{Kind, Mark, Node, Reader, Result, Shape, WireError};

/// The text of an element beside attributes or elements, where no type says what it is.
const TEXT_KEY: &str = "#text";

/// Reads one document.
pub(super) struct XmlReader<'a> {
    tree: &'a Tree,
    value: Value,
    frames: Vec<Frame>,
    marks: Vec<(Value, Vec<Frame>)>,
}

/// What is to be read next.
#[derive(Clone)]
enum Value {
    /// The elements of one member, and how they stand.
    Elements(Rc<[usize]>, List),
    /// An attribute, or a text.
    Text(Rc<str>),
}

/// Where the values of a list stand, if the value is one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    /// They are the elements themselves.
    Themselves,
    /// They are within the one element.
    Within,
    /// The same, if it is a list at all: a document, or the element of a list.
    Perhaps,
}

/// A list or an object that is being read.
#[derive(Clone)]
enum Frame {
    List(Rc<[usize]>, usize),
    Object(Rc<[(String, Value)]>, usize),
}

impl<'a> XmlReader<'a> {
    pub(super) fn new(tree: &'a Tree) -> Self {
        Self { tree, value: Value::Elements(Rc::new([0]), List::Perhaps), frames: Vec::new(), marks: Vec::new() }
    }

    /// The one element that is to be read.
    fn element(&self, expected: &'static str) -> Result<&'a Element> {
        let Value::Elements(elements, _) = &self.value else { return Err(WireError::new(expected, "text")) };
        match elements[..] {
            [only] => self.tree.get(only).ok_or_else(|| WireError::new(expected, "none")),
            [] => Err(WireError::new(expected, "none")),
            _ => Err(WireError::new(expected, format!("{} elements", elements.len()))),
        }
    }

    /// The text that is to be read.
    fn text(&self, expected: &'static str) -> Result<&str> {
        if let Value::Text(text) = &self.value {
            return Ok(text);
        }
        let element = self.element(expected)?;
        match element.children.first().and_then(|&child| self.tree.get(child)) {
            Some(child) => Err(WireError::new(expected, format!("the element `{}`", child.name.local))),
            None => Ok(&element.text),
        }
    }

    /// The members of the element that is to be read, described by `nodes` or called as they are.
    fn members(&self, nodes: &[Node]) -> Result<Vec<(String, Value)>> {
        let element = self.element("an object")?;
        let mut members = Members::default();
        for &child in &element.children {
            let Some(found) = self.tree.get(child) else { continue };
            let described = find(nodes, &found.name, false);
            let key = described.map_or(found.name.local.as_str(), |node| node.key);
            let list = if described.is_some_and(|node| node.kind == NodeKind::Element && node.item.is_some()) {
                List::Within
            } else {
                List::Themselves
            };
            members.add(key, child, list);
        }
        let mut members = members.done();
        for (name, value) in &element.attributes {
            let key = find(nodes, name, true).map_or(name.local.as_str(), |node| node.key);
            // What is described as an element stands in one if there is one.
            if !members.iter().any(|(known, _)| known == key) {
                members.push((key.to_owned(), Value::Text(value.as_str().into())));
            }
        }
        self.add_flat(nodes, element, &mut members);
        if nodes.is_empty() && !element.text.trim().is_empty() {
            members.push((TEXT_KEY.to_owned(), Value::Text(element.text.as_str().into())));
        }
        Ok(members)
    }

    /// Adds the members that have no node of their own: texts, and what stands in the element itself.
    fn add_flat(&self, nodes: &[Node], element: &Element, members: &mut Vec<(String, Value)>) {
        let Value::Elements(this, _) = &self.value else { return };
        // Between elements, blanks are how the document is laid out.
        let text = if element.children.is_empty() { element.text.as_str() } else { element.text.trim() };
        for node in nodes {
            let known = members.iter().any(|(key, _)| key == node.key);
            match node.kind {
                NodeKind::Text | NodeKind::Cdata if !text.is_empty() || node.required => {
                    members.push((node.key.to_owned(), Value::Text(element.text.as_str().into())));
                }
                NodeKind::Flat if node.item.is_none() => {
                    members.push((node.key.to_owned(), Value::Elements(Rc::clone(this), List::Themselves)));
                }
                NodeKind::Flat if node.required && !known => {
                    members.push((node.key.to_owned(), Value::Elements(Rc::new([]), List::Themselves)));
                }
                NodeKind::Element | NodeKind::Attribute | NodeKind::Text | NodeKind::Cdata | NodeKind::Flat => {}
            }
        }
    }

    fn enter(&mut self, members: Vec<(String, Value)>) {
        self.frames.push(Frame::Object(members.into(), 0));
    }
}

/// The elements of an object by the keys of its members, in the order in which they came.
#[derive(Default)]
struct Members {
    found: Vec<(String, Vec<usize>, List)>,
    places: std::collections::BTreeMap<String, usize>,
}

impl Members {
    fn add(&mut self, key: &str, element: usize, list: List) {
        let known = self.places.get(key).and_then(|&place| self.found.get_mut(place));
        if let Some((_, elements, _)) = known {
            elements.push(element);
            return;
        }
        self.places.insert(key.to_owned(), self.found.len());
        self.found.push((key.to_owned(), vec![element], list));
    }

    fn done(self) -> Vec<(String, Value)> {
        self.found.into_iter().map(|(key, elements, list)| (key, Value::Elements(elements.into(), list))).collect()
    }
}

/// The node that an element or an attribute is: of several with its name the one of its namespace, else the first.
fn find<'n>(nodes: &'n [Node], name: &Name, is_attribute: bool) -> Option<&'n Node> {
    let called = |node: &Node| match (node.kind, node.item) {
        (NodeKind::Attribute, _) => is_attribute.then_some((node.name, node.namespace)),
        (NodeKind::Element, _) => (!is_attribute).then_some((node.name, node.namespace)),
        (NodeKind::Flat, Some(item)) => (!is_attribute).then_some((item.name, item.namespace)),
        (NodeKind::Flat, None) | (NodeKind::Text | NodeKind::Cdata, _) => None,
    };
    let named = || nodes.iter().filter(|node| called(node).is_some_and(|(called, _)| called == name.local));
    let namespace = name.namespace.as_deref().unwrap_or_default();
    let exact = named().find(|node| called(node).is_some_and(|(_, stated)| stated == namespace));
    exact.or_else(|| named().next())
}

impl Reader for XmlReader<'_> {
    fn peek(&mut self) -> Result<Kind> {
        match &self.value {
            Value::Text(_) => Ok(Kind::String),
            Value::Elements(elements, list) => match (elements[..].first(), elements.len()) {
                (Some(&only), 1) => {
                    let element = self.tree.get(only).ok_or_else(|| WireError::new("an element", "none"))?;
                    if element.is_nil {
                        return Ok(Kind::Null);
                    }
                    let is_plain = element.children.is_empty() && element.attributes.is_empty();
                    Ok(if *list == List::Within {
                        Kind::Array
                    } else if is_plain {
                        Kind::String
                    } else {
                        Kind::Object
                    })
                }
                _ => Ok(Kind::Array),
            },
        }
    }

    fn take_null(&mut self) -> Result<bool> {
        Ok(self.peek()? == Kind::Null)
    }

    fn boolean(&mut self) -> Result<bool> {
        let text = self.text("a boolean")?;
        match text.trim() {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(WireError::text("a boolean", text)),
        }
    }

    fn number(&mut self) -> Result<Cow<'_, str>> {
        let text = self.text("a number")?;
        as_json(text.trim()).ok_or_else(|| WireError::text("a number", text))
    }

    fn string(&mut self) -> Result<Cow<'_, str>> {
        self.text("a string").map(Cow::Borrowed)
    }

    fn begin_array(&mut self) -> Result<()> {
        let items = match &self.value {
            Value::Elements(elements, List::Themselves) => Rc::clone(elements),
            Value::Elements(_, List::Within | List::Perhaps) => self.element("a list")?.children.as_slice().into(),
            Value::Text(text) => return Err(WireError::text("an array", text)),
        };
        self.frames.push(Frame::List(items, 0));
        Ok(())
    }

    fn next_item(&mut self, _first: bool) -> Result<bool> {
        let Some(Frame::List(items, next)) = self.frames.last_mut() else {
            return Err(WireError::new("an array", "none"));
        };
        let Some(&item) = items.get(*next) else {
            self.frames.pop();
            return Ok(false);
        };
        *next += 1;
        // A list within a list is the element that the outer one has for it.
        self.value = Value::Elements(Rc::new([item]), List::Perhaps);
        Ok(true)
    }

    fn begin_object(&mut self) -> Result<()> {
        let members = self.members(&[])?;
        self.enter(members);
        Ok(())
    }

    fn begin_shape(&mut self, shape: &Shape) -> Result<()> {
        let mut members = self.members(shape.nodes())?;
        if let Some(only) = self.frames.is_empty().then(|| shape.only_key()).flatten() {
            // A document of one member may be that member's element.
            let root = self.tree.get(0).map(|root| root.name.local.as_str());
            let name = shape.nodes().iter().find(|node| node.key == only).map_or(only, |node| node.name);
            if root == Some(name) && !members.iter().any(|(key, _)| key == only) {
                members = vec![(only.to_owned(), self.value.clone())];
            }
        }
        self.enter(members);
        Ok(())
    }

    fn next_key(&mut self, _first: bool) -> Result<Option<Cow<'_, str>>> {
        let Some(Frame::Object(members, next)) = self.frames.last_mut() else {
            return Err(WireError::new("an object", "none"));
        };
        let members = Rc::clone(members);
        let Some((key, value)) = members.get(*next) else {
            self.frames.pop();
            return Ok(None);
        };
        *next += 1;
        self.value = value.clone();
        Ok(Some(Cow::Owned(key.clone())))
    }

    fn skip(&mut self) -> Result<()> {
        Ok(())
    }

    fn mark(&mut self) -> Mark {
        self.marks.push((self.value.clone(), self.frames.clone()));
        Mark(self.marks.len() - 1)
    }

    fn rewind(&mut self, mark: Mark) {
        self.marks.truncate(mark.0 + 1);
        if let Some((value, frames)) = self.marks.pop() {
            self.value = value;
            self.frames = frames;
        }
    }
}

/// A decimal number or one with an exponent (XML Schema Part 2, `decimal` and `double`), as JSON writes it: without a `+`,
/// zeros in front, or an end at the point.
fn as_json(text: &str) -> Option<Cow<'_, str>> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let are_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let power = exponent.map(|exponent| exponent.strip_prefix(['-', '+']).unwrap_or(exponent));
    let is_number = are_digits(whole) && are_digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    if !is_number || power.is_some_and(|power| power.is_empty() || !are_digits(power)) {
        return None;
    }
    let plain = match whole.trim_start_matches('0') {
        "" => "0",
        plain => plain,
    };
    if sign.len() + unsigned.len() == text.len() && plain.len() == whole.len() && !mantissa.ends_with('.') {
        return Some(Cow::Borrowed(text));
    }
    let point = if fraction.is_empty() { "" } else { "." };
    let exponent = exponent.map(|exponent| format!("e{exponent}")).unwrap_or_default();
    Some(Cow::Owned(format!("{sign}{plain}{point}{fraction}{exponent}")))
}
