//! Documents written by an attacker, through the whole generator onto a disk.
//!
//! In: names, prose and references that mean harm. Out: a failure where anything outside of the
//! output is read, written or called, or where words become code. Never: harm, if it fails: each
//! test has a folder of its own, and no generated code is run.

#[cfg(test)]
mod hostile {
    mod determinism;
    mod injection;
    mod manifest;
    mod paths;
    mod references;
    mod resources;
    pub(crate) mod run;
}
