//! Turns OpenAPI documents into Rust API clients.

pub mod configuration;
mod disk;
mod report;
#[cfg(test)]
mod scratch;

pub use configuration::{Client, Configuration};
pub use report::Report;
