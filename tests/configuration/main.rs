//! Whole configurations, and what they mean. A line of carets marks a problem in the line above.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_macros
)]

mod corpus;
mod damaged;
mod docfx;
mod hjelp_yml;

use hjelp::config::{Config, FileKind, read};
use hjelp::diagnostic::Diagnostic;
use hjelp::source::{SitePath, Source, Sources};

fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap()
}

/// A site of these files, which are empty unless their text is given after a line break; pictures are not text.
fn sources(files: &[&str]) -> Sources {
    let (pictures, texts): (Vec<&str>, Vec<&str>) = files
        .iter()
        .partition(|file| !file.contains('\n') && file.ends_with(".png"));
    let texts = texts.into_iter().map(|file| {
        let (name, text) = file.split_once('\n').unwrap_or((file, ""));
        Source::from_text(path(name), text)
    });
    Sources::new(
        texts.collect(),
        pictures.into_iter().map(|name| (path(name), 1)),
        [],
    )
}

fn config(files: &[&str]) -> Config {
    let config = read(&sources(files)).unwrap();
    assert_eq!(config.problems, []);
    config
}

fn folders(config: &Config) -> String {
    let name = |id| config.locales.get(id).folder.clone();
    let chains = config.locales.ids().map(|id| {
        config
            .locales
            .fallback_chain(id)
            .into_iter()
            .map(name)
            .collect::<Vec<_>>()
            .join(">")
    });
    chains.collect::<Vec<_>>().join(" ")
}

fn localized(config: &Config) -> Vec<&str> {
    config.localized.iter().map(SitePath::as_str).collect()
}

/// `no page docs/x.md`, `copy a.png`, or nothing.
fn placed(config: &Config, file: &str) -> String {
    let Some(placed) = config.map_file(&path(file)) else {
        return String::new();
    };
    let locale = placed
        .locale
        .map(|id| format!("{} ", config.locales.get(id).folder))
        .unwrap_or_default();
    let kind = if placed.kind == FileKind::Pages {
        "page"
    } else {
        "copy"
    };
    format!("{locale}{kind} {}", placed.output)
}

/// The text with carets under every problem that belongs to it.
fn annotated(text: &str, problems: &[Diagnostic]) -> String {
    let mut out = String::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        out.push_str(line);
        for problem in problems {
            let (from, to) = (
                problem.location.span.start as usize,
                problem.location.span.end as usize,
            );
            if from >= start && from < start + line.len() {
                let before = text[start..from].chars().count();
                let carets = text[from..to.min(start + line.trim_end().len()).max(from)]
                    .chars()
                    .count()
                    .max(1);
                let help: Vec<&str> = problem.help.iter().map(|help| &**help).collect();
                let help = help.join(" ");
                out.push_str(&format!(
                    "{}{} {}: {} ({help})\n",
                    " ".repeat(before),
                    "^".repeat(carets),
                    problem.code,
                    problem.message
                ));
            }
        }
        start += line.len();
    }
    out
}

/// Holds `expected` against what is said about it without its carets.
fn complains(name: &str, expected: &str, files: &[&str]) {
    let text: String = expected
        .split_inclusive('\n')
        .filter(|line| !line.trim_start().starts_with('^'))
        .collect();
    let file = format!("{name}\n{text}");
    let problems = match read(&sources(&[&[file.as_str()], files].concat())) {
        Ok(config) => config.problems,
        Err(problems) => problems,
    };
    assert!(
        problems
            .iter()
            .all(|problem| problem.location.path.as_str() == name)
    );
    let found = annotated(&text, &problems);
    assert!(found == expected, "expected\n{expected}\nfound\n{found}");
}
