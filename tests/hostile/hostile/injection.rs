//! Words of a document that would be code.
//!
//! In: a document whose every text, name and value is an attack. Out: the same code as for a harmless twin. Never: a
//! comparison of what the words are: only of what they became.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use syn::visit::{self, Visit};

use super::run::Attack;

const ATTACKS: &[&str] = &[
    "*/ pub fn evil() {} /*",
    "\n*/\npub fn evil() {}\n/**",
    "x\rpub fn evil() {}",
    "x\r\nmod evil {}",
    "x\u{2028}fn evil() {}\u{85}fn evil() {}",
    "\"); evil!(); (\"",
    "\"#; evil!(); r#\"",
    "\"##]\n#![feature(evil)]\nunsafe extern \"C\" {}",
    "#[doc = include_str!(\"/etc/passwd\")]",
    "include!(\"/etc/passwd\")",
    "```\nstd::process::abort();\n```",
    "```no_run\nfn evil() {}",
    "    std::process::abort();",
    "\tevil();",
    "\u{202e}} )( {lave nf\u{2066}",
    "\u{feff}evil\u{0}\u{1b}[2J",
    "{evil}{0}{}",
    "${jndi:evil}",
    "\\\"\\\\\n",
    "'",
    "/// evil\n//! evil",
    "r#evil",
    "evil::<{ std::process::abort() }>",
    "`evil` [evil](javascript:evil) <script>evil</script>",
];

/// A document of everything, with a text in every place for prose, and another in every place for a name or a value.
fn everything(text: &str, name: &str) -> Value {
    let in_path = name.replace(['/', '{', '}'], "");
    let mut document = json!({
        "openapi": "3.0.3",
        "info": {"title": text, "version": text, "description": text, "summary": text},
        "servers": [{"url": "https://{v}.example.com", "description": name, "variables": {"v": {
            "default": "a", "enum": ["a", name], "description": text}}}],
        "tags": [{"name": name, "description": text}],
        "security": [{name: []}],
        "paths": {},
        "components": {
            "securitySchemes": {name: {"type": "apiKey", "in": "query", "name": name, "description": text,
                "x-clientwright-prefix": name}, "tokens": {"type": "oauth2", "description": text, "flows": {
                "clientCredentials": {"tokenUrl": name, "refreshUrl": format!("{name}/"), "scopes": {name: text}}}}},
            "schemas": {name: {
                "title": text, "description": text, "type": "object", "required": [name],
                "properties": {
                    name: {"type": "string", "enum": [name, "other"], "description": text, "default": name,
                        "x-enum-varnames": [name, name], "example": text, "pattern": name, "format": name},
                    "number": {"type": "integer", "enum": [1, 2], "x-enum-varnames": [name, "other"], "default": name},
                    "child": {"type": "object", "properties": {name: {"type": "boolean", "default": true}}},
                    "text": {"type": "string", "default": name, "minLength": 3, "pattern": text},
                },
            }, "Choice": {
                "description": text, "discriminator": {"propertyName": name, "mapping": {name: "#/components/schemas/One"}},
                "oneOf": [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Two"}],
            }, "One": {"type": "object", "required": [name], "properties": {name: {"type": "string"}}},
            "Two": {"type": "object", "required": [name], "properties": {name: {"type": "string", "enum": [name]}}}},
        },
    });
    let reference = json!({"$ref": format!("#/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"))});
    let content = json!({"application/json": {"schema": reference}});
    document["paths"][format!("/pets/{in_path}/{{id}}")] = json!({"post": {
        "x-clientwright-idempotency-key": name, "x-clientwright-envelope": [name],
        "operationId": name, "tags": [name], "summary": text, "description": text, "deprecated": true,
        "externalDocs": {"url": text, "description": text},
        "parameters": [
            {"name": "id", "in": "path", "required": true, "description": text, "schema": {"type": "string"}},
            {"name": name, "in": "query", "description": text, "schema": {"type": "string", "default": name}},
        ],
        "requestBody": {"description": text, "content": content},
        "responses": {
            "200": {"description": text, "content": content},
            "400": {"description": text, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Choice"}}}},
        },
    }});
    document
}

#[test]
fn prose_becomes_documentation_and_nothing_else() {
    let harmless = Shape::of(&everything("Some words.", "word"));
    for attack in ATTACKS {
        let attacked = Shape::of(&everything(attack, "word"));
        assert_eq!(attacked.code, harmless.code, "{attack:?}");
    }
}

#[test]
fn names_and_values_add_no_items() {
    let harmless = Shape::of(&everything("Some words.", "word"));
    for attack in ATTACKS {
        let attacked = Shape::of(&everything("Some words.", attack));
        assert_eq!(attacked.items, harmless.items, "{attack:?}");
    }
}

/// What an attack could change.
#[derive(Default)]
struct Shape {
    /// All tokens but documentation, by file.
    code: BTreeMap<String, String>,
    /// How many items there are of each kind, and which macros are called.
    items: BTreeMap<String, usize>,
}

impl Shape {
    fn of(document: &Value) -> Self {
        let outcome = Attack::new(document).run();
        assert!(outcome.output.len() > 5, "{}", outcome.said);
        let mut shape = Self::default();
        for (path, text) in outcome.output {
            let steers = |character: char| {
                character.is_control() && character != '\n'
                    || ('\u{202a}'..='\u{202e}').contains(&character)
                    || ('\u{2066}'..='\u{2069}').contains(&character)
            };
            assert!(!text.contains(steers), "{path} steers a terminal or an editor:\n{text}");
            if path.starts_with("src/") {
                let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
                shape.visit_file(&file);
                shape.code.insert(path, without_comments(&text));
            }
        }
        shape
    }

    fn count(&mut self, what: impl Into<String>) {
        *self.items.entry(what.into()).or_default() += 1;
    }
}

/// The lines that are no documentation, nor prose of a literal.
fn without_comments(text: &str) -> String {
    let is_code = |line: &&str| !line.trim_start().starts_with("//") && !line.contains("_VERSION: &str");
    text.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

impl<'ast> Visit<'ast> for Shape {
    #[expect(clippy::wildcard_enum_match_arm, reason = "items of a later version are another item too")]
    fn visit_item(&mut self, item: &'ast syn::Item) {
        match item {
            syn::Item::Enum(_) => self.count("enum"),
            syn::Item::Fn(_) => self.count("fn"),
            syn::Item::Impl(_) => self.count("impl"),
            syn::Item::Mod(_) => self.count("mod"),
            syn::Item::Static(_) => self.count("static"),
            syn::Item::Const(_) => self.count("const"),
            syn::Item::Struct(_) => self.count("struct"),
            syn::Item::Type(_) => self.count("type"),
            syn::Item::Use(_) | syn::Item::Macro(_) => {}
            _ => self.count("another item"),
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.count("method");
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        let path: Vec<String> = item.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.count(format!("{}!", path.join("::")));
    }

    fn visit_expr_unsafe(&mut self, _: &'ast syn::ExprUnsafe) {
        self.count("unsafe");
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if !attribute.path().is_ident("doc") {
            let path = attribute.path().segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
            self.count(format!("#[{path}]"));
        }
    }
}
