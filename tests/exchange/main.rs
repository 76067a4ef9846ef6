//! Texts go to translators and come back: nothing but the translations changes, whatever the content and whatever comes back.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_macros
)]

mod corpus;
mod damage;
mod property;
mod small;
mod support;
