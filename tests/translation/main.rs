//! Translations and their originals: what has changed, what lock files record, and what is reported.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod changes;
mod history;
mod locks;
mod tocs;
