//! A problem in the content as a value: code, level, position, message, help and fix. In come the parts, out come [`Diagnostic`]s in order, and
//! texts with their fixes applied. Doesn't know what is checked or how a problem is printed.

mod apply_fixes;
mod code;
mod fix;
mod level;
mod problem;

pub use apply_fixes::apply_fixes;
pub use code::Code;
pub use fix::Fix;
pub use level::Level;
pub use problem::{Diagnostic, Label, sort};
