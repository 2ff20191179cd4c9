//! Prints what reads the headers of answers.
//!
//! In: planned views. Out: a statement for each, a header a line. Never happens: a header that is read before somebody asks
//! for it.

use super::tokens::{rust_type, said, spelled, text};
use super::uses::Uses;
use crate::model::HeaderView;

/// The statement that gives a view of headers.
pub(super) fn view(view: &HeaderView) -> String {
    let rows = view.fields.iter().map(|field| {
        let (held, name) = (spelled(rust_type(&field.rust_type)), text(&field.name));
        said(&field.docs, field.deprecated) + &format!("    {}: {held} = {} {name},\n", field.method, field.form)
    });
    let method = view.method.as_ref().map(|method| format!("{method}, ")).unwrap_or_default();
    format!("headers!({method}{} {{\n{}}});", view.name, rows.collect::<String>())
}

/// What the documentation of a method says of the view that is for it alone.
pub(super) fn sentence(view: Option<&HeaderView>) -> Option<String> {
    let own = view.filter(|view| view.method.is_some())?;
    Some(format!("Headers of its answers: [`{}`].", own.name))
}

/// Adds what a view names.
pub(super) fn add_uses(view: &HeaderView, uses: &mut Uses) {
    uses.add("clientwright_runtime", "headers");
    view.fields.iter().for_each(|field| uses.add_type(&field.rust_type));
}
