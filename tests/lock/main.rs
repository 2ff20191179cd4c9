//! What callers wrote stays.
//!
//! In: documents and their changes. Out: whether names, orders and arities are kept. Never: a file written.

#[cfg(test)]
mod renames;
#[cfg(test)]
mod stays;
