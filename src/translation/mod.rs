//! One [`crate::site::Site`] -> how its translations stand to their originals. Writes nothing, and never sees how pages look.

mod parity;

pub use parity::differences;
