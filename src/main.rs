//! The `hjelp` program.
fn main() {}
