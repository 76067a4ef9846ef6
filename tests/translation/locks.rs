//! Lock files: which version of the original each translation follows.

use hjelp::source::{SitePath, Source};
use hjelp::translation::lock_file::{LockEntry, LockFile, LockFileError};
use hjelp::translation::section_record::SectionRecord;

use super::changes::sections;

fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap()
}

fn read(text: &str) -> Result<LockFile, LockFileError> {
    LockFile::read(&Source::from_text(LockFile::path("no").unwrap(), text))
}

#[test]
fn a_lock_reads_what_it_writes() {
    let mut lock = LockFile::default();
    let original = sections("---\ntitle: A\n---\nBefore.\n\n# Ærlig talt\n\nWords.\n\n##### Små\n");
    lock.accept(&path("content/no/å b.md"), 0x1234, &original, |_| true);
    lock.accept(&path("content/no/a.md"), 0, &[], |_| true);
    let text = lock.write();
    assert!(
        text.find("content/no/a.md").unwrap() < text.find("content/no/å b.md").unwrap(),
        "{text}"
    );
    let again = read(&text).unwrap();
    assert_eq!((&again, again.write()), (&lock, text));
}

#[test]
fn sections_are_accepted_one_by_one() {
    let page = path("content/no/a.md");
    let (before, after) = (
        sections("# A\n\none\n\n## B\n\ntwo\n\n## C\n\nthree\n"),
        sections("# A\n\n1\n\n## B\n\n2\n\n## D\n\n4\n\n## E\n\n5\n"),
    );
    let mut lock = LockFile::default();
    lock.accept(&page, 1, &before, |_| true);
    lock.accept(&page, 2, &after, |section| {
        section.id == "b" || section.id == "e"
    });
    let LockEntry {
        own_words,
        sections,
    } = lock.entry(&page).unwrap().clone();
    let expected = [&before[0], &after[1], &after[3], &before[2]].map(SectionRecord::from);
    assert_eq!((own_words, sections), (2, expected.to_vec()));
    lock.accept(&page, 3, &after, |_| true);
    assert_eq!(
        lock.entry(&page).unwrap().sections,
        after.iter().map(SectionRecord::from).collect::<Vec<_>>()
    );
}

#[test]
fn what_is_no_lock_is_refused_with_its_line() {
    let head = "# hjelp translations 2\n";
    for (text, line) in [
        ("", 0),
        ("# hjelp translations 3\n", 1),
        (
            "# hjelp translations 1\n\ncontent/no/a.md 00\n  1 0 0 0 0 a\n",
            0,
        ),
        ("content/no/a.md 00\n", 1),
        ("<<<<<<< HEAD\n", 2),
        ("\n  1 0 0 0 0 a\n", 3),
        ("content/no/a.md 00\n  7 0 0 0 0 a\n", 3),
        ("content/no/a.md 00\n  1 0 0 0 fffffffff a\n", 3),
        ("content/no/a.md 00\n  1 0 0\n", 3),
        ("content/no/a.md 00\n  1 0 0 0 0 a\n    00a1 zz\n", 4),
        ("content/no/a.md 00\n    00a1\n", 3),
        ("    00a1\n", 2),
        ("content/no/a.md\n", 2),
        ("../a.md 00\n", 2),
        ("content/no/a.md 00\ncontent/no/a.md 00\n", 3),
    ] {
        let text = if line == 1 || text.starts_with("# hjelp") {
            text.to_owned()
        } else {
            format!("{head}{text}")
        };
        assert_eq!(
            read(&text).map_or_else(|error| error.line, |_| 0),
            line,
            "{text}"
        );
    }
}
