//! hjelp's own markup: accessible, without scripts where possible, and without contact to other servers before a reader asks for it.

use super::markup::Markup;

/// hjelp's own markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hjelp;

impl Markup for Hjelp {}
