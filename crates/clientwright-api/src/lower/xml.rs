//! Lowers XML Objects: how the members of types, and whole bodies, stand in XML.
//!
//! In: schemas, and all types once they are whole. Out: a node for each member of which something is to be said, in types
//! that travel as XML and in no others. Never happens: an attribute that would hold members, or values of a list without
//! elements; each is an element then, and reported.

use clientwright_document::model::{JsonType, SchemaId, XmlNodeType};
use clientwright_document::source::At;
use clientwright_document::{Code, Diagnostic, Severity};

use super::{Lowering, merge};
use crate::model::{BodyForm, Content, Operation, Property, Shape, Type, TypeId, TypeKind, TypeRef, XmlKind, XmlNode};

/// How deep lists of lists are followed.
const MAX_LISTS: usize = 8;
/// How many parts of a schema are asked how it stands.
const MAX_PARTS: usize = 32;

/// How a schema stands in XML, by what it says itself and by what it refers to.
fn found(lowering: &Lowering<'_>, id: SchemaId, depth: usize) -> XmlNode {
    let mut node = XmlNode::default();
    let mut stated = None;
    let (mut is_list, mut items) = (false, None);
    // What a schema says itself counts before what its parts say without a name, and that before what they refer to.
    let (mut list, mut next) = (vec![id], 0);
    while let Some(&id) = list.get(next).filter(|_| next < MAX_PARTS) {
        next += 1;
        let schema = lowering.schema(id);
        if let Some(xml) = &schema.xml {
            node.name = node.name.or_else(|| xml.name.clone());
            node.namespace = node.namespace.or_else(|| xml.namespace.clone());
            node.prefix = node.prefix.or_else(|| xml.prefix.clone());
            stated = stated.or(xml.node_type).or(xml.wrapped.then_some(XmlNodeType::Element));
        }
        items = items.or(schema.items);
        is_list |= schema.items.is_some() || schema.types.without(JsonType::Null).iter().eq([JsonType::Array]);
        let only = || merge::only_choice(&lowering.schemas, id).map(|(only, _)| only);
        let target = schema.reference.as_ref().map(|reference| reference.target).or_else(only);
        let is_inline = |part: &&SchemaId| lowering.schema(**part).reference.is_none();
        let (inline, named): (Vec<SchemaId>, Vec<SchemaId>) = schema.all_of.iter().partition(is_inline);
        // Where members are added to another schema, what that one is called is not what this one is.
        let adds = inline.iter().any(|&part| !lowering.schema(part).properties.is_empty());
        let parts = inline.into_iter().chain(named).filter(|_| !adds && schema.properties.is_empty());
        let more: Vec<SchemaId> = parts.chain(target).collect();
        list.extend(more.into_iter().filter(|part| !list.contains(part)).collect::<Vec<_>>());
    }
    node.kind = match stated {
        Some(XmlNodeType::Attribute) => XmlKind::Attribute,
        Some(XmlNodeType::Text) => XmlKind::Text,
        Some(XmlNodeType::Cdata) => XmlKind::Cdata,
        Some(XmlNodeType::None) => XmlKind::Flat,
        // The values of a list stand without an element around them unless there is said to be one.
        None if is_list => XmlKind::Flat,
        Some(XmlNodeType::Element) | None => XmlKind::Element,
    };
    if is_list && depth < MAX_LISTS {
        node.item = Some(Box::new(items.map_or_else(XmlNode::default, |id| found(lowering, id, depth + 1))));
    }
    node
}

impl Lowering<'_> {
    /// How a member stands in XML, where it is not an element called by its key.
    pub(super) fn xml_member(&self, id: SchemaId) -> Option<XmlNode> {
        Some(found(self, id, 0)).filter(|node| *node != XmlNode::default())
    }

    /// How a whole document stands: an element that is called as its schema says, or as the component is; or the one
    /// member of a schema without a name.
    pub(super) fn xml_root(&mut self, id: SchemaId, at: At) -> XmlNode {
        let mut node = found(self, id, 0);
        node.kind = XmlKind::Element;
        let target = self.target(id);
        let items = self.schema(target).items.and_then(|items| self.schema(self.target(items)).component.clone());
        if let Some(item) = &mut node.item {
            item.name = item.name.take().or(items);
        }
        let item_name = node.item.as_ref().and_then(|item| item.name.clone());
        node.name = node.name.or(self.schema(target).component.clone());
        if node.name.is_none() && node.item.is_none() && self.schema(target).properties.len() == 1 {
            // There can be one outermost element, so a schema without a name and with one member is only around it.
            node.kind = XmlKind::Flat;
        } else if node.name.is_none() {
            let title = "the outermost element of a body has no name";
            let name = item_name.unwrap_or_else(|| "root".to_owned());
            let diagnostic = Diagnostic::new(Code::UnsupportedBody, title).severity(Severity::Note);
            self.report(diagnostic.at(at, format!("is called `{name}`")).help("name it with `xml: { name: … }`"));
            node.name = Some(name);
        }
        node
    }
}

/// Keeps the nodes of types that travel as XML, and makes sound what cannot be written.
pub(super) fn settle(lowering: &mut Lowering<'_>, types: &mut [Type], operations: &[Operation]) {
    let travelling = travelling(types, operations);
    let shapes: Vec<Option<Holds>> = types.iter().map(|found| holds_of(&found.kind)).collect();
    for (index, found) in types.iter_mut().enumerate() {
        let TypeKind::Object(object) = &mut found.kind else { continue };
        for property in &mut object.properties {
            if !travelling.contains(&index) {
                property.xml = None;
            } else if let Some(problem) = mend(property, &shapes) {
                let title = format!("`{}` cannot stand in XML as it says", property.key);
                let diagnostic = Diagnostic::new(Code::UnsupportedSchema, title).severity(Severity::Note);
                lowering.report(diagnostic.at(property.at, problem));
            }
        }
    }
}

/// What a value holds, as far as it matters to what can hold it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Text,
    Values,
    Members,
    /// Whatever another type does.
    Another(TypeId),
}

fn holds(value: &TypeRef) -> Holds {
    match &value.shape {
        Shape::List(_) => Holds::Values,
        Shape::Map(_) => Holds::Members,
        Shape::Named(id) => Holds::Another(*id),
        Shape::Any
        | Shape::Boolean
        | Shape::BooleanNumber
        | Shape::Integer(_)
        | Shape::Number { .. }
        | Shape::Decimal
        | Shape::Text(_)
        | Shape::File => Holds::Text,
    }
}

fn holds_of(kind: &TypeKind) -> Option<Holds> {
    match kind {
        TypeKind::Object(_) => Some(Holds::Members),
        TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_) => Some(Holds::Text),
        TypeKind::Union(_) => None,
        TypeKind::Alias(value) => Some(holds(value)),
    }
}

/// Makes a node sound for its value; says what was wrong.
fn mend(property: &mut Property, shapes: &[Option<Holds>]) -> Option<&'static str> {
    let node = property.xml.as_mut()?;
    let mut held = Some(holds(&property.value));
    for _ in 0..shapes.len() {
        let Some(Holds::Another(TypeId(id))) = held else { break };
        held = shapes.get(id as usize).copied().flatten();
    }
    let is_scalar_node = matches!(node.kind, XmlKind::Attribute | XmlKind::Text | XmlKind::Cdata);
    if is_scalar_node && matches!(held, Some(Holds::Values | Holds::Members)) {
        node.kind = XmlKind::Element;
        return Some("an attribute or a text holds one value; is an element");
    }
    if node.kind == XmlKind::Flat && node.item.is_none() && held == Some(Holds::Text) {
        node.kind = XmlKind::Text;
    }
    let item = node.item.as_mut().filter(|item| item.kind != XmlKind::Element && item.item.is_none())?;
    item.kind = XmlKind::Element;
    Some("the values of a list stand in elements; they are elements")
}

/// The types that stand in a body that is XML, by their places.
fn travelling(types: &[Type], operations: &[Operation]) -> std::collections::BTreeSet<usize> {
    let bodies = operations.iter().filter_map(|operation| operation.body.as_ref());
    let sent = bodies.flat_map(|body| &body.representations).filter_map(|way| match &way.form {
        BodyForm::Xml(value, _) => value.named(),
        BodyForm::Json(_)
        | BodyForm::Form(..)
        | BodyForm::Multipart(..)
        | BodyForm::Lines(..)
        | BodyForm::Text
        | BodyForm::Bytes => None,
    });
    let received = operations.iter().flat_map(|operation| &operation.responses).flat_map(|response| {
        let others = response.others.iter().map(|other| &other.content);
        std::iter::once(&response.content).chain(others).filter_map(|content| match content {
            Content::Xml(value) => value.named(),
            Content::Nothing | Content::Json(_) | Content::Text | Content::Bytes => None,
        })
    });
    let mut list: Vec<usize> = sent.chain(received).map(|TypeId(id)| id as usize).collect();
    let mut travelling = std::collections::BTreeSet::new();
    while let Some(index) = list.pop() {
        if let Some(found) = types.get(index).filter(|_| travelling.insert(index)) {
            list.extend(found.kind.values().into_iter().filter_map(TypeRef::named).map(|TypeId(id)| id as usize));
        }
    }
    travelling
}
