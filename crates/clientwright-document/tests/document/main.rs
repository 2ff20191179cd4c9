//! Tests of reading documents, from the outside: text in, model and diagnostics out.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a helper that panics fails its test")]

mod files;
mod hostile;
mod mistakes;
mod model;
mod names;
mod positions;
mod rendering;
mod sources;
mod support;
mod version_2_0;
mod version_3_1;
mod version_3_2;
