//! `heading-skip`: headings that leave out a level.

use crate::diagnostic::{Diagnostic, Level};
use crate::site::{Site, Target};
use crate::source::SourceId;
use crate::syntax::{Body, Kind};

use super::{Check, Places};

pub(super) const CHECK: Check =
    Check { codes: &["heading-skip"], about: "A heading is more than one level below the one above; screen readers announce a gap.", run };

fn run(site: &Site, places: &Places, problems: &mut Vec<Diagnostic>) {
    for (id, linked) in site.documents().filter(|(id, _)| site.is_used(*id)) {
        let Body::Article(tree) = &linked.document.body else { continue };
        let path = &site.source(id).path;
        let mut above: Option<u8> = None;
        for node in &tree.nodes {
            match &node.kind {
                Kind::Heading(level, _) => {
                    if let Some(above) = above.filter(|above| *level > above + 1) {
                        let message = format!("a heading of level {level} follows one of level {above}");
                        let marks = (node.span.of(&site.source(id).text).lines().next().unwrap_or("")).len();
                        let span = crate::source::Span::new(node.span.start as usize, node.span.start as usize + marks);
                        let problem = Diagnostic::new("heading-skip", Level::Note, path, span, message);
                        let right = "#".repeat(usize::from(above) + 1);
                        problems.push(places.reached(id, problem.help(format!("Begin it with `{right}`."))));
                    }
                    above = Some(*level);
                }
                // What comes after an included heading is below that one.
                Kind::Include { reference, .. } if has_headings(site, id, *reference) => above = None,
                _ => {}
            }
        }
    }
}

fn has_headings(site: &Site, id: SourceId, reference: u32) -> bool {
    let Some((_, Target::Fragment(fragment))) = site.reference(id, reference) else { return false };
    site.linked(*fragment).is_some_and(|linked| {
        let nested = linked.targets.iter().any(|target| matches!(target, Target::Fragment(_)));
        nested || linked.document.anchors.iter().any(|anchor| anchor.heading.is_some())
    })
}
