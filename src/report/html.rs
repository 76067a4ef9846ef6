//! Problems -> one page of HTML without any other file, to be sent to a colleague: the counts, then file by file.

use std::fmt::Write;

use super::format::{Report, ReportFormat};
use super::numbers::counted_by_level;
use super::positions::Positions;
use crate::diagnostic::Diagnostic;
use crate::locale::problem_texts::MessageLanguage;
use crate::message;
use crate::source::escape::escaped;

/// A page of its own.
pub(super) static HTML: ReportFormat = ReportFormat {
    name: "html",
    about: "A page to send to a colleague",
    is_for_terminals: false,
    write: html,
};

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>hjelp: problems</title>\n<style>\n\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}\n\
h2{font-size:1.1rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}\nul{padding-left:1.2rem}\nli{margin:.5rem 0}\n\
b.error{color:#b00020}b.warning{color:#8a5300}b.note{color:#444}\npre{background:#f4f4f4;padding:.4rem .6rem;overflow-x:auto;margin:.3rem 0}\n\
@media(prefers-color-scheme:dark){body{color:#eee;background:#181818}pre{background:#262626}b.error{color:#ff8a8a}b.warning{color:#ffc266}b.note{color:#bbb}}\n\
</style>\n</head>\n<body>\n";

fn html(report: &Report<'_>) -> String {
    let problems = report.problems;
    let mut positions = Positions::new(report.sources);
    let language = report.options.language;
    let head = HEAD.replace("lang=\"en\"", &format!("lang=\"{}\"", language.tag()));
    let mut text = format!("{head}<h1>{}</h1>\n", heading(problems, language));
    for file in problems.chunk_by(|a, b| a.location.path == b.location.path) {
        let path = format!("{}{}", report.options.base, file[0].location.path);
        let _ = write!(text, "<h2>{}</h2>\n<ul>\n", escaped(&path));
        for problem in file {
            let line = positions.region(&problem.location).line;
            text.push_str(&item(report, problem, line));
        }
        text.push_str("</ul>\n");
    }
    text.push_str("</body>\n</html>\n");
    text
}

fn item(report: &Report<'_>, problem: &Diagnostic, line: usize) -> String {
    let language = report.options.language;
    let level = problem.level.name();
    let place = message!("line {line}", line);
    let mut text = format!(
        "<li><b class=\"{level}\">{}</b> <code>{}</code>, {}: {}",
        language.words(&level.into()),
        problem.code,
        language.words(&place),
        escaped(&language.words(&problem.message))
    );
    for help in &problem.help {
        let _ = write!(text, "<br>{}", escaped(&language.words(help)));
    }
    if let Some(id) = report.sources.find(problem.location.path.as_str())
        && !problem.location.span.is_empty()
    {
        let source = &report.sources.get(id).text;
        let typed = source.lines().nth(line - 1).unwrap_or("");
        // A line may be a whole paragraph.
        let cut: String = typed.chars().take(200).collect();
        let _ = write!(text, "<pre>{}</pre>", escaped(&cut));
    }
    text.push_str("</li>\n");
    text
}

fn heading(problems: &[Diagnostic], language: MessageLanguage) -> String {
    match problems.is_empty() {
        true => language.words(&"No problems".into()).into_owned(),
        false => counted_by_level(problems, language),
    }
}
