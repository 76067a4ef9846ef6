//! `misnamed-file`: files that were meant as pages, but have a name that no page is made from.

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::{SitePath, Span};

pub(super) const RULE: Rule = Rule {
    code: Code::MisnamedFile,
    docs: include_str!("../docs/misnamed-file.md"),
    run: Some(run),
};

/// Extensions that other programs read as Markdown, and DocFX and hjelp do not.
const EXTENSIONS: [&str; 5] = ["markdown", "mdown", "mkdn", "mkd", "mdwn"];

/// What Windows adds to the name of a text whose extension it hides.
const HIDDEN: [&str; 2] = [".md.txt", ".yml.txt"];

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let texts = site.sources.texts().iter().map(|source| &source.path);
    for path in site.sources.assets().keys().chain(texts) {
        let Some(right) = right_name(path) else {
            continue;
        };
        // Outside of the content nobody expects a page.
        if site.config.localized_path(path).is_none() && site.placed(path).is_none() {
            continue;
        }
        let name = path.file_name();
        let message = message!("no page is made from `{name}`", name);
        let problem = Diagnostic::new(Code::MisnamedFile, path, Span::default(), message);
        checker.report(problem.help(message!("Rename it to `{right}`.", right)));
    }
}

/// The name that the file should have.
fn right_name(path: &SitePath) -> Option<String> {
    let name = path.file_name();
    let lower = name.to_ascii_lowercase();
    if HIDDEN.iter().any(|end| lower.ends_with(end)) {
        return Some(name[..name.len() - ".txt".len()].to_owned());
    }
    let is_known = EXTENSIONS
        .iter()
        .any(|extension| path.has_extension(extension));
    is_known.then(|| format!("{}.md", path.stem()))
}
