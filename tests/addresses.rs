//! Published addresses under random edits, and redirects of every form that lead nowhere, round in circles or on to others.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use hjelp::addresses::{PublishedAddresses, compare, lost_addresses};
use hjelp::diagnostic::{Diagnostic, apply_fixes};
use hjelp::source::{SitePath, Source, Sources};
use hjelp::workspace::Snapshot;

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
}

/// The texts of a site by their paths.
type Texts = BTreeMap<String, String>;

fn sources(texts: &Texts) -> Sources {
    let mut sources = Vec::new();
    for (path, text) in texts {
        sources.push(Source::from_text(
            SitePath::new(path).unwrap(),
            text.as_str(),
        ));
    }
    Sources::new(sources, [], [])
}

fn snapshot(texts: &Texts) -> Snapshot {
    Snapshot::new(sources(texts))
        .map_err(|(_, problems)| problems)
        .unwrap()
}

/// The languages with files of their own; `de` shows the Norwegian pages.
const WRITTEN: [&str; 2] = ["no", "en"];

const FOLDERS: [&str; 2] = ["", "salg/"];

const NAMES: [&str; 4] = ["avtale", "møte", "a b", "x&y"];

fn site(numbers: &mut Numbers) -> Texts {
    let mut texts = Texts::new();
    let configuration = "content: content\ndefault-locale: no\nlocales:\n- folder: no\n- folder: en\n- folder: de\n";
    texts.insert("hjelp.yml".to_owned(), configuration.to_owned());
    for locale in WRITTEN {
        texts.insert(format!("content/{locale}/index.md"), "# Start\n".to_owned());
    }
    for number in 0..5 {
        let folder = FOLDERS[numbers.below(2)];
        let name = format!("{folder}{} {number}", NAMES[numbers.below(4)]);
        for locale in WRITTEN {
            let mut text = format!("# Side {number} {locale}\n");
            for part in 0..3 {
                let words = format!("Del {part} av side {number} {locale}");
                text.push_str(&format!(
                    "\n## {words}\n\nHer står det noe om {words}.\nEn linje {number}{part}{locale} til.\n"
                ));
            }
            texts.insert(format!("content/{locale}/{name}.md"), text);
        }
    }
    texts
}

/// The pages, as paths below the folders of their languages.
fn pages(texts: &Texts) -> Vec<String> {
    let mut pages = Vec::new();
    for (path, text) in texts {
        if let Some(page) = path.strip_prefix("content/no/")
            && page != "index.md"
            && !text.contains("gone: true")
        {
            pages.push(page.to_owned());
        }
    }
    pages
}

/// One edit as an author makes it, without a thought of old addresses. Returns what it is.
fn edit(texts: &mut Texts, number: usize, numbers: &mut Numbers) -> String {
    let pages = pages(texts);
    if pages.len() < 2 {
        return "nothing".to_owned();
    }
    let at = numbers.below(pages.len());
    let page = &pages[at];
    let kind = numbers.below(4);
    let to = match kind {
        0 => format!("{}ny {number}.md", FOLDERS[numbers.below(2)]),
        _ => pages[(at + 1) % pages.len()].clone(),
    };
    let section = numbers.below(3);
    for locale in WRITTEN {
        let path = format!("content/{locale}/{page}");
        let text = texts.remove(&path).unwrap();
        match kind {
            0 => _ = texts.insert(format!("content/{locale}/{to}"), text),
            1 => {
                let (before, _, after) = cut(&text, section);
                let heading = format!("\n## Nytt navn {number} {locale}\n");
                let (_, body) = after.split_once("\n\n").unwrap_or(("", &after));
                texts.insert(path, format!("{before}{heading}\n{body}"));
            }
            2 => {
                let (before, moved, after) = cut(&text, section);
                let end = after.find("\n## ").unwrap_or(after.len());
                let rest = format!("{before}{}", &after[end..]);
                let other = texts.get_mut(&format!("content/{locale}/{to}")).unwrap();
                other.push_str(&format!("{moved}{}", &after[..end]));
                texts.insert(path, rest);
            }
            _ => {
                let text = match text.strip_prefix("---\n") {
                    Some(rest) => format!("---\ngone: true\n{rest}"),
                    None => format!("---\ngone: true\n---\n\n{text}"),
                };
                texts.insert(path, text);
            }
        }
    }
    format!("{kind} {page} {to} {section}")
}

/// The text before a section, its heading's mark, and the rest from the heading's words on; the last section if there are not so many.
fn cut(text: &str, section: usize) -> (String, String, String) {
    const MARK: &str = "\n## ";
    let starts: Vec<usize> = text.match_indices(MARK).map(|(at, _)| at).collect();
    let Some(at) = starts.get(section).or(starts.last()) else {
        return (text.to_owned(), String::new(), String::new());
    };
    let (before, rest) = text.split_at(*at);
    let rest = &rest[MARK.len()..];
    (before.to_owned(), MARK.to_owned(), rest.to_owned())
}

/// The texts with what the gate would write into them.
fn repaired(texts: &Texts, before: &Snapshot) -> Texts {
    let after = snapshot(texts);
    let problems = lost_addresses(&before.site, &after.site);
    let mut texts = texts.clone();
    // With those in doubt, which an author confirms.
    for file in apply_fixes(&problems, &after.site.sources, true).files {
        texts.insert(
            file.path.to_string(),
            String::from_utf8(file.after).unwrap(),
        );
    }
    texts
}

#[test]
fn no_address_and_no_anchor_of_any_earlier_revision_is_lost() {
    let mut kinds = BTreeSet::new();
    for seed in 0..20 {
        let mut numbers = Numbers(seed);
        let mut texts = site(&mut numbers);
        let mut before = snapshot(&texts);
        let mut revisions = vec![PublishedAddresses::of(&before.site)];
        let mut log = Vec::new();
        for number in 0..6 {
            let edited = edit(&mut texts, number, &mut numbers);
            kinds.insert(edited.chars().next());
            log.push(edited);
            // Each pass applies what does not overlap, as `--fix` does.
            for _ in 0..4 {
                texts = repaired(&texts, &before);
            }
            before = snapshot(&texts);
            let now = PublishedAddresses::of(&before.site);
            for earlier in &revisions {
                let lost = compare(earlier, &now).lost;
                assert!(
                    lost.is_empty(),
                    "seed {seed}: {log:?}\n{lost:?}\n{texts:#?}"
                );
            }
            for (path, page) in &now.pages {
                if let Some(to) = &page.redirect {
                    let to = to.split('#').next().unwrap();
                    let next = now.pages.get(to).and_then(|next| next.redirect.as_ref());
                    assert_eq!(next, None, "seed {seed}: {log:?}: /{path} -> /{to}");
                }
            }
            revisions.push(now);
        }
    }
    assert!(kinds.len() >= 4, "{kinds:?}");
}

/// Ways to type the address of the page `no/NAME`, which is `NAME.md`, in a `redirect_url`.
const FORMS: [&str; 10] = [
    "NAME.md",
    "./NAME.md",
    "../no/NAME.md",
    "~/content/no/NAME.md",
    "/docs/no/NAME.html",
    "https://hjelp.example/docs/no/NAME.html",
    "NAME.html",
    "m%C3%B8te-NAME.md",
    "mappe-NAME/",
    "xref:uid-NAME",
];

/// The file that a form names.
fn file_of(form: &str, name: &str) -> String {
    match form {
        "m%C3%B8te-NAME.md" => format!("content/no/møte-{name}.md"),
        "mappe-NAME/" => format!("content/no/mappe-{name}/index.md"),
        _ => format!("content/no/{name}.md"),
    }
}

/// What is typed in the page of the form `from` to come to the page of the form `form`.
fn typed(from: &str, form: &str, name: &str) -> String {
    let typed = form.replace("NAME", name);
    // One folder deeper.
    let is_deeper = from == "mappe-NAME/";
    let is_relative = !typed.contains(':') && !typed.starts_with(['/', '~']);
    match is_deeper && is_relative {
        true => format!("../{typed}"),
        false => typed,
    }
}

/// The code of each problem with a redirect, by the file it is in.
fn found(texts: &Texts) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for problem in snapshot(texts).problems() {
        let Diagnostic { code, location, .. } = problem;
        found
            .entry(location.path.to_string())
            .or_default()
            .push(code.name().to_owned());
    }
    found
}

#[test]
fn dead_looping_and_chained_redirects_of_every_form_are_found_once_each_and_no_others() {
    let mut texts = Texts::new();
    texts.insert(
        "hjelp.yml".to_owned(),
        "content: content\nbase-url: https://hjelp.example/docs\n".to_owned(),
    );
    texts.insert("content/no/index.md".to_owned(), "# Hjem\n".to_owned());
    texts.insert(
        "content/no/ny.md".to_owned(),
        "---\nuid: uid-ny\n---\n# Ny\n\n## Send\n".to_owned(),
    );
    let mut expected: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut planted = 0;
    for round in 0..5 {
        for (number, form) in FORMS.iter().enumerate() {
            let name = |kind: &str| format!("{kind}{round}{number}");
            let redirect = |uid: &str, to: String| {
                format!("---\nuid: uid-{uid}\nredirect_url: \"{to}\"\n---\n")
            };
            // Nothing is there.
            let dead = name("d");
            let to = typed("", form, &name("borte"));
            texts.insert(format!("content/no/{dead}.md"), redirect(&dead, to));
            expected.insert(
                format!("content/no/{dead}.md"),
                vec!["broken-redirect".to_owned()],
            );
            // Two that lead to each other, and one that leads to a redirect; by this form and by another one.
            let other = FORMS[(number + round) % FORMS.len()];
            let (a, b) = (name("a"), name("b"));
            let (file_a, file_b) = (file_of(other, &a), file_of(form, &b));
            texts.insert(file_a.clone(), redirect(&a, typed(other, form, &b)));
            texts.insert(file_b.clone(), redirect(&b, typed(form, other, &a)));
            expected.insert(file_a, vec!["redirect-loop".to_owned()]);
            expected.insert(file_b, vec!["redirect-loop".to_owned()]);
            let (c, e) = (name("c"), name("e"));
            let (file_c, file_e) = (file_of(other, &c), file_of(form, &e));
            texts.insert(file_c.clone(), redirect(&c, typed(other, form, &e)));
            expected.insert(file_c, vec!["redirect-chain".to_owned()]);
            // Right ones.
            let good = match *form {
                "m%C3%B8te-NAME.md" | "mappe-NAME/" => "ny.md".to_owned(),
                form => form.replace("NAME", "ny"),
            };
            texts.insert(file_e, redirect(&e, typed(form, &good, "")));
            planted += 4;
        }
    }
    assert_eq!(planted, 200);
    let found = found(&texts);
    for (path, codes) in &expected {
        let text = &texts[path];
        assert_eq!(found.get(path), Some(codes), "{path}: {text}");
    }
    let others: Vec<&String> = found
        .keys()
        .filter(|path| !expected.contains_key(*path))
        .collect();
    assert_eq!(others, [""; 0], "{found:#?}");
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// What a program prints, and its exit code.
fn run(folder: &Path, program: &str, arguments: &[&str]) -> (String, i32) {
    let output = Command::new(program)
        .current_dir(folder)
        .args(arguments)
        .env("GIT_AUTHOR_DATE", "2024-05-06T12:00:00Z")
        .env("GIT_COMMITTER_DATE", "2024-05-06T12:00:00Z")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (text, output.status.code().unwrap())
}

fn hjelp(folder: &Path, arguments: &[&str]) -> (String, i32) {
    run(folder, env!("CARGO_BIN_EXE_hjelp"), arguments)
}

#[test]
fn an_old_build_is_compared_with_what_is_published_now() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(
        root,
        &[
            ("content/no/index.md", "# Hjem\n\n## Del\n"),
            ("content/no/borte.md", "# Borte\n\n## Send\n"),
            ("content/no/flytter.md", "# Flytter\n"),
            ("content/no/fjernes.md", "# Fjernes\n"),
        ],
    );
    assert_eq!(hjelp(root, &["build", "--out", "gammel"]).1, 0);
    // Nothing has changed: pages that are made of others are there, too.
    let (same, code) = hjelp(root, &["urls", "diff", "gammel"]);
    assert!(
        code == 0 && same.ends_with(" 0 lost\n") && !same.contains("lost  "),
        "{same}"
    );
    fs::remove_file(root.join("content/no/borte.md")).unwrap();
    fs::remove_file(root.join("content/no/flytter.md")).unwrap();
    write(
        root,
        &[
            ("content/no/index.md", "# Hjem\n"),
            (
                "content/no/ny.md",
                "---\nredirect_from: flytter.md\n---\n# Ny\n",
            ),
            ("content/no/fjernes.md", "---\ngone: true\n---\n"),
        ],
    );
    let (diff, code) = hjelp(root, &["urls", "diff", "gammel"]);
    assert_eq!(code, 1, "{diff}");
    for line in [
        "moved  /no/flytter.html -> /no/ny.html",
        "lost   /no/borte.html",
        "lost   /no/index.html#del",
    ] {
        assert!(diff.lines().any(|found| found == line), "{line}: {diff}");
    }
    assert!(diff.ends_with("1 moved, 1 gone, 2 lost\n"), "{diff}");
}

#[test]
fn what_another_site_uses_may_not_get_lost() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(
        root,
        &[(
            "portal/content/no/index.md",
            "# Portal\n\n[a](https://help.example/no/a.html#send) [b](https://help.example/no/b.html) [c](https://help.example.com/no/c.html)\n",
        )],
    );
    let arguments = ["urls", "list", "portal", "--used", "https://help.example/"];
    assert_eq!(
        hjelp(root, &arguments).0,
        "/no/a.html\n/no/a.html#send\n/no/b.html\n"
    );
    let json = hjelp(root, &[&arguments[..], &["--format", "json"]].concat()).0;
    write(
        root,
        &[
            ("hjelp/used-by-portal.json", &json),
            (
                "hjelp/hjelp.yml",
                "content: content\nbase-url: https://help.example\ninbound: used-by-portal.json\n",
            ),
            ("hjelp/content/no/index.md", "# Hjem\n"),
            ("hjelp/content/no/a.md", "# A\n\n## Sendt\n"),
            ("hjelp/content/no/b.md", "---\ngone: true\n---\n"),
        ],
    );
    let (problems, code) = hjelp(root, &["check", "hjelp", "--format", "concise"]);
    assert_eq!(code, 1);
    let expected = "another site uses the anchor `#send` of `/no/a.html`, which leads nowhere now";
    assert!(problems.contains(expected), "{problems}");
    assert_eq!(problems.matches("address-lost").count(), 1, "{problems}");
}

#[test]
fn redirects_are_listed_with_their_age_and_without_those_that_were_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(
        root,
        &[
            (
                "hjelp.yml",
                "content: content\nbase-url: https://help.example/docs\n",
            ),
            (
                "content/no/index.md",
                "---\nredirect_from: [gammel.md, brukt.md]\n---\n# Hjem\n",
            ),
            ("content/no/stub.md", "---\nredirect_url: index.md\n---\n"),
        ],
    );
    for arguments in [
        &["init", "-q"][..],
        &["add", "-A"],
        &[
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b",
            "commit",
            "-qm",
            "x",
        ],
    ] {
        assert_eq!(run(root, "git", arguments).1, 0);
    }
    write(
        root,
        &[("redirects.yml", "- from: no/borte.html\n  gone: true\n")],
    );
    let expected = "-\t/docs/no/borte.html\t(gone)\tredirects.yml\n\
        2024-05-06\t/docs/no/brukt.html\t/docs/no/index.html\tcontent/no/index.md\n\
        2024-05-06\t/docs/no/gammel.html\t/docs/no/index.html\tcontent/no/index.md\n\
        2024-05-06\t/docs/no/stub.html\t/docs/no/index.html\tcontent/no/stub.md\n";
    assert_eq!(hjelp(root, &["redirects", "list"]).0, expected);
    write(
        root,
        &[(
            "access.log",
            "1.2.3.4 - - [30/Nov/2026:14:02:36 +0100] \"GET /docs/no/brukt.html?x HTTP/1.1\" 301 1\n",
        )],
    );
    let (unused, _) = hjelp(root, &["redirects", "list", "--unused", "access.log"]);
    assert!(
        !unused.contains("brukt") && unused.contains("gammel"),
        "{unused}"
    );
    let (json, _) = hjelp(root, &["redirects", "list", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 4);
}
