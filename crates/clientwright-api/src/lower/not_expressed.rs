//! Reports what a document says and no later stage has words for.
//!
//! In: a document. Out: diagnostics, each at the first place that says it, in the order of the document. Never happens: a
//! change of anything; the rest of the lowering does not look at these keywords at all.

use std::collections::BTreeSet;

use clientwright_document::model::{Encoding, MediaType};
use clientwright_document::source::At;
use clientwright_document::{Code, Diagnostic};

use super::{Lowering, media, streams};

/// Reports everything of this kind.
pub(super) fn report(lowering: &mut Lowering<'_>) {
    sequences(lowering);
    nested_tags(lowering);
}

/// Bodies that are sequences, and parts that have positions and no names.
fn sequences(lowering: &mut Lowering<'_>) {
    let document = lowering.document;
    let sent = document.request_bodies.iter().flat_map(|(_, body)| &body.content);
    let received = document.responses.iter().flat_map(|(_, response)| &response.content);
    let operations = document.operations.iter().map(|(_, operation)| operation);
    let typed = operations.flat_map(|operation| streams::offered(document, operation)).map(|media| media.at);
    let lines = document.request_bodies.iter().flat_map(|(_, body)| &body.content);
    let written = |media: &&MediaType| media::is_json_sequence(&media.media_type);
    let sent_as_lines = lines.filter(written).map(|media| media.at);
    let typed: BTreeSet<At> = typed.chain(sent_as_lines).collect();
    let mut told = BTreeSet::new();
    for media in sent.chain(received) {
        if !told.insert(media.at) {
            continue;
        }
        if media.item_schema.is_some() && !typed.contains(&media.at) {
            let title = format!("the items of `{}` are not typed yet", media.media_type);
            lowering.report(
                Diagnostic::new(Code::UnsupportedKeyword, title)
                    .at(media.at, "the body is one piece of text or bytes")
                    .help("split the body where it is received, or put it together where it is sent"),
            );
        }
        if let Some(at) = unnamed_parts(media) {
            let title = "parts by position, and parts within parts, are not written as it is said here";
            let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title).at(at, "has no effect");
            lowering.report(
                diagnostic.help("name the parts as properties of an object, and describe them under `encoding`"),
            );
        }
    }
}

/// The first encoding of a body that is by position or of a part within a part.
fn unnamed_parts(media: &MediaType) -> Option<At> {
    let nested = |encoding: &Encoding| {
        let below =
            encoding.encoding.values().chain(&encoding.prefix_encoding).chain(encoding.item_encoding.as_deref());
        below.map(|found| found.at).next()
    };
    let by_position = media.prefix_encoding.iter().chain(&media.item_encoding).map(|encoding| encoding.at).next();
    by_position.or_else(|| media.encoding.values().find_map(nested))
}

/// One note for all tags that are nested or of a kind: modules stand side by side.
fn nested_tags(lowering: &mut Lowering<'_>) {
    let nested = lowering.document.tags.iter().filter(|tag| tag.parent.is_some() || tag.kind.is_some());
    let places: Vec<At> = nested.map(|tag| tag.at).collect();
    let Some(first) = places.first() else { return };
    let count = places.len();
    lowering.report(
        Diagnostic::new(Code::NotGenerated, "the parents and kinds of tags are not generated from")
            .at(*first, format!("the first of {count} places"))
            .help("nothing needs to be done: every tag of an operation has a module of its own"),
    );
}
