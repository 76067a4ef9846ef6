//! A repository in which an original changes while its translations don't: exactly what is out of date is reported as out of date.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Numbers that look like chance, and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }
}

const WORDS: &[&str] = &[
    "person",
    "company",
    "select",
    "open",
    "the",
    "a",
    "then",
    "in",
    "menu",
    "field",
    "write",
    "new",
    "invoice",
    "diary",
    "follow-up",
    "sale",
    "project",
    "to",
    "and",
    "with",
    "your",
    "list",
    "search",
    "button",
    "choose",
    "all",
    "settings",
    "from",
    "each",
    "screen",
];

#[derive(Clone)]
struct Section {
    number: usize,
    level: usize,
    heading: String,
    words: Vec<String>,
    /// Before which word the link stands, and where it leads.
    link: (usize, usize),
    /// How many words there are on a line.
    width: usize,
    bullets: bool,
    renamed: bool,
    reworded: bool,
    added: bool,
    moved: bool,
}

impl Section {
    fn new(number: usize, chance: &mut Chance) -> Section {
        let mut words: Vec<String> = (0..25 + chance.below(40))
            .map(|_| WORDS[chance.below(WORDS.len())].to_owned())
            .collect();
        words[3] = format!("item{number}");
        let heading = format!(
            "About the {} number {number}",
            WORDS[chance.below(WORDS.len())]
        );
        let link = (chance.below(20), chance.below(9));
        let (level, width) = (2 + chance.below(2), 12);
        Section {
            number,
            level,
            heading,
            words,
            link,
            width,
            bullets: false,
            renamed: false,
            reworded: false,
            added: false,
            moved: false,
        }
    }

    fn text(&self) -> String {
        let mut text = format!("{} {}\n\n", "#".repeat(self.level), self.heading);
        let words = self
            .words
            .iter()
            .enumerate()
            .map(|(at, word)| match at == self.link.0 {
                true => format!("[{word}](page-{}.md)", self.link.1),
                false => word.clone(),
            });
        for line in words.collect::<Vec<String>>().chunks(self.width) {
            text.push_str(&line.join(" "));
            text.push('\n');
        }
        let bullet = if self.bullets { "*" } else { "-" };
        text + &format!(
            "\n{bullet} First of {0}\n{bullet} Second of {0}\n\n",
            self.number
        )
    }

    fn id(&self) -> String {
        self.heading.to_lowercase().replace(' ', "-")
    }

    fn is_stale(&self) -> bool {
        self.renamed || self.reworded || self.added
    }
}

struct Page {
    name: String,
    author: usize,
    sections: Vec<Section>,
    removed: usize,
}

impl Page {
    fn text(&self) -> String {
        let head = format!(
            "---\ntitle: The page {0}\nauthor: writer{1}\n---\n\n# The page {0}\n\nWelcome to {0}.\n\n",
            self.name, self.author
        );
        head + &self.sections.iter().map(Section::text).collect::<String>()
    }

    fn followed(&mut self) {
        self.removed = 0;
        for section in &mut self.sections {
            (
                section.renamed,
                section.reworded,
                section.added,
                section.moved,
            ) = (false, false, false, false);
        }
    }

    /// What a section becomes known by must stay: its place, its words or its heading.
    fn is_steady(&self) -> bool {
        self.removed == 0
            && self
                .sections
                .iter()
                .all(|section| !section.added && !section.moved)
    }

    fn edit(&mut self, chance: &mut Chance, number: usize) {
        let at = chance.below(self.sections.len());
        let lost = |section: &Section| section.renamed && section.reworded;
        let any_lost = self.sections.iter().any(lost);
        let steady = self.is_steady();
        let any_touched = self
            .sections
            .iter()
            .any(|section| section.renamed || section.reworded);
        let section = &mut self.sections[at];
        match number % 10 {
            0 | 1 if !section.renamed || steady => {
                let word = section.words.len() - 1 - chance.below(5);
                section.words[word] = format!("rewritten{number}");
                section.reworded = true;
            }
            2 if !section.renamed || steady => {
                let typo = section.words[5].clone() + "x";
                section.words[5] = typo;
                section.reworded = true;
            }
            3 => section.link.0 = (section.link.0 + 7) % 20,
            4 => section.link.1 = (section.link.1 + 1) % 9,
            5 if !section.reworded && !section.added || steady => {
                section.heading = format!("Another heading {number}");
                section.renamed = true;
            }
            6 if !any_touched => {
                let mut section = self.sections.remove(at);
                section.moved = true;
                let to = chance.below(self.sections.len());
                self.sections.insert(to, section);
            }
            7 => self.author += 1,
            8 => (section.width, section.bullets) = (4 + chance.below(12), !section.bullets),
            9 if !any_lost
                && self.sections.len() > 3
                && number % 20 == 9
                && !self.sections.iter().any(|section| section.added) =>
            {
                let gone = self.sections.remove(at);
                self.removed += usize::from(!gone.added);
            }
            // A new section in the place of one that is gone can't be told from one that was written anew.
            9 if !any_lost && self.removed == 0 => {
                let new = Section {
                    added: true,
                    ..Section::new(1000 + number, chance)
                };
                self.sections.insert(at, new);
            }
            _ => self.author += 1,
        }
    }
}

struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    fn git(&self, arguments: &[&str]) {
        let identity = [
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b.example",
            "-c",
            "commit.gpgsign=false",
            "-c",
            "gc.auto=0",
        ];
        let output = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
    }

    fn commit(&self) {
        self.git(&["add", "-A", "."]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", "x"]);
    }

    fn path(&self, locale: &str, page: &str) -> PathBuf {
        self.folder
            .path()
            .join("site/content")
            .join(locale)
            .join(format!("{page}.md"))
    }

    fn write(&self, locale: &str, page: &str, text: &str) {
        let path = self.path(locale, page);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn hjelp(&self, arguments: &[&str]) -> String {
        let site = self.folder.path().join("site");
        let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
            .arg("translation")
            .args(arguments)
            .current_dir(site)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn status(&self) -> Value {
        serde_json::from_str(&self.hjelp(&["status", "--format", "json"])).unwrap()
    }

    fn lock(&self) -> String {
        fs::read_to_string(self.folder.path().join("site/translations/no.lock")).unwrap()
    }
}

/// A text in another language with the same structure.
fn translated(text: &str, version: usize) -> String {
    let other = |line: &str| match line.split_once(' ') {
        Some((mark @ ("#" | "##" | "###"), words)) => {
            format!("{mark} Om {}", words.replace("About", ""))
        }
        _ if line.is_empty() || line.contains("](") => line.to_owned(),
        _ if ["---", "title", "author"]
            .iter()
            .any(|start| line.starts_with(start)) =>
        {
            line.to_owned()
        }
        _ => format!("{line} på norsk"),
    };
    text.lines()
        .map(|line| other(line) + "\n")
        .collect::<String>()
        + &format!("Utgave {version}.\n")
}

/// The stale sections that are told, and that there are, as `page#section`; and the pages that lost some, once for each.
fn told(status: &Value, basis: &str) -> (BTreeSet<String>, Vec<String>) {
    let (mut stale, mut removed) = (BTreeSet::new(), Vec::new());
    for page in status["locales"][0]["pages"].as_array().unwrap() {
        assert_eq!(page["basis"], basis, "{page}");
        let name = page["path"].as_str().unwrap();
        for section in page["sections"].as_array().unwrap() {
            match section["state"].as_str().unwrap() {
                "current" => {}
                "stale" | "missing" => {
                    assert!(stale.insert(format!("{name}#{}", section["id"].as_str().unwrap())))
                }
                "orphaned" => removed.push(name.to_owned()),
                state => removed.push(format!("{name}: {state}")),
            }
        }
    }
    (stale, removed)
}

fn expected(pages: &[Page]) -> (BTreeSet<String>, Vec<String>) {
    let (mut stale, mut removed) = (BTreeSet::new(), Vec::new());
    for page in pages {
        stale.extend(
            page.sections
                .iter()
                .filter(|section| section.is_stale())
                .map(|section| format!("{}.md#{}", page.name, section.id())),
        );
        removed.extend(std::iter::repeat_n(
            format!("{}.md", page.name),
            page.removed,
        ));
    }
    removed.sort();
    (stale, removed)
}

/// Shows what differs, and not the long rest.
fn assert_same(told: (BTreeSet<String>, Vec<String>), expected: (BTreeSet<String>, Vec<String>)) {
    let (surplus, missing): (Vec<_>, Vec<_>) = (
        told.0.difference(&expected.0).collect(),
        expected.0.difference(&told.0).collect(),
    );
    assert_eq!(
        (surplus, missing, told.1),
        (Vec::new(), Vec::new(), expected.1)
    );
}

fn begin(chance: &mut Chance, count: usize) -> (Repository, Vec<Page>) {
    let repository = Repository {
        folder: tempfile::tempdir().unwrap(),
    };
    repository.git(&["init", "--quiet"]);
    fs::create_dir_all(repository.folder.path().join("site")).unwrap();
    fs::write(
        repository.folder.path().join("site/hjelp.yml"),
        "locales: [en, 'no']\ndefault-locale: en\n",
    )
    .unwrap();
    let page = |name: usize, chance: &mut Chance| Page {
        name: format!("page-{name}"),
        author: 0,
        sections: (0..6)
            .map(|section| Section::new(name * 10 + section, chance))
            .collect(),
        removed: 0,
    };
    let pages: Vec<Page> = (0..count).map(|name| page(name, chance)).collect();
    for page in &pages {
        repository.write("en", &page.name, &page.text());
        repository.write("no", &page.name, &translated(&page.text(), 0));
    }
    repository.commit();
    (repository, pages)
}

#[test]
fn of_two_hundred_edits_exactly_the_stale_sections_are_named() {
    for seed in [20231] {
        let mut chance = Chance(seed);
        let (repository, mut pages) = begin(&mut chance, 40);
        assert_same(told(&repository.status(), "history"), expected(&pages));
        for number in 0..200 {
            let at = chance.below(pages.len());
            let page = &mut pages[at];
            page.edit(&mut chance, number);
            repository.write("en", &page.name, &page.text());
            match number % 40 {
                // A translator follows,
                20 => {
                    page.followed();
                    repository.write("no", &page.name, &translated(&page.text(), number));
                }
                // and another one only lets the text flow anew and names an author.
                30 => {
                    let path = repository.path("no", &page.name);
                    let text = fs::read_to_string(&path)
                        .unwrap()
                        .replace(" på norsk\n", "\npå norsk\n")
                        .replace("author:", "writer: me\nauthor:");
                    fs::write(path, text).unwrap();
                }
                _ => {}
            }
            if number % 5 == 0 {
                repository.commit();
            }
            // What was seen is written down in the middle, and told from then on.
            if number == 100 {
                repository.commit();
                assert_same(told(&repository.status(), "history"), expected(&pages));
                repository.hjelp(&["accept", "--from-history"]);
                assert_same(told(&repository.status(), "lock"), expected(&pages));
            }
            if number > 100 && number % 40 == 20 {
                repository.hjelp(&["accept", &format!("content/no/{}.md", pages[at].name)]);
            }
        }
        let (stale, removed) = expected(&pages);
        assert!(
            stale.len() > 50 && removed.len() > 2,
            "{} {}",
            stale.len(),
            removed.len()
        );
        assert_same(told(&repository.status(), "lock"), (stale, removed));
        repository.hjelp(&["accept"]);
        let text = repository.lock();
        assert_eq!(told(&repository.status(), "lock"), Default::default());
        repository.hjelp(&["accept"]);
        assert_eq!(repository.lock(), text);
    }
}

#[test]
fn originals_are_followed_through_moves_of_files_and_branches_are_seen_as_their_writers_saw_them() {
    let mut chance = Chance(7);
    let (repository, mut pages) = begin(&mut chance, 4);
    let words = |page: &mut Page, at: usize| page.sections[at].words[9] = "otherwise".to_owned();
    // The original changes, then both move.
    words(&mut pages[0], 2);
    pages[0].sections[2].reworded = true;
    repository.write("en", "page-0", &pages[0].text());
    repository.commit();
    for locale in ["en", "no"] {
        fs::create_dir_all(repository.path(locale, "moved/x").parent().unwrap()).unwrap();
        fs::rename(
            repository.path(locale, "page-0"),
            repository.path(locale, "moved/page-0"),
        )
        .unwrap();
    }
    pages[0].name = "moved/page-0".to_owned();
    repository.commit();
    // A translator works on a branch while the original changes on the other.
    repository.git(&["checkout", "--quiet", "-b", "translators"]);
    repository.write("no", "page-1", &translated(&pages[1].text(), 1));
    repository.commit();
    repository.git(&["checkout", "--quiet", "-"]);
    words(&mut pages[1], 0);
    pages[1].sections[0].reworded = true;
    repository.write("en", "page-1", &pages[1].text());
    repository.commit();
    repository.git(&["merge", "--quiet", "--no-edit", "translators"]);
    // Somebody has just translated, and committed nothing yet.
    words(&mut pages[2], 1);
    repository.write("en", "page-2", &pages[2].text());
    repository.commit();
    repository.write("no", "page-2", &translated(&pages[2].text(), 2));
    assert_same(told(&repository.status(), "history"), expected(&pages));
}

#[test]
fn missing_untranslated_and_orphaned_pages_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path: &Path = &folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let text = "# Same\n\nThese are more than eight words that nobody translated yet.\n";
    write("hjelp.yml", "locales: [en, 'no']\ndefault-locale: en\n");
    write(
        "content/en/same.md",
        &format!("{text}\n[!include[x](inc/part.md)]\n"),
    );
    write(
        "content/no/same.md",
        &format!("{text}\n[!include[x](inc/part.md)]\n"),
    );
    write("content/en/inc/part.md", "Four words of text.\n");
    write("content/en/machine.md", "# Machine\n\nText.\n");
    write(
        "content/no/machine.md",
        "---\ntranslation_type: MT\n---\n# Maskin\n\nTekst.\n",
    );
    write("content/no/alone.md", "# Alene\n\nTekst.\n");
    write("content/en/new.md", "# New\n\nText.\n");
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_hjelp"))
            .arg("translation")
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let states = || {
        let report: Value =
            serde_json::from_slice(&run(&["status", "--format", "json"]).stdout).unwrap();
        let state = |page: &Value| {
            let machine = if page["machine_translated"] == true {
                " machine"
            } else {
                ""
            };
            format!(
                "{} {}{machine}",
                page["path"].as_str().unwrap(),
                page["state"].as_str().unwrap()
            )
        };
        report["locales"][0]["pages"]
            .as_array()
            .unwrap()
            .iter()
            .map(state)
            .collect::<Vec<_>>()
    };
    let mut all = [
        "alone.md orphaned",
        "inc/part.md missing",
        "machine.md unknown machine",
        "new.md missing",
        "same.md identical",
    ];
    assert_eq!(states(), all);
    assert!(run(&["accept"]).status.success());
    all[2] = "machine.md current machine";
    assert_eq!(states(), all);
    write("content/en/machine.md", "# Machine\n\nOther text.\n");
    all[2] = "machine.md stale machine";
    assert_eq!(states(), all);
    let table = String::from_utf8(run(&["status"]).stdout).unwrap();
    assert!(table.contains("\ncontent/no/machine.md: stale, machine-translated (2 words)\n  “Machine”, line 1: wording\n"), "{table}");
    let lock = folder.path().join("translations/no.lock");
    fs::write(&lock, fs::read_to_string(&lock).unwrap() + "<<<<<<< HEAD\n").unwrap();
    let refused = run(&["accept"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        String::from_utf8(refused.stderr)
            .unwrap()
            .contains("error[invalid-lock]")
    );
}
