//! Translations and their originals: what has changed, what lock files record, what is reported, and what translators get and give back.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod basis;
mod changes;
mod deliveries;
mod history;
mod locks;
mod round_trips;
mod tocs;
mod workshop;
