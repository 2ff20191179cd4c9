//! Tests of reading documents, from the outside: text in, model and diagnostics out.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a helper that panics fails its test")]

mod hostile;
mod mistakes;
mod model;
mod positions;
mod rendering;
mod sources;
mod support;
