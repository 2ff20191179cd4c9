//! A crate that has its client from a build script.

#![deny(warnings, missing_docs)]

/// A client of the pet shop.
pub mod petshop {
    include!(concat!(env!("OUT_DIR"), "/petshop/mod.rs"));
}
