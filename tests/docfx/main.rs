//! Compares hjelp with DocFX's own test data: vectors in `*.jsonl` files, in the folder that `HJELP_VECTORS` names or next to the checkout.
//! Prints how many of each feature pass. `deviations.txt` lists where hjelp differs on purpose, and why.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod engine;
mod globs;
mod languages;
mod maps;
mod markdown;
mod repository;
mod site;
mod vectors;
