//! Which types a request may carry, and which a response.
//!
//! In: all types and operations. Out: the two marks of each type. Never happens: a type visited twice for one mark.

use crate::model::{Operation, Response, Type, TypeRef};

/// Marks what is sent and what is received, through everything that a type contains.
pub(super) fn mark(types: &mut [Type], operations: &[Operation]) {
    let sent = operations.iter().flat_map(|operation| {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.value);
        let bodies = operation.body.iter().flat_map(|body| &body.representations);
        parameters.chain(bodies.filter_map(|body| body.form.value()))
    });
    let mut sent: Vec<usize> = sent.filter_map(place).collect();
    follow(types, &mut sent, |found| std::mem::replace(&mut found.sent, true));

    let received = operations.iter().flat_map(|operation| &operation.responses);
    let streams = operations.iter().filter_map(|operation| operation.stream.as_ref());
    let received = received.flat_map(Response::values).chain(streams.filter_map(|stream| stream.item.value()));
    let mut received: Vec<usize> = received.filter_map(place).collect();
    follow(types, &mut received, |found| std::mem::replace(&mut found.received, true));
}

/// Sets a mark on the types of a list and on all that they contain; `set` says whether it was set before.
fn follow(types: &mut [Type], list: &mut Vec<usize>, set: impl Fn(&mut Type) -> bool) {
    while let Some(index) = list.pop() {
        let Some(found) = types.get_mut(index) else { continue };
        if set(found) {
            continue;
        }
        list.extend(found.kind.values().into_iter().filter_map(place));
    }
}

/// Where the type stands that a value is, or is a list or map of.
fn place(value: &TypeRef) -> Option<usize> {
    value.named().map(|id| id.0 as usize)
}
