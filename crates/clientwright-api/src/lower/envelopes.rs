//! Takes answers out of their envelopes: `x-clientwright-envelope`.
//!
//! In: an [`Api`] whose types are whole, and what the document says of its operations. Out: the same operations, whose
//! successes are the members that were named. Never happens: a member that is not there, or pages that lose what they
//! say of the next one; each is reported, and the operation then gives its answer whole. The type of the envelope stays,
//! for those who read a whole answer.

use clientwright_document::source::Value;

use super::pages::{is_success, member_at, path};
use super::{Lowering, extensions};
use crate::model::{Api, Content, Operation, Path, TypeRef};

/// Takes the answers of all operations out of their envelopes.
pub(super) fn open(lowering: &mut Lowering<'_>, api: &mut Api) {
    let document = lowering.document;
    let read = document.paths.iter().flat_map(|item| &item.operations).map(|&id| &document.operations[id]);
    for (place, read) in read.enumerate() {
        let Some(said) = read.extensions.get(extensions::ENVELOPE).filter(|said| **said != Value::Bool(false)) else {
            continue;
        };
        let Some(operation) = api.operations.get(place) else { continue };
        match opened(api, operation, said) {
            Err(problem) => extensions::report(lowering, operation.at, extensions::ENVELOPE, problem),
            Ok((way, contents)) => {
                let Some(operation) = api.operations.get_mut(place) else { continue };
                operation.envelope = way;
                for (response, value) in operation.responses.iter_mut().zip(contents) {
                    response.enveloped = value.is_some();
                    response.content = value.map_or_else(|| response.content.clone(), Content::Json);
                }
            }
        }
    }
}

/// The way to the member, and for each response the member's value, where the response is a success that has it.
fn opened(api: &Api, operation: &Operation, said: &Value) -> Result<(Path, Vec<Option<TypeRef>>), &'static str> {
    let way =
        path(said).filter(|way| !way.is_empty()).ok_or("expected the way to a member of the answer, or `false`")?;
    if operation.paging.is_some() {
        return Err("the operation gives its list in pages, whose items are taken out already");
    }
    let contents = operation.responses.iter().map(|response| match &response.content {
        Content::Json(value) if is_success(response) => member_at(api, value, &way).cloned(),
        Content::Json(_) | Content::Xml(_) | Content::Nothing | Content::Text | Content::Bytes => None,
    });
    let contents: Vec<Option<TypeRef>> = contents.collect();
    if contents.iter().all(Option::is_none) {
        Err("expected it to name a member of the answer")
    } else {
        Ok((way, contents))
    }
}
