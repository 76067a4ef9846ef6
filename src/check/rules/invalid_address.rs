//! `invalid-address`: addresses that cannot be right wherever they lead: empty ones, files on one person's computer, and schemes that are
//! mistyped.

use crate::check::checker::{Checker, ResolvedReference};
use crate::check::content::trees;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::message;
use crate::source::edit::Edit;
use crate::source::{FileSpan, Source, Span};
use crate::syntax::tree::NodeKind;
use crate::syntax::{Body, RefKind, Reference};

pub(super) const RULE: Rule = Rule {
    code: Code::InvalidAddress,
    docs: include_str!("../docs/invalid-address.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    for resolved in checker.references() {
        let ResolvedReference { id, reference, .. } = resolved;
        let is_address = matches!(
            reference.kind,
            RefKind::Link
                | RefKind::Image
                | RefKind::HtmlHref
                | RefKind::HtmlSrc
                | RefKind::Toc
                | RefKind::Landing
                | RefKind::LandingImage
                | RefKind::RedirectTo
        );
        // Most addresses are short paths without a colon or a backslash.
        let target = &*reference.target;
        if !is_address || !target.is_empty() && !target.contains([':', '\\', '/']) {
            continue;
        }
        if let Some(problem) = problem_of(checker.site.source(id), reference) {
            checker.report_in(id, problem);
        }
    }
    for (id, linked) in checker.used_documents() {
        for problem in empty_attributes(checker.site.source(id), &linked.document.body) {
            checker.report_in(id, problem);
        }
    }
}

fn is_picture(kind: RefKind) -> bool {
    matches!(
        kind,
        RefKind::Image | RefKind::HtmlSrc | RefKind::LandingImage
    )
}

fn problem_of(source: &Source, reference: &Reference) -> Option<Diagnostic> {
    let typed = reference.target.trim();
    if typed.is_empty() {
        return Some(empty(source, place(reference), is_picture(reference.kind)));
    }
    if let Some(what) = local(typed) {
        let noun = if is_picture(reference.kind) {
            "image"
        } else {
            "file"
        };
        let message = message!("`{typed}` is {what}: nobody else can open it", typed, what);
        let problem = Diagnostic::new(
            Code::InvalidAddress,
            &source.path,
            place(reference),
            message,
        );
        return Some(problem.help(message!("Copy the {noun} into the folder of the content, and write its path relative to this file.", noun)));
    }
    let right = right_scheme(typed)?;
    let message = message!(
        "`{scheme_of}` is no address of a website",
        scheme_of = scheme_of(typed)
    );
    let problem = Diagnostic::new(
        Code::InvalidAddress,
        &source.path,
        place(reference),
        message,
    );
    let mut problem = problem.help(message!("Write `{right}`.", right));
    if reference.target_span.of(&source.text) == typed {
        problem.fix = Some(Fix {
            title: message!("write `{right}`", right),
            safe: true,
            edits: vec![Edit {
                location: FileSpan::new(&source.path, reference.target_span),
                replacement: right,
            }],
        });
    }
    Some(problem)
}

fn empty(source: &Source, span: Span, is_picture: bool) -> Diagnostic {
    if is_picture {
        let message = "the image has no address";
        let problem = Diagnostic::new(Code::MissingImage, &source.path, span, message);
        return problem.help("Write the path of the image.");
    }
    let message = "the link has no address: it leads to the page it is on";
    let problem = Diagnostic::new(Code::InvalidAddress, &source.path, span, message);
    problem
        // The code is an error for addresses that open nothing. This one opens a page, only not the
        // one that was meant.
        .with_level(Level::Warning)
        .help("Write the address, or remove the link.")
}

/// Attributes of raw HTML without a value: they are no references.
fn empty_attributes(source: &Source, body: &Body) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let text = &*source.text;
    if !text.contains("=\"\"") && !text.contains("=''") {
        return problems;
    }
    for tree in trees(body) {
        for node in &tree.nodes {
            if !matches!(node.kind, NodeKind::Html(_)) {
                continue;
            }
            let html = node.span.of(text);
            for (start, attribute) in [
                ("<img", " src=\"\""),
                ("<img", " src=''"),
                ("<a", " href=\"\""),
                ("<a", " href=''"),
            ] {
                let Some(at) = html.find(attribute) else {
                    continue;
                };
                if html[..at]
                    .rfind('<')
                    .is_some_and(|open| html[open..].starts_with(start))
                {
                    let from = node.span.range().start + at + 1;
                    let span = Span::new(from, from + attribute.len() - 1);
                    problems.push(empty(source, span, start == "<img"));
                }
            }
        }
    }
    problems
}

/// The address, or the whole construct if there is nothing between its brackets.
fn place(reference: &Reference) -> Span {
    match reference.target_span.is_empty() {
        true => reference.span,
        false => reference.target_span,
    }
}

/// What kind of place on one computer this is; nothing for other addresses.
fn local(typed: &str) -> Option<&'static str> {
    let bytes = typed.as_bytes();
    if typed
        .get(..5)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"))
    {
        return Some("a file on one computer");
    }
    let is_drive = bytes.len() > 2
        && bytes[0].is_ascii_alphabetic()
        && matches!(bytes[1], b':' | b'|')
        && matches!(bytes[2], b'\\' | b'/')
        || bytes.len() > 4
            && bytes[0].is_ascii_alphabetic()
            && bytes[1] == b':'
            && typed[2..].to_ascii_lowercase().starts_with("%5c");
    if is_drive {
        return Some("a path on the drive of one computer");
    }
    typed
        .starts_with("\\\\")
        .then_some("a path in a local network")
}

fn scheme_of(typed: &str) -> &str {
    let end = typed
        .find(|char: char| !char.is_ascii_alphanumeric())
        .unwrap_or(typed.len());
    let signs = typed[end..]
        .bytes()
        .take_while(|byte| matches!(byte, b':' | b'/' | b'\\' | b';' | b'.'))
        .count();
    &typed[..end + signs]
}

/// The address with `http://` or `https://`, if that is what was mistyped.
fn right_scheme(typed: &str) -> Option<String> {
    let scheme = scheme_of(typed);
    let rest = &typed[scheme.len()..];
    let end = scheme.find(|char: char| !char.is_ascii_alphanumeric())?;
    let (word, signs) = scheme.split_at(end);
    let lower = word.to_ascii_lowercase();
    // `http` as the name of a folder has no colon, `https://x` is right, and other words are schemes of programs.
    if rest.is_empty() || !signs.contains([':', ';']) && signs != "//" {
        return None;
    }
    if matches!(&*lower, "http" | "https") {
        let twice = rest
            .strip_prefix("http://")
            .or_else(|| rest.strip_prefix("https://"));
        if let (Some(_), "://") = (twice, signs) {
            return Some(rest.to_owned());
        }
        let has_host = rest.contains('.') || rest.starts_with("localhost");
        return (signs != "://" && has_host).then(|| format!("{lower}://{rest}"));
    }
    let is_near = |right: &str| strsim::osa_distance(&lower, right) == 1;
    if !rest.contains('.') || !signs.contains("/") {
        return None;
    }
    // `https` first: it is one letter from `http`, too.
    if is_near("https") {
        return Some(format!("https://{rest}"));
    }
    is_near("http").then(|| format!("http://{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistyped_schemes_have_a_right_one() {
        for (typed, right) in [
            ("http:/a.example/x", "http://a.example/x"),
            ("https:a.example", "https://a.example"),
            ("htps://a.example", "https://a.example"),
            ("ttp://a.example", "http://a.example"),
            ("https//a.example", "https://a.example"),
            ("https:\\\\a.example", "https://a.example"),
            ("https://https://a.example", "https://a.example"),
            ("https;//a.example", "https://a.example"),
        ] {
            assert_eq!(right_scheme(typed).as_deref(), Some(right), "{typed}");
        }
        for typed in [
            "https://a.example",
            "HTTP://a.example",
            "http/a.md",
            "ftp://a.example",
            "mailto:a@b.example",
            "app://x",
            "tel:123",
            "httpd://a",
        ] {
            assert_eq!(right_scheme(typed), None, "{typed}");
        }
    }

    #[test]
    fn places_on_one_computer_are_seen() {
        for typed in [
            "file:///C:/a.md",
            "C:\\a.png",
            "d:/a.png",
            "c:%5Ca.png",
            "\\\\server\\a",
        ] {
            assert!(local(typed).is_some(), "{typed}");
        }
        for typed in ["a:b", "files/a", "//server/a", "c:", "..\\a.md"] {
            assert!(local(typed).is_none(), "{typed}");
        }
    }
}
