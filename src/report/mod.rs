//! Turns problems into text for people and for programs: one file per format, each a function from values to a `String`.
//! Knows how problems look; doesn't know how they were found, and never prints.

mod count;
mod excerpt;
mod human;

#[cfg(test)]
mod tests;

pub use count::{counted, grouped};
pub use human::{Look, human};
