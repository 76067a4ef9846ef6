//! Any translation is read back as it was written.

use proptest::prelude::*;

use hjelp::workspace::Snapshot;

use super::support::*;

/// Words with every sign that means something somewhere.
const WORDS: &str = "([\\[\\](){}<>!#*_`|:>@&\"'~^=+\\-.$\\\\,;/ ]|[a-zæøå0-9]|1\\. |- |https://a\\.no|www\\.a\\.no|:smile:|@uid|&amp;|:::|\\PC){1,24}";

/// A text of every kind, with codes in most of them.
fn files() -> Snapshot {
    let page = "---\ntitle: Title\ndescription: 'Described'\nsummary: >\n  Long\n---\n\n# Heading `x` *y*\n\nPlain\n\nWith `code`, **bold**, [link](a.md) and ![alt](i.png)\n\n\
        - Item\n- [ ] Task\n\n  Inside `it`\n\n1. Step  \n   two\n\n| A | B |\n|---|---|\n| Cell | [c](a.md) `d` |\n\n> [!NOTE]\n> Alert\n\n> Quote\n\n## [Tab](#tab/x)\n\nPanel <kbd>key</kbd>\n\n***\n";
    let toc = "- name: Plain\n  href: a.md\n- name: 'Single'\n- name: \"Double\"\n";
    let tutorial = "### YamlMime:Tutorial\ntitle: Learn\nitems:\n- title: Step\n  content: |\n    Text `t`\n\n    > Quote\n";
    site(&[
        ("content/en/a.md", page),
        ("content/no/a.md", page),
        ("content/en/b.md", page),
        ("content/en/toc.yml", toc),
        ("content/no/toc.yml", toc),
        ("content/en/t.yml", tutorial),
        ("content/no/t.yml", tutorial),
    ])
}

/// True if no code with two ends stands beside the words of a text; beside those, signs can make it impossible to write what was meant.
fn is_free(unit: &ExportUnit) -> bool {
    !unit
        .original
        .iter()
        .any(|piece| matches!(piece, Inline::StartCode(number) if matches!(unit.codes[*number].kind, InlineCodeKind::Emphasis | InlineCodeKind::Strong)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_what_is_read(words in proptest::collection::vec(WORDS, 12)) {
        let snapshot = files();
        let mut export = everything(&snapshot, "no");
        let next = std::cell::Cell::new(0);
        // A letter on either side, as what has none is no text, and white space at the ends is nobody's.
        translate(&mut export.document, &|_| {
            next.set(next.get() + 1);
            format!("a{}{}z", words[next.get() % words.len()], next.get())
        });
        let import = import_text(&snapshot, "no", &write_xliff(&export.document, XliffVersion::V21));
        let refused: Vec<&str> = import.rejected.iter().map(|refusal| refusal.words.as_str()).collect();
        let said = |unit: &ExportUnit| unit.original.iter().map(|piece| match piece { Inline::Text(words) => words.as_str(), _ => "" }).collect::<String>();
        let again = everything(&with(&snapshot, &import), "no");
        for (file, read) in export.document.files.iter().zip(&again.document.files) {
            for (unit, read) in file.units.iter().zip(&read.units) {
                let refused = refused.iter().any(|words| *words == said(unit));
                prop_assert!(!refused || !is_free(unit), "{:?}\n{:?}", unit, import.rejected);
                if !refused && file.original.as_str() != "content/en/b.md" {
                    prop_assert_eq!(unit.translation.as_ref().map(even), read.translation.as_ref().map(even));
                }
            }
        }
    }

    #[test]
    fn signs_at_the_beginning_and_the_end_are_signs(first in "[-+*#>=_`~|:!\\[\\](){}<&@$0-9.)\\\\]{1,4}", last in "[-+*#>=_`~|:!\\[\\](){}<&@$.\\\\]{0,3}") {
        let snapshot = site(&[("content/en/a.md", "# A\n\nB\n\n- C\n\n| D |\n|---|\n| E |\n\n> F\n"), ("content/no/a.md", "# A\n\nB\n\n- C\n\n| D |\n|---|\n| E |\n\n> F\n")]);
        let mut export = everything(&snapshot, "no");
        translate(&mut export.document, &|_| format!("{first} x {last}").trim().to_owned());
        let import = import_text(&snapshot, "no", &write_xliff(&export.document, XliffVersion::V12));
        prop_assert_eq!(&import.rejected, &[]);
        let again = everything(&with(&snapshot, &import), "no");
        for (unit, read) in export.document.files[0].units.iter().zip(&again.document.files[0].units) {
            prop_assert_eq!(&unit.translation, &read.translation);
        }
    }
}

/// White space is one space.
fn even(content: &InlineContent) -> String {
    let text: String = content
        .iter()
        .map(|piece| match piece {
            Inline::Text(words) => words.clone(),
            other => format!("{other:?}"),
        })
        .collect();
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
