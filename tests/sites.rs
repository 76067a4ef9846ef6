//! Whole sites as text: each file of `tests/sites` holds a site's sources, the problems expected in them, and what its pages must contain, in
//! the notation of `tests/support/text_site.rs`.
//!
//! `<<< article path` is the exact HTML of a page's article but for blank lines, `<<< has path` lines a file must contain in this order,
//! `<<< lacks path` lines it must not contain, `<<< files` the complete list of pages (without what every site has besides), `<<< copies` that of
//! copied files. Every problem must be marked, but `structure-differs` only in a case that mentions it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros
)]

mod changes;
mod new_pages;
mod rules;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use hjelp::workspace::Snapshot;
use libtest_mimic::Trial;

use support::levels::unexpected_levels;
use support::text_site::{Mark, TextBlock, TextCase, test_notation};
use support::trials;

fn main() -> ExitCode {
    let mut all = trials::one_per_file("sites", run);
    all.extend(trials::one_per_file("rules", rules::run));
    all.extend(trials::one_per_file("new_pages", new_pages::run));
    all.extend(trials::one_per_file("changes", changes::run));
    all.push(Trial::test(
        "rules::each-code-has-a-file",
        rules::test_completeness,
    ));
    all.push(Trial::test("support::notation", || {
        test_notation();
        Ok(())
    }));
    trials::main(all)
}

/// The ends of the paths of what every site has besides its pages.
const BESIDE: &[&str] = &[
    "xrefmap.yml",
    "toc.json",
    "a-z.html",
    "search.html",
    ".md",
    "llms.txt",
    "feed.xml",
    "helpmap.json",
    "go/index.html",
    "go/ids-0.js",
];

/// What a build of the case makes.
#[derive(Default)]
struct Built {
    marks: BTreeSet<Mark>,
    files: BTreeMap<String, String>,
    copies: Vec<String>,
    unexpected_levels: Vec<String>,
}

/// Builds the site and writes down what was found.
fn run(_: &str, cases: &mut [TextCase]) -> Vec<String> {
    let [case] = cases else {
        return vec!["a file of sites is a single case".to_owned()];
    };
    let mut built = Built::of(case);
    // Small sites for other purposes have translations that are none.
    let is_about_structure = case
        .all_lines()
        .iter()
        .any(|line| line.contains("structure-differs"));
    if !is_about_structure {
        built
            .marks
            .retain(|mark| !mark.message.starts_with("structure-differs: "));
    }
    let mut failures = case.set_marks(&built.marks);
    for block in &mut case.blocks {
        if !block.is_source() {
            failures.extend(built.write_down(block).err());
        }
    }
    failures.extend(one_sided(&built.files));
    failures.append(&mut built.unexpected_levels);
    failures
}

impl Built {
    fn of(case: &TextCase) -> Built {
        let mut built = Built::default();
        let snapshot = match Snapshot::new(case.site()) {
            Ok(snapshot) => snapshot,
            Err((sources, problems)) => {
                for problem in &problems {
                    built.marks.insert(Mark::of(problem, &sources));
                }
                built.unexpected_levels = unexpected_levels(&problems, &sources);
                return built;
            }
        };
        let sources = &snapshot.site.sources;
        let problems = snapshot.problems();
        for problem in &problems {
            built.marks.insert(Mark::of(problem, sources));
        }
        built.unexpected_levels = unexpected_levels(&problems, sources);
        let plan = snapshot.plan();
        for output in &plan.outputs {
            match snapshot.render(output) {
                Ok(file) => built.add(file.path.to_string(), file.bytes),
                Err(problem) => _ = built.marks.insert(Mark::of(&problem, sources)),
            }
        }
        for (from, to) in &plan.copies {
            built.copies.push(format!("{from} -> {to}"));
        }
        for (locale, _) in &plan.searches {
            for file in snapshot.search(*locale) {
                built.add(file.path.to_string(), file.bytes);
            }
        }
        for file in plan.ready {
            built.add(file.path.to_string(), file.bytes);
        }
        built
    }

    fn add(&mut self, path: String, bytes: Vec<u8>) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        self.files.insert(path, text);
    }

    /// Replaces the expectation by what there is, or returns why it doesn't hold.
    fn write_down(&self, block: &mut TextBlock) -> Result<(), String> {
        let found = match block.kind() {
            "copies" => self.copies.clone(),
            "files" => self.pages(),
            "article" => article(self.file(block.path_and_words().0)?),
            "has" => return self.has(block),
            "lacks" => return self.lacks(block),
            other => return Err(format!("unknown expectation `{other}`")),
        };
        if block.full_lines() != found {
            block.set_lines(&found);
        }
        Ok(())
    }

    fn file(&self, path: &str) -> Result<&str, String> {
        match self.files.get(path) {
            Some(text) => Ok(text),
            None => Err(format!("no `{path}` among {:#?}", self.files.keys())),
        }
    }

    fn pages(&self) -> Vec<String> {
        let mut pages = Vec::new();
        for path in self.files.keys() {
            let is_beside =
                path.starts_with("hjelp-assets/") || BESIDE.iter().any(|name| path.ends_with(name));
            if !is_beside {
                pages.push(path.clone());
            }
        }
        pages
    }

    fn has(&self, block: &TextBlock) -> Result<(), String> {
        let (path, _) = block.path_and_words();
        let mut rest = self.file(path)?;
        for line in block.full_lines() {
            match rest.split_once(line.trim()) {
                Some((_, after)) => rest = after,
                None => return Err(format!("`{path}` lacks (here) `{line}`:\n{rest}")),
            }
        }
        Ok(())
    }

    fn lacks(&self, block: &TextBlock) -> Result<(), String> {
        let (path, _) = block.path_and_words();
        let file = self.file(path)?;
        for line in block.full_lines() {
            if file.contains(line.trim()) {
                return Err(format!("`{path}` has `{line}`"));
            }
        }
        Ok(())
    }
}

/// The lines of a page's article; all of them if it has none.
fn article(page: &str) -> Vec<String> {
    let mut inside = page;
    if let Some((_, rest)) = page.split_once("<article")
        && let Some((_, rest)) = rest.split_once('>')
    {
        inside = rest;
    }
    let inside = inside.split("</article>").next().unwrap_or_default();
    let lines = inside.lines().filter(|line| !line.trim().is_empty());
    lines.map(str::to_owned).collect()
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
