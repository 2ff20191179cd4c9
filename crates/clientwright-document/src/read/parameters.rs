//! Parameters and headers.
//!
//! In: Parameter and Header Objects (`OpenAPI` 3.0.4, sections 4.7.12 and 4.7.21). Out: the same,
//! with the defaults of the specification. Never: a parameter read twice.

use indexmap::IndexMap;

use super::context::{Object, Reader};
use super::shapes;
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic, Severity, quoted};
use crate::model::{Header, HeaderId, Location, Parameter, ParameterId, ParameterValue, Style};
use crate::source::NodeRef;

/// The values of `in`, with the versions since which they are there.
const LOCATIONS: [(&str, Location, Version); 5] = [
    ("path", Location::Path, Version::V2_0),
    ("query", Location::Query, Version::V2_0),
    ("header", Location::Header, Version::V2_0),
    ("cookie", Location::Cookie, Version::V3_0),
    ("querystring", Location::QueryString, Version::V3_2),
];

/// The values of `style` ("Style Values"), with the versions since which they are there.
pub(super) const STYLES: [(&str, Style, Version); 8] = [
    ("matrix", Style::Matrix, Version::V3_0),
    ("label", Style::Label, Version::V3_0),
    ("form", Style::Form, Version::V3_0),
    ("simple", Style::Simple, Version::V3_0),
    ("spaceDelimited", Style::SpaceDelimited, Version::V3_0),
    ("pipeDelimited", Style::PipeDelimited, Version::V3_0),
    ("deepObject", Style::DeepObject, Version::V3_0),
    ("cookie", Style::Cookie, Version::V3_2),
];

impl<'a> Reader<'a> {
    /// Reads a parameter, or gives the one that was read from the same place before. Where a
    /// reference describes it differently, it is another one that differs in this only.
    pub(super) fn parameter(&mut self, node: NodeRef<'a>) -> Option<ParameterId> {
        let target = self.follow(node)?;
        let id = self.parameter_at(target)?;
        let Some(description) = self.text_beside(node, "description") else { return Some(id) };
        let parameter = Parameter { description: Some(description), ..self.document.parameters[id].clone() };
        Some(self.document.parameters.insert(parameter))
    }

    fn parameter_at(&mut self, node: NodeRef<'a>) -> Option<ParameterId> {
        if let Some(id) = self.read.parameters.get(&node.at()) {
            return *id;
        }
        let parameter = self.new_parameter(node);
        let id = parameter.map(|parameter| self.document.parameters.insert(parameter));
        self.read.parameters.insert(node.at(), id);
        id
    }

    fn new_parameter(&mut self, node: NodeRef<'a>) -> Option<Parameter> {
        let object = self.object(node, &shapes::PARAMETER)?;
        let name = self.required_string(object, "name");
        let location = self.location(object);
        let (name, location) = (name?, location?);
        self.check_parameter_name(object, &name, location)?;
        let (style, explode, value) = self.written(object, location);
        Some(Parameter {
            at: object.at(),
            component: self.component(node, "parameters"),
            required: self.is_required(object, location),
            deprecated: self.flag(object, "deprecated"),
            description: self.string(object, "description"),
            allow_empty_value: self.flag(object, "allowEmptyValue"),
            style,
            explode,
            allow_reserved: self.allow_reserved(object, Some((location, style))),
            value,
            examples: self.exclusive_examples(object),
            extensions: Self::extensions(object),
            name,
            location,
        })
    }

    /// How a parameter is written: style, explosion, and what it carries.
    fn written(&mut self, object: Object<'a>, location: Location) -> (Style, bool, ParameterValue) {
        let has_style = object.get("style").is_some() || object.get("explode").is_some();
        if self.version(object.node) == Version::V2_0 && !has_style {
            let (style, explode) = self.collection_style(object, location, location == Location::Query);
            return (style, explode, self.simple_value(object));
        }
        if let Some(node) = object.get("schema").filter(|_| location == Location::QueryString) {
            self.report(
                Diagnostic::new(Code::InvalidValue, "the whole query is described by `content`")
                    .at(node.at().key(), "expected `content`, whose media type says how the query is written")
                    .help("write `content: { application/x-www-form-urlencoded: { schema: … } }`"),
            );
        }
        let style = self.style(object, location);
        let explode = self.boolean(object, "explode").unwrap_or_else(|| style.default_explode());
        self.check_explode(object, style, explode);
        let is_2_0 = self.version(object.node) == Version::V2_0;
        let value = if is_2_0 { self.simple_value(object) } else { self.parameter_value(object) };
        (style, explode, value)
    }

    /// Delimiters stand between elements that are written together; the specification does not say what they are for
    /// where each is written on its own.
    fn check_explode(&mut self, object: Object<'a>, style: Style, explode: bool) {
        let delimited = matches!(style, Style::SpaceDelimited | Style::PipeDelimited);
        if let Some(node) = object.get("explode").filter(|_| explode && delimited) {
            self.report(
                Diagnostic::new(Code::InvalidValue, "a style with delimiters has none where it is exploded")
                    .severity(Severity::Note)
                    .at(node.at(), "expected `false`; each element is written on its own, as by `style: form`")
                    .help("write `explode: false`, or `style: form`"),
            );
        }
    }

    fn location(&mut self, object: Object<'a>) -> Option<Location> {
        if object.get("in").is_none() {
            self.missing(object, "in");
            return None;
        }
        let node = object.get("in")?;
        if let Some(old @ ("body" | "formData")) = node.as_str() {
            self.report(
                Diagnostic::new(Code::InvalidValue, format!("{} is of OpenAPI 2.0", quoted(&format!("in: {old}"))))
                    .at(node.at(), "expected `path`, `query`, `header` or `cookie`; left out")
                    .help("describe the body under `requestBody`"),
            );
            return None;
        }
        self.choice_since(object, "in", &LOCATIONS)
    }

    /// Path parameters are always required: a template without a value is no path.
    fn is_required(&mut self, object: Object<'a>, location: Location) -> bool {
        let required = self.boolean(object, "required");
        if location != Location::Path {
            return required.unwrap_or_default();
        }
        if required == Some(false)
            && let Some(node) = object.get("required")
        {
            self.report(
                Diagnostic::new(Code::InvalidValue, "a path parameter cannot be optional")
                    .severity(Severity::Note)
                    .at(node.at(), "expected `true`; read as `true`")
                    .help("write `required: true`"),
            );
        } else if required.is_none() {
            self.missing_with_default(object, "required", "`required: true`, as every path parameter is");
        }
        true
    }

    /// Reports a name that nothing can be sent by.
    fn check_parameter_name(&mut self, object: Object<'a>, name: &str, location: Location) -> Option<()> {
        let (is_sound, expected) = match location {
            Location::Header => (is_token(name), HEADER_NAME),
            Location::Path => {
                (!name.contains(['{', '}']), "expected a name without braces, which stand around it in paths")
            }
            Location::Query | Location::Cookie | Location::QueryString => (true, ""),
        };
        if is_sound {
            return Some(());
        }
        let node = object.get("name")?;
        let place = location.as_str();
        self.report(
            Diagnostic::new(Code::InvalidValue, format!("no {place} parameter can be called {}", quoted(name)))
                .at(node.at(), format!("{expected}; left out"))
                .help("write the name that the server knows"),
        );
        None
    }

    /// Whether characters with a meaning in URLs stay as they are, of a parameter or of a header.
    fn allow_reserved(&mut self, object: Object<'a>, parameter: Option<(Location, Style)>) -> bool {
        let allowed = self.flag(object, "allowReserved");
        let Some(node) = object.get("allowReserved") else { return false };
        let since = match parameter {
            Some((Location::Query, _)) => Some(Version::V3_0),
            Some((Location::Path, _) | (Location::Cookie, Style::Form)) => Some(Version::V3_2),
            Some((Location::Header | Location::Cookie | Location::QueryString, _)) | None => None,
        };
        if since.is_some_and(|since| self.version(node) >= since) {
            return allowed;
        }
        if !allowed {
            self.needless_allow_reserved.get_or_insert((node.at(), 0)).1 += 1;
            return false;
        }
        let place = parameter.map_or("header", |(location, _)| location.as_str());
        let title = format!("`allowReserved` has no meaning for this {place}");
        let diagnostic = match since {
            Some(since) => Diagnostic::new(Code::InvalidValue, format!("{title} before OpenAPI {}", since.as_str()))
                .severity(Severity::Note)
                .at(node.at().key(), "expected it in the query only; read by the later rules")
                .help("state a later version, or remove the key"),
            None => Diagnostic::new(Code::InvalidValue, title)
                .at(node.at().key(), "expected it where values are escaped as in a URL; ignored")
                .help("remove the key"),
        };
        self.report(diagnostic);
        since.is_some()
    }

    fn style(&mut self, object: Object<'a>, location: Location) -> Style {
        let Some(style) = self.choice_since(object, "style", &STYLES) else {
            return location.default_style();
        };
        let fits = match location {
            Location::Path => matches!(style, Style::Matrix | Style::Label | Style::Simple),
            Location::Query => {
                matches!(style, Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject)
            }
            Location::Header => style == Style::Simple,
            Location::Cookie => matches!(style, Style::Form | Style::Cookie),
            Location::QueryString => style == Style::Form,
        };
        if let Some(node) = object.get("style").filter(|_| !fits) {
            let place = location.as_str();
            self.report(
                Diagnostic::new(Code::InvalidValue, format!("this style is not for {place} parameters"))
                    .at(node.at(), format!("expected a style for `in: {place}`; read with the default style"))
                    .help("remove `style`, or write one that fits"),
            );
            return location.default_style();
        }
        style
    }

    /// `schema` or `content`, of which there has to be exactly one.
    pub(super) fn parameter_value(&mut self, object: Object<'a>) -> ParameterValue {
        self.check_exclusive(object, ("schema", "content"), Severity::Warning, "left out");
        if let Some(node) = object.get("schema") {
            return self.schema(node).map_or(ParameterValue::Unspecified, ParameterValue::Schema);
        }
        let mut content = self.content(object);
        if content.len() > 1 {
            let found = content.len();
            self.report(
                Diagnostic::new(Code::InvalidValue, "a parameter has one media type")
                    .at(object.at(), format!("expected one entry in `content`, found {found}; the first is used"))
                    .help("remove the others"),
            );
        }
        if object.get("content").is_none() {
            self.missing_with_default(object, "schema", "a value of any kind");
        }
        if content.is_empty() {
            return ParameterValue::Unspecified;
        }
        ParameterValue::Content(Box::new(content.swap_remove(0)))
    }

    /// The headers of a response or a part, without those that no message can have.
    pub(super) fn headers(&mut self, object: Object<'a>) -> IndexMap<String, HeaderId> {
        let mut headers = IndexMap::new();
        for (name, node) in self.members(object, "headers") {
            if !is_token(name) {
                self.report(
                    Diagnostic::new(Code::InvalidValue, format!("no header can be called {}", quoted(name)))
                        .at(node.at().key(), format!("{HEADER_NAME}; left out"))
                        .help("write the name of the header as messages have it"),
                );
            } else if let Some(id) = self.header(node) {
                headers.insert(name.to_owned(), id);
            }
        }
        headers
    }

    /// Reads a header, or gives the one that was read from the same place before. Where a
    /// reference describes it differently, it is another one that differs in this only.
    pub(super) fn header(&mut self, node: NodeRef<'a>) -> Option<HeaderId> {
        let target = self.follow(node)?;
        let id = self.header_at(target)?;
        let Some(description) = self.text_beside(node, "description") else { return Some(id) };
        let header = Header { description: Some(description), ..self.document.headers[id].clone() };
        Some(self.document.headers.insert(header))
    }

    fn header_at(&mut self, node: NodeRef<'a>) -> Option<HeaderId> {
        if let Some(id) = self.read.headers.get(&node.at()) {
            return *id;
        }
        let header = self.object(node, &shapes::HEADER).map(|object| self.new_header(object));
        let id = header.map(|header| self.document.headers.insert(header));
        self.read.headers.insert(node.at(), id);
        id
    }

    fn new_header(&mut self, object: Object<'a>) -> Header {
        self.allow_reserved(object, None);
        self.exclusive_examples(object);
        Header {
            at: object.at(),
            component: self.component(object.node, "headers"),
            description: self.string(object, "description"),
            required: self.flag(object, "required"),
            deprecated: self.flag(object, "deprecated"),
            explode: self.flag(object, "explode"),
            value: self.header_value(object),
            extensions: Self::extensions(object),
        }
    }

    fn header_value(&mut self, object: Object<'a>) -> ParameterValue {
        if self.version(object.node) > Version::V2_0 {
            return self.parameter_value(object);
        }
        let (style, _) = self.collection_style(object, Location::Header, false);
        if let Some(node) = object.get("collectionFormat").filter(|_| style != Style::Simple) {
            self.report(
                Diagnostic::new(Code::UnsupportedKeyword, "headers of responses are read with commas only")
                    .at(node.at(), "expected `csv`; read as `csv`")
                    .help("nothing needs to be done unless the header is read as a list"),
            );
        }
        self.simple_value(object)
    }
}

/// What the name of a header has to be (RFC 9110, section 5.1).
const HEADER_NAME: &str = "expected letters, digits, or ``!#$%&'*+-.^_`|~``";

fn is_token(name: &str) -> bool {
    let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_fine)
}
