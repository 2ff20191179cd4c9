//! The three ways in: the workspace's own task, a build script, and the command.
//!
//! In: the pet shop of `golden/build-script`, which `cargo xtask codegen` generates into `golden/petshop` as well. Out: a
//! failure where the ways differ, and where a build script runs too often or too seldom. Never: a network: cargo builds
//! offline, from what the workspace was built from.

#[cfg(test)]
mod ways {
    mod build_script;
    mod command;
    mod hostile;
    mod same;
    mod support;
}
