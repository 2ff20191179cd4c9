//! The clients of `overrides/`, which a person shaped.
//!
//! In: `overrides/shop.yaml`. Out: modules in `OUT_DIR`. Never: a decision that is not of those which are tested there.

use clientwright::{GenerateError, Generator};

/// Generates them.
pub(crate) fn generate() -> Result<(), GenerateError> {
    let generator = Generator::new("overrides/shop.yaml").strict(true);
    let shaped = generator.clone().operations(["tag:products"]).derive("*", ["Eq"]).derive("Product", ["Hash"]);
    shaped
        .replace("Note", "crate::own::Note")
        .replace_with_serde("Money", "crate::own::Money")
        .generate_to_out_dir()?;
    generator.module("shop_types").types_only(true).generate_to_out_dir()
}
