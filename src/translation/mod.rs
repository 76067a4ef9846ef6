//! One [`crate::site::Site`] -> how its translations stand to their originals. Writes nothing, and never sees how pages look.

mod parity;
mod status;
mod words;

pub use parity::differences;
pub use status::{Entry, LocaleStatus, State, Status, status};
