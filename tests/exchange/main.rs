//! Round trips with translators: nothing but the translations changes, for any content and any returned file.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_macros
)]

mod authors;
mod corpus;
mod damage;
mod pairing_trials;
mod property;
mod small;
mod support;
