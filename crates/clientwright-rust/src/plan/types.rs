//! Plans types: names, fields, and where a cycle needs a box.
//!
//! In: the types of an [`Api`]. Out: modules of items, and the Rust type of every shape. Never happens: a type of
//! endless size.

use std::collections::{BTreeMap, BTreeSet};

use clientwright_api::Api;
use clientwright_api::model::{
    Additional, IntegerWidth, Object, Origin, Property, Shape, Type, TypeId, TypeKind, TypeRef,
};
use clientwright_document::source::Value;

use super::overrides::{self, Replaced};
use super::variants::{choices, numbers, range, variants};
use super::{Planning, cycles, in_order, modules, views, ways};
use crate::config::UnknownMembers;
use crate::docs;
use crate::lock::{self, Given, Lock};
use crate::model::{
    Constructor, DefaultValue, Field, Ident, Item, ItemKind, MadeOf, RuntimeType, RustType, Struct, Travels, TypeModule,
};
use crate::names::{Case, Scope, Wanted};

/// The names of types.
pub(super) struct Names {
    /// Each type's name.
    pub(super) types: BTreeMap<TypeId, Ident>,
    /// The types that are called what a person would have to choose: `PersonRequired`.
    pub(super) scope: Scope,
    /// Types about which the member that they are the value of says the same, in full.
    described: BTreeSet<TypeId>,
    /// Which ways each type travels.
    travels: BTreeMap<TypeId, Travels>,
    /// Fields that close a cycle: the object that holds them, and their key.
    pub(super) boxed: BTreeSet<(TypeId, String)>,
}

/// Names that generated code writes plainly, and that a type must therefore not have.
const RESERVED: &[&str] = &[
    "BTreeMap",
    "Base64",
    "Base64Url",
    "BooleanNumber",
    "Box",
    "Bytes",
    "Clone",
    "DateTime",
    "Debug",
    "Decimal",
    "DecimalNumber",
    "Default",
    "Err",
    "Field",
    "FilePart",
    "FixedOffset",
    "From",
    "Into",
    "IntoIterator",
    "Iterator",
    "NaiveDate",
    "NaiveDateTime",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Serde",
    "Some",
    "String",
    "ToString",
    "UnknownValue",
    "Uuid",
    "Value",
    "Vec",
];

/// Most required members that `new` takes as arguments.
const MOST_ARGUMENTS: usize = 4;

/// Names all types: components first, so that their names do not depend on inline types.
pub(super) fn names(api: &Api, given: &Lock, replaced: &Replaced) -> Names {
    let keys: BTreeMap<TypeId, String> = api.types().map(|(id, found)| (id, key(found))).collect();
    let present: BTreeSet<&str> = keys.values().map(String::as_str).collect();
    let still = |key: &str| present.contains(key.strip_suffix(REQUIRED_KEY).unwrap_or(key));
    let kept = given.types.clone().into_iter().filter(|(key, _)| still(key));
    let mut scope = Scope::new(Case::Pascal, RESERVED).keeping(kept);
    let mut types = BTreeMap::new();
    let (components, inline): (Vec<_>, Vec<_>) = api.types().partition(|(_, found)| found.name.path.is_empty());
    for group in [components, inline] {
        let words: Vec<String> = group.iter().map(|(_, found)| words(found)).collect();
        let pairs = group.iter().zip(&words);
        let wanted: Vec<Wanted<'_>> =
            pairs.filter_map(|((id, _), words)| Some(Wanted { key: keys.get(id)?, words })).collect();
        let names = scope.name_all(&wanted, "Type");
        types.extend(group.iter().map(|(id, _)| *id).zip(names));
    }
    let boxed = cycles::cycles(api, replaced);
    Names { types, scope, described: ways::described(api), travels: ways::travels(api), boxed }
}

/// The types that requests carry under their own names.
pub(super) fn sent(api: &Api) -> BTreeSet<String> {
    let sent = api.types().filter(|(_, found)| found.sent && found.view_of.is_none());
    sent.map(|(_, found)| key(found)).collect()
}

/// What follows the key of a type in the key of the struct that its constructor takes.
pub(super) const REQUIRED_KEY: &str = " (required)";

/// What follows the key of a member in the key of the method that gives it or its default.
const DEFAULT_KEY: &str = " (default)";

/// The key of the map of further members.
const REST_KEY: &str = "(rest)";

/// The scope of what a type consists of, with the names that were given before to what it still consists of.
pub(super) fn members(given: &Lock, found: &Type, case: Case, reserved: &[&str], wanted: &[Wanted<'_>]) -> Scope {
    let scope = Scope::new(case, reserved);
    let Some(before) = given.members_of(&key(found)) else { return scope };
    let present: BTreeSet<&str> = wanted.iter().map(|wanted| wanted.key).chain([REST_KEY]).collect();
    let still = |key: &str| present.contains(key) || present.contains(key.strip_suffix(DEFAULT_KEY).unwrap_or(key));
    scope.keeping(before.clone().into_iter().filter(|(key, _)| still(key)))
}

impl Names {
    /// The names of types, by key.
    pub(super) fn made(self) -> Given {
        self.scope.made()
    }
}

/// What a type is known by in the document.
pub(super) fn key(found: &Type) -> String {
    lock::type_key(&found.name, found.view_of.is_some())
}

/// What a document calls a type.
fn words(found: &Type) -> String {
    let (Origin::Component(origin) | Origin::Operation(origin)) = &found.name.origin;
    std::iter::once(origin).chain(&found.name.path).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Plans all types, with those of a component or of an operation side by side.
pub(super) fn plan(planning: &mut Planning<'_>) -> Vec<TypeModule> {
    let mut owned: Vec<(&Origin, Vec<Item>)> = Vec::new();
    let mut places: BTreeMap<&Origin, usize> = BTreeMap::new();
    let api = planning.api;
    let mut types: Vec<(TypeId, &Type)> = api.types().collect();
    // What a type contains stands after it, whichever was met first.
    types.sort_by_key(|(_, found)| found.name.path.len());
    let convertible = views::convertible(api, &planning.replaced);
    let left_out = overrides::left_out(api, &planning.replaced);
    types.retain(|(id, _)| !left_out.contains(id));
    let mut structs: BTreeMap<TypeId, ItemKind> = BTreeMap::new();
    for (id, found) in types {
        let mut item = item(planning, id, found);
        let source = found.view_of.filter(|_| convertible.contains(&id));
        item.view_of = source.and_then(|source| views::view(planning, source, structs.get(&source)?, &item.kind));
        if found.received {
            structs.insert(id, item.kind.clone());
        }
        let place = *places.entry(&found.name.origin).or_insert(owned.len());
        match owned.get_mut(place) {
            Some((_, items)) => items.push(item),
            None => owned.push((&found.name.origin, vec![item])),
        }
    }
    modules::cut(owned)
}

fn item(planning: &mut Planning<'_>, id: TypeId, found: &Type) -> Item {
    let name = planning.type_name(id);
    let kind = match &found.kind {
        _ if planning.replaced.contains_key(&id) => ItemKind::Alias(planning.own(id)),
        TypeKind::Alias(value) => ItemKind::Alias(planning.rust_type(value)),
        TypeKind::Object(object) => ItemKind::Struct(structure(planning, id, found, object)),
        TypeKind::TextEnum(values) => {
            let (variants, scope) = variants(planning.given, found, values);
            planning.keep(found, scope);
            ItemKind::TextEnum(variants)
        }
        TypeKind::IntegerEnum(values) => {
            let (numbers, scope) = numbers(planning.given, found, values);
            planning.keep(found, scope);
            ItemKind::IntegerEnum(integer(values.width), numbers)
        }
        TypeKind::Union(union) => ItemKind::Union(choices(planning, id, found, union)),
    };
    let mut lines = docs::lines(&found.docs);
    // Another name for an inline schema: what it stands for says what it is, and the member what it is there for.
    let is_name = matches!(kind, ItemKind::Alias(_)) && !found.name.path.is_empty();
    let described = planning.types.described.contains(&id);
    if is_name && described {
        lines.clear();
    } else if is_name || described {
        lines = Vec::from_iter(docs::sentence(&lines));
    }
    if lines.is_empty() && !is_name && !is_spelled(&words(found), &name) {
        lines = vec![format!("{} of the API.", docs::code(&found.name.to_string()))];
    }
    let travels = planning.types.travels.get(&id).copied().unwrap_or(Travels::Both);
    Item { name, docs: lines, deprecated: found.deprecated, kind, travels, derives: Vec::new(), view_of: None }
}

fn structure(planning: &mut Planning<'_>, id: TypeId, found: &Type, object: &Object) -> Struct {
    let properties = object.properties.iter();
    let wanted: Vec<Wanted<'_>> =
        properties.map(|property| Wanted { key: &property.key, words: &property.key }).collect();
    let mut scope = members(planning.given, found, Case::Snake, &["new", "clone"], &wanted);
    let names = scope.name_all(&wanted, "member");
    let mut fields = Vec::new();
    for (property, name) in object.properties.iter().zip(names) {
        let accessor = property.default.is_some().then(|| {
            let key = format!("{}{DEFAULT_KEY}", property.key);
            scope.name_for(&key, &format!("{name} or default"), "value")
        });
        fields.push(field(planning, id, name, accessor, property));
    }
    let any = TypeRef { shape: Shape::Any, nullable: false };
    let rest = match (&object.additional, planning.config.unknown_members) {
        (Additional::Ignored, UnknownMembers::Ignore) => None,
        (Additional::Ignored, UnknownMembers::Keep) => Some(&any),
        (Additional::Kept(value), _) => Some(value),
    };
    let rest = rest.map(|value| {
        let name = scope.name_for(REST_KEY, "additional_properties", "map");
        (name, planning.rust_type(value))
    });
    planning.keep(found, scope);
    // What no operation sends is read, or is there to be received by others, as webhooks are; a document without operations
    // is a library of types, which have everything.
    let setters = found.sent || planning.api.operations.is_empty();
    let (constructor, arguments) =
        if setters { construction(planning, id, found, &fields) } else { (Constructor::None, Vec::new()) };
    Struct { fields, rest, setters, constructor, arguments }
}

/// What the constructor takes: what it took before and is still there, then what is required besides.
fn construction(planning: &mut Planning<'_>, id: TypeId, found: &Type, fields: &[Field]) -> (Constructor, Vec<usize>) {
    let key = key(found);
    let before = planning.given.constructor_of(&key);
    let arguments = in_order(before, fields.iter().map(|field| (field.key.as_str(), field.required)));
    let required_key = format!("{key}{REQUIRED_KEY}");
    let before = (!before.is_empty()).then(|| planning.given.types.contains_key(&required_key));
    let as_struct = match (arguments.len(), before) {
        (0, _) => return (Constructor::Default, arguments),
        // More than these nobody can tell apart.
        (count, Some(as_struct)) => as_struct || count > 2 * MOST_ARGUMENTS,
        (count, None) => count > MOST_ARGUMENTS,
    };
    let keys = arguments.iter().filter_map(|&place| fields.get(place)).map(|field| field.key.clone());
    planning.lock.constructors.insert(key, keys.collect());
    if !as_struct {
        return (Constructor::Arguments, arguments);
    }
    let words = format!("{} required", planning.type_name(id));
    (Constructor::Struct(planning.types.scope.name_for(&required_key, &words, "Members")), arguments)
}

fn field(
    planning: &mut Planning<'_>,
    owner: TypeId,
    name: Ident,
    accessor: Option<Ident>,
    property: &Property,
) -> Field {
    let plain = TypeRef { shape: property.value.shape.clone(), nullable: false };
    let mut inner = planning.rust_type(&plain);
    let default = property.default.as_ref().filter(|_| !property.required && !property.value.nullable);
    let default = default.and_then(|default| default_value(planning, &property.value.shape, &inner, &default.value));
    if planning.types.boxed.contains(&(owner, property.key.clone())) {
        inner = RustType::Boxed(Box::new(inner));
    }
    let untyped = is_untyped(planning, &property.value.shape);
    let rust_type = match (property.required, property.value.nullable || untyped) {
        // Untyped JSON has a null of its own.
        (true, true) if untyped => inner,
        (true, false) => inner,
        (true, true) | (false, false) => RustType::Option(Box::new(inner)),
        (false, true) => RustType::Field(Box::new(inner)),
    };
    let mut lines = docs::lines(&property.docs);
    let summary = docs::sentence(&lines);
    docs::add(&mut lines, &docs::limits(&property.limits));
    if let Some(default) = &property.default {
        let assumed =
            format!("Where it is absent, the server assumes {}.", docs::code(&default.value.to_json().to_string()));
        docs::add(&mut lines, &[assumed]);
    }
    if lines.is_empty() && !is_spelled(&property.key, &name) {
        lines = vec![format!("The member {}.", docs::code(&property.key))];
    }
    Field {
        name,
        key: property.key.clone(),
        docs: lines,
        summary,
        deprecated: property.deprecated,
        required: property.required,
        rust_type,
        // A list that is not there is an empty one only where it must be there.
        xml: property.xml.clone().filter(|node| property.required || !node.is_plain_list()),
        default: accessor.zip(default),
    }
}

/// Whether a name is what the document says in Rust's spelling, and nothing remains to be said about it.
fn is_spelled(said: &str, name: &Ident) -> bool {
    let letters = |text: &str| {
        let letters = text.chars().filter(|c| !matches!(c, '_' | ' '));
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    letters(said) == letters(name.as_str())
}

/// Whether a shape is untyped JSON, through other names for it.
fn is_untyped(planning: &Planning<'_>, shape: &Shape) -> bool {
    let mut seen = BTreeSet::new();
    let mut shape = shape;
    while let Shape::Named(id) = shape {
        match planning.generated(*id) {
            Some(TypeKind::Alias(inner)) if seen.insert(*id) => shape = &inner.shape,
            _ => return false,
        }
    }
    *shape == Shape::Any
}

/// The default of a member, where its type can hold it.
fn default_value(planning: &Planning<'_>, shape: &Shape, rust_type: &RustType, value: &Value) -> Option<DefaultValue> {
    match (rust_type, value) {
        (RustType::Primitive("bool"), Value::Bool(value)) => Some(DefaultValue::Boolean(*value)),
        (RustType::Primitive("f64"), Value::Number(number)) => Some(DefaultValue::Number(number.as_f64())),
        (RustType::Primitive(name), Value::Number(number)) => {
            let width = WIDTHS.iter().copied().find(|width| integer(*width) == *name)?;
            let (least, most) = range(width);
            let value = number.as_i128().filter(|value| (least..=most).contains(value))?;
            Some(DefaultValue::Integer(value))
        }
        (RustType::String, Value::String(text)) => Some(DefaultValue::Text(text.clone())),
        (RustType::Named { .. }, Value::String(text)) => {
            let Shape::Named(id) = shape else { return None };
            let found = planning.api.get(*id)?;
            match planning.generated(*id)? {
                TypeKind::TextEnum(values) => {
                    let position = values.variants.iter().position(|variant| variant.text == *text)?;
                    let (variants, _) = variants(planning.given, found, values);
                    variants.into_iter().nth(position).map(|variant| DefaultValue::Variant(variant.name))
                }
                TypeKind::Object(_) | TypeKind::Alias(_) | TypeKind::IntegerEnum(_) | TypeKind::Union(_) => None,
            }
        }
        _ => None,
    }
}

/// The widths that an integer can have.
const WIDTHS: &[IntegerWidth] = &[
    IntegerWidth::I8,
    IntegerWidth::I16,
    IntegerWidth::I32,
    IntegerWidth::I64,
    IntegerWidth::I128,
    IntegerWidth::U8,
    IntegerWidth::U16,
    IntegerWidth::U32,
    IntegerWidth::U64,
];

impl Planning<'_> {
    /// Keeps the names of what a type consists of.
    pub(super) fn keep(&mut self, found: &Type, scope: Scope) {
        let made = scope.made();
        if !made.is_empty() {
            self.lock.members.insert(key(found), made);
        }
    }

    /// The name of a type.
    pub(super) fn type_name(&mut self, id: TypeId) -> Ident {
        let names = &mut self.types;
        names.types.entry(id).or_insert_with(|| names.scope.name("unnamed", "Type")).clone()
    }

    /// The Rust type of a shape.
    pub(super) fn rust_type(&mut self, value: &TypeRef) -> RustType {
        let plain = match &value.shape {
            Shape::Any => self.runtime_type(RuntimeType::Value),
            Shape::Boolean => RustType::Primitive("bool"),
            Shape::BooleanNumber => self.runtime_type(RuntimeType::BooleanNumber),
            Shape::Integer(width) => self.integer(*width),
            Shape::Number { single } => self.number(*single),
            Shape::Decimal => self.decimal(),
            Shape::Text(format) => self.text(format),
            Shape::File => self.runtime_type(RuntimeType::File),
            Shape::List(item) => RustType::List(Box::new(self.rust_type(item))),
            Shape::Map(item) => RustType::Map(Box::new(self.rust_type(item))),
            Shape::Named(id) => {
                let made_of = self.made_of(*id);
                RustType::Named { name: self.type_name(*id), made_of, outside: false }
            }
        };
        // Untyped JSON has a null of its own.
        let needs_option = value.nullable && value.shape != Shape::Any;
        if needs_option { RustType::Option(Box::new(plain)) } else { plain }
    }

    /// What a type is, unless one of a person's own stands in its place.
    pub(super) fn generated(&self, id: TypeId) -> Option<&TypeKind> {
        self.api.get(id).filter(|_| !self.replaced.contains_key(&id)).map(|found| &found.kind)
    }

    /// The type of a person's own that stands in the place of one.
    fn own(&self, id: TypeId) -> RustType {
        self.replaced.get(&id).map_or(RustType::Unit, |own| RustType::Own(own.clone()))
    }

    /// What a type can be made of, through other names for it.
    fn made_of(&mut self, id: TypeId) -> MadeOf {
        let mut seen = BTreeSet::new();
        let mut next = Some(id);
        while let Some(id) = next.filter(|id| seen.insert(*id)) {
            let replaced = self.replaced.get(&id);
            match self.api.get(id).filter(|_| replaced.is_none()).map(|found| &found.kind) {
                None if replaced.is_some_and(|own| own.serde) => return MadeOf::Variants,
                Some(TypeKind::TextEnum(_)) => return MadeOf::Text,
                Some(TypeKind::Union(_)) => return MadeOf::Variants,
                Some(TypeKind::Alias(TypeRef { shape: Shape::File, nullable: false })) => return MadeOf::Bytes,
                Some(TypeKind::Alias(TypeRef { shape: Shape::Text(format), nullable: false })) => {
                    return if self.text(format) == RustType::String { MadeOf::Text } else { MadeOf::Itself };
                }
                Some(TypeKind::Alias(TypeRef { shape: Shape::Named(inner), nullable: false })) => next = Some(*inner),
                _ => return MadeOf::Itself,
            }
        }
        MadeOf::Itself
    }

    /// A type of the runtime, noted as used.
    pub(super) fn runtime_type(&mut self, used: RuntimeType) -> RustType {
        self.runtime_types.insert(used);
        RustType::Runtime(used)
    }
}

/// The Rust integer of a width.
pub(super) const fn integer(width: IntegerWidth) -> &'static str {
    match width {
        IntegerWidth::I8 => "i8",
        IntegerWidth::I16 => "i16",
        IntegerWidth::I32 => "i32",
        IntegerWidth::I64 => "i64",
        IntegerWidth::I128 => "i128",
        IntegerWidth::U8 => "u8",
        IntegerWidth::U16 => "u16",
        IntegerWidth::U32 => "u32",
        IntegerWidth::U64 => "u64",
    }
}
