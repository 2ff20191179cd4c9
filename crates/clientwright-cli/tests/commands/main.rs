//! The commands as their users call them.
//!
//! In: the built programs, each time in a folder of its own. Out: what they write and say, and how
//! they end. Never: what the generated code is like, which is tested elsewhere.

#[cfg(test)]
mod explain;
#[cfg(test)]
mod generate;
#[cfg(test)]
mod init;
#[cfg(test)]
mod lock;
#[cfg(test)]
mod sandbox;
