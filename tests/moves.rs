//! Changes of structure at random: sites in three languages with awkward names and links of every form, and sequences of moves, new names and
//! ends of pages. After each change every reference leads where it led, there is no new problem, and every address that was ever
//! published shows its page, after one redirect at most.
//!
//! `HJELP_SEQUENCES=20000 cargo test --test moves` tries more of them; `HJELP_FIRST=500` begins at a later one.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_macros,
    clippy::disallowed_methods
)]

use std::collections::BTreeSet;
use std::sync::Arc;

use hjelp::addresses::{LostAddress, PublishedAddresses, compare};
use hjelp::refactor::moves::{MoveRequest, Relocation, plan_move};
use hjelp::refactor::rename::{RenameRequest, Renamed, plan_rename};
use hjelp::refactor::retire::{RetireRequest, plan_retire};
use hjelp::refactor::{ChangePlan, lost_links};
use hjelp::source::changed_sources::changed_sources;
use hjelp::source::edit::FileChange;
use hjelp::source::{SitePath, Source, Sources};
use hjelp::workspace::Snapshot;

const LOCALES: [&str; 3] = ["no", "en", "de"];

/// Names that mean something to Markdown, YAML, addresses or file systems.
const NAMES: [&str; 8] = ["avtale", "møte", "a b", "x&y", "100%", "(ny)", "c#", "it's"];

const FOLDERS: [&str; 4] = ["", "salg/", "salg/nye kunder/", "é/"];

/// A generator of numbers that is the same everywhere (Knuth's linear congruential one).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

/// A path as an author would type it in Markdown.
fn typed(from: &str, to: &str, numbers: &mut Numbers) -> String {
    let (from, to) = (SitePath::new(from).unwrap(), SitePath::new(to).unwrap());
    let relative = to
        .relative_to(&from.parent())
        .replace('%', "%25")
        .replace('#', "%23");
    let escaped = relative
        .replace(' ', "%20")
        .replace('(', "%28")
        .replace(')', "%29");
    match numbers.below(8) {
        0 => format!("[a]({escaped})"),
        1 => format!("[a](./{escaped}#del)"),
        2 => format!("[a](<{relative}> \"tittel\")"),
        3 => format!("[a][{}]\n\n[{0}]: {escaped}", numbers.below(1_000_000)),
        4 => format!("<a href=\"{}\">a</a>", escaped.replace('&', "&amp;")),
        5 => format!(
            "[a](~/{})",
            to.to_string()
                .replace('%', "%25")
                .replace('#', "%23")
                .replace(' ', "%20")
                .replace('(', "%28")
                .replace(')', "%29")
        ),
        6 => format!("| a | b |\n|---|---|\n| [a]({escaped}) | b |"),
        _ => format!("> [!NOTE]\n> [a]({escaped})"),
    }
}

fn site(numbers: &mut Numbers) -> Sources {
    let mut pages = BTreeSet::new();
    for folder in FOLDERS {
        for _ in 0..3 {
            pages.insert(format!("{folder}{}.md", numbers.of(&NAMES)));
        }
    }
    let pages: Vec<String> = pages.into_iter().collect();
    let mut texts = vec![Source::from_text(
        SitePath::new("hjelp.yml").unwrap(),
        "content: content\ndefault-locale: no\n",
    )];
    for locale in LOCALES {
        let root = format!("content/{locale}");
        let mut toc = String::new();
        for page in &pages {
            // Not every page is translated.
            if locale != "no" && numbers.below(3) == 0 {
                continue;
            }
            let path = format!("{root}/{page}");
            let mut text = match numbers.below(3) {
                0 => "---\ntitle: Side\n---\n\n".to_owned(),
                1 => {
                    "---\nredirect_from:\n  - eldre-".to_owned()
                        + &format!("{}.md\n---\n\n", numbers.below(1_000_000_000))
                }
                _ => String::new(),
            };
            text.push_str("# Side\n\n## Del\n\n");
            for _ in 0..3 {
                let to = format!("{root}/{}", numbers.of(&pages));
                text.push_str(&typed(&path, &to, numbers));
                text.push_str("\n\n");
            }
            let include = SitePath::new("felles/felles.md").unwrap();
            let from = SitePath::new(&path).unwrap().parent();
            let include = include.relative_to(&from);
            text.push_str(&format!("[!include[x]({include})]\n"));
            toc.push_str(&format!(
                "- name: Side\n  href: \"{}\"\n",
                page.replace('%', "%25").replace('#', "%23")
            ));
            texts.push(Source::from_text(SitePath::new(&path).unwrap(), text));
        }
        texts.push(Source::from_text(
            SitePath::new(&format!("{root}/toc.yml")).unwrap(),
            toc,
        ));
        texts.push(Source::from_text(
            SitePath::new(&format!("{root}/index.md")).unwrap(),
            "# Start\n",
        ));
    }
    let include = format!(
        "[x](../content/no/{})\n",
        pages[0]
            .replace('%', "%25")
            .replace('#', "%23")
            .replace(' ', "%20")
            .replace('(', "%28")
            .replace(')', "%29")
    );
    texts.push(Source::from_text(
        SitePath::new("felles/felles.md").unwrap(),
        include,
    ));
    Sources::new(texts, [], [])
}

/// Something that exists, and a new place for it.
fn request(sources: &Sources, number: usize, numbers: &mut Numbers) -> MoveRequest {
    let mut movable = Vec::new();
    for source in sources.texts() {
        let path = &source.path;
        if path.has_extension("md")
            && path.stem() != "index"
            && path.as_str().starts_with("content/no/")
        {
            movable.push(path.clone());
        }
    }
    let path = numbers.of(&movable).clone();
    let folder = path.parent();
    // A whole folder from time to time, but not the language.
    let (from, end) = match numbers.below(4) {
        0 if folder.segments().count() > 2 => (folder, ""),
        _ => (path, ".md"),
    };
    let to = format!(
        "content/no/{}{}{number}{end}",
        numbers.of(&FOLDERS),
        numbers.of(&NAMES)
    );
    MoveRequest {
        from,
        to,
        locales: Vec::new(),
        redirects: true,
    }
}

fn problems(snapshot: &Snapshot, relocation: &Relocation) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for problem in snapshot.problems() {
        let path = relocation.path_after(&problem.location.path);
        all.insert(format!("{} in {path}", problem.code));
    }
    all
}

fn snapshot_of(sources: Sources) -> Snapshot {
    Snapshot::new(sources)
        .map_err(|(_, problems)| problems)
        .unwrap()
}

/// One site, and `moves` moves of it. Returns how many were made.
fn sequence(seed: u64, moves: usize) -> usize {
    let mut numbers = Numbers(seed);
    let mut snapshot = snapshot_of(site(&mut numbers));
    let mut published = vec![PublishedAddresses::of(&snapshot.site)];
    let mut made = 0;
    for number in 0..moves {
        let request = request(&snapshot.site.sources, number, &mut numbers);
        let plan = match plan_move(&snapshot.site, &request) {
            Ok(plan) => plan,
            // Into itself, or where something is.
            Err(_) => continue,
        };
        assert_eq!(plan.notes, [""; 0], "seed {seed}: {request:?}");
        let before = problems(&snapshot, &plan.relocation);
        let after = changed_sources(&snapshot.site.sources, &plan.changes);
        let after = snapshot.with_sources(Arc::new(after));
        let lost = lost_links(&snapshot.site, &after.site, &plan.relocation);
        assert_eq!(lost, [""; 0], "seed {seed}: {request:?}");
        let new: Vec<String> = problems(&after, &Relocation::default())
            .difference(&before)
            .cloned()
            .collect();
        assert_eq!(new, [""; 0], "seed {seed}: {request:?}");
        let now = PublishedAddresses::of(&after.site);
        for earlier in &published {
            for lost in compare(earlier, &now).lost {
                if let LostAddress::Page(path) = &lost {
                    let (was, is) = (&earlier.pages[path], now.pages.get(path));
                    panic!("seed {seed}: {request:?}: `{path}` is lost: {was:?} {is:?}");
                }
            }
        }
        published.push(now);
        snapshot = after;
        made += 1;
    }
    made
}

#[test]
fn moves_lose_no_reference_and_no_address() {
    let mut made = 0;
    for seed in 0..60 {
        made += sequence(seed, 5);
    }
    // Most requests can be met; otherwise the test says nothing.
    assert!(made > 200, "{made}");
}

/// The Norwegian pages but for the start page.
fn pages(sources: &Sources) -> Vec<SitePath> {
    let mut pages = Vec::new();
    for source in sources.texts() {
        let path = &source.path;
        let is_norwegian = path.as_str().starts_with("content/no/");
        if is_norwegian && path.has_extension("md") && path.stem() != "index" {
            pages.push(path.clone());
        }
    }
    pages
}

/// What is asked for, as a failure names it, and the plan if it can be made.
fn change(
    snapshot: &Snapshot,
    number: usize,
    numbers: &mut Numbers,
) -> (String, Option<ChangePlan>) {
    let site = &snapshot.site;
    let pages = pages(&site.sources);
    if pages.len() < 3 || numbers.below(2) == 0 {
        let request = request(&site.sources, number, numbers);
        let plan = plan_move(site, &request);
        return (format!("{request:?}"), plan.ok());
    }
    let page = numbers.of(&pages).clone();
    if numbers.below(3) == 0 {
        let request = RetireRequest {
            page,
            to: Some((numbers.of(&pages).clone(), None)),
            locales: Vec::new(),
            redirects: true,
            unlink: false,
            prune: false,
        };
        let plan = plan_retire(site, &request).map(|retired| retired.plan);
        return (format!("{request:?}"), plan.ok());
    }
    let id = site.sources.find(page.as_str()).unwrap();
    let headings = site.headings(id);
    let heading = numbers.of(&headings);
    let what = match heading.level {
        1 => Renamed::Title(page),
        _ => Renamed::Heading(page, heading.id.clone()),
    };
    let request = RenameRequest {
        what,
        to: format!("{} {number}", numbers.of(&NAMES)),
        locales: Vec::new(),
        redirects: true,
        texts: numbers.below(2) == 0,
        dialect: snapshot.dialect,
    };
    let plan = plan_rename(site, &request);
    (format!("{request:?}"), plan.ok())
}

/// One site, and `changes` changes of it of all kinds. Returns how many were made.
fn mixed_sequence(seed: u64, changes: usize) -> usize {
    let mut numbers = Numbers(seed);
    let mut snapshot = snapshot_of(site(&mut numbers));
    let mut published = BTreeSet::new();
    let mut made = 0;
    for number in 0..changes {
        let now = PublishedAddresses::of(&snapshot.site);
        published.extend(now.pages.into_keys());
        let (asked, plan) = change(&snapshot, number, &mut numbers);
        let Some(plan) = plan else {
            continue;
        };
        let asked = format!("seed {seed}, change {number}: {asked}");
        let after = changed_sources(&snapshot.site.sources, &plan.changes);
        let after = snapshot.with_sources(Arc::new(after));
        let is_end = plan
            .changes
            .iter()
            .any(|change| matches!(change, FileChange::Delete { .. }));
        if !is_end {
            let lost = lost_links(&snapshot.site, &after.site, &plan.relocation);
            assert_eq!(lost, [""; 0], "{asked}");
        }
        let before = problems(&snapshot, &plan.relocation);
        for problem in problems(&after, &Relocation::default()) {
            // A heading that keeps its old id has a tag that its translations lack.
            let is_expected = problem.starts_with("structure-differs");
            assert!(
                before.contains(&problem) || is_expected,
                "{asked}: {problem}"
            );
        }
        let now = PublishedAddresses::of(&after.site);
        for path in &published {
            let page = now.pages.get(path);
            let page = page.unwrap_or_else(|| panic!("{asked}: `{path}` is lost"));
            let Some(next) = &page.redirect else {
                continue;
            };
            let shown = now.pages.get(next);
            let is_shown = shown.is_some_and(|page| page.redirect.is_none());
            assert!(is_shown, "{asked}: `{path}` leads to `{next}`");
        }
        snapshot = after;
        made += 1;
    }
    made
}

fn number_of(variable: &str, default: u64) -> u64 {
    match std::env::var(variable) {
        Ok(text) => text.parse().unwrap(),
        Err(_) => default,
    }
}

#[test]
fn changes_of_all_kinds_lose_no_reference_and_no_address() {
    let first = number_of("HJELP_FIRST", 0);
    let sequences = number_of("HJELP_SEQUENCES", 40);
    let mut made = 0;
    for seed in first..first + sequences {
        made += mixed_sequence(seed, 6);
        if sequences > 100 && seed % 100 == 99 {
            println!("{} sequences, {made} changes", seed + 1);
        }
    }
    // Most requests can be met; otherwise the test says nothing.
    assert!(made as u64 > sequences * 3, "{made}");
}
