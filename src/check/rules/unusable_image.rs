//! `unusable-image`: images that are empty, or so large that readers wait for them. Only those that pages use.

use rustc_hash::FxHashMap;

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::message;
use crate::site::Target;
use crate::source::{FileSpan, SitePath, Span};
use crate::syntax::RefKind;

pub(super) const RULE: Rule = Rule {
    code: Code::UnusableImage,
    docs: include_str!("../docs/unusable-image.md"),
    run: Some(run),
};

/// Larger images take seconds even on a fast line. Screenshots are far below; animations of some seconds are about as large.
const MAX_BYTES: u64 = 5 << 20;

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    // One problem for each image, at the first place that shows it.
    let mut first: FxHashMap<&SitePath, FileSpan> = FxHashMap::default();
    for resolved in checker.references() {
        let is_image = matches!(
            resolved.reference.kind,
            RefKind::Image | RefKind::HtmlSrc | RefKind::LandingImage
        );
        if let (true, Target::Asset(path)) = (is_image, resolved.target) {
            let source = &site.source(resolved.id).path;
            let place = FileSpan::new(source, resolved.reference.span);
            first.entry(path).or_insert(place);
        }
    }
    for (path, size) in site.sources.assets() {
        let Some(place) = first.get(path) else {
            continue;
        };
        if let Some(problem) = problem_of(path, *size) {
            checker.report(problem.label(&place.path, place.span, "used here"));
        }
    }
}

fn problem_of(path: &SitePath, size: u64) -> Option<Diagnostic> {
    let span = Span::default();
    if size == 0 {
        let problem = Diagnostic::new(Code::UnusableImage, path, span, "the image is empty");
        return Some(problem.help("Save the image again."));
    }
    if size <= MAX_BYTES {
        return None;
    }
    let megabytes = size.div_ceil(1 << 20);
    let message = message!(
        "the image has {megabytes} MB: readers wait for it",
        megabytes
    );
    let problem = Diagnostic::new(Code::UnusableImage, path, span, message);
    Some(
        problem
            .with_level(Level::Note)
            .help("Make it smaller: as wide as it is shown, as PNG or JPEG."),
    )
}
