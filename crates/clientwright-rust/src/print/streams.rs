//! Prints what reads an answer piece by piece.
//!
//! In: planned operations. Out: properties of the static description, and the statements that give a request its methods.
//! Never happens: mechanism; that is the runtime's.

use super::layout::Link;
use super::requests::error;
use super::tokens::{rust_type, spelled, text};
use super::uses::Uses;
use crate::model::{Operation, Stream};

/// What the module has to import.
pub(super) fn add_uses(operation: &Operation, uses: &mut Uses) {
    let only = operation.stream.as_ref().is_some_and(|stream| stream.only);
    uses.add("clientwright_runtime", if only { "streams" } else { "request" });
    if is_download(operation) {
        uses.add("clientwright_runtime", "download");
    }
    let Some(stream) = &operation.stream else { return };
    uses.add_type(&stream.rust_type);
    if !stream.only {
        uses.add("clientwright_runtime", "stream");
    }
}

/// The properties of the static description.
pub(super) fn properties(operation: &Operation) -> Vec<Link> {
    let Some(stream) = &operation.stream else { return Vec::new() };
    let stated = format!(".stream({})", text(&stream.media_types.join(", ")));
    let switch = stream.switch.iter().map(|(member, assumed)| format!(".switch({}, {assumed})", text(member)));
    std::iter::once(stated).chain(switch).map(Link::whole).collect()
}

/// What a request is whose answer is a stream and nothing else: its name, the value in a piece and how it is read, its errors.
pub(super) fn only(operation: &Operation) -> Option<String> {
    operation.stream.as_ref().filter(|stream| stream.only).map(|stream| meaning(operation, stream))
}

/// The statement that gives a request the methods for a stream, beside those for its other answer.
pub(super) fn statement(operation: &Operation) -> Option<String> {
    let stream = operation.stream.as_ref().filter(|stream| !stream.only)?;
    Some(format!("stream!({}, {});", operation.request, meaning(operation, stream)))
}

/// The statement that gives a request the methods which do not read its bytes into memory.
pub(super) fn download(operation: &Operation) -> Option<String> {
    is_download(operation).then(|| format!("download!({}, {});", operation.request, error(operation)))
}

/// What the documentation of an operation's method says.
pub(super) fn sentence(operation: &Operation) -> Option<String> {
    let stream = operation.stream.as_ref()?;
    let pieces = if stream.is_of_events() { "events of the server" } else { "values that come one after the other" };
    Some(if stream.only {
        format!("Its answer is a stream: {pieces}.")
    } else {
        format!("Its answer can also be a stream, {pieces}: [`{}::stream`].", operation.request)
    })
}

fn meaning(operation: &Operation, stream: &Stream) -> String {
    let value = spelled(rust_type(&stream.rust_type));
    format!("{value} = {}, {}", stream.decoder, error(operation))
}

fn is_download(operation: &Operation) -> bool {
    let only = operation.stream.as_ref().is_some_and(|stream| stream.only);
    matches!(operation.success.decoder, "bytes" | "text") && !only
}
