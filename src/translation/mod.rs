//! One [`crate::site::Site`] -> how its translations stand to their originals. Writes nothing, and never sees how pages look.

mod parity;
mod pseudo;

pub use parity::differences;
pub use pseudo::with_pseudo;
