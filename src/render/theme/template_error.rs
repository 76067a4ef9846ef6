//! An error of Tera -> the problem that is reported: the template, its line, and the page that was being rendered.

use tera::ErrorKind;

use super::files::TEMPLATES;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::{SitePath, Sources, Span};

/// The problem with a template. `page` is the file of the page that was being rendered.
pub(super) fn template_error(
    error: &tera::Error,
    sources: &Sources,
    page: Option<&SitePath>,
) -> Diagnostic {
    let (name, span, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => (
            report.filename(),
            Span::from(report.span().range.clone()),
            report.message().to_owned(),
        ),
        _ => ("", Span::default(), error.to_string()),
    };
    let path = SitePath::new(&format!("{TEMPLATES}/{name}")).unwrap_or_else(|_| SitePath::root());
    // The rest is an excerpt of the template with a marker, which reports draw themselves.
    let first_line = message.lines().next().unwrap_or("");
    let message = lower_first(first_line.trim_end_matches('.'));
    let mut problem = Diagnostic::new(Code::TemplateError, &path, span, message);
    // An error while rendering often depends on the page, and a reader of the report needs one to try again.
    if let Some(page) = page {
        problem = problem.label(page, Span::default(), "while making this page");
    }
    // A template of the program cannot be edited, so the help names the file to write instead.
    if sources.find(path.as_str()).is_some() {
        return problem;
    }
    problem.help(message!(
        "`{path}` is part of the program; a file of that name in the site takes its place.",
        path
    ))
}

/// Messages begin with a small letter, unlike Tera's.
fn lower_first(message: &str) -> String {
    let mut characters = message.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}
