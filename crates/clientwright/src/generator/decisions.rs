//! What a build script decides about its client: what `clientwright.toml` says, in code.
//!
//! In: words and paths. Out: the same decisions, without places. Never: a word that stands for nothing passed over: it is
//! told when the client is generated.

use clientwright_api::{SaidValue, Selector, Statement};
use clientwright_document::Diagnostic;
use clientwright_document::diagnostic::{Code, Setting, Severity};
use clientwright_rust::{Derive, FormatType, OwnType, TypePath};

use super::Generator;

impl Generator {
    /// Which operations become methods: `tag:people`, `getPerson`, `GET /people/*`, with `*` for any text, and after `!`
    /// what shall be left out. Types that nothing needs are left out too.
    pub fn operations<T: AsRef<str>>(mut self, selectors: impl IntoIterator<Item = T>) -> Self {
        for text in selectors {
            if let Some(selector) = Selector::parse(text.as_ref()) {
                self.selection.0.push(Setting::new(selector));
            } else {
                let help = "write `tag:people`, `getPerson` or `GET /people/*`, after `!` to leave it out";
                self.refuse(format!("`{}` selects no operations", text.as_ref()), help);
            }
        }
        self
    }

    /// The operations that the documentation of the client shows first, by their `operationId`, or by `GET /path`.
    pub fn first_calls<T: Into<String>>(mut self, operations: impl IntoIterator<Item = T>) -> Self {
        self.config.first_calls.extend(operations.into_iter().map(|operation| Setting::new(operation.into())));
        self
    }

    /// The folder, relative to that of the crate's manifest, that stands for all URLs which begin with one that ends with a
    /// slash: `.url("https://example.com/schemas/", "specs/schemas")`; or the file that stands for one URL. Nothing is ever
    /// fetched.
    pub fn url(mut self, url: impl Into<String>, path: &str) -> Self {
        let url = url.into();
        if let Err(expected) = self.urls.add(Setting::new(url.clone()), path) {
            self.refuse(format!("no file can stand for `{url}`"), expected);
        }
        self
    }

    /// Whether there are types alone, and nothing to call.
    pub fn types_only(mut self, types_only: bool) -> Self {
        self.config.types_only = types_only;
        self
    }

    /// What a format of the document becomes, in the words of `clientwright.toml`: `.format("date-time", "string")`,
    /// `.format("uuid", "crate::Id")`.
    ///
    /// A path is that of a type with the runtime's `Encode` and `Decode`.
    pub fn format(mut self, format: impl Into<String>, becomes: &str) -> Self {
        let format = format.into();
        match FormatType::parse(&format, becomes) {
            Ok(becomes) => self.config.formats.set(Setting::new(format), becomes),
            Err(expected) => {
                self.refuse(format!("`{becomes}` is no type for the format `{format}`"), &expected);
            }
        }
        self
    }

    /// The same for a type that has serde's traits: `.format_with_serde("uri", "url::Url")`.
    pub fn format_with_serde(mut self, format: impl Into<String>, path: &str) -> Self {
        if let Some(path) = self.path(path) {
            self.config.formats.set(Setting::new(format.into()), FormatType::Own(OwnType { path, serde: true }));
        }
        self
    }

    /// A type of your own in place of a generated one, which the document calls `Person`, or `Person.address` where it is
    /// described within another: `.replace("Person", "crate::Person")`. It has the runtime's `Encode` and `Decode`.
    pub fn replace(mut self, name: impl Into<String>, path: &str) -> Self {
        if let Some(path) = self.path(path) {
            self.config.types.push((Setting::new(name.into()), OwnType { path, serde: false }));
        }
        self
    }

    /// Says of the whole document what `x-clientwright-…` keys say in it: `.say_of_document("idempotency-key", "X-Once")`.
    pub fn say_of_document(mut self, key: &str, value: impl Into<SaidValue>) -> Self {
        self.said.document.push(statement(key, value));
        self
    }

    /// The same of operations, by what selects them: `.say_of_operations("searchPeople", "repeatable", true)`,
    /// `.say_of_operations("listPeople", "pages", [("items", "data"), ("cursor", "after"), ("next", "meta.next")])`.
    pub fn say_of_operations(mut self, selector: &str, key: &str, value: impl Into<SaidValue>) -> Self {
        if let Some(selector) = Selector::parse(selector).filter(|selector| !selector.excludes()) {
            self.said.operations.push((Setting::new(selector), vec![statement(key, value)]));
        } else {
            let help = "write `tag:people`, `getPerson` or `GET /people/*`";
            self.refuse(format!("`{selector}` selects no operations"), help);
        }
        self
    }

    /// The same of a parameter: `.say_of_parameter("listPets.sold", "boolean", "number")`.
    pub fn say_of_parameter(mut self, of: impl Into<String>, key: &str, value: impl Into<SaidValue>) -> Self {
        self.said.parameters.push((Setting::new(of.into()), vec![statement(key, value)]));
        self
    }

    /// The same of a schema: `.say_of_schema("Pet.sold", "boolean", "number")`.
    pub fn say_of_schema(mut self, of: impl Into<String>, key: &str, value: impl Into<SaidValue>) -> Self {
        self.said.schemas.push((Setting::new(of.into()), vec![statement(key, value)]));
        self
    }

    /// The same of a security scheme: `.say_of_security("ApiKeyAuth", "prefix", "Api-Key ")`.
    pub fn say_of_security(mut self, of: impl Into<String>, key: &str, value: impl Into<SaidValue>) -> Self {
        self.said.security.push((Setting::new(of.into()), vec![statement(key, value)]));
        self
    }

    /// A name for a type in place of the one that is made of the document's: `Person`, and `Person.address` for what is
    /// described within it.
    pub fn rename_type(mut self, of: impl Into<String>, name: impl Into<String>) -> Self {
        self.config.rename.types.push(renamed(of, name));
        self
    }

    /// A name for a field of an object (`Person.jobTitle`), a value of an enumeration (`Status.in-stock`) or a choice of a
    /// union.
    pub fn rename_member(mut self, of: impl Into<String>, name: impl Into<String>) -> Self {
        self.config.rename.members.push(renamed(of, name));
        self
    }

    /// A name for the method of an operation, which is known by its `operationId`, or by `GET /path` where it has none; its
    /// request and its errors follow.
    pub fn rename_operation(mut self, of: impl Into<String>, name: impl Into<String>) -> Self {
        self.config.rename.operations.push(renamed(of, name));
        self
    }

    /// A name for the argument or the setter of a parameter: `searchPeople.page`.
    pub fn rename_parameter(mut self, of: impl Into<String>, name: impl Into<String>) -> Self {
        self.config.rename.parameters.push(renamed(of, name));
        self
    }

    /// The same for a type that has serde's traits.
    pub fn replace_with_serde(mut self, name: impl Into<String>, path: &str) -> Self {
        if let Some(path) = self.path(path) {
            self.config.types.push((Setting::new(name.into()), OwnType { path, serde: true }));
        }
        self
    }

    /// Derives for the type of a name, or for all that can have them: `.derive("*", ["Eq"])`,
    /// `.derive("Person", ["schemars::JsonSchema"])`. All types have `Clone`, `Debug`, `PartialEq` and serde's traits.
    pub fn derive<T: AsRef<str>>(mut self, name: impl Into<String>, traits: impl IntoIterator<Item = T>) -> Self {
        let mut derives = Vec::new();
        for text in traits {
            match Derive::parse(text.as_ref()) {
                Ok(derive) => derives.push(Setting::new(derive)),
                Err(expected) => self.refuse(format!("`{}` cannot be derived", text.as_ref()), &expected),
            }
        }
        self.config.derives.0.push((Setting::new(name.into()), derives));
        self
    }

    fn path(&mut self, text: &str) -> Option<TypePath> {
        let path = TypePath::parse(text);
        if path.is_none() {
            self.refuse(
                format!("`{text}` is not the path of a type"),
                "write names with `::` between them: `crate::Money`",
            );
        }
        path
    }

    fn refuse(&mut self, title: String, help: &str) {
        self.faults.push(Diagnostic::new(Code::InvalidValue, title).severity(Severity::Error).help(help));
    }
}

fn renamed(of: impl Into<String>, name: impl Into<String>) -> (Setting<String>, Setting<String>) {
    (Setting::new(of.into()), Setting::new(name.into()))
}

fn statement(key: &str, value: impl Into<SaidValue>) -> Statement {
    Statement { key: Setting::new(key.to_owned()), value: value.into() }
}
