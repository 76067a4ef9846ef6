//! A source -> its document, by the kind of file.

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::message;
use crate::source::edit::Edit;
use crate::source::yaml::{self, YamlEntry, YamlError, YamlNode, YamlValue};
use crate::source::{FileSpan, Message, SitePath, Source, Span};

use super::date_advice::date_advice;
use super::dialect::{Dialect, Feature};
use super::document::{Body, DataPage, Document, InterfaceHashes};
use super::front_matter::{self, DateOrder, FrontMatter, is_date_key};
use super::interface;
use super::landing::{LandingParser, is_landing};
use super::markdown::{self, DocumentContext};
use super::redirect_list::{is_redirect_list, redirect_list};
use super::reference::RefKind;
use super::structured_page::{is_structured, structured_page};
use super::title::DocumentTitle;
use super::toc::{Toc, TocParser, is_toc, parse_markdown};
use super::tutorial::tutorial;

/// True if a file of this path is read as a document: Markdown or YAML.
pub fn is_document(path: &SitePath) -> bool {
    path.has_extension("md") || path.has_extension("yml")
}

/// Parses one source in the dialect that DocFX reads by default.
pub fn parse(source: &Source) -> Document {
    parse_as(source, Dialect::DOCFX)
}

/// Parses one source with the constructs of `dialect`.
pub fn parse_as(source: &Source, dialect: Dialect) -> Document {
    let mut parser = DocumentParser {
        source,
        context: DocumentContext {
            dialect,
            ..DocumentContext::default()
        },
        problems: Vec::new(),
    };
    parser.check_encoding();
    let (front_matter, body) = if source.path.file_name().eq_ignore_ascii_case("toc.md") {
        (FrontMatter::default(), parser.markdown_toc())
    } else if source.path.has_extension("md") {
        parser.article()
    } else {
        parser.yaml()
    };
    parser.finish(front_matter, body)
}

/// What helps where nothing in the line tells what was meant.
const GENERAL_YAML_HELP: &str =
    "Quote a value that has `: ` or ` #` in it, or begins with one of `@ % & * ! | > [ { '`.";

struct DocumentParser<'s> {
    source: &'s Source,
    context: DocumentContext,
    problems: Vec<Diagnostic>,
}

impl DocumentParser<'_> {
    fn problem(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<Message>,
        help: impl Into<Message>,
    ) {
        let problem = Diagnostic::new(code, &self.source.path, span, message);
        self.problems.push(problem.help(help));
    }

    fn check_encoding(&mut self) {
        if let Some(span) = self.source.invalid {
            let message = "the file has bytes that are not text";
            let help = "Save the file as UTF-8; the unreadable bytes are shown as `\u{FFFD}`.";
            self.problem(Code::Encoding, span, message, help);
        }
    }

    fn article(&mut self) -> (FrontMatter, Body) {
        let text: &str = &self.source.text;
        let has_front_matter = self.context.dialect.has(Feature::FrontMatter);
        // Only tests read texts without front matter: those of CommonMark begin with `---`.
        let block = front_matter::read(if has_front_matter { text } else { "" });
        self.yaml_errors(block.errors);
        if let Some(miss) = block.near_miss {
            self.problem(Code::InvalidFrontMatter, miss.span, miss.message, miss.help);
        }
        // First, as references are in source order.
        self.redirects(&block.front_matter);
        let tree = markdown::parse(text, block.body, &mut self.context);
        (block.front_matter, Body::Article(tree))
    }

    fn markdown_toc(&mut self) -> Body {
        Body::Toc(parse_markdown(&self.source.text, &mut self.context))
    }

    fn yaml(&mut self) -> (FrontMatter, Body) {
        let reads_reference = self.context.dialect.has(Feature::ReferencePages);
        // A table of contents is one by its name, whatever its first line states.
        if let Some(mime) = mime(&self.source.text)
            && is_generated_reference(mime)
            && !reads_reference
            && !is_toc(self.source.path.file_name())
        {
            return self.generated_reference(mime);
        }
        let (root, errors) = yaml::parse(&self.source.text, 0);
        self.yaml_errors(errors);
        if is_toc(self.source.path.file_name()) {
            return self.toc(root);
        }
        // A file that can't be read counts as empty: the page is still there, so that links to it are not reported, too.
        let root = root.unwrap_or(YamlNode {
            span: Span::default(),
            value: YamlValue::Map(Vec::new()),
        });
        if is_redirect_list(&self.source.path, &root) {
            let list = redirect_list(&root, &mut self.context);
            return (FrontMatter::default(), Body::Redirects(list));
        }
        let front_matter = page_metadata(&root);
        self.redirects(&front_matter);
        // The type is in a comment, so YAML doesn't have it.
        let body = match mime(&self.source.text) {
            Some(mime) if is_landing(mime) => {
                let mut parser = LandingParser {
                    context: &mut self.context,
                };
                Body::Landing(parser.parse(&root))
            }
            Some("Tutorial") => {
                Body::Tutorial(tutorial(&self.source.text, &root, &mut self.context))
            }
            Some(mime) if is_structured(mime) => {
                let page = structured_page(mime, &self.source.text, root, &mut self.context);
                Body::Structured(page)
            }
            other => Body::Data(DataPage {
                mime: other.map(Into::into),
                root,
                reference: None,
            }),
        };
        (front_matter, body)
    }

    /// Reference documentation that another tool generated: there can be tens of thousands of such files, and none becomes a page.
    fn generated_reference(&self, mime: &str) -> (FrontMatter, Body) {
        let body = Body::Data(DataPage {
            mime: Some(mime.into()),
            root: YamlNode {
                span: Span::default(),
                value: YamlValue::Map(Vec::new()),
            },
            reference: Some(reference_uids(&self.source.text)),
        });
        (FrontMatter::default(), body)
    }

    fn toc(&mut self, root: Option<YamlNode>) -> (FrontMatter, Body) {
        let Some(root) = root else {
            // A file with errors is not empty.
            if self.problems.is_empty() {
                let help = "Write `- name: Title` and `href: page.md` for each entry.";
                self.problem(Code::InvalidToc, Span::default(), "the toc is empty", help);
            }
            return (FrontMatter::default(), Body::Toc(Toc::default()));
        };
        let mut parser = TocParser {
            context: &mut self.context,
        };
        let (toc, front_matter) = parser.parse(&root);
        (front_matter, Body::Toc(toc))
    }

    /// Adds the references of a page that has moved.
    fn redirects(&mut self, front_matter: &FrontMatter) {
        if let Some(to) = front_matter.get("redirect_url") {
            self.context.refer_to_value(RefKind::RedirectTo, to);
        }
        if let Some(from) = front_matter.get("redirect_from") {
            self.former_addresses(from);
            for item in from.items() {
                self.former_addresses(item);
            }
        }
    }

    /// Adds the references of a former address, or of a map of former addresses to ids of the page: `"old.md#send": "#send-it"`.
    fn former_addresses(&mut self, value: &YamlNode) {
        for entry in value.entries() {
            let old = entry.key.trim();
            if old.is_empty() {
                continue;
            }
            let span = entry.key_span;
            self.context.refer(RefKind::RedirectFrom, old, span, span);
            self.context
                .refer_to_value(RefKind::RedirectAnchor, &entry.value);
        }
        self.context.refer_to_value(RefKind::RedirectFrom, value);
    }

    fn yaml_errors(&mut self, errors: Vec<YamlError>) {
        let path = &self.source.path;
        for error in errors {
            self.problems.push(match error.earlier {
                Some(earlier) => {
                    Diagnostic::new(Code::DuplicateKey, path, error.span, error.message).label(
                        path,
                        earlier,
                        "first given here",
                    )
                }
                None => {
                    let help = error.help.unwrap_or_else(|| GENERAL_YAML_HELP.into());
                    Diagnostic::new(Code::InvalidYaml, path, error.span, error.message).help(help)
                }
            });
        }
    }

    fn check_dates(&mut self, front_matter: &FrontMatter) {
        for entry in &front_matter.entries {
            let Some(text) = entry.value.text() else {
                continue;
            };
            if !is_date_key(&entry.key) || text.trim().is_empty() {
                continue;
            }
            let Some(advice) = date_advice(text, front_matter.date_order) else {
                continue;
            };
            let span = entry.value.span;
            let mut problem =
                Diagnostic::new(Code::InvalidDate, &self.source.path, span, advice.message);
            // With quotes or escapes the bytes to replace are others than those of the value.
            if let Some(date) = advice.date
                && span.of(&self.source.text) == text
            {
                let date = date.to_string();
                problem.fix = Some(Fix {
                    title: message!("write `{date}`", date),
                    safe: true,
                    edits: vec![Edit {
                        location: FileSpan::new(&self.source.path, span),
                        replacement: date,
                    }],
                });
            }
            self.problems.push(problem.help(advice.help));
        }
    }

    fn finish(mut self, mut front_matter: FrontMatter, body: Body) -> Document {
        if self.context.dialect.has(Feature::DayFirstDates) {
            front_matter.date_order = DateOrder::DayFirst;
        }
        self.check_dates(&front_matter);
        for problem in self.context.problems {
            let mut diagnostic = Diagnostic::new(
                problem.code,
                &self.source.path,
                problem.span,
                problem.message,
            );
            if !problem.help.is_empty() {
                diagnostic = diagnostic.help(problem.help);
            }
            self.problems.push(diagnostic);
        }
        let title = match &body {
            Body::Article(tree) => DocumentTitle::of(&tree.nodes, &self.source.text),
            _ => DocumentTitle::default(),
        };
        let mut document = Document {
            front_matter,
            body,
            title,
            refs: self.context.refs,
            anchors: self.context.anchors,
            problems: self.problems,
            interface: InterfaceHashes::default(),
        };
        document.interface = interface::hashes(&document, &self.source.text);
        document
    }
}

/// The metadata of a YAML page: its own simple keys, then those under `metadata` that it doesn't repeat.
fn page_metadata(root: &YamlNode) -> FrontMatter {
    let mut entries: Vec<YamlEntry> = Vec::new();
    for entry in root.entries() {
        // Lists and maps at the top are the content of the page.
        if matches!(entry.value.value, YamlValue::Scalar(_)) {
            entries.push(entry.clone());
        }
    }
    if let Some(metadata) = root.get("metadata") {
        for entry in metadata.entries() {
            if !entries.iter().any(|known| known.key == entry.key) {
                entries.push(entry.clone());
            }
        }
    }
    FrontMatter {
        span: Span::default(),
        entries,
        date_order: DateOrder::default(),
    }
}

/// The type that the first line of a YAML file states: `### YamlMime:Category`.
fn mime(text: &str) -> Option<&str> {
    let first = text.lines().next()?.trim_start_matches('#');
    let (_, mime) = first.trim().split_once("YamlMime:")?;
    Some(mime.trim())
}

/// The types of YAML files that tools generate from source code. The schemas are DocFX's and those of Microsoft's publishing service.
const GENERATED_REFERENCE: [&str; 10] = [
    "RestApi",
    "ManagedReference",
    "ApiPage",
    "UniversalReference",
    "RESTOperation",
    "RESTOperationGroup",
    "RESTService",
    "PowerShellCmdlet",
    "PowerShellModule",
    "PowerShellModulePage",
];

/// The languages and tools whose reference has types of its own for classes, packages, groups and so on: `PythonClass`, `AzureCLIGroup`.
const REFERENCE_FAMILIES: [&str; 5] = ["AzureCLI", "Python", "TS", "Java", "Net"];

/// True if files of this type are reference documentation that a tool generated.
fn is_generated_reference(mime: &str) -> bool {
    for family in REFERENCE_FAMILIES {
        if let Some(rest) = mime.strip_prefix(family)
            && rest.starts_with(|first: char| first.is_ascii_uppercase())
        {
            return true;
        }
    }
    GENERATED_REFERENCE.contains(&mime)
}

/// The uids that generated reference defines: those at the left margin, before the list of what it refers to.
fn reference_uids(text: &str) -> Vec<Box<str>> {
    let mut uids = Vec::new();
    for line in text.lines() {
        // Behind it are uids of other pages, which this one only mentions.
        if line.starts_with("references:") {
            break;
        }
        // By lines: there may be tens of thousands of such files, and only their uids are needed.
        let key = line.strip_prefix("- ").unwrap_or(line);
        if let Some(uid) = key.strip_prefix("uid:") {
            uids.push(uid.trim().trim_matches(['"', '\'']).into());
        }
    }
    uids
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(path: &str, text: &str) -> Document {
        parse(&Source::from_text(SitePath::new(path).unwrap(), text))
    }

    fn codes(document: &Document) -> Vec<Code> {
        document
            .problems
            .iter()
            .map(|problem| problem.code)
            .collect()
    }

    #[test]
    fn the_name_and_the_first_line_decide_what_a_file_is() {
        let kinds = [
            ("a.md", "# A"),
            ("toc.md", "# [A](a.md)"),
            ("TOC.yml", "- name: A"),
            ("a.yml", "### YamlMime:Hub\ntitle: A"),
            ("b.yml", "### YamlMime:Tutorial\nitems: []"),
            ("c.yml", "### YamlMime:Own\nx: y"),
            ("d.yml", "x: y"),
            ("redirects.yml", "- from: a.md\n  to: b.md"),
            ("redirects.yml", "old: new"),
            ("no/redirects.yml", "- from: a.md"),
        ]
        .map(|(path, text)| match document(path, text).body {
            Body::Article(_) => "article",
            Body::Toc(_) => "toc",
            Body::Landing(_) => "landing",
            Body::Tutorial(_) => "tutorial",
            Body::Redirects(_) => "redirects",
            Body::Structured(_) => "structured",
            Body::Data(DataPage { mime: Some(_), .. }) => "typed data",
            Body::Data(_) => "data",
        });
        assert_eq!(
            kinds,
            [
                "article",
                "toc",
                "toc",
                "landing",
                "tutorial",
                "typed data",
                "data",
                "redirects",
                "data",
                "data"
            ]
        );
    }

    #[test]
    fn generated_reference_is_known_by_its_first_line_and_not_read() {
        // The rest is no valid YAML, which would be reported.
        let text = "### YamlMime:ManagedReference\nitems:\n- uid: Acme.Ordre\n  a: [\n- uid: 'Acme.Ordre.Sum'\nreferences:\n- uid: System.Int32\n";
        let read = document("a.yml", text);
        assert_eq!(codes(&read), []);
        let Body::Data(data) = &read.body else {
            panic!("not a data page");
        };
        let uids: Vec<&str> = data.reference.iter().flatten().map(|uid| &**uid).collect();
        assert_eq!(uids, ["Acme.Ordre", "Acme.Ordre.Sum"]);
        for (mime, expected) in [
            ("AzureCLIGroup", true),
            ("PythonClass", true),
            ("TSType", true),
            ("PowerShellCmdlet", true),
            ("NetType", true),
            ("FAQ", false),
            ("Network", false),
            ("Javascript", false),
            ("Own", false),
            ("Landing", false),
        ] {
            assert_eq!(is_generated_reference(mime), expected, "{mime}");
        }
    }

    #[test]
    fn a_broken_toc_is_not_called_empty() {
        assert_eq!(codes(&document("toc.yml", "")), [Code::InvalidToc]);
        assert_eq!(codes(&document("toc.yml", "a: [")), [Code::InvalidYaml]);
    }

    #[test]
    fn redirects_are_the_first_references() {
        let page = document(
            "a.md",
            "---\nredirect_url: b.md\nredirect_from: [c.md, d.md]\n---\n[x](e.md)\n",
        );
        let mut targets = Vec::new();
        for reference in &page.refs {
            targets.push(&*reference.target);
        }
        assert_eq!(targets, ["b.md", "c.md", "d.md", "e.md"]);
    }

    #[test]
    fn metadata_of_a_yaml_page_comes_behind_its_own_keys() {
        let page = document("a.yml", "title: A\nmetadata:\n  title: B\n  uid: u\n");
        assert_eq!(page.front_matter.text("title"), Some("A"));
        assert_eq!(page.front_matter.text("uid"), Some("u"));
    }
}
