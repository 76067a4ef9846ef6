//! `unused-image`: published images that nothing refers to.

use rustc_hash::FxHashSet;

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::config::FileKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::{Site, Target};
use crate::source::yaml::YamlNode;
use crate::source::{SitePath, Span};
use crate::syntax::is_document;

pub(super) const RULE: Rule = Rule {
    code: Code::UnusedImage,
    docs: include_str!("../docs/unused-image.md"),
    run: Some(run),
};

const EXTENSIONS: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif"];

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let uses = Uses::of(site);
    let assets = site.sources.assets().keys();
    let texts = site.sources.texts().iter().map(|source| &source.path);
    for path in assets.chain(texts) {
        // Images are among the texts, too: SVG files are XML.
        if !is_image(path.file_name()) || is_site_icon(path) || uses.contains(path) {
            continue;
        }
        let Some(placed) = site.placed(path) else {
            continue;
        };
        if placed.kind == FileKind::Assets {
            let message = "no page uses this image";
            let problem = Diagnostic::new(Code::UnusedImage, path, Span::default(), message);
            checker.report(problem.help("Remove it, or use it."));
        }
    }
}

/// The images that are used: by a resolved reference, or by their name alone.
struct Uses<'a> {
    paths: FxHashSet<&'a SitePath>,
    names: FxHashSet<&'a str>,
}

impl<'a> Uses<'a> {
    fn of(site: &'a Site) -> Self {
        let mut uses = Uses {
            paths: site.config.theme.logo.iter().collect(),
            names: FxHashSet::default(),
        };
        for (_, linked) in site.documents() {
            for target in linked.targets {
                if let Target::Asset(path) = target {
                    uses.paths.insert(path);
                }
            }
            for entry in &linked.document.front_matter.entries {
                uses.add_values(&entry.value);
            }
        }
        for source in site.sources.texts() {
            if has_names_in_text(&source.path) {
                uses.add_words(&source.text);
            }
        }
        uses
    }

    fn contains(&self, path: &SitePath) -> bool {
        self.paths.contains(path) || self.names.contains(path.file_name())
    }

    fn add_name(&mut self, name: &'a str) {
        if is_image(name) {
            self.names.insert(name);
        }
    }

    fn add_values(&mut self, node: &'a YamlNode) {
        if let Some(text) = node.text() {
            // Front matter often holds a path that only a template completes, so the name alone counts.
            let name = text.rsplit(['/', '\\']).next();
            self.add_name(name.unwrap_or(text));
        }
        for item in node.items() {
            self.add_values(item);
        }
        for entry in node.entries() {
            self.add_values(&entry.value);
        }
    }

    fn add_words(&mut self, text: &'a str) {
        for word in text.split(|char: char| !is_name_char(char)) {
            self.add_name(word);
        }
    }
}

/// True for style sheets, scripts and data. They refer to images in ways of their own, so a file name anywhere in them counts as a use.
fn has_names_in_text(path: &SitePath) -> bool {
    let is_toc = is_document(path) && path.file_name() == "toc.yml";
    !path.has_extension("md") && !is_toc
}

fn is_name_char(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '.' | '-' | '_')
}

/// True for files that browsers request by themselves, or that templates use.
fn is_site_icon(path: &SitePath) -> bool {
    path.stem().starts_with("favicon") || path.stem() == "logo"
}

fn is_image(name: &str) -> bool {
    let Some((_, extension)) = name.rsplit_once('.') else {
        return false;
    };
    let mut known = EXTENSIONS.iter();
    known.any(|known| known.eq_ignore_ascii_case(extension))
}
