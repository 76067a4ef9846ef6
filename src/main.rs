//! The `hjelp` program. Everything it does is in the library, so that others can do it too.

use std::process::ExitCode;

fn main() -> ExitCode {
    hjelp::cli::run()
}
