//! Translations and their originals: what has changed, what is written down of it, and what is told.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod changes;
mod history;
mod locks;
mod tocs;
