//! What several test programs share.
#![allow(dead_code, reason = "each program uses a part of it")]

pub mod levels;
pub mod text_site;
pub mod trials;
