//! Lowers parameters: which of them there are, and how the value of each is written.
//!
//! In: the Parameter Objects of a path and of its operation, and the path's template. Out: what a request carries outside of
//! its body. Never happens: a template without its parameters; a value whose form nothing decides.

use clientwright_document::model as document;
use clientwright_document::{Code, Diagnostic, Severity};
use indexmap::IndexMap;

use super::paths::{self, Path};
use super::{Lowering, bodies, extensions, media, parts};
use crate::model::{
    Docs, Encoding, Limits, Lists, Location, Name, Parameter, Shape, Style, Styled, TextFormat, TypeRef,
};

/// Headers that are described by other means; parameters for them shall be ignored ("Parameter Object").
const IGNORED_HEADERS: &[&str] = &["Accept", "Content-Type", "Authorization"];

/// The path's parameters, then the operation's own, which replace those of the same name and place.
pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    item: &document::PathItem,
    read: &document::Operation,
    name: &Name,
) -> Vec<Parameter> {
    let document = lowering.document;
    let mut found: IndexMap<(Location, &str), &document::Parameter> = IndexMap::new();
    for &id in item.parameters.iter().chain(&read.parameters) {
        let parameter = &document.parameters[id];
        found.insert((parameter.location, &parameter.name), parameter);
    }
    let lists = extensions::lists_of(lowering, read);
    paths::report(lowering, read);
    let Path { parameters: templates, query, .. } = Path::new(&read.path);
    let mut parameters = Vec::new();
    for ((location, key), parameter) in found {
        if location == Location::Header && IGNORED_HEADERS.iter().any(|ignored| key.eq_ignore_ascii_case(ignored)) {
            let title = format!("a parameter for the header `{key}` has no meaning");
            let diagnostic = Diagnostic::new(Code::NotGenerated, title).at(parameter.at, "is left out");
            lowering.report(diagnostic.help("media types and security schemes say what this header carries"));
            continue;
        }
        if location == Location::Path && !templates.contains(&key) {
            let title = format!("the path has no `{{{key}}}` for this parameter");
            let diagnostic = Diagnostic::new(Code::UnusedPathParameter, title)
                .at(parameter.at, "is left out")
                .also(read.at, format!("of {} {}", read.method, read.path))
                .help("write the parameter into the path, or remove it");
            lowering.report(diagnostic);
            continue;
        }
        parameters.push(one(lowering, parameter, name, lists));
    }
    for template in templates {
        if !parameters.iter().any(|known| known.location == Location::Path && known.name == template) {
            parameters.push(undeclared(lowering, read, template, Location::Path));
        }
    }
    for key in query {
        if !parameters.iter().any(|known| known.location == Location::Query && known.name == key) {
            parameters.push(undeclared(lowering, read, key, Location::Query));
        }
    }
    parameters
}

fn one(lowering: &mut Lowering<'_>, read: &document::Parameter, name: &Name, lists: Option<Lists>) -> Parameter {
    extensions::check(lowering, &read.extensions, extensions::OF_PARAMETER, read.at);
    let (value, limits, encoding) = match &read.value {
        document::ParameterValue::Content(content) => in_media_type(lowering, read, content, name, lists),
        document::ParameterValue::Schema(id) => {
            let encoding = styled(lowering, read, lists);
            (lowering.type_ref(*id, &name.within(&read.name)), lowering.limits(*id), encoding)
        }
        document::ParameterValue::Unspecified => {
            let text = read.location == Location::QueryString;
            let encoding = if text { Encoding::Text } else { styled(lowering, read, lists) };
            (any_text(), Limits::default(), encoding)
        }
    };
    let is_text = matches!(value.shape, Shape::Text(TextFormat::Plain) | Shape::Any);
    if read.allow_empty_value && !is_text {
        let title = format!("`{}` may be empty, but its type may not", read.name);
        let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title).severity(Severity::Note);
        lowering.report(diagnostic.at(read.at, "is never sent empty").help("let its schema allow a text as well"));
    }
    Parameter {
        at: read.at,
        name: read.name.clone(),
        location: read.location,
        required: read.required || read.location == Location::Path,
        deprecated: read.deprecated,
        docs: Docs { summary: None, description: read.description.clone() },
        encoding,
        value,
        limits,
    }
}

const fn any_text() -> TypeRef {
    TypeRef { shape: Shape::Text(TextFormat::Plain), nullable: false }
}

/// The style of a parameter. Who says how its lists are written says that there are brackets.
fn styled(lowering: &mut Lowering<'_>, read: &document::Parameter, of_operation: Option<Lists>) -> Encoding {
    let own = extensions::lists(lowering, &read.extensions, read.at);
    if own.is_some() && read.location != Location::Query {
        extensions::report(lowering, read.at, extensions::LISTS, "expected it at a parameter in the query");
    }
    let own = own.filter(|_| read.location == Location::Query);
    Encoding::Style(Styled {
        style: if own.is_some() { Style::DeepObject } else { read.style },
        explode: read.explode,
        allow_reserved: read.allow_reserved,
        lists: own.or(of_operation),
    })
}

/// The value of a parameter that is written in a media type.
fn in_media_type(
    lowering: &mut Lowering<'_>,
    read: &document::Parameter,
    content: &document::MediaType,
    name: &Name,
    lists: Option<Lists>,
) -> (TypeRef, Limits, Encoding) {
    let inner = name.within(&read.name);
    let typed = |lowering: &mut Lowering<'_>, id| (lowering.type_ref(id, &inner), lowering.limits(id));
    let essence = media::essence(&content.media_type);
    if media::is_json(&essence) {
        let anything = (TypeRef { shape: Shape::Any, nullable: false }, Limits::default());
        let (value, limits) = content.schema.map_or(anything, |id| typed(lowering, id));
        return (value, limits, Encoding::Json);
    }
    if essence == "application/x-www-form-urlencoded"
        && let Some(id) = content.schema
    {
        let (value, limits) = typed(lowering, id);
        lowering.finish_components();
        if let Some(value) = bodies::members(lowering, value) {
            return (value, limits, Encoding::Form(parts::lower(lowering, content, false, lists).0));
        }
    }
    let is_text = content.schema.is_none_or(|id| {
        let leaf = parts::leaf(lowering.document, id);
        leaf.is_text() || leaf.is_untyped()
    });
    if !is_text {
        let title = format!("the parameter `{}` is not written as {} yet", read.name, content.media_type);
        let diagnostic =
            Diagnostic::new(Code::UnsupportedKeyword, title).at(content.at, "is text that is sent as it is");
        lowering.report(diagnostic.help("give the value as it shall stand in the request"));
    }
    match content.schema.filter(|_| is_text) {
        Some(id) => {
            let (value, limits) = typed(lowering, id);
            let value = if matches!(value.shape, Shape::Any) { any_text() } else { value };
            (value, limits, Encoding::Text)
        }
        None => (any_text(), Limits::default(), Encoding::Text),
    }
}

/// The parameter that a template needs and no one declares.
fn undeclared(
    lowering: &mut Lowering<'_>,
    read: &document::Operation,
    template: &str,
    location: Location,
) -> Parameter {
    let place = location.as_str();
    let title = format!("the {place} parameter `{template}` is not declared");
    let diagnostic = Diagnostic::new(Code::UndeclaredPathParameter, title)
        .at(read.at, format!("{} {} needs a value for it; taken as text", read.method, read.path))
        .help(format!("add `- {{ name: {template}, in: {place}, required: true, schema: {{ type: string }} }}`"));
    lowering.report(diagnostic);
    let style = if location == Location::Query { Style::Form } else { Style::Simple };
    Parameter {
        at: read.at,
        name: template.to_owned(),
        location,
        required: true,
        deprecated: false,
        docs: Docs::default(),
        encoding: Encoding::Style(Styled {
            style,
            explode: location == Location::Query,
            allow_reserved: false,
            lists: None,
        }),
        value: any_text(),
        limits: Limits::default(),
    }
}
