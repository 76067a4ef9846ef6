//! `output-collision`: two sources that would become one file.

use crate::diagnostic::Diagnostic;
use crate::site::Site;
use crate::source::Span;

use super::{Check, Places};

pub(super) const CHECK: Check =
    Check { codes: &["output-collision"], about: "Two sources would be written to one output file; only the first is.", run };

fn run(site: &Site, _: &Places, problems: &mut Vec<Diagnostic>) {
    for collision in site.collisions() {
        let message = format!("the page would be written to `{}`, where `{}` is written already", collision.output, collision.kept);
        problems.push(
            Diagnostic::error("output-collision", &collision.dropped, Span::default(), message)
                .label(&collision.kept, Span::default(), "this page is published")
                .help("Rename one of the two files."),
        );
    }
}
