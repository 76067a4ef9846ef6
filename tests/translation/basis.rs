//! What a translation follows: by lock files that survive moves, and by histories of every kind. What isn't known is unknown, and reported.

use std::process::Command;

use super::workshop::Workshop;

const ENGLISH: &str = "# Invoices\n\nInvoices are stored for nine years.\n\n## Remove\n\nOpen the invoice and press Delete.\n";
const NORWEGIAN: &str =
    "# Fakturaer\n\nFakturaer lagres i ni år.\n\n## Fjerne\n\nÅpne fakturaen og trykk Slett.\n";
const NINE: (&str, &str) = ("nine years", "five years");

fn committed(files: &[(&str, &str)]) -> Workshop {
    let workshop = Workshop::new(files);
    workshop.git(&["init", "--quiet", "-b", "main"]);
    workshop.commit_at("01-01");
    workshop
}

fn pages() -> [(&'static str, &'static str); 2] {
    [("content/en/a.md", ENGLISH), ("content/no/a.md", NORWEGIAN)]
}

#[test]
fn a_letter_in_one_section_says_nothing_of_the_others() {
    let slip = ("trykk Slett", "trykk «Slett»");
    // What happens to the translation after the original has changed, and what is out of date then.
    for (edits, expected) in [
        (vec![slip], "a.md stale (Invoices)"),
        (
            vec![("# Fakturaer\n", "# Fakturaer (alle)\n")],
            "a.md current",
        ),
        (vec![("ni år", "fem år")], "a.md current"),
        (vec![slip, ("ni år", "fem år")], "a.md current"),
        (vec![("## Fjerne", "## Slette")], "a.md stale (Invoices)"),
    ] {
        let workshop = committed(&pages());
        workshop.edit("content/en/a.md", &[NINE]);
        workshop.commit_at("02-01");
        for (month, edit) in edits.iter().enumerate() {
            workshop.edit("content/no/a.md", &[*edit]);
            // The last edit is only on disk.
            if month == 0 {
                workshop.commit_at("03-01");
            }
        }
        assert_eq!(workshop.status(), [expected], "{edits:?}");
    }
}

#[test]
fn a_page_that_moves_keeps_what_is_recorded_of_it() {
    let redirect = "---\ntitle: T\nredirect_url: sales/b.html\n---\n";
    for (way, has_lock) in [
        ("redirect", true),
        ("rename", true),
        ("rename and edit", true),
        ("redirect and edit", true),
        ("redirect", false),
        ("rename", false),
    ] {
        let workshop = committed(&pages());
        if has_lock {
            workshop.hjelp(&["accept"]);
            workshop.commit_at("01-02");
        }
        workshop.edit("content/en/a.md", &[NINE]);
        workshop.commit_at("02-01");
        assert_eq!(workshop.status(), ["a.md stale (Invoices)"]);
        for language in ["en", "no"] {
            let path = format!("content/{language}/a.md");
            let text = workshop.read(&path);
            workshop.write(&format!("content/{language}/sales/b.md"), &text);
            if way.starts_with("redirect") {
                workshop.write(&path, redirect);
            } else {
                workshop.remove(&path);
            }
        }
        if way.ends_with("edit") {
            workshop.edit("content/no/sales/b.md", &[("trykk Slett", "velg Slett")]);
        }
        workshop.commit_at("03-01");
        assert_eq!(
            workshop.status(),
            ["sales/b.md stale (Invoices)"],
            "{way} {has_lock}"
        );
        if has_lock {
            workshop.hjelp(&["accept"]);
            assert_eq!(workshop.status(), ["sales/b.md current"]);
            let lock = workshop.read("translations/no.lock");
            assert!(
                !lock.contains("content/no/a.md") || way.starts_with("redirect"),
                "{lock}"
            );
        }
    }
}

#[test]
fn histories_of_one_language_each_are_joined_by_time() {
    // When the original changed, and what that makes of a translation of the first of March.
    for (day, expected) in [
        ("02-01", "a.md current"),
        ("04-01", "a.md stale (Invoices)"),
    ] {
        let workshop = Workshop::new(&[]);
        workshop.git(&["init", "--quiet", "-b", "en"]);
        workshop.write("content/en/a.md", ENGLISH);
        workshop.commit_at("01-01");
        workshop.edit("content/en/a.md", &[NINE]);
        workshop.commit_at(day);
        workshop.git(&["checkout", "--quiet", "--orphan", "no"]);
        workshop.git(&["rm", "-rqf", "."]);
        workshop.write("content/no/a.md", NORWEGIAN);
        workshop.commit_at("03-01");
        workshop.git_at(
            "05-01",
            &[
                "merge",
                "-q",
                "--allow-unrelated-histories",
                "-m",
                "x",
                "en",
            ],
        );
        assert_eq!(workshop.status(), [expected], "{day}");
    }
}

#[test]
fn what_history_cannot_tell_is_unknown() {
    let unknown = |workshop: &Workshop, part: &str| {
        assert_eq!(workshop.status(), ["a.md unknown"], "{part}");
        let printed = workshop.hjelp(&["status"]);
        assert!(printed.out.contains("note: "), "{printed:?}");
        assert!(printed.out.contains(part), "{part}: {printed:?}");
        assert_eq!(workshop.hjelp(&["status", "--fail-under", "90"]).code, 1);
        // A record of what it follows is all that is needed.
        workshop.hjelp(&["accept"]);
        assert_eq!(workshop.status(), ["a.md current"]);
    };
    // A clone without older commits.
    let workshop = committed(&pages());
    workshop.edit("content/en/a.md", &[NINE]);
    workshop.commit_at("02-01");
    let clone = |arguments: &[&str]| {
        let clone = Workshop::new(&[]);
        clone.remove("hjelp.yml");
        let source = format!("file://{}", workshop.path().display());
        let mut all = vec!["clone", "--quiet"];
        all.extend(arguments);
        all.extend([source.as_str(), "."]);
        clone.git(&all);
        clone
    };
    assert_eq!(clone(&[]).status(), ["a.md stale (Invoices)"]);
    unknown(&clone(&["--depth", "1"]), "lacks older commits");
    // What has changed since the oldest commit is known to be out of date.
    workshop.edit("content/en/a.md", &[("press Delete", "press Remove")]);
    workshop.commit_at("03-01");
    assert_eq!(clone(&["--depth", "2"]).status(), ["a.md stale (Remove)"]);
    // A clone without texts whose server is out of reach.
    workshop.git(&["config", "uploadpack.allowFilter", "true"]);
    let blobless = clone(&["--filter=blob:none"]);
    blobless.git(&["remote", "set-url", "origin", "file:///gone"]);
    unknown(&blobless, "lacks earlier texts");
    // A language in a repository of its own.
    let languages = Workshop::new(&[("content/en/a.md", ENGLISH)]);
    let norwegian = Workshop::new(&[("a.md", NORWEGIAN)]);
    norwegian.remove("hjelp.yml");
    norwegian.git(&["init", "--quiet", "-b", "main"]);
    norwegian.commit_at("01-01");
    languages.git(&["init", "--quiet", "-b", "main"]);
    languages.commit_at("01-01");
    let source = norwegian.path().display().to_string();
    languages.git(&["submodule", "--quiet", "add", &source, "content/no"]);
    languages.commit_at("02-01");
    unknown(&languages, "in another repository");
}

#[test]
fn a_repository_of_someone_else_is_reported() {
    let workshop = committed(&pages());
    let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
        .args(["translation", "status"])
        .current_dir(workshop.path())
        .env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stderr).unwrap();
    assert!(printed.contains("dubious ownership"), "{printed}");
}

#[test]
fn retired_originals_and_pages_that_nobody_translates() {
    let config = "title: T\nfallback:\n  - path: reference/**\n    show: link\n  - path: internal/**\n    show: nothing\n";
    let redirect = |to: &str| format!("---\ntitle: T\nredirect_url: {to}\n---\n");
    let old = redirect("new.html");
    let to_english = redirect("../en/captcha.html");
    let workshop = Workshop::new(&[
        ("hjelp.yml", config),
        ("content/en/a.md", "# A\n\nWords.\n"),
        ("content/no/a.md", "# Aa\n\nOrd.\n"),
        // The original sends readers on, its translation still has its old text.
        ("content/en/old.md", &old),
        ("content/no/old.md", "# Gammel\n\nGammel tekst.\n"),
        // Both send readers on.
        ("content/en/older.md", &old),
        ("content/no/older.md", &old),
        ("content/en/new.md", "# New\n\nWords.\n"),
        ("content/no/new.md", "# Ny\n\nOrd.\n"),
        // Not translated on purpose, in three ways.
        (
            "content/en/captcha.md",
            "# Captcha\n\nSelect the pictures.\n",
        ),
        ("content/no/captcha.md", &to_english),
        ("content/en/reference/b.md", "# Fields\n\nA long list.\n"),
        ("content/en/internal/c.md", "# Notes\n\nFor us.\n"),
        // And translated although that isn't needed.
        ("content/en/reference/d.md", "# Names\n\nA list.\n"),
        ("content/no/reference/d.md", "# Navn\n\nEn liste.\n"),
    ]);
    workshop.hjelp(&["accept"]);
    assert_eq!(
        workshop.status(),
        [
            "a.md current",
            "new.md current",
            "old.md orphaned",
            "reference/d.md current"
        ]
    );
    let printed = workshop.hjelp(&["status", "--fail-under", "100"]);
    assert_eq!(printed.code, 0, "{printed:?}");
    for part in [
        "content/no/old.md: orphaned, its original sends readers on to `new.html`",
        "no: 3 files not counted",
        "100 %",
    ] {
        assert!(printed.out.contains(part), "{part}: {printed:?}");
    }
    let exported = workshop.export(&["--stale"]);
    assert_eq!(exported, Vec::<String>::new());
    assert!(
        !workshop
            .export(&[])
            .iter()
            .any(|line| line.contains("pictures"))
    );
}
