//! JSON for each type.
//!
//! In: a [`Model`]. Out: lines, each the place of a type in the table, a space and a document of that type; the documents hold what a
//! way could lose: tags at the end of their object, unknown tags and enumeration values, nulls that are not absences,
//! keys that no member declares, escapes. Never: a document that a type refuses, or that has no equal after a round trip.

use std::fmt::Write as _;

use super::model::{Field, Item, Model, Presence, Struct, TextEnum, Type, Union};
use super::random::Random;

/// How deep objects hold objects.
const DEPTH: usize = 3;

/// Documents for all types, `bytes` long together, more or less. Those of one type stand together.
pub(super) fn print_samples(model: &Model, bytes: usize) -> String {
    let share = bytes / model.documents().count().max(1);
    let mut writer = Sampler { model, random: Random::new(7), out: String::new() };
    for (index, item) in model.documents().enumerate() {
        let end = writer.out.len() + share;
        // An enumeration alone is no document that is sent in bulk; a few prove that it is read.
        let most = if matches!(item, Item::Enum(_)) { 4 } else { usize::MAX };
        for _ in 0..most {
            let _ = write!(writer.out, "{index} ");
            writer.item(item, 0);
            writer.out.push('\n');
            if writer.out.len() >= end {
                break;
            }
        }
    }
    writer.out
}

struct Sampler<'a> {
    model: &'a Model,
    random: Random,
    out: String,
}

impl Sampler<'_> {
    fn item(&mut self, item: &Item, depth: usize) {
        match item {
            Item::Struct(item) => self.structure(item, depth),
            Item::Enum(item) => self.enumeration(item),
            Item::Union(item) => self.union(item, depth),
        }
    }

    fn structure(&mut self, item: &Struct, depth: usize) {
        self.out.push('{');
        let start = self.out.len();
        for field in &item.fields {
            self.member(field, start, depth);
        }
        if let Some(of) = &item.rest {
            for index in 0..self.random.below(3) {
                self.key(start, &format!("x-{index}-é"));
                self.value(of, depth + 1);
            }
        }
        if let Some((key, text)) = &item.tag {
            self.key(start, key);
            let _ = write!(self.out, "\"{text}\"");
        }
        self.out.push('}');
    }

    fn member(&mut self, field: &Field, start: usize, depth: usize) {
        let refers = matches!(field.of, Type::Item(_) | Type::Boxed(_) | Type::List(_)) && depth >= DEPTH;
        if field.presence != Presence::Required && (refers || self.random.chance(1, 2)) {
            return;
        }
        self.key(start, &field.key);
        if field.presence == Presence::Nullable && self.random.chance(1, 3) {
            self.out.push_str("null");
        } else {
            self.value(&field.of, depth + 1);
        }
    }

    fn key(&mut self, start: usize, key: &str) {
        let comma = if self.out.len() > start { "," } else { "" };
        let _ = write!(self.out, "{comma}\"{key}\":");
    }

    fn value(&mut self, of: &Type, depth: usize) {
        match of {
            Type::Text => self.text(),
            Type::Integer => {
                let value = i64::from(self.random.next()) >> self.random.below(28);
                let _ = write!(self.out, "{value}");
            }
            Type::Number => {
                let _ = write!(self.out, "{}.{}", self.random.below(10_000), 1 + self.random.below(9));
            }
            Type::Boolean => self.out.push_str(if self.random.chance(1, 2) { "true" } else { "false" }),
            Type::List(of) => self.list(of, depth),
            Type::Map(of) => {
                self.out.push('{');
                let start = self.out.len();
                for index in 0..self.random.below(4) {
                    self.key(start, &format!("entry.{index}"));
                    self.value(of, depth);
                }
                self.out.push('}');
            }
            Type::Item(index) | Type::Boxed(index) => {
                if let Some(item) = self.model.item(*index) {
                    self.item(item, depth);
                }
            }
        }
    }

    fn list(&mut self, of: &Type, depth: usize) {
        self.out.push('[');
        let most = if depth > DEPTH && matches!(of, Type::Item(_)) { 1 } else { 4 };
        for index in 0..self.random.below(most) {
            if index > 0 {
                self.out.push(',');
            }
            self.value(of, depth + 1);
        }
        self.out.push(']');
    }

    /// One to six words; now and then with an escape or a letter beyond ASCII.
    fn text(&mut self) {
        const WORDS: [&str; 12] = [
            "a",
            "north",
            "Rue",
            "1f3c9a77",
            "order",
            "of",
            "Main",
            "Zürich",
            "2026-04-28",
            "kept",
            "pay",
            "reference",
        ];
        self.out.push('"');
        for index in 0..=self.random.below(6) {
            let gap = if index == 0 { "" } else { " " };
            let _ = write!(self.out, "{gap}{}", self.random.pick(&WORDS));
        }
        if self.random.chance(1, 24) {
            self.out.push_str(r#" \"quoted\"\n\u00e9"#);
        }
        self.out.push('"');
    }

    fn enumeration(&mut self, item: &TextEnum) {
        let known = item.values.get(self.random.below(item.values.len()));
        let text = if self.random.chance(1, 16) { "value-of-tomorrow" } else { known.map_or("none", String::as_str) };
        let _ = write!(self.out, "\"{text}\"");
    }

    fn union(&mut self, item: &Union, depth: usize) {
        let known = item.variants.get(self.random.below(item.variants.len()));
        match known.and_then(|(_, index)| self.model.item(*index)) {
            Some(variant) if !self.random.chance(1, 16) => self.item(variant, depth),
            _ => {
                let _ = write!(self.out, "{{\"since\":[1,2.5,null],\"{}\":\"kind-of-tomorrow\"}}", item.tag);
            }
        }
    }
}
