//! The `hjelp` program. Everything it does is in the library, so that others can do it too.

use std::process::ExitCode;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hjelp::cli::run()
}
