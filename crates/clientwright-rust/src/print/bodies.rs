//! Prints what takes request bodies.
//!
//! In: the ways in which the body of an operation can be sent. Out: arguments, the rows of setters, and what the static
//! description says of bodies. Never happens: a way that the documentation of the operation does not name.

use proc_macro2::TokenStream;
use quote::quote;

use super::layout::Link;
use super::requests::setter;
use super::tokens::{self, Argument, argument, spelled, text, texts};
use super::uses::Uses;
use crate::docs::{code, ended, paragraph, sentence};
use crate::model::{
    Body, BodyEncoder, BodyMediaType, Ident, Operation, ParameterEncoding, ParameterMediaType, Part, Styled,
};

/// The documentation of an operation's own method; `also` stands beside its method and path.
pub(super) fn first_docs(operation: &Operation, also: &[String]) -> Vec<String> {
    let mut lines = operation.docs.clone();
    if let Some(target) = lines.last_mut().filter(|_| !also.is_empty()) {
        target.extend([". ", &also.join(" ")]);
    }
    if !operation.other_answers.is_empty() {
        paragraph(&mut lines, vec!["Its answer can also be asked for as".to_owned(), String::new()]);
        let request = &operation.request;
        let others = operation.other_answers.iter();
        lines.extend(others.map(|other| format!("- {}: [`{request}::{}`]", code(&other.media_type), other.method)));
    }
    let Some((first, others)) = operation.bodies.split_first() else { return lines };
    let owner = if first.required { "Client" } else { operation.request.as_str() };
    if !others.is_empty() {
        paragraph(&mut lines, vec!["Its body can also be sent as".to_owned(), String::new()]);
        lines.extend(others.iter().map(|body| format!("- {}: [`{owner}::{}`]", said(body), body.method)));
    }
    if first.required {
        if let (BodyEncoder::Bytes, BodyMediaType::Known(stated)) = (first.encoder, &first.media_type) {
            paragraph(&mut lines, vec![format!("Its body is sent as {}.", code(stated))]);
        }
        paragraph(&mut lines, notes(first));
    }
    lines
}

/// The documentation of a method for a further way to send the body.
pub(super) fn other_docs(operation: &Operation, body: &Body, also: &[String]) -> Vec<String> {
    let same = format!("As [`Client::{}`], with its body as {}.", operation.method, said(body));
    let sentences: Vec<&str> = std::iter::once(&same).chain(also).map(String::as_str).collect();
    let mut lines = vec![sentences.join(" ")];
    paragraph(&mut lines, notes(body));
    lines
}

/// The row of a setter for a body that may be left out.
pub(super) fn row(body: &Body) -> String {
    let sent = match sentence(&body.docs) {
        Some(first) => format!("{} It is sent as {}.", ended(&first), said(body)),
        None => format!("The body, sent as {}.", said(body)),
    };
    let mut lines = vec![sent];
    paragraph(&mut lines, notes(body));
    let name = &body.method;
    let (asked, kind, setting) = set(body, &quote! { #name });
    let asked = asked.map(|asked| format!("({asked})")).unwrap_or_default();
    tokens::said(&lines, false) + &setter(&format!("{name}{asked}: {kind}"), &spelled(setting))
}

/// What a body is sent as, for a sentence.
fn said(body: &Body) -> String {
    match &body.media_type {
        BodyMediaType::Known(stated) | BodyMediaType::Asked(_, stated) => code(stated),
    }
}

/// What a caller must know of a body besides its type.
fn notes(body: &Body) -> Vec<String> {
    let mut lines = Vec::new();
    if let BodyMediaType::Asked(argument, stated) = &body.media_type {
        lines.push(format!("`{argument}` says what the bytes are, one of {}.", code(stated)));
    }
    if !body.also.is_empty() {
        let also: Vec<String> = body.also.iter().map(|also| code(also)).collect();
        let said = "The same bytes can have another media type, set with `header(\"content-type\", …)`:";
        lines.push(format!("{said} {}.", also.join(", ")));
    }
    let asked = |part: &&Part| part.media_types.contains(['*', ',']);
    for part in body.parts.iter().filter(asked) {
        lines.push(format!("The file {} needs a media type, one of {}.", code(&part.key), code(&part.media_types)));
    }
    lines
}

/// What a body needs: an argument that says what it is, where callers have to say that, the type of the one that carries
/// it and is called `name`, and the call that sets it.
pub(super) fn set(body: &Body, name: &TokenStream) -> (Option<String>, String, TokenStream) {
    let Argument { parameter, typed, .. } = argument(&body.rust_type, name);
    let kind = spelled(parameter);
    let asked = |name: &Ident| Some(format!("{name}: &str"));
    let setting = match (body.encoder, &body.media_type) {
        (BodyEncoder::Json, _) => quote! { .json(&#typed) },
        (BodyEncoder::JsonAs, BodyMediaType::Known(stated)) => quote! { .json_as(#stated, &#typed) },
        (BodyEncoder::Xml, _) => quote! { .xml(&#typed) },
        (BodyEncoder::Form, _) => quote! { .form(&#typed) },
        (BodyEncoder::Multipart, _) => quote! { .multipart(&#typed) },
        (BodyEncoder::MultipartAs, BodyMediaType::Known(stated) | BodyMediaType::Asked(_, stated)) => {
            quote! { .multipart_as(#stated, &#typed) }
        }
        (BodyEncoder::Lines, BodyMediaType::Known(stated) | BodyMediaType::Asked(_, stated)) => {
            quote! { .lines(#stated, &#typed) }
        }
        (BodyEncoder::Bytes, BodyMediaType::Known(stated)) => quote! { .bytes(#stated, #typed) },
        (BodyEncoder::JsonAs, BodyMediaType::Asked(name, _)) => {
            return (asked(name), kind, quote! { .json_as(#name, &#typed) });
        }
        (BodyEncoder::Bytes, BodyMediaType::Asked(name, _)) => {
            return (asked(name), kind, quote! { .bytes(#name, #typed) });
        }
    };
    (None, kind, setting)
}

/// What the static description of an operation says of its bodies.
pub(super) fn description(bodies: &[Body]) -> Vec<Link> {
    let mut chain = Vec::new();
    let known = bodies.iter().filter_map(|body| match &body.media_type {
        BodyMediaType::Known(stated) => Some(stated.clone()),
        BodyMediaType::Asked(..) => None,
    });
    let known: Vec<String> = known.collect();
    if !known.is_empty() {
        chain.push(Link::whole(format!(".body({})", texts(&known))));
    }
    if let Some(root) = bodies.iter().find_map(|body| body.root.as_ref()) {
        chain.push(Link::whole(format!(".xml(&{})", super::nodes::node("", root, false))));
    }
    for body in bodies.iter().filter(|body| !body.parts.is_empty()) {
        let open = if body.encoder == BodyEncoder::Form { ".form(&[" } else { ".multipart(&[" };
        chain.push(Link::list(open, parts(&body.parts), "])"));
    }
    chain
}

/// The members of a form or of a multipart body, those of which the same is said together.
pub(super) fn parts(parts: &[Part]) -> Vec<String> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for part in parts {
        let (key, said) = (text(&part.key), described(part));
        match found.iter_mut().find(|(known, _)| *known == said) {
            Some((_, keys)) => keys.push(key),
            None => found.push((said, vec![key])),
        }
    }
    let made = |(said, keys): (String, Vec<String>)| match keys.as_slice() {
        [only] => format!("Part::new({only}){said}"),
        several => format!("Part::each(&[{}]){said}", several.join(", ")),
    };
    found.into_iter().map(made).collect()
}

/// What is special about a member.
fn described(part: &Part) -> String {
    let mut description = String::new();
    if !part.media_types.is_empty() {
        description.extend([".media_type(", &text(&part.media_types), ")"]);
    }
    if !part.headers.is_empty() {
        let pairs = part.headers.iter().map(|(name, value)| format!("({}, {})", text(name), text(value)));
        description.extend([".headers(&[", &pairs.collect::<Vec<_>>().join(", "), "])"]);
    }
    description + &part.styled.as_ref().map(styled).unwrap_or_default()
}

/// What is special about a style.
pub(super) fn styled(said: &Styled) -> String {
    let mut description = String::new();
    if let Some(style) = said.style {
        description.extend([".style(Style::", style, ")"]);
    }
    if let Some(explode) = said.explode {
        description.push_str(if explode { ".explode(true)" } else { ".explode(false)" });
    }
    if said.allow_reserved {
        description.push_str(".allow_reserved()");
    }
    if let Some(lists) = said.lists {
        description.extend([".lists(Lists::", lists, ")"]);
    }
    description
}

/// Whether a parameter is made with its style, which it then does not name.
pub(super) fn is_deep_object(encoding: &ParameterEncoding) -> bool {
    encoding.location == "query" && encoding.styled.style == Some("DeepObject")
}

/// Adds what the descriptions of bodies name.
pub(super) fn add_uses(bodies: &[Body], uses: &mut Uses) {
    for body in bodies {
        add_uses_of_parts(&body.parts, uses);
        if body.root.is_some() {
            uses.add("clientwright_runtime", "Node");
        }
    }
}

/// Adds what the description of a parameter names.
pub(super) fn add_uses_of_parameter(encoding: &ParameterEncoding, uses: &mut Uses) {
    let style = encoding.styled.style.filter(|_| !is_deep_object(encoding));
    add_uses_of_style(&Styled { style, ..encoding.styled }, uses);
    if let Some(ParameterMediaType::Form(members)) = &encoding.media_type {
        add_uses_of_parts(members, uses);
    }
}

fn add_uses_of_parts(parts: &[Part], uses: &mut Uses) {
    if !parts.is_empty() {
        uses.add("clientwright_runtime", "Part");
    }
    parts.iter().filter_map(|part| part.styled.as_ref()).for_each(|styled| add_uses_of_style(styled, uses));
}

fn add_uses_of_style(styled: &Styled, uses: &mut Uses) {
    if styled.style.is_some() {
        uses.add("clientwright_runtime", "Style");
    }
    if styled.lists.is_some() {
        uses.add("clientwright_runtime", "Lists");
    }
}
