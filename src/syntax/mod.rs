//! One source -> one [`Document`]: what a file says, read alone. A reading depends on nothing but the text, never on configuration,
//! language or other files, so a content hash is a complete key for it. It cannot fail: what is wrong is told in the document.

pub mod dialect;
pub mod directive;
pub mod document;
mod embedded_markdown;
pub mod front_matter;
pub mod html;
pub mod interface;
pub mod landing;
mod markdown;
pub mod slug;
pub mod toc;
pub mod tree;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::yaml::{YamlEntry, YamlError, YamlNode, YamlValue};
use crate::source::{Source, Span, yaml};

pub use dialect::Dialect;
pub use document::{Body, Document, RefId, RefKind, Reference};
pub use front_matter::FrontMatter;
pub use interface::Interface;
pub use tree::Tree;

use dialect::Feature;
use document::{DataPage, InterfaceHashes, Tutorial, TutorialStep};
use front_matter::{is_date_key, parse_date};
use markdown::Shared;
use toc::{Toc, is_toc};

/// True if a file of this path is read as a document: Markdown or YAML.
pub fn is_document(path: &crate::source::SitePath) -> bool {
    path.has_extension("md") || path.has_extension("yml")
}

/// Reads one source as DocFX reads it without being told otherwise.
pub fn parse(source: &Source) -> Document {
    parse_as(source, Dialect::DOCFX)
}

/// Reads one source with the constructs of `dialect`.
pub fn parse_as(source: &Source, dialect: Dialect) -> Document {
    let mut problems = Vec::new();
    if let Some(span) = source.invalid {
        let help = "Save the file as UTF-8; the unreadable bytes are shown as `\u{FFFD}`.";
        problems.push(
            Diagnostic::new(
                Code::Encoding,
                &source.path,
                span,
                "the file has bytes that are no text",
            )
            .help(help),
        );
    }
    if source.path.file_name().eq_ignore_ascii_case("toc.md") {
        return markdown_toc(source, problems);
    }
    if source.path.has_extension("md") {
        article(source, dialect, problems)
    } else {
        yaml_page(source, dialect, problems)
    }
}

fn article(source: &Source, dialect: Dialect, mut problems: Vec<Diagnostic>) -> Document {
    let text = if dialect.has(Feature::FrontMatter) {
        &*source.text
    } else {
        ""
    };
    let block = front_matter::read(text);
    problems.extend(
        block
            .problems
            .into_iter()
            .map(|problem| yaml_diagnostic(source, problem)),
    );
    if let Some((span, why)) = block.slip {
        let help = "Write `---` in the first line, one `key: value` in each line below, and `---` in a line after the last.";
        problems
            .push(Diagnostic::new(Code::InvalidFrontMatter, &source.path, span, why).help(help));
    }
    let mut shared = Shared {
        dialect,
        ..Shared::default()
    };
    redirects(&block.front_matter, &mut shared.refs);
    let tree = markdown::read(&source.text, block.body, &mut shared);
    finish(
        source,
        block.front_matter,
        Body::Article(tree),
        shared,
        problems,
    )
}

fn markdown_toc(source: &Source, mut problems: Vec<Diagnostic>) -> Document {
    let mut shared = Shared::default();
    let mut problem = |span, message, help: &str| {
        problems.push(Diagnostic::new(Code::InvalidToc, &source.path, span, message).help(help))
    };
    let toc = toc::markdown::read(&source.text, &mut shared.refs, &mut problem);
    finish(
        source,
        FrontMatter::default(),
        Body::Toc(toc),
        shared,
        problems,
    )
}

fn yaml_page(source: &Source, dialect: Dialect, mut problems: Vec<Diagnostic>) -> Document {
    let (root, yaml_problems) = yaml::parse(&source.text, 0);
    problems.extend(
        yaml_problems
            .into_iter()
            .map(|problem| yaml_diagnostic(source, problem)),
    );
    if is_toc(source.path.file_name()) {
        return toc(source, root, problems);
    }
    // What cannot be read is as good as empty: the page is still there, so that links to it are not wrong too.
    let root = root.unwrap_or(YamlNode {
        span: Span::default(),
        value: YamlValue::Map(Vec::new()),
    });
    let mut shared = Shared {
        dialect,
        ..Shared::default()
    };
    let mime = mime(&source.text);
    let front_matter = page_metadata(&root);
    redirects(&front_matter, &mut shared.refs);
    let body = match mime {
        Some(mime) if landing::is_landing(mime) => {
            let mut problem = |span, message, help: String| {
                problems.push(
                    Diagnostic::new(Code::UnknownLinkKind, &source.path, span, message).help(help),
                )
            };
            Body::Landing(
                landing::Reader {
                    refs: &mut shared.refs,
                    problem: &mut problem,
                }
                .read(&root),
            )
        }
        Some("Tutorial") => Body::Tutorial(tutorial(source, &root, &mut shared)),
        other => Body::Data(DataPage {
            mime: other.map(Into::into),
            root,
        }),
    };
    finish(source, front_matter, body, shared, problems)
}

fn toc(source: &Source, root: Option<YamlNode>, mut problems: Vec<Diagnostic>) -> Document {
    let mut shared = Shared::default();
    let Some(root) = root else {
        if problems.is_empty() {
            problems.push(
                Diagnostic::new(
                    Code::InvalidToc,
                    &source.path,
                    Span::default(),
                    "the toc is empty",
                )
                .help("Write `- name: Title` and `href: page.md` for each entry."),
            );
        }
        return finish(
            source,
            FrontMatter::default(),
            Body::Toc(Toc::default()),
            shared,
            problems,
        );
    };
    let mut problem = |span, message| {
        problems.push(Diagnostic::new(
            Code::InvalidToc,
            &source.path,
            span,
            message,
        ))
    };
    let (toc, front_matter) = toc::read(&root, &mut shared.refs, &mut problem);
    finish(source, front_matter, Body::Toc(toc), shared, problems)
}

fn tutorial(source: &Source, root: &YamlNode, shared: &mut Shared) -> Tutorial {
    let text = |node: &YamlNode, key: &str| {
        node.get(key)
            .and_then(YamlNode::text)
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(Into::into)
    };
    let steps = root.get("items").map(YamlNode::items).unwrap_or_default();
    let steps = steps.iter().map(|item| TutorialStep {
        title: text(item, "title").unwrap_or_default(),
        minutes: item
            .get("durationInMinutes")
            .and_then(YamlNode::text)
            .and_then(|minutes| minutes.trim().parse().ok()),
        tree: item
            .get("content")
            .map(|content| embedded_markdown::read(&source.text, content, shared))
            .unwrap_or_default(),
        span: item.span,
    });
    Tutorial {
        steps: steps.collect(),
        summary: text(root, "summary"),
    }
}

/// The metadata of a YAML page: its own simple keys, then those under `metadata` that it doesn't repeat.
fn page_metadata(root: &YamlNode) -> FrontMatter {
    let mut entries: Vec<YamlEntry> = root
        .entries()
        .iter()
        .filter(|entry| matches!(entry.value.value, YamlValue::Scalar(_)))
        .cloned()
        .collect();
    for entry in root
        .get("metadata")
        .map(YamlNode::entries)
        .unwrap_or_default()
    {
        if !entries.iter().any(|known| known.key == entry.key) {
            entries.push(entry.clone());
        }
    }
    FrontMatter {
        span: Span::default(),
        entries,
    }
}

/// The type a YAML file states in its first line: `### YamlMime:Category`.
fn mime(text: &str) -> Option<&str> {
    let (_, mime) = text
        .lines()
        .next()?
        .trim_start_matches('#')
        .trim()
        .split_once("YamlMime:")?;
    Some(mime.trim())
}

fn redirects(front_matter: &FrontMatter, refs: &mut Vec<Reference>) {
    let mut refer = |kind, node: &YamlNode| {
        if let Some(target) = node
            .text()
            .map(str::trim)
            .filter(|target| !target.is_empty())
        {
            refs.push(Reference {
                kind,
                target: target.into(),
                span: node.span,
                target_span: node.words_span(),
            });
        }
    };
    if let Some(to) = front_matter.get("redirect_url") {
        refer(RefKind::RedirectTo, to);
    }
    if let Some(from) = front_matter.get("redirect_from") {
        refer(RefKind::RedirectFrom, from);
        from.items()
            .iter()
            .for_each(|item| refer(RefKind::RedirectFrom, item));
    }
}

fn finish(
    source: &Source,
    front_matter: FrontMatter,
    body: Body,
    shared: Shared,
    mut problems: Vec<Diagnostic>,
) -> Document {
    for entry in front_matter
        .entries
        .iter()
        .filter(|entry| is_date_key(&entry.key))
    {
        if let Some(text) = entry.value.text().filter(|text| !text.trim().is_empty())
            && parse_date(text).is_none()
        {
            problems.push(
                Diagnostic::new(Code::InvalidDate, &source.path, entry.value.span, format!("`{text}` is no date"))
                    .help("Write month, day and year as `09.22.2023`, or year, month and day as `2023-09-22`."),
            );
        }
    }
    for slip in shared.problems {
        problems.push(
            Diagnostic::new(slip.code, &source.path, slip.span, slip.message).help(slip.help),
        );
    }
    let mut document = Document {
        front_matter,
        body,
        refs: shared.refs,
        anchors: shared.anchors,
        problems,
        interface: InterfaceHashes::default(),
    };
    document.interface = interface::hashes(&document, &source.text);
    document
}

fn yaml_diagnostic(source: &Source, problem: YamlError) -> Diagnostic {
    let code = if problem.earlier.is_some() {
        Code::DuplicateKey
    } else {
        Code::InvalidYaml
    };
    let diagnostic = Diagnostic::new(code, &source.path, problem.span, problem.message);
    match problem.earlier {
        Some(earlier) => diagnostic.label(&source.path, earlier, "first given here"),
        None => diagnostic.help("Quote a value that has `: ` or ` #` in it, or begins with one of `@ % & * ! | > [ { '`."),
    }
}
