//! What the checks of links, images and redirects have in common: which code a broken reference is reported with, and what a message calls
//! its target.

use crate::diagnostic::Code;
use crate::syntax::RefKind;

/// The code of a broken reference of this kind and the name of its target. `None` for kinds that have checks of their own.
pub(super) fn code_and_noun(kind: RefKind) -> Option<(Code, &'static str)> {
    match kind {
        RefKind::Link | RefKind::HtmlHref => Some((Code::BrokenLink, "link target")),
        RefKind::Image | RefKind::HtmlSrc | RefKind::LandingImage => {
            Some((Code::MissingImage, "image"))
        }
        RefKind::Landing => Some((Code::BrokenLandingLink, "link target")),
        RefKind::RedirectTo => Some((Code::BrokenRedirect, "redirect target")),
        _ => None,
    }
}
