//! One [`crate::site::Site`] and an intention -> the files to make and the bytes to change. Writes nothing.

mod new;

pub use new::{Change, NewFile, NewPage, Refusal, new_page};
