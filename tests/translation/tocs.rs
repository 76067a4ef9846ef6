//! Tables of contents and their translations: entries that are missing, renamed or obsolete.

use hjelp::source::{SitePath, Source, Sources};
use hjelp::translation::pairs::PairKind;
use hjelp::translation::section_status::TranslationState;
use hjelp::translation::sections::{own_words_hash, sections_of};
use hjelp::translation::{LockFiles, Revisions, TranslationStatus, status};
use hjelp::workspace::Snapshot;

const CONFIG: &str =
    "default-locale: en\ncontent: content\nfallback:\n- {path: hidden.md, show: nothing}\n";
const TOC: &str = "\
- name: Start
  href: index.md
- name: Sales
  items:
  - name: Invoices
    href: invoices.md
  - name: Reminders
    href: reminders.md
- name: Hidden
  href: hidden.md
- name: Status
  href: https://example.com/status
";

struct Repository {
    files: Vec<(String, String)>,
}

impl Repository {
    fn new(translation: Option<&str>) -> Repository {
        let mut repository = Repository { files: Vec::new() };
        repository.write("hjelp.yml", CONFIG);
        for page in ["index", "invoices", "reminders", "hidden"] {
            repository.write(
                &format!("content/en/{page}.md"),
                &format!("# The page {page}\n"),
            );
        }
        repository.write("content/no/index.md", "# Hjem\n");
        repository.write("content/no/invoices.md", "# Fakturaer\n");
        repository.write("content/en/toc.yml", TOC);
        translation
            .into_iter()
            .for_each(|text| repository.write("content/no/toc.yml", text));
        repository
    }

    fn write(&mut self, path: &str, text: &str) {
        self.files.retain(|(other, _)| other != path);
        self.files.push((path.to_owned(), text.to_owned()));
    }

    fn snapshot(&self) -> Snapshot {
        let files = self
            .files
            .iter()
            .map(|(path, text)| Source::from_text(SitePath::new(path).unwrap(), text.as_str()));
        Snapshot::new(Sources::new(files.collect(), [], []))
            .map_err(|(_, problems)| problems)
            .unwrap()
    }

    /// Writes down that the translation follows the original as both are now.
    fn accept(&mut self) {
        let snapshot = self.snapshot();
        let site = &snapshot.site;
        let find = |path: &str| site.sources.find(path).unwrap();
        let locale = site.config.locales.by_folder("no").unwrap();
        let mut locks = LockFiles::read(&site.sources, &site.config.locales).0;
        locks.accept(
            site,
            snapshot.dialect,
            find("content/en/toc.yml"),
            (locale, site.source(find("content/no/toc.yml"))),
        );
        for (path, text) in locks.files(site) {
            self.write(path.as_str(), &text);
        }
    }

    fn status(&self) -> TranslationStatus {
        let snapshot = self.snapshot();
        status(
            &snapshot.site,
            &LockFiles::read(&snapshot.site.sources, &snapshot.site.config.locales).0,
            &Revisions::new(),
        )
    }

    /// The state of the toc, and of each entry that isn't as most are: `name: state how, how (words)`.
    fn told(&self) -> String {
        let status = self.status();
        let tocs: Vec<_> = status.locales[0]
            .entries
            .iter()
            .filter(|entry| entry.pair.kind == PairKind::Toc)
            .collect();
        let [toc] = tocs[..] else {
            return format!("{} tocs", tocs.len());
        };
        let usual: &[TranslationState] = if matches!(
            toc.state,
            TranslationState::Missing | TranslationState::Orphaned
        ) {
            &[toc.state]
        } else {
            &[
                TranslationState::Current,
                TranslationState::Unknown,
                TranslationState::Identical,
            ]
        };
        let entries = toc
            .sections
            .iter()
            .filter(|section| !usual.contains(&section.state) || !section.changes.is_empty())
            .map(|section| {
                let how: Vec<&str> = section.changes.iter().map(|how| how.name()).collect();
                let name = if section.title.is_empty() {
                    &section.id
                } else {
                    &section.title
                };
                format!(
                    "; {name}: {} {} ({})",
                    section.state.name(),
                    how.join(", "),
                    section.new_words
                )
            });
        let words = (toc.new_words(), toc.changed_words());
        format!(
            "{} {words:?}{}",
            toc.state.name(),
            entries.collect::<String>()
        )
    }
}

fn translated(edits: &[(&str, &str)]) -> String {
    let norwegian = [
        ("Start", "Hjem"),
        ("Sales", "Salg"),
        ("Invoices", "Fakturaer"),
        ("Reminders", "Purringer"),
        ("Status", "Drift"),
    ];
    norwegian
        .iter()
        .chain(edits)
        .fold(TOC.to_owned(), |toc, (from, to)| {
            assert!(toc.contains(from), "{from}");
            toc.replace(from, to)
        })
}

const HIDDEN: (&str, &str) = ("- name: Hidden\n  href: hidden.md\n", "");

#[test]
fn entries_are_the_same_that_lead_to_the_same_place() {
    let of = |edits: &[(&str, &str)]| Repository::new(Some(&translated(edits))).told();
    assert_eq!(of(&[]), "unknown (0, 0)");
    // Readers aren't shown this page, so nobody misses its entry.
    assert_eq!(of(&[HIDDEN]), "unknown (0, 0)");
    // Order and depth are the translator's.
    let last = "  - name: Purringer\n    href: reminders.md\n";
    assert_eq!(
        of(&[
            (last, ""),
            (
                "- name: Drift",
                "- name: Purringer\n  href: reminders.md\n- name: Drift"
            )
        ]),
        "unknown (0, 0)"
    );
    assert_eq!(
        of(&[(last, "")]),
        "stale (1, 0); Reminders: missing added (1)"
    );
    assert_eq!(
        of(&[("https://example.com/status", "https://example.com/drift")]),
        "stale (1, 0); Status: missing added (1); Drift: orphaned  (0)"
    );
    // What the translation alone has is no work.
    assert_eq!(
        of(&[(
            last,
            &format!("{last}- name: Bare her\n  href: index.md#x\n")
        )]),
        "unknown (0, 0); Bare her: orphaned  (0)"
    );
    // A group is known by what is in it where there are more of them.
    let group = "- name: Annet\n  items:\n  - name: Side\n    href: index.md#y\n- name: Salg";
    assert_eq!(
        of(&[("- name: Salg", group)]),
        "unknown (0, 0); Annet: orphaned  (0); Side: orphaned  (0)"
    );
}

#[test]
fn an_untranslated_toc_lacks_the_names_that_pages_do_not_provide() {
    assert_eq!(
        Repository::new(None).told(),
        "missing (3, 0); Start: current  (0); Invoices: current  (0); Hidden: current  (0)"
    );
    let mut repository = Repository::new(None);
    repository.write(
        "content/en/toc.yml",
        "- name: Start\n  href: index.md\n- href: invoices.md\n",
    );
    assert_eq!(repository.told(), "0 tocs");
    repository = Repository::new(Some(&translated(&[])));
    repository
        .files
        .retain(|(path, _)| path != "content/en/toc.yml");
    assert!(
        repository.told().starts_with("orphaned (0, 0)"),
        "{}",
        repository.told()
    );
}

#[test]
fn changes_of_the_original_since_it_was_accepted_are_reported() {
    let mut repository = Repository::new(Some(&translated(&[(
        "  - name: Purringer\n    href: reminders.md\n",
        "",
    )])));
    repository.accept();
    // Left out knowingly.
    assert_eq!(repository.told(), "current (0, 0)");
    let edit = |edits: &[(&str, &str)]| {
        edits
            .iter()
            .fold(TOC.to_owned(), |toc, (from, to)| toc.replace(from, to))
    };
    let mut told = |edits: &[(&str, &str)]| {
        repository.write("content/en/toc.yml", &edit(edits));
        repository.told()
    };
    assert_eq!(
        told(&[("Invoices", "All invoices")]),
        "stale (0, 2); All invoices: stale heading (2)"
    );
    assert_eq!(
        told(&[("Sales", "Selling")]),
        "stale (0, 1); Selling: stale heading (1)"
    );
    let new = "- name: A new one\n  href: index.md#new\n- name: Status";
    assert_eq!(
        told(&[("- name: Status", new)]),
        "stale (3, 0); A new one: missing added (3)"
    );
    let gone = "  - name: Invoices\n    href: invoices.md\n";
    assert_eq!(
        told(&[(gone, "")]),
        "stale (0, 0); Fakturaer: orphaned removed (0)"
    );
    // What the translation never had can go without a word.
    assert_eq!(
        told(&[("  - name: Reminders\n    href: reminders.md\n", "")]),
        "current (0, 0)"
    );
    // Whoever adds an entry to both files has nothing to do.
    repository.write(
        "content/no/toc.yml",
        &translated(&[
            ("  - name: Purringer\n    href: reminders.md\n", ""),
            (
                "- name: Drift",
                "- name: En ny\n  href: index.md#new\n- name: Drift",
            ),
        ]),
    );
    repository.write("content/en/toc.yml", &edit(&[("- name: Status", new)]));
    assert_eq!(repository.told(), "current (0, 0)");
}

#[test]
fn names_that_are_still_those_of_the_original_are_not_translated() {
    let long = TOC.replace("Invoices", "Invoices and all their reminders");
    let mut repository = Repository::new(Some(&long));
    repository.write("content/en/toc.yml", &long);
    assert_eq!(repository.told(), "identical (10, 0)");
    // A handful of words can be the same by chance.
    assert_eq!(Repository::new(Some(TOC)).told(), "unknown (0, 0)");
}

#[test]
fn every_entry_is_a_section_with_its_place() {
    let text =
        "items:\n- name: A\n  href: a.md\n  items:\n  - href: b.md\n  - uid: c d\n- name: Å være\n";
    let source = Source::from_text(SitePath::new("content/en/toc.yml").unwrap(), text);
    let sections = sections_of(&source, hjelp::syntax::Dialect::DOCFX);
    let told: Vec<String> = sections
        .iter()
        .map(|section| {
            format!(
                "{} {} {} {:?}",
                section.level,
                section.id,
                section.title,
                section.span.of(text).lines().next().unwrap()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "1 a.md A \"name: A\"",
            "2 b.md  \"href: b.md\"",
            "2 cd  \"uid: c d\"",
            "1 å-være Å være \"name: Å være\""
        ]
    );
    let renamed = Source::from_text(source.path.clone(), text.replace("Å være", "Å bli"));
    assert_ne!(
        own_words_hash(&source, hjelp::syntax::Dialect::DOCFX),
        own_words_hash(&renamed, hjelp::syntax::Dialect::DOCFX)
    );
}
