//! Lowers `enum`.
//!
//! In: the values that a schema allows. Out: an enumeration of texts or of integers; null among the values makes the place
//! nullable, which is decided where the schema is used. Never happens: a value dropped without a diagnostic.

use clientwright_document::model::{JsonType, Literal, Schema};
use clientwright_document::source::Value;
use clientwright_document::{Code, Diagnostic, Severity};

use super::Lowering;
use super::schema::{Form, integer_width};
use crate::model::{IntegerEnum, Name, Shape, TextEnum, TypeKind, Variant};

impl Lowering<'_> {
    /// What a schema with these values is.
    pub(super) fn enumeration(&mut self, schema: &Schema, values: &[Literal], name: &Name) -> Form {
        let values: Vec<&Literal> = self.distinct(values);
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
        let types = schema.types.without(JsonType::Null);
        if values.iter().all(|value| matches!(value.value, Value::Bool(_))) {
            if values.len() == 1 {
                let title = "a boolean that is always the same is not expressed in the type";
                let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title).severity(Severity::Note);
                self.report(diagnostic.at(schema.at, "is a boolean; as a tag of a union it is used"));
            }
            return Form::Plain(Shape::Boolean);
        }
        let at = values.first().map_or(schema.at, |value| value.at);
        self.unsupported(at, "an `enum` of values that are not all texts or all integers", "the type alone is kept");
        if types.len() == 1 {
            return self.single(&Schema { enum_values: None, ..schema.clone() }, types, name);
        }
        Form::Plain(Shape::Any)
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
