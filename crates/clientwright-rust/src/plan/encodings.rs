//! Plans how parameters and members of bodies are written.
//!
//! In: the encodings of an [`Api`](clientwright_api::Api). Out: what is not the default of the place or of the style, so that
//! the static description says only what is special. Never happens: a decision about the wire.

use clientwright_api::model::{self as api, Encoding, Lists, Location, Style};

use crate::model::{ParameterEncoding, ParameterMediaType, Part, Styled};

/// The encoding of a parameter.
pub(super) fn of_parameter(location: Location, encoding: &Encoding) -> ParameterEncoding {
    let place = location.as_str();
    let (styled, media_type) = match encoding {
        Encoding::Json => (Styled::default(), Some(ParameterMediaType::Json)),
        Encoding::Form(members) => (Styled::default(), Some(ParameterMediaType::Form(parts(members)))),
        // The runtime's description of a whole query begins with it.
        Encoding::Text => {
            (Styled::default(), Some(ParameterMediaType::Text).filter(|_| location != Location::QueryString))
        }
        Encoding::Style(said) => {
            // What the runtime's constructor for the place begins with, whatever the style.
            let usual = matches!(location, Location::Query | Location::Cookie | Location::QueryString);
            let style = (said.style != location.default_style()).then(|| style_name(said.style));
            (Styled { style, ..styled(*said, usual) }, None)
        }
    };
    ParameterEncoding { location: place, styled, media_type }
}

/// What is special about the members of a form or of a multipart body.
pub(super) fn parts(parts: &[api::Part]) -> Vec<Part> {
    let planned = parts.iter().map(|part| Part {
        key: part.key.clone(),
        media_types: part.media_types.join(", "),
        headers: part.headers.clone(),
        // What the runtime's description begins with for a style.
        styled: part.style.map(|said| styled(said, said.style == Style::Form)),
    });
    planned.collect()
}

/// A style, where lists and objects are usually exploded or not.
fn styled(said: api::Styled, usual: bool) -> Styled {
    let lists = match said.lists {
        Some(Lists::Brackets) => Some("Brackets"),
        Some(Lists::Indices) => Some("Indices"),
        Some(Lists::Repeat) | None => None,
    };
    Styled {
        style: Some(style_name(said.style)),
        explode: (said.explode != usual && said.style != Style::DeepObject).then_some(said.explode),
        allow_reserved: said.allow_reserved,
        lists: lists.filter(|_| said.style == Style::DeepObject),
    }
}

const fn style_name(style: Style) -> &'static str {
    match style {
        Style::Matrix => "Matrix",
        Style::Label => "Label",
        Style::Form => "Form",
        Style::Cookie => "Cookie",
        Style::Simple => "Simple",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::TabDelimited => "TabDelimited",
        Style::DeepObject => "DeepObject",
    }
}
