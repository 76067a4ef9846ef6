//! `output-collision`: two sources that would become one file.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::Span;

use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::OutputCollision, Code::InvalidOutputName],
    about: "Two sources would be written to one output file; only the first is.",
    run,
};

fn run(site: &Site, _: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for collision in site.collisions() {
        let message = format!(
            "the page would be written to `{}`, where `{}` is written already",
            collision.output, collision.published
        );
        problems.push(
            Diagnostic::new(
                Code::OutputCollision,
                &collision.dropped,
                Span::default(),
                message,
            )
            .label(
                &collision.published,
                Span::default(),
                "this page is published",
            )
            .help("Rename one of the two files."),
        );
    }
    for (id, linked) in site
        .documents()
        .filter(|(id, _)| site.translation_set_of(*id).is_some())
    {
        let node = linked.document.front_matter.get("outputFileName");
        if let Some((node, name)) = node
            .and_then(|node| Some((node, node.text()?)))
            .filter(|(_, name)| name.contains(['/', '\\']))
        {
            let message = format!("`{name}` is a path, but a page stays in the folder of its file");
            problems.push(
                Diagnostic::new(
                    Code::InvalidOutputName,
                    &site.source(id).path,
                    node.span,
                    message,
                )
                .help("Write the name of a file, like `page.html`."),
            );
        }
    }
}
