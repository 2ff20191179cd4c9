//! Prints the types in each way.
//!
//! In: a [`Model`] and a [`Way`]. Out: the `lib.rs` of a crate with those types and a table of functions that read and
//! write each. Never: chance; the same model gives the same text.

use std::fmt::Write as _;

use super::model::{Field, Item, Model, Presence, Struct, TextEnum, Type, Union, pascal};

/// A way in which types meet the wire.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// serde's derives.
    Derive,
    /// A table for each type, generic over serde's `MapAccess` and `SerializeMap`.
    MapAccess,
    /// A table for each type against `dyn Reader` and `dyn Writer`: the runtime's.
    DynTable,
}

impl Way {
    pub(super) const ALL: [Self; 3] = [Self::Derive, Self::MapAccess, Self::DynTable];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Derive => "derive",
            Self::MapAccess => "map-access",
            Self::DynTable => "dyn-table",
        }
    }

    /// What the crate holds before its types.
    const fn head(self) -> &'static str {
        match self {
            Self::Derive => include_str!("templates/derive.rs"),
            Self::MapAccess => include_str!("templates/map_access.rs"),
            Self::DynTable => include_str!("templates/dyn_table.rs"),
        }
    }
}

/// The `lib.rs` of a crate with the model's types.
pub(super) fn print_lib(model: &Model, way: Way) -> String {
    let mut out = format!("{}\n{}", way.head(), include_str!("templates/entry.rs"));
    for item in &model.items {
        out.push('\n');
        match (item, way) {
            (Item::Struct(item), _) => print_struct(&mut out, model, item, way),
            (Item::Enum(item), Way::Derive) => print_derived_enum(&mut out, item),
            (Item::Union(item), Way::Derive) => print_derived_union(&mut out, model, item),
            (Item::Enum(item), Way::MapAccess | Way::DynTable) => print_enum(&mut out, item),
            (Item::Union(item), Way::MapAccess | Way::DynTable) => print_union(&mut out, model, item),
        }
    }
    out.push_str("\n/// Every type that is a document.\npub static TABLE: &[Entry] = &[\n");
    for item in model.documents() {
        let _ = writeln!(out, "    Entry::of::<{}>(),", item.name());
    }
    out.push_str("];\n");
    out
}

const DERIVES: &str = "#[derive(Clone, Debug, PartialEq)]\n";
const SERDE_DERIVES: &str = "#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]\n";

fn print_struct(out: &mut String, model: &Model, item: &Struct, way: Way) {
    out.push_str(if way == Way::Derive { SERDE_DERIVES } else { DERIVES });
    let _ = writeln!(out, "pub struct {} {{", item.name);
    // The derive's union holds the tag itself; the others keep it where the document declares it, in the object.
    if let Some((key, _)) = &item.tag
        && way != Way::Derive
    {
        let _ = writeln!(out, "    pub {key}: String,");
    }
    for field in &item.fields {
        print_field(out, model, field, way);
    }
    if let Some(of) = &item.rest {
        let attribute = if way == Way::Derive { "    #[serde(flatten)]\n" } else { "" };
        let _ = writeln!(out, "{attribute}    pub rest: BTreeMap<String, {}>,", type_name(model, of));
    }
    out.push_str("}\n");
    if way != Way::Derive {
        print_object(out, item);
    }
}

fn print_field(out: &mut String, model: &Model, field: &Field, way: Way) {
    if let Some(doc) = &field.doc {
        let _ = writeln!(out, "    /// {doc}");
    }
    let name = field.name();
    let of = type_name(model, &field.of);
    if way == Way::Derive {
        let rename = format!("rename = {:?}", field.key);
        let rename = if name == field.key { "" } else { &rename };
        let optional = "default, skip_serializing_if = \"Option::is_none\"";
        let attributes: Vec<&str> = match field.presence {
            Presence::Required => vec![rename],
            Presence::Optional => vec![rename, optional],
            Presence::Nullable => vec![rename, optional, "deserialize_with = \"there\""],
        };
        let attributes: Vec<&str> = attributes.into_iter().filter(|attribute| !attribute.is_empty()).collect();
        if !attributes.is_empty() {
            let _ = writeln!(out, "    #[serde({})]", attributes.join(", "));
        }
    }
    let of = match (field.presence, way) {
        (Presence::Required, _) => of,
        (Presence::Optional, _) => format!("Option<{of}>"),
        (Presence::Nullable, Way::Derive) => format!("Option<Option<{of}>>"),
        (Presence::Nullable, Way::MapAccess | Way::DynTable) => format!("Field<{of}>"),
    };
    let _ = writeln!(out, "    pub {name}: {of},");
}

fn type_name(model: &Model, of: &Type) -> String {
    match of {
        Type::Text => "String".to_owned(),
        Type::Integer => "i64".to_owned(),
        Type::Number => "f64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::List(of) => format!("Vec<{}>", type_name(model, of)),
        Type::Map(of) => format!("BTreeMap<String, {}>", type_name(model, of)),
        Type::Item(index) => model.name(*index).to_owned(),
        Type::Boxed(index) => format!("Box<{}>", model.name(*index)),
    }
}

fn print_object(out: &mut String, item: &Struct) {
    let _ = writeln!(out, "\nobject!({} {{", item.name);
    if let Some((key, _)) = &item.tag {
        let _ = writeln!(out, "    {key}: required {key:?},");
    }
    for field in &item.fields {
        let required = if field.presence == Presence::Required { "required " } else { "" };
        let _ = writeln!(out, "    {}: {required}{:?},", field.name(), field.key);
    }
    out.push_str(if item.rest.is_some() { "    ..rest\n});\n" } else { "});\n" });
}

fn print_enum(out: &mut String, item: &TextEnum) {
    let _ = writeln!(out, "text_enum! {{\n    pub enum {} {{", item.name);
    for text in &item.values {
        let _ = writeln!(out, "        {} = {text:?},", pascal(text));
    }
    out.push_str("    }\n}\n");
}

fn print_derived_enum(out: &mut String, item: &TextEnum) {
    let _ = writeln!(out, "{SERDE_DERIVES}pub enum {} {{", item.name);
    for text in &item.values {
        let _ = writeln!(out, "    #[serde(rename = {text:?})]\n    {},", pascal(text));
    }
    out.push_str("    #[serde(untagged)]\n    Unknown(String),\n}\n");
}

fn print_union(out: &mut String, model: &Model, item: &Union) {
    let _ = writeln!(out, "{DERIVES}pub enum {} {{", item.name);
    for (text, of) in &item.variants {
        let _ = writeln!(out, "    {}({}),", pascal(text), model.name(*of));
    }
    let _ = writeln!(out, "    Unknown(Value),\n}}\n\nunion!({} by {:?} {{", item.name, item.tag);
    for (text, _) in &item.variants {
        let _ = writeln!(out, "    {text:?} => {},", pascal(text));
    }
    out.push_str("});\n");
}

fn print_derived_union(out: &mut String, model: &Model, item: &Union) {
    let _ = writeln!(out, "{SERDE_DERIVES}#[serde(tag = {:?})]\npub enum {} {{", item.tag, item.name);
    for (text, of) in &item.variants {
        let _ = writeln!(out, "    #[serde(rename = {text:?})]\n    {}({}),", pascal(text), model.name(*of));
    }
    out.push_str("    #[serde(untagged)]\n    Unknown(Value),\n}\n");
}

#[cfg(test)]
mod tests {
    use super::super::shapes::Shape;
    use super::*;

    #[test]
    fn every_way_states_every_type_and_always_the_same() {
        for shape in Shape::ALL {
            for way in Way::ALL {
                let printed = print_lib(&shape.model(7), way);
                assert_eq!(printed, print_lib(&shape.model(7), way), "{} {}", shape.name(), way.name());
                let model = shape.model(7);
                let entries = model.documents().map(|item| format!("Entry::of::<{}>(),", item.name()));
                let types = model.items.iter().map(|item| format!(" {} {{", item.name()));
                for part in entries.chain(types) {
                    assert!(printed.contains(&part), "{} {}: {part}", shape.name(), way.name());
                }
            }
        }
    }
}
