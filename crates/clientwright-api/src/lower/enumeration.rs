//! Lowers `enum`.
//!
//! In: the values that a schema allows. Out: an enumeration of texts or of integers; null among the values makes the place
//! nullable, which is decided where the schema is used. Never happens: a value dropped without a diagnostic.

use std::collections::BTreeSet;

use clientwright_document::model::{JsonType, Literal, Schema};
use clientwright_document::source::{Number, Value};
use clientwright_document::{Code, Diagnostic, Severity};

use super::Lowering;
use super::choice::{Chosen, of_type};
use super::schema::{Form, integer_width};
use crate::model::{IntegerEnum, Name, Shape, TextEnum, TypeKind, Variant};

impl Lowering<'_> {
    /// What a schema with these values is.
    pub(super) fn enumeration(&mut self, schema: &Schema, values: &[Literal], name: &Name) -> Form {
        let repaired = self.as_declared(schema, values);
        let values: Vec<&Literal> = self.distinct(&repaired);
        if values.is_empty() {
            // Null alone: the place is nullable, and nothing else is said of it.
            return Form::Plain(Shape::Any);
        }
        if let Some(variants) = all(&values, |value| value.value.as_str().map(str::to_owned)) {
            let variants = variants.into_iter().map(|(at, text)| Variant { at, text }).collect();
            return Form::Typed(TypeKind::TextEnum(TextEnum { variants }));
        }
        let integer = |value: &Literal| if let Value::Number(number) = &value.value { number.as_i128() } else { None };
        if let Some(integers) = all(&values, integer) {
            let names = names(schema);
            let variants = integers.into_iter().enumerate();
            let variants = variants.map(|(index, (_, value))| (value, names.get(index).cloned())).collect();
            return Form::Typed(TypeKind::IntegerEnum(IntegerEnum { width: integer_width(schema), variants }));
        }
        if values.iter().all(|value| matches!(value.value, Value::Bool(_))) {
            if values.len() == 1 {
                let title = "a boolean that is always the same is not expressed in the type";
                let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title).severity(Severity::Note);
                self.report(diagnostic.at(schema.at, "is a boolean; as a tag of a union it is used"));
            }
            return Form::Plain(Shape::Boolean);
        }
        self.several_kinds(schema, &values, name)
    }

    /// Values of several kinds are a choice between kinds; those that have no enumeration are what their kind is.
    fn several_kinds(&mut self, schema: &Schema, values: &[&Literal], name: &Name) -> Form {
        let kinds: BTreeSet<JsonType> = values.iter().filter_map(|value| kind(&value.value)).collect();
        let plain = kinds.iter().any(|kind| !matches!(kind, JsonType::String | JsonType::Number | JsonType::Boolean));
        let fraction = |value: &&&Literal| matches!(&value.value, Value::Number(number) if number.as_i128().is_none());
        if plain || values.iter().any(|value| fraction(&value)) {
            let at = values.first().map_or(schema.at, |value| value.at);
            let title = "an `enum` of lists, objects or fractions is not expressed in the type";
            let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title).severity(Severity::Note);
            self.report(
                diagnostic.at(at, "values are not checked against it").help("the server checks what it receives"),
            );
        }
        let mut options = Vec::new();
        for json_type in &kinds {
            let of_kind = values.iter().filter(|value| kind(&value.value) == Some(*json_type));
            let of_kind: Vec<Literal> = of_kind.map(|value| (*value).clone()).collect();
            let is_listed = !of_kind.iter().any(|value| fraction(&&value)) && *json_type != JsonType::Array;
            let is_listed = is_listed && *json_type != JsonType::Object;
            let one =
                Schema { enum_values: is_listed.then_some(of_kind), constant: None, ..of_type(schema, *json_type) };
            options.push(self.schemas.add(one));
        }
        if let [only] = options[..] {
            return self.form(only, name);
        }
        let options = options.into_iter().map(|id| Chosen { schema: id, chosen: vec![id] });
        self.union(schema.at, options.collect(), None, name)
    }

    /// The values as the one type of a schema has them: texts without quotes are texts all the same, and digits in quotes
    /// are numbers.
    fn as_declared(&mut self, schema: &Schema, values: &[Literal]) -> Vec<Literal> {
        let types = schema.types.without(JsonType::Null);
        let declared = types.iter().next().filter(|_| types.len() == 1);
        let is_number = matches!(declared, Some(JsonType::Integer | JsonType::Number));
        let mut repaired = Vec::new();
        for value in values {
            let read = match &value.value {
                Value::Number(number) if declared == Some(JsonType::String) => Some(Value::String(number.to_string())),
                Value::Bool(truth) if declared == Some(JsonType::String) => Some(Value::String(truth.to_string())),
                Value::String(text) if is_number => {
                    text.parse().ok().map(|number| Value::Number(Number::Signed(number)))
                }
                Value::String(text) if declared == Some(JsonType::Boolean) => text.parse().ok().map(Value::Bool),
                Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::String(_)
                | Value::List(_)
                | Value::Object(_) => None,
            };
            if let Some(read) = &read {
                let title = "a value of an `enum` is not of the type that stands beside it";
                let diagnostic = Diagnostic::new(Code::WrongType, title).severity(Severity::Note);
                let label = format!("read as {}", read.to_json());
                self.report(diagnostic.at(value.at, label).help("write it as a value of that type"));
            }
            repaired.push(Literal { at: value.at, value: read.unwrap_or_else(|| value.value.clone()) });
        }
        repaired
    }

    /// The values without null, each once.
    fn distinct<'a>(&mut self, values: &'a [Literal]) -> Vec<&'a Literal> {
        let mut distinct: Vec<&Literal> = Vec::new();
        for value in values.iter().filter(|value| value.value != Value::Null) {
            if distinct.iter().any(|known| known.value == value.value) {
                let shown = value.value.to_json();
                let diagnostic =
                    Diagnostic::new(Code::DuplicateValue, format!("the value {shown} stands twice in an `enum`"));
                self.report(diagnostic.at(value.at, "the second is left out").help("remove it"));
            } else {
                distinct.push(value);
            }
        }
        distinct
    }
}

/// The kind of a value that is not null. Integers are numbers.
pub(super) fn kind(value: &Value) -> Option<JsonType> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some(JsonType::Boolean),
        Value::Number(_) => Some(JsonType::Number),
        Value::String(_) => Some(JsonType::String),
        Value::List(_) => Some(JsonType::Array),
        Value::Object(_) => Some(JsonType::Object),
    }
}

/// What `part` finds in each value, with its place; `None` where it finds nothing in one, or there are no values.
fn all<T>(values: &[&Literal], part: impl Fn(&Literal) -> Option<T>) -> Option<Vec<(clientwright_document::At, T)>> {
    let found: Option<Vec<_>> = values.iter().map(|value| Some((value.at, part(value)?))).collect();
    found.filter(|found| !found.is_empty())
}

/// The names of the values, by their position, where the document gives them.
fn names(schema: &Schema) -> Vec<String> {
    let keys = ["x-enum-varnames", "x-enumNames", "x-enum-names"];
    let Some(Value::List(names)) = keys.iter().find_map(|key| schema.extensions.get(*key)) else { return Vec::new() };
    names.iter().map_while(|name| name.as_str().map(str::to_owned)).collect()
}
