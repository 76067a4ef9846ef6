//! Whole sites as text: each file of `tests/sites` holds a site's sources, the problems expected in them, and what its pages must say.
//!
//! `>>> path` begins a source. In a source, a line of carets under the line above marks a problem: `   ^^^^ code: message`; the caret line
//! is no part of the source. Words behind the path say how the file is written: `crlf`, `bom`, `utf16`, `bytes` (`\xE5` stands for that
//! byte), or that it is no text: `asset` (a picture says `size 800 600`), `unreadable`.
//! `<<< article path` begins the exact HTML of a page's article but for blank lines, `<<< has path` lines a file must contain in this order, `<<< lacks path`
//! lines it must not contain, `<<< files` the complete list of pages (not of what every site has beside them), `<<< copies` that of copied files. Every problem must be marked, but `structure-differs` only
//! in a case that speaks of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros
)]

mod rules;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hjelp::diagnostic::Diagnostic;
use hjelp::source::{Dimensions, LineIndex, SitePath, Source, Sources};
use hjelp::workspace::Snapshot;

#[test]
fn every_site_comes_out_as_written() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut cases: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let mut failures = String::new();
    for case in cases {
        let text = std::fs::read_to_string(&case).unwrap();
        if let Err(message) = run(&text) {
            writeln!(
                failures,
                "\n### {}\n{message}",
                case.file_name().unwrap().to_string_lossy()
            )
            .unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// What every site has beside its pages.
const BESIDE: &[&str] = &[
    "a-z.html",
    ".md",
    "llms.txt",
    "feed.xml",
    "helpmap.json",
    "go/index.html",
    "go/ids-0.js",
];

#[derive(Default)]
struct Case {
    sources: Vec<Source>,
    assets: Vec<(SitePath, u64)>,
    dimensions: Vec<(SitePath, Dimensions)>,
    unreadable: Vec<(SitePath, String)>,
    marks: Vec<String>,
    expectations: Vec<(String, String, Vec<String>)>,
}

fn run(text: &str) -> Result<(), String> {
    let case = read(text);
    let sources =
        Sources::new(case.sources, case.assets, case.unreadable).with_dimensions(case.dimensions);
    let mut found = Vec::new();
    let mut files = BTreeMap::new();
    let mut copies = Vec::new();
    match Snapshot::new(sources) {
        Err((sources, problems)) => {
            found.extend(problems.iter().map(|problem| mark(problem, &sources)))
        }
        Ok(snapshot) => {
            found.extend(
                snapshot
                    .problems()
                    .iter()
                    .map(|problem| mark(problem, &snapshot.site.sources)),
            );
            let plan = snapshot.plan();
            for output in &plan.outputs {
                match snapshot.render(output) {
                    Ok(file) => {
                        _ = files.insert(
                            file.path.to_string(),
                            String::from_utf8(file.bytes).unwrap(),
                        )
                    }
                    Err(problem) => found.push(mark(&problem, &snapshot.site.sources)),
                }
            }
            copies = plan
                .copies
                .iter()
                .map(|(from, to)| format!("{from} -> {to}"))
                .collect();
            for (locale, _) in &plan.searches {
                files.extend(snapshot.search(*locale).into_iter().map(|file| {
                    (
                        file.path.to_string(),
                        String::from_utf8(file.bytes).unwrap(),
                    )
                }));
            }
            files.extend(plan.ready.into_iter().map(|file| {
                (
                    file.path.to_string(),
                    String::from_utf8_lossy(&file.bytes).into_owned(),
                )
            }));
        }
    }
    let mut wanted = case.marks;
    // Small sites for other purposes have translations that are none.
    if !text.contains("structure-differs") {
        found.retain(|mark| !mark.contains(" structure-differs: "));
    }
    found.sort();
    found.dedup();
    wanted.sort();
    let mut failures = Vec::new();
    if found != wanted {
        failures.push(format!(
            "problems found:\n{}\nproblems expected:\n{}",
            found.join("\n"),
            wanted.join("\n")
        ));
    }
    let outcomes = case
        .expectations
        .iter()
        .map(|(what, path, lines)| expect(what, path, lines, &files, &copies));
    failures.extend(outcomes.filter_map(Result::err));
    failures.extend(one_sided(&files));
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n"))
    }
}

fn expect(
    what: &str,
    path: &str,
    lines: &[String],
    files: &BTreeMap<String, String>,
    copies: &[String],
) -> Result<(), String> {
    if what == "copies" {
        return if copies == lines {
            Ok(())
        } else {
            Err(format!("copies:\n{copies:#?}"))
        };
    }
    if what == "files" {
        let pages: Vec<&String> = files
            .keys()
            .filter(|path| {
                !path.starts_with("hjelp-assets/")
                    && !path.ends_with("xrefmap.yml")
                    && !path.ends_with("toc.json")
            })
            .filter(|path| !BESIDE.iter().any(|name| path.ends_with(name)))
            .collect();
        let same = pages
            .iter()
            .map(|path| path.as_str())
            .eq(lines.iter().map(String::as_str));
        return if same {
            Ok(())
        } else {
            Err(format!("files:\n{pages:#?}"))
        };
    }
    let file = files
        .get(path)
        .ok_or_else(|| format!("no `{path}` among {:#?}", files.keys()))?;
    match what {
        "article" => {
            let start = file
                .find("<article")
                .and_then(|at| Some(at + file[at..].find('>')? + 1))
                .unwrap_or(0);
            let article = file[start..].split("</article>").next().unwrap().lines();
            let article = article
                .filter(|line| !line.trim().is_empty())
                .collect::<Vec<_>>()
                .join("\n");
            if article == lines.join("\n") {
                Ok(())
            } else {
                Err(format!("article of {path}:\n{article}"))
            }
        }
        "has" => {
            let mut rest = file.as_str();
            for line in lines {
                rest = rest
                    .split_once(line.trim())
                    .ok_or_else(|| format!("`{path}` does not say (here) `{line}`:\n{rest}"))?
                    .1;
            }
            Ok(())
        }
        "lacks" => lines.iter().try_for_each(|line| {
            if file.contains(line.trim()) {
                Err(format!("`{path}` says `{line}`"))
            } else {
                Ok(())
            }
        }),
        other => Err(format!("unknown expectation `{other}`")),
    }
}

/// What search engines would not believe, on any site: a page listed as a translation that doesn't list the same ones, isn't in the sitemap
/// or says in its head otherwise than there; one that is listed although it stands in for another.
fn one_sided(files: &BTreeMap<String, String>) -> Vec<String> {
    let Some(sitemap) = files.get("sitemap.xml") else {
        return Vec::new();
    };
    let attribute = |tag: &str, name: &str| {
        tag.split_once(&format!("{name}=\""))
            .and_then(|(_, rest)| rest.split('"').next())
            .unwrap_or("")
            .to_owned()
    };
    let links = |text: &str| -> Vec<(String, String)> {
        let tags = text
            .split('<')
            .filter(|tag| tag.contains("rel=\"alternate\"") && tag.contains("hreflang="));
        tags.map(|tag| (attribute(tag, "hreflang"), attribute(tag, "href")))
            .collect()
    };
    let listed: BTreeMap<&str, Vec<(String, String)>> = sitemap
        .split("<url>")
        .skip(1)
        .map(|url| {
            (
                url.split("<loc>")
                    .nth(1)
                    .unwrap()
                    .split('<')
                    .next()
                    .unwrap(),
                links(url),
            )
        })
        .collect();
    let mut wrong = Vec::new();
    for (url, alternates) in &listed {
        let languages: std::collections::BTreeSet<_> =
            alternates.iter().map(|(language, _)| language).collect();
        let complete = alternates.is_empty()
            || alternates.iter().any(|(_, other)| other == url)
                && languages.iter().any(|tag| *tag == "x-default");
        if languages.len() != alternates.len() || !complete {
            wrong.push(format!("sitemap: {url} lists {alternates:?}"));
        }
        wrong.extend(
            alternates
                .iter()
                .filter(|(_, other)| listed.get(other.as_str()) != Some(alternates))
                .map(|(_, other)| format!("sitemap: {url} lists {other}, which doesn't agree")),
        );
    }
    for (path, html) in files.iter().filter(|(_, html)| {
        html.contains("<link rel=\"canonical\"") && !html.contains("http-equiv=\"refresh\"")
    }) {
        let canonical = html
            .split('<')
            .find(|tag| tag.contains("rel=\"canonical\""))
            .map(|tag| attribute(tag, "href"))
            .unwrap();
        // Only a page that is in the sitemap under its own address may list others, and lists those it lists there.
        let known = listed
            .get(canonical.as_str())
            .filter(|_| canonical.ends_with(&format!("/{path}")));
        let head = links(html.split("</head>").next().unwrap());
        if known.map_or(!head.is_empty(), |known| *known != head) {
            wrong.push(format!(
                "{path}: its head lists {head:?}, the sitemap {known:?}"
            ));
        }
    }
    wrong
}

fn read(text: &str) -> Case {
    let mut case = Case::default();
    let mut source: Option<(&str, Vec<&str>)> = None;
    for line in text.lines() {
        if let Some(head) = line.strip_prefix(">>> ") {
            case.finish(source.replace((head, Vec::new())));
        } else if let Some(what) = line.strip_prefix("<<< ") {
            case.finish(source.take());
            let (what, path) = what.split_once(' ').unwrap_or((what, ""));
            case.expectations
                .push((what.to_owned(), path.to_owned(), Vec::new()));
        } else if let Some((head, lines)) = &mut source {
            match caret(line) {
                Some((column, width, message)) => {
                    let (path, _) = path_and_words(head);
                    case.marks.push(format!(
                        "{path}:{}:{column}+{width} {message}",
                        lines.len().max(1)
                    ));
                }
                None => lines.push(line),
            }
        } else if let Some((_, _, lines)) = case.expectations.last_mut()
            && !line.trim().is_empty()
        {
            lines.push(line.to_owned());
        }
    }
    case.finish(source);
    case
}

impl Case {
    fn finish(&mut self, source: Option<(&str, Vec<&str>)>) {
        let Some((head, lines)) = source else { return };
        let (path, words) = path_and_words(head);
        let path = SitePath::new(path).unwrap();
        let end = if words.contains(&"crlf") {
            "\r\n"
        } else {
            "\n"
        };
        let text: String = lines.iter().flat_map(|line| [*line, end]).collect();
        match words.as_slice() {
            ["asset"] if text.starts_with("size ") => {
                let mut size = text
                    .split_whitespace()
                    .skip(1)
                    .map(|number| number.parse().unwrap());
                self.dimensions.extend(
                    Dimensions::new(size.next().unwrap(), size.next().unwrap())
                        .map(|size| (path.clone(), size)),
                );
                self.assets.push((path, text.len() as u64));
            }
            ["asset"] => self.assets.push((path, text.len() as u64)),
            ["unreadable"] => self.unreadable.push((path, "permission denied".to_owned())),
            words => self
                .sources
                .push(Source::from_bytes(path, bytes(&text, words))),
        }
    }
}

/// `path word word`: the path may have spaces, so only known words are taken from its end.
fn path_and_words(head: &str) -> (&str, Vec<&str>) {
    let (mut path, mut words) = (head, Vec::new());
    while let Some((before, word)) = path.rsplit_once(' ')
        && ["crlf", "bom", "utf16", "bytes", "asset", "unreadable"].contains(&word)
    {
        (path, _) = (before, words.push(word));
    }
    (path, words)
}

fn bytes(text: &str, words: &[&str]) -> Vec<u8> {
    if words.contains(&"utf16") {
        return [0xFF, 0xFE]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
    }
    let mut bytes = if words.contains(&"bom") {
        "\u{FEFF}".as_bytes().to_vec()
    } else {
        Vec::new()
    };
    for (number, part) in text.split("\\x").enumerate() {
        let code = part
            .get(..2)
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        match code.filter(|_| number > 0 && words.contains(&"bytes")) {
            Some(code) => bytes.extend([code].iter().chain(&part.as_bytes()[2..])),
            None => bytes.extend(
                (if number > 0 { "\\x" } else { "" })
                    .bytes()
                    .chain(part.bytes()),
            ),
        }
    }
    bytes
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
    let place = &problem.location;
    let text = sources
        .find(place.path.as_str())
        .map_or("", |id| &sources.get(id).text);
    let index = LineIndex::new(text);
    let start = index.position(text, place.span.start as usize);
    let line_end = index.line(text, start.line).end;
    let width = text
        .get(place.span.start as usize..(place.span.end as usize).min(line_end))
        .map_or(0, |typed| typed.chars().count());
    let mut out = format!(
        "{}:{}:{}+{} {}: {}",
        place.path,
        start.line,
        start.column,
        width.max(1),
        problem.code,
        problem.message
    );
    for label in &problem.labels {
        write!(out, " | {}: {}", label.location.path, label.text).unwrap();
    }
    for help in &problem.help {
        write!(out, " | {help}").unwrap();
    }
    for include in &problem.includes {
        write!(out, " | via {}", include.path).unwrap();
    }
    out
}
