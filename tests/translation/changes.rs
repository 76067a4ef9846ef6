//! Two versions of a text -> what has changed in which section.

use hjelp::source::{SitePath, Source, Sources};
use hjelp::syntax::Dialect;
use hjelp::translation::section_changes::{SectionChange, section_changes};
use hjelp::translation::section_record::SectionRecord;
use hjelp::translation::sections::sections_of;
use hjelp::translation::{HashedSection, LockFiles, Revisions, status};
use hjelp::workspace::Snapshot;

pub fn sections(text: &str) -> Vec<HashedSection> {
    let name = if text.starts_with("### YamlMime") {
        "content/en/a.yml"
    } else {
        "content/en/a.md"
    };
    sections_of(
        &Source::from_text(SitePath::new(name).unwrap(), text),
        Dialect::DOCFX,
    )
}

/// `id: what, what; id: what`
fn changed(before: &str, after: &str) -> String {
    let (before, after) = (sections(before), sections(after));
    let seen =
        |sections: &[HashedSection]| sections.iter().map(SectionRecord::from).collect::<Vec<_>>();
    let found = section_changes(&seen(&before), &seen(&after));
    let line = |change: &SectionChange| {
        let section = change
            .current
            .map_or_else(|| &before[change.recorded.unwrap()], |now| &after[now]);
        format!(
            "{}: {}",
            section.id,
            change
                .kinds
                .iter()
                .map(|how| how.name())
                .collect::<Vec<_>>()
                .join(", ")
        )
    };
    found.iter().map(line).collect::<Vec<_>>().join("; ")
}

const PAGE: &str = "\
---
title: People
author: anna
---

# People

Everyone you know is *here*. See [companies](companies.md) for others.

## Add a person

1. Select **New**.
2. Write a name, for example `Ola`.

## Find a person

Type a part of the name.

![The search](media/search.png)

## See also

* [Companies](companies.md)
";

fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(PAGE.to_owned(), |page, (from, to)| {
        assert!(page.contains(from), "{from}");
        page.replace(from, to)
    })
}

#[test]
fn every_kind_of_change_is_distinguished() {
    let find =
        "## Find a person\n\nType a part of the name.\n\n![The search](media/search.png)\n\n";
    for (edits, expected) in [
        (
            vec![(
                "Everyone you know is *here*. See",
                "Everyone you\nknow   is *here*.\nSee",
            )],
            "",
        ),
        (
            vec![
                ("* [Companies]", "- [Companies]"),
                ("2. Write", "1. Write"),
                ("*here*", "_here_"),
            ],
            "",
        ),
        (
            vec![("# People\n", "# People\n\n<!-- Written by Anna -->\n")],
            "",
        ),
        (
            vec![("Everyone you know", "Everybody you know")],
            "people: wording",
        ),
        (
            vec![("part of the name", "prat of the name")],
            "find-a-person: wording",
        ),
        (
            vec![("(companies.md) for", "(firms.md) for")],
            "people: links",
        ),
        (
            vec![(
                "[companies](companies.md) for others",
                "companies for [others](companies.md)",
            )],
            "people: links",
        ),
        (
            vec![("media/search.png", "media/search-2.png")],
            "find-a-person: links",
        ),
        (
            vec![("![The search]", "![A search]")],
            "find-a-person: wording",
        ),
        (vec![("*here*", "**here**")], "people: formatting"),
        (
            vec![("1. Select **New**.\n2. Write", "* Select **New**.\n* Write")],
            "add-a-person: formatting",
        ),
        (vec![("`Ola`", "`Kari`")], "add-a-person: wording"),
        (
            vec![("author: anna", "author: bo\ndate: 2024-01-02")],
            "---: metadata",
        ),
        (vec![("title: People", "title: Persons")], "---: wording"),
        (
            vec![("## Find a person", "## Search for people")],
            "search-for-people: heading",
        ),
        (
            vec![("## Find a person", "### Find a person")],
            "find-a-person: formatting",
        ),
        (
            vec![
                ("## Find a person", "## Search"),
                ("part of the name", "bit of the name"),
            ],
            "search: heading, wording",
        ),
        (
            vec![
                (find, ""),
                ("## Add a person", &format!("{find}## Add a person")),
            ],
            "find-a-person: moved",
        ),
        (vec![(find, "")], "find-a-person: removed"),
        (
            vec![(
                "## See also",
                "## Remove a person\n\nSelect **Remove**.\n\n## See also",
            )],
            "remove-a-person: added",
        ),
        (
            vec![
                ("## Add a person", "## Create"),
                ("## See also", "## Remove\n\nx\n\n## See also"),
            ],
            "create: heading; remove: added",
        ),
    ] {
        assert_eq!(changed(PAGE, &edited(&edits)), expected, "{edits:?}");
    }
}

#[test]
fn what_is_not_certain_is_not_guessed() {
    let one = "## A\n\nwords of a\n\n## B\n\nwords of b\n";
    assert_eq!(
        changed(one, "## C\n\nnew words\n"),
        "c: added; a: removed; b: removed"
    );
    assert_eq!(
        changed(one, "## C\n\nnew words\n\n## D\n\nother words\n"),
        "c: heading, wording; d: heading, wording"
    );
    let same = "## Note\n\nsame\n\n## Note\n\nsame\n";
    assert_eq!(changed(same, same), "");
    assert_eq!(
        changed(same, "## Note\n\nsame\n\n## Note\n\nother\n"),
        "note-1: wording"
    );
    assert_eq!(changed("", "Words.\n"), ": added");
    assert_eq!(changed("# A\n", "<!-- x -->\n\n# A\n"), "");
    assert_eq!(
        changed("# A\n", "---\nauthor: anna\n---\n# A\n"),
        "---: metadata"
    );
    assert_eq!(
        changed("---\nauthor: anna\n---\n# A\n", "![](a.png)\n\n# A\n"),
        ": formatting"
    );
}

#[test]
fn pages_of_data_have_sections_too() {
    let page = "### YamlMime:Landing\ntitle: Help\nsummary: All of it\nmetadata:\n  author: anna\nlandingContent:\n- title: Start\n  linkLists:\n  - linkListType: concept\n    links:\n    - text: Begin\n      url: begin.md\n- title: More\n  links: []\n";
    assert_eq!(
        changed(page, &page.replace("Begin", "Start here")),
        "start: wording"
    );
    assert_eq!(
        changed(page, &page.replace("begin.md", "start.md")),
        "start: links"
    );
    assert_eq!(changed(page, &page.replace("anna", "bo")), ": formatting");
    assert_eq!(
        changed(page, &page.replace("All of it", "Everything")),
        ": wording"
    );
}

/// What is to be translated of the second text for those who know the first: by section, words of all words.
fn new_words(before: &str, after: &str) -> Vec<(usize, usize)> {
    let site = |original: &str| {
        let files = [
            ("hjelp.yml", "default-locale: en\n"),
            ("content/en/a.md", original),
            ("content/no/a.md", "# Annet\n"),
        ];
        let files = files.map(|(path, text)| Source::from_text(SitePath::new(path).unwrap(), text));
        Snapshot::new(Sources::new(files.to_vec(), [], []))
            .map_err(|(_, problems)| problems)
            .unwrap()
            .site
    };
    let (seen, site) = (
        sections(before).iter().map(SectionRecord::from).collect(),
        site(after),
    );
    let translation = site.sources.find("content/no/a.md").unwrap();
    let status = status(
        &site,
        &LockFiles::default(),
        &Revisions::from([(translation, seen)]),
    );
    let sections = status.locales[0].entries[0].sections.iter();
    sections
        .filter(|section| section.original.is_some())
        .map(|section| (section.new_words, section.words))
        .collect()
}

#[test]
fn of_what_has_changed_only_the_words_of_changed_blocks_are_counted() {
    let page = "# Three small words\n\nA paragraph of five words.\n\n* One item\n* Two items here\n\n## Next\n\n| a | b c |\n|---|---|\n| d e f | `x` |\n";
    let of = |edits: &[(&str, &str)]| {
        new_words(
            page,
            &edits
                .iter()
                .fold(page.to_owned(), |page, (from, to)| page.replace(from, to)),
        )
    };
    assert_eq!(of(&[]), [(0, 13), (0, 7)]);
    assert_eq!(of(&[("One item", "One thing")]), [(2, 13), (0, 7)]);
    assert_eq!(of(&[("d e f", "d e g")]), [(0, 13), (3, 7)]);
    assert_eq!(of(&[("# Three small", "# Three tiny")]), [(3, 13), (0, 7)]);
    // A block that has moved to another section is known.
    assert_eq!(
        of(&[
            ("* Two items here\n", ""),
            ("## Next\n", "## Next\n\n* Two items here\n")
        ]),
        [(0, 10), (0, 10)]
    );
    assert_eq!(
        of(&[("## Next", "## More of it\n\nNew words.\n\n## Next")]),
        [(0, 13), (5, 5), (0, 7)]
    );
    // Code is no words.
    assert_eq!(of(&[("`x`", "`y`")]), [(0, 13), (0, 7)]);
    assert_eq!(
        of(&[("* One item\n", "* One item\n* One item\n")]),
        [(2, 15), (0, 7)]
    );
}

#[test]
fn words_are_counted_as_translators_are_paid() {
    let words = |text: &str| {
        sections(text)
            .iter()
            .map(|section| section.words)
            .sum::<usize>()
    };
    assert_eq!(
        words("# Two words\n\nThree **more** words, `code` not.\n\n```\nnot this\n```\n"),
        6
    );
    assert_eq!(words("un**believ**able\n"), 1);
    assert_eq!(words("---\ntitle: A title\nauthor: some one\n---\n"), 2);
}
