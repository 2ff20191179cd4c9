//! What `ARCHITECTURE.md` promises about the code itself.
//!
//! In: the workspace's manifests and sources. Out: a failure that names the file and the rule. Never:
//! a judgement about anything that a compiler or clippy judges already.

#[cfg(test)]
mod architecture {
    mod canary;
    pub(crate) mod dependencies;
    mod diagnostics;
    pub(crate) mod files;
    pub(crate) mod purity;
}
