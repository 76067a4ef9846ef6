//! `misspelled-key`: keys of tables of contents, landing pages and front matter that are nearly those with a meaning. Other keys are for
//! templates. Also landing pages without the line that says so.

use crate::check::checker::Checker;
use crate::check::content::toc_entries;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::message;
use crate::source::edit::Edit;
use crate::source::yaml::{self, YamlEntry, YamlNode};
use crate::source::{FileSpan, Message, Source, Span};
use crate::syntax::{Body, toc};

pub(super) const RULE: Rule = Rule {
    code: Code::MisspelledKey,
    docs: include_str!("../docs/misspelled-key.md"),
    run: Some(run),
};

const LANDING_KEYS: &[&str] = &[
    "title",
    "summary",
    "metadata",
    "landingContent",
    "highlightedContent",
    "conceptualContent",
    "productDirectory",
    "additionalContent",
    "sections",
    "items",
    "linkLists",
    "linkListType",
    "links",
    "text",
    "url",
    "typeDesc",
    "itemType",
    "imageSrc",
    "href",
    "tools",
    "brand",
    "description",
    "cards",
];

/// Keys of front matter that hjelp or DocFX reads.
const PAGE_KEYS: &[&str] = &[
    "title",
    "description",
    "author",
    "keywords",
    "language",
    "layout",
    "redirect_url",
    "redirect_from",
    "gone",
    "translation_key",
    "uid",
];

/// What people call these keys in other languages.
const TRANSLATED: &[(&str, &str)] = &[
    ("tittel", "title"),
    ("titel", "title"),
    ("beskrivelse", "description"),
    ("beskrivning", "description"),
    ("beschreibung", "description"),
    ("forfatter", "author"),
    ("nøkkelord", "keywords"),
    ("nyckelord", "keywords"),
    ("språk", "language"),
    ("dato", "date"),
    ("datum", "date"),
];

/// What can be between the words of a key.
const SIGNS: [char; 3] = ['-', '_', ' '];

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    for (id, linked) in checker.used_documents() {
        let mut problems = Vec::new();
        let source = site.source(id);
        match &linked.document.body {
            Body::Toc(_) => {
                for entry in toc_entries(&linked.document.body) {
                    // The parser has taken out the keys with a meaning, so `extra` can't say which
                    // of them the entry has.
                    check_entries(source, &entry.extra, &[], &toc::KEYS, &mut problems);
                }
            }
            // Landing pages are few, and their tree is not part of the document.
            Body::Landing(_) => {
                if let (Some(root), _) = yaml::parse(&source.text, 0) {
                    check_tree(source, &root, &mut problems);
                }
            }
            Body::Article(_) => {
                let entries = &linked.document.front_matter.entries;
                check_entries(source, entries, entries, PAGE_KEYS, &mut problems);
                check_translated(source, entries, &mut problems);
            }
            _ => {}
        }
        for problem in problems {
            checker.report_in(id, problem);
        }
    }
    for (id, linked) in site.documents() {
        if let Body::Data(page) = &linked.document.body
            && page.mime.is_none()
            && let Some(kind) = landing_kind(&page.root)
        {
            checker.report(missing_type(site.source(id), kind));
        }
    }
}

fn check_tree(source: &Source, node: &YamlNode, problems: &mut Vec<Diagnostic>) {
    check_entries(
        source,
        node.entries(),
        node.entries(),
        LANDING_KEYS,
        problems,
    );
    for entry in node.entries() {
        // Metadata has keys of its own.
        if &*entry.key != "metadata" {
            check_tree(source, &entry.value, problems);
        }
    }
    for item in node.items() {
        check_tree(source, item, problems);
    }
}

/// Reports the keys of `entries` that are nearly one of `known` that `all` doesn't have.
fn check_entries(
    source: &Source,
    entries: &[YamlEntry],
    all: &[YamlEntry],
    known: &[&'static str],
    problems: &mut Vec<Diagnostic>,
) {
    for entry in entries {
        if known.contains(&&*entry.key) {
            continue;
        }
        let meant = known.iter().find(|known| is_nearly(&entry.key, known));
        if let Some(meant) = meant
            && !all.iter().any(|other| *other.key == **meant)
        {
            let help = message!("Did you mean `{meant}`?", meant);
            problems.push(problem_of(source, entry, meant, help));
        }
    }
}

fn check_translated(source: &Source, entries: &[YamlEntry], problems: &mut Vec<Diagnostic>) {
    for entry in entries {
        let lower = entry.key.to_lowercase();
        let Some((_, meant)) = TRANSLATED.iter().find(|(own, _)| *own == lower) else {
            continue;
        };
        let is_reported = problems
            .iter()
            .any(|problem| problem.location.span == entry.key_span);
        if !is_reported && !entries.iter().any(|other| *other.key == **meant) {
            let help = message!("Write `{meant}`: keys are English in all languages.", meant);
            problems.push(problem_of(source, entry, meant, help));
        }
    }
}

/// True if the key differs in case, in a sign between words, or in a letter or two that were mistyped.
fn is_nearly(key: &str, known: &str) -> bool {
    // Nearly all keys end here, before anything is allocated for them.
    if first_letter(key) != first_letter(known) {
        return false;
    }
    let (own, other) = (without_signs(key), without_signs(known));
    if own == other {
        return true;
    }
    // Of short words, and with a letter more at the end, another word may be meant.
    let is_plural = own.strip_suffix('s') == Some(&*other);
    let most = match other.len() {
        0..5 => return false,
        5..9 => 1,
        _ => 2,
    };
    !is_plural && strsim::osa_distance(&own, &other) <= most
}

/// The first character in lower case that is no sign between words.
fn first_letter(key: &str) -> Option<u8> {
    let key = key.trim_start_matches(SIGNS);
    Some(key.as_bytes().first()?.to_ascii_lowercase())
}

fn without_signs(key: &str) -> String {
    key.replace(SIGNS, "").to_ascii_lowercase()
}

fn problem_of(source: &Source, entry: &YamlEntry, meant: &str, help: Message) -> Diagnostic {
    let message = message!("the key `{key}` means nothing", key = entry.key);
    let problem = Diagnostic::new(Code::MisspelledKey, &source.path, entry.key_span, message);
    let fix = Fix {
        title: message!("write `{meant}`", meant),
        safe: false,
        edits: vec![Edit {
            location: FileSpan::new(&source.path, entry.key_span),
            replacement: meant.to_owned(),
        }],
    };
    Diagnostic {
        fix: Some(fix),
        ..problem.help(help)
    }
}

/// The type of landing page that has these keys.
pub(super) fn landing_kind(root: &YamlNode) -> Option<&'static str> {
    for (key, kind) in [
        ("landingContent", "Landing"),
        ("highlightedContent", "Hub"),
        ("conceptualContent", "Hub"),
        ("productDirectory", "Hub"),
    ] {
        if root.get(key).is_some() {
            return Some(kind);
        }
    }
    None
}

fn missing_type(source: &Source, kind: &str) -> Diagnostic {
    let message = "nothing says that this is a landing page, so it is not published";
    let line = message!("### YamlMime:{kind}", kind);
    let problem = Diagnostic::new(Code::MisspelledKey, &source.path, Span::default(), message);
    let fix = Fix {
        title: message!("add `{line}`", line),
        safe: true,
        edits: vec![Edit {
            location: FileSpan::new(&source.path, Span::default()),
            replacement: format!("{line}\n"),
        }],
    };
    Diagnostic {
        fix: Some(fix),
        ..problem.help(message!("Write `{line}` as the first line.", line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_known_keys_are_told_from_other_words() {
        for (key, known) in [
            ("Title", "title"),
            ("topichref", "topicHref"),
            ("desciption", "description"),
            ("redirect-url", "redirect_url"),
            ("landingcontent", "landingContent"),
            ("keyword", "keywords"),
        ] {
            assert!(is_nearly(key, known), "{key}");
        }
        for (key, known) in [
            ("titles", "title"),
            ("authors", "author"),
            ("date", "name"),
            ("redirect_to", "redirect_url"),
        ] {
            assert!(!is_nearly(key, known), "{key}");
        }
    }
}
