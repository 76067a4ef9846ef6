//! HTML text -> tokens, and what this program needs of them: the addresses and anchors in raw HTML, and elements that are all closed.
//!
//! In: raw HTML as authors type it, or a rendered page. Out: references, anchors and edits, or the balanced text. It doesn't know what
//! elements mean to a reader, nor where an address leads.

pub mod balance;
pub mod balance_check;
pub mod elements;
pub(super) mod extract;
pub(super) mod joined;
pub mod tokenizer;
