//! Whole sites as text: each file of `tests/sites` holds a site's sources, the problems expected in them, and what its pages must say.
//!
//! `>>> path` begins a source. In a source, a line of carets under the line above marks a problem: `   ^^^^ code: message`; the caret line
//! is no part of the source. `<<< article path` begins the exact HTML of a page's article, `<<< has path` lines a file must contain in this
//! order, `<<< lacks path` lines it must not contain, `<<< files` the complete list of pages. Every problem must be marked.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, clippy::disallowed_macros)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hjelp::diagnostic::Diagnostic;
use hjelp::source::{LineIndex, SitePath, Source, Sources};
use hjelp::workspace::Snapshot;

#[test]
fn every_site_comes_out_as_written() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut cases: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    let mut failures = String::new();
    for case in cases {
        let text = std::fs::read_to_string(&case).unwrap();
        if let Err(message) = run(&text) {
            writeln!(failures, "\n### {}\n{message}", case.file_name().unwrap().to_string_lossy()).unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[derive(Default)]
struct Case {
    sources: Vec<Source>,
    marks: Vec<String>,
    expectations: Vec<(String, String, Vec<String>)>,
}

fn run(text: &str) -> Result<(), String> {
    let case = read(text);
    let assets = [("content/media/dot.png", 95), ("media/dot.svg", 20)];
    let assets = assets.map(|(path, size)| (SitePath::new(path).unwrap(), size));
    let sources = Sources::new(case.sources, assets, []);
    let mut found = Vec::new();
    let mut files = BTreeMap::new();
    match Snapshot::new(sources) {
        Err((sources, problems)) => found.extend(problems.iter().map(|problem| mark(problem, &sources))),
        Ok(snapshot) => {
            found.extend(snapshot.problems().iter().map(|problem| mark(problem, &snapshot.site.sources)));
            let plan = snapshot.plan();
            for recipe in &plan.recipes {
                match snapshot.bake(recipe) {
                    Ok(artifact) => _ = files.insert(artifact.path.to_string(), String::from_utf8(artifact.bytes).unwrap()),
                    Err(problem) => found.push(mark(&problem, &snapshot.site.sources)),
                }
            }
            files.extend(
                plan.ready.into_iter().map(|artifact| (artifact.path.to_string(), String::from_utf8_lossy(&artifact.bytes).into_owned())),
            );
        }
    }
    let mut wanted = case.marks;
    found.sort();
    found.dedup();
    wanted.sort();
    if found != wanted {
        return Err(format!("problems found:\n{}\nproblems expected:\n{}", found.join("\n"), wanted.join("\n")));
    }
    case.expectations.iter().try_for_each(|(what, path, lines)| expect(what, path, lines, &files))
}

fn expect(what: &str, path: &str, lines: &[String], files: &BTreeMap<String, String>) -> Result<(), String> {
    if what == "files" {
        let pages: Vec<&String> = files.keys().filter(|path| !path.starts_with("hjelp-assets/")).collect();
        let same = pages.iter().map(|path| path.as_str()).eq(lines.iter().map(String::as_str));
        return if same { Ok(()) } else { Err(format!("files:\n{pages:#?}")) };
    }
    let file = files.get(path).ok_or_else(|| format!("no `{path}` among {:#?}", files.keys()))?;
    match what {
        "article" => {
            let start = file.find("<article").and_then(|at| Some(at + file[at..].find('>')? + 1)).unwrap_or(0);
            let article = file[start..].split("</article>").next().unwrap().trim();
            let wanted = lines.join("\n");
            if article == wanted.trim() { Ok(()) } else { Err(format!("article of {path}:\n{article}")) }
        }
        "has" => {
            let mut rest = file.as_str();
            for line in lines {
                rest = rest.split_once(line.trim()).ok_or_else(|| format!("`{path}` does not say (here) `{line}`:\n{rest}"))?.1;
            }
            Ok(())
        }
        "lacks" => {
            lines.iter().try_for_each(|line| if file.contains(line.trim()) { Err(format!("`{path}` says `{line}`")) } else { Ok(()) })
        }
        other => Err(format!("unknown expectation `{other}`")),
    }
}

fn read(text: &str) -> Case {
    let mut case = Case::default();
    let mut source: Option<(String, Vec<&str>)> = None;
    let finish = |source: &mut Option<(String, Vec<&str>)>, case: &mut Case| {
        if let Some((path, lines)) = source.take() {
            let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
            case.sources.push(Source::from_text(SitePath::new(&path).unwrap(), text));
        }
    };
    for line in text.lines() {
        if let Some(path) = line.strip_prefix(">>> ") {
            finish(&mut source, &mut case);
            source = Some((path.to_owned(), Vec::new()));
        } else if let Some(what) = line.strip_prefix("<<< ") {
            finish(&mut source, &mut case);
            let (what, path) = what.split_once(' ').unwrap_or((what, ""));
            case.expectations.push((what.to_owned(), path.to_owned(), Vec::new()));
        } else if let Some((path, lines)) = &mut source {
            match caret(line) {
                Some((column, width, message)) => case.marks.push(format!("{path}:{}:{column}+{width} {message}", lines.len())),
                None => lines.push(line),
            }
        } else if let Some((_, _, lines)) = case.expectations.last_mut()
            && !line.trim().is_empty()
        {
            lines.push(line.to_owned());
        }
    }
    finish(&mut source, &mut case);
    case
}

fn caret(line: &str) -> Option<(usize, usize, &str)> {
    let marks = line.trim_start();
    let column = line.chars().count() - marks.chars().count() + 1;
    let width = marks.chars().take_while(|&sign| sign == '^').count();
    let message = marks.get(width..)?.strip_prefix(' ')?;
    (width > 0).then_some((column, width, message))
}

/// A problem as a caret line says it; what runs over several lines is marked on the first.
fn mark(problem: &Diagnostic, sources: &Sources) -> String {
    let place = &problem.place;
    let text = sources.find(place.path.as_str()).map_or("", |id| &sources.get(id).text);
    let index = LineIndex::new(text);
    let start = index.position(text, place.span.start as usize);
    let line_end = index.line(text, start.line).end;
    let width = text.get(place.span.start as usize..(place.span.end as usize).min(line_end)).map_or(0, |typed| typed.chars().count());
    let mut out = format!("{}:{}:{}+{} {}: {}", place.path, start.line, start.column, width.max(1), problem.code, problem.message);
    for help in &problem.help {
        write!(out, " | {help}").unwrap();
    }
    for include in &problem.includes {
        write!(out, " | via {}", include.path).unwrap();
    }
    out
}
