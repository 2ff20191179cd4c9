//! Every keyword of JSON Schema has the fate that `docs/json-schema.md` says it has.
//!
//! In: the table of that page. Out: a failure for each keyword that is not in it, and for each whose example shows another
//! fate. Never: a word of the page about keywords that nothing tries.

#[cfg(test)]
mod table;
