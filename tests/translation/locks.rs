//! Lock files: which version of the original each translation follows.

use hjelp::source::{SitePath, Source};
use hjelp::translation::HashedSection;
use hjelp::translation::acceptance::{Acceptance, SectionAcceptance};
use hjelp::translation::lock_file::{LockEntry, LockFile, LockFileError};
use hjelp::translation::section_record::SectionRecord;

use super::changes::sections;

fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap()
}

fn accept_all(lock: &mut LockFile, translation: &str, own_words: u64, original: &[HashedSection]) {
    let acceptance = Acceptance::of_all(original);
    let open = lock.accept(&path(translation), own_words, original, &acceptance);
    assert_eq!(open, []);
}

fn read(text: &str) -> Result<LockFile, LockFileError> {
    LockFile::read(&Source::from_text(LockFile::path("no").unwrap(), text))
}

#[test]
fn a_lock_reads_what_it_writes() {
    let mut lock = LockFile::default();
    let original = sections("---\ntitle: A\n---\nBefore.\n\n# Ærlig talt\n\nWords.\n\n##### Små\n");
    accept_all(&mut lock, "content/no/å b.md", 0x1234, &original);
    accept_all(&mut lock, "content/no/a.md", 0, &[]);
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
    accept_all(&mut lock, "content/no/a.md", 1, &before);
    let mut acceptance = Acceptance::of_all(&after);
    acceptance.is_complete = false;
    for (section, accepted) in after.iter().zip(&mut acceptance.sections) {
        if section.id != "b" && section.id != "e" {
            *accepted = SectionAcceptance::default();
        }
    }
    let open = lock.accept(&page, 2, &after, &acceptance);
    assert_eq!(
        open.iter().map(|open| open.section).collect::<Vec<_>>(),
        [0, 2]
    );
    let LockEntry {
        own_words,
        sections,
    } = lock.entry(&page).unwrap().clone();
    let expected = [&before[0], &after[1], &after[3], &before[2]].map(SectionRecord::from);
    assert_eq!((own_words, sections), (2, expected.to_vec()));
    accept_all(&mut lock, "content/no/a.md", 3, &after);
    assert_eq!(
        lock.entry(&page).unwrap().sections,
        after.iter().map(SectionRecord::from).collect::<Vec<_>>()
    );
}

/// The hashes of the blocks of the only section that are recorded after some of its blocks are accepted, in words of `texts`.
fn recorded(before: &str, after: &str, done: &[bool], is_whole: bool) -> (bool, Vec<String>) {
    let (old, new) = (sections(before), sections(after));
    let mut lock = LockFile::default();
    accept_all(&mut lock, "content/no/a.md", 1, &old);
    let acceptance = Acceptance {
        sections: vec![SectionAcceptance {
            heading: false,
            blocks: done.to_vec(),
            is_whole,
        }],
        is_complete: is_whole,
    };
    let open = lock.accept(&path("content/no/a.md"), 2, &new, &acceptance);
    let mut names = Vec::new();
    for (section, text) in [(&new[0], after), (&old[0], before)] {
        let paragraphs = text.split("\n\n").skip(1);
        for (block, words) in section.blocks.iter().zip(paragraphs) {
            names.push((block.hash, words.trim().to_owned()));
        }
    }
    let entry = lock.entry(&path("content/no/a.md")).unwrap();
    let name = |hash: &u32| {
        names
            .iter()
            .find(|(other, _)| other == hash)
            .unwrap()
            .1
            .clone()
    };
    (
        open.is_empty(),
        entry.sections[0].blocks.iter().map(name).collect(),
    )
}

#[test]
fn blocks_are_accepted_one_by_one() {
    let (before, after) = ("# A\n\none\n\ntwo\n\nthree\n", "# A\n\n1\n\n2\n\nthree\n");
    for (done, is_whole, expected) in [
        (&[false, false, false][..], true, (false, "one two three")),
        (&[true, false, false], true, (false, "1 two three")),
        (&[true, true, false], true, (true, "1 2 three")),
        // Something in the translation has no original any more.
        (&[true, true, false], false, (false, "1 2 three")),
    ] {
        let (is_current, blocks) = recorded(before, after, done, is_whole);
        assert_eq!((is_current, blocks.join(" ").as_str()), expected);
    }
    // One more paragraph: it is recorded where it belongs, once it is translated.
    let longer = "# A\n\none\n\nnew\n\ntwo\n\nthree\n";
    for (done, expected) in [
        (&[true, false, true, true][..], (false, "one two three")),
        (&[false, true, false, false], (true, "one new two three")),
    ] {
        let (is_current, blocks) = recorded(before, longer, done, true);
        assert_eq!((is_current, blocks.join(" ").as_str()), expected);
    }
    // One paragraph less: it is in the translation until someone has taken it out.
    let shorter = "# A\n\none\n\n3\n";
    let (is_current, blocks) = recorded(before, shorter, &[false, true], false);
    assert_eq!(
        (is_current, blocks.join(" ").as_str()),
        (false, "one 3 three")
    );
    assert!(recorded(before, shorter, &[false, true], true).0);
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
