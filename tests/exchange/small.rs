//! Small sites in which one thing happens.

use super::support::*;

/// What the file at `path` becomes when everything comes back in capitals.
fn shouted(files: &[(&str, &str)], path: &str) -> String {
    let snapshot = site(files);
    let mut export = everything(&snapshot, "no");
    assert_eq!(export.skipped, []);
    translate(&mut export.document, &|words| words.to_uppercase());
    let mut all = Vec::new();
    for version in [XliffVersion::V21, XliffVersion::V12] {
        let import = import_text(&snapshot, "no", &write_xliff(&export.document, version));
        assert_eq!(
            (import.rejected, import.incomplete),
            (Vec::new(), Vec::new())
        );
        let file = import
            .files
            .into_iter()
            .find(|file| file.path.as_str() == path);
        all.push(String::from_utf8(file.unwrap().bytes().to_vec()).unwrap());
    }
    assert_eq!(all[0], all[1]);
    all.remove(0)
}

#[test]
fn only_words_change() {
    let original = "---\r\ntitle: Invoice\r\ndescription: \"How to: send\"\r\nkeywords: a, b\r\nuid: en-a\r\n---\r\n\r\n# <a id=\"x\"></a>Send `it` now\r\n\r\n\
        Press **OK** in\r\nthe [list](b.md \"t\"), see <xref:en-b> \\* and &nbsp;end.\r\n\r\n\
        1. One\r\n   - [x] two ![Alt][i]\r\n\r\n   three  \r\n   four\r\n\r\n\
        | A | B |\r\n|---|:-:|\r\n| c \\| d | `e` |\r\n\r\n\
        > [!NOTE]\r\n> Mind [this] and *that*.\r\n\r\n```text\r\nlocked\r\n```\r\n\r\n\
        # [Tab](#tab/t)\r\n\r\nInside\r\n\r\n***\r\n\r\n[!include[x](f.md)]\r\n\r\n<div>raw</div>\r\n\r\n[i]: i.png\r\n[this]: b.md\r\n";
    let translation = original.replace("en-", "no-").replace("Invoice", "Faktura");
    let expected = "---\r\ntitle: INVOICE\r\ndescription: \"HOW TO: SEND\"\r\nkeywords: A, B\r\nuid: no-a\r\n---\r\n\r\n# <a id=\"x\"></a>SEND `it` NOW\r\n\r\n\
        PRESS **OK** IN THE [LIST](b.md \"T\"), SEE <xref:no-b> * AND \u{a0}END.\r\n\r\n\
        1. ONE\r\n   - \\[X\\] TWO ![ALT][i]\r\n\r\n   THREE  \r\n   FOUR\r\n\r\n\
        | A | B |\r\n|---|:-:|\r\n| C \\| D | `e` |\r\n\r\n\
        > [!NOTE]\r\n> MIND [THIS][this] AND *THAT*.\r\n\r\n```text\r\nlocked\r\n```\r\n\r\n\
        # [TAB](#tab/t)\r\n\r\nINSIDE\r\n\r\n***\r\n\r\n[!include[x](f.md)]\r\n\r\n<div>raw</div>\r\n\r\n[i]: i.png\r\n[this]: b.md\r\n";
    let files = [
        ("content/en/a.md", original),
        ("content/no/a.md", &translation),
        ("content/en/b.md", "# B\n"),
        ("content/en/f.md", "F\n"),
    ];
    assert_eq!(shouted(&files, "content/no/a.md"), expected);
}

#[test]
fn tables_of_contents_landing_pages_and_tutorials_keep_their_shape() {
    let toc = "- name: Start\n  href: a.md # here\n- name: 'It''s \"on\"'\n  items:\n  - name: \"Two\"\n    href: b.md\n";
    let other = toc.replace("Start", "Begynn");
    let files = [
        ("content/en/toc.yml", toc),
        ("content/no/toc.yml", &other),
        ("content/en/a.md", "# A\n"),
        ("content/no/a.md", "# A\n"),
    ];
    let expected = "- name: START\n  href: a.md # here\n- name: \"IT'S \\\"ON\\\"\"\n  items:\n  - name: \"TWO\"\n    href: b.md\n";
    assert_eq!(shouted(&files, "content/no/toc.yml"), expected);

    let landing = "### YamlMime:Landing\ntitle: Home\nsummary: >\n  All of\n  it\nlandingContent:\n- title: Card\n  linkLists:\n  - linkListType: learn\n    links:\n    - text: No\n      url: a.md\n";
    let expected = "### YamlMime:Landing\ntitle: HOME\nsummary: >\n  ALL OF IT\nlandingContent:\n- title: CARD\n  linkLists:\n  - linkListType: learn\n    links:\n    - text: \"NO\"\n      url: a.md\n";
    let files = [
        ("content/en/index.yml", landing),
        ("content/no/index.yml", landing),
        ("content/en/a.md", "# A\n"),
        ("content/no/a.md", "# A\n"),
    ];
    assert_eq!(shouted(&files, "content/no/index.yml"), expected);

    let tutorial = "### YamlMime:Tutorial\ntitle: Learn\nitems:\n- title: Step\n  content: |\n    # In *it*\n\n    - one\n      two\n\n- title: Last\n  content: |\n    End [x](a.md)\n";
    let expected = "### YamlMime:Tutorial\ntitle: LEARN\nitems:\n- title: STEP\n  content: |\n    # IN *IT*\n\n    - ONE TWO\n\n- title: LAST\n  content: |\n    END [X](a.md)\n";
    let files = [
        ("content/en/t.yml", tutorial),
        ("content/no/t.yml", tutorial),
        ("content/en/a.md", "# A\n"),
        ("content/no/a.md", "# A\n"),
    ];
    assert_eq!(shouted(&files, "content/no/t.yml"), expected);
}

#[test]
fn blocks_that_a_translation_lacks_are_added_where_they_belong() {
    let original = "# A\n\n* [One][1]\n* Last\n\n## More\n\n* [Two][2]\n\n| h | i |\n|---|---|\n| j | k |\n| l | m |\n\n> [!TIP]\n> First\n>\n> Second\n\n<!-- x -->\n[1]: b.md\n[2]: c.md\n";
    let translation = "# A\n\n* [En][1]\n\n| h | i |\n|---|---|\n| j | k |\n\n> [!TIP]\n> Første\n\n<!-- x -->\n[1]: b.md\n";
    let expected = "# A\n\n* [ONE][1]\n* LAST\n\n## MORE\n\n* [TWO](c.md)\n\n| H | I |\n|---|---|\n| J | K |\n| L | M |\n\n> [!TIP]\n> FIRST\n>\n> SECOND\n\n<!-- x -->\n[1]: b.md\n";
    let files = [
        ("content/en/a.md", original),
        ("content/no/a.md", translation),
        ("content/en/b.md", "# B\n"),
        ("content/en/c.md", "# C\n"),
    ];
    assert_eq!(shouted(&files, "content/no/a.md"), expected);
    let toc = "- name: One\n  href: a.md\n- name: Two\n  href: b.md\n  items:\n  - name: Three\n    href: c.md\n- name: Four\n  href: d.md\n";
    let short = "- name: En\n  href: a.md\n- name: Fire\n  href: d.md\n";
    let expected = ["One", "Two", "Three", "Four"]
        .iter()
        .fold(toc.to_owned(), |toc, name| {
            toc.replace(name, &name.to_uppercase())
        });
    let files = [
        ("content/en/toc.yml", toc),
        ("content/no/toc.yml", short),
        ("content/en/a.md", "# A"),
        ("content/no/a.md", "# A"),
    ];
    assert_eq!(shouted(&files, "content/no/toc.yml"), expected);
}

#[test]
fn a_new_page_is_its_original_in_another_language() {
    let config = "default-locale: en\ntranslations:\n  uid: help-{locale}-*\n";
    let original = "---\nuid: help-en-a\ntitle: Invoice\nlanguage: en\n---\n\n# Invoice\n\nSee [b].\n\n[b]: b.md\n";
    let files = [
        ("hjelp.yml", config),
        ("content/en/a.md", original),
        ("content/en/b.md", "# B\n"),
        ("content/no/b.md", "# B\n"),
    ];
    let expected = "---\nuid: help-no-a\ntitle: INVOICE\nlanguage: no\n---\n\n# INVOICE\n\nSEE [B][b].\n\n[b]: b.md\n";
    assert_eq!(shouted(&files, "content/no/a.md"), expected);
    // As long as a text is missing there is no page.
    let snapshot = site(&files);
    let mut export = everything(&snapshot, "no");
    translate(&mut export.document, &|words| words.to_uppercase());
    export.document.files[0].units[1].translation = None;
    let import = import_text(
        &snapshot,
        "no",
        &write_xliff(&export.document, XliffVersion::V21),
    );
    assert_eq!((import.files.len(), import.untranslated), (0, 1));
    assert_eq!(
        (import.incomplete[0].translated, import.incomplete[0].needed),
        (2, 3)
    );
}

#[test]
fn the_same_text_is_proposed_where_it_is_new() {
    let files = [
        ("content/en/a.md", "# A\n\nPress [Save](b.md) now.\n"),
        ("content/no/a.md", "# A\n\nTrykk [Lagre](b.md) nå.\n"),
        ("content/en/b.md", "# B\n\nPress [Save](a.md) now.\n"),
    ];
    let export = everything(&site(&files), "no");
    let unit = &export.document.files[1].units[1];
    assert_eq!(
        (unit.translation.as_ref(), unit.suggestions.len()),
        (None, 1)
    );
    let text = write_xliff(&export.document, XliffVersion::V21);
    assert!(
        text.contains("<mtc:match ref=\"#s4\" type=\"tm\""),
        "{text}"
    );
    assert!(
        write_tmx(&export.memory, "en", "nb")
            .contains("<seg>Trykk <bpt i=\"1\" x=\"1\" type=\"link\">[</bpt>Lagre<ept i=\"1\">](b.md)</ept> nå.</seg>")
    );
}

#[test]
fn only_what_changed_since_is_handed_out() {
    let files = [
        ("content/en/a.md", "# A\n\nOne.\n\nTwo.\n"),
        ("content/no/a.md", "# A\n\nEn.\n\nTo.\n"),
        ("content/en/b.md", "# B\n\nNew.\n"),
    ];
    let earlier = site(&[
        ("content/en/a.md", "# A\n\nOne.\n\nTow.\n"),
        ("content/en/b.md", "# B\n"),
    ]);
    let snapshot = site(&files);
    let selection = ExportSelection {
        since: Some(&earlier.site.sources),
        ..ExportSelection::default()
    };
    let export = export(context(&snapshot, "no"), &selection);
    let words: Vec<String> = export
        .document
        .files
        .iter()
        .flat_map(|file| &file.units)
        .map(|unit| format!("{:?} {}", unit.original, unit.stale))
        .collect();
    // A page that is not translated yet is handed out as a whole.
    assert_eq!(
        words,
        [
            "[Text(\"Two.\")] true",
            "[Text(\"B\")] false",
            "[Text(\"New.\")] false"
        ]
    );
}

#[test]
fn texts_for_other_languages_and_sites_are_refused() {
    let snapshot = site(&[("content/en/a.md", "# A\n"), ("content/no/a.md", "# A\n")]);
    let read = |from: &str, to: &str, original: &str| {
        let text = format!(
            "<xliff version=\"2.1\" srcLang=\"{from}\" trgLang=\"{to}\"><file original=\"{original}\"/></xliff>"
        );
        target_locale(&snapshot.site, &read_xliff(&text).unwrap()).map_err(|error| error.message)
    };
    assert_eq!(
        read("en", "nb", "content/en/a.md"),
        Ok(locale(&snapshot, "no"))
    );
    assert_eq!(
        read("en", "NO", "content/en/a.md"),
        Ok(locale(&snapshot, "no"))
    );
    assert!(
        read("nb", "en", "content/en/a.md")
            .unwrap_err()
            .contains("from `nb`")
    );
    assert!(
        read("en", "de", "content/en/a.md")
            .unwrap_err()
            .contains("into `de`")
    );
    assert!(
        read("en", "nb", "docs/en/x.md")
            .unwrap_err()
            .contains("another site")
    );
}

#[test]
fn files_that_are_no_text_are_left_alone() {
    let snapshot = site(&[
        ("content/en/a.md", "# A\n"),
        ("content/no/a.md", "# A\n"),
        ("content/no/b.md", "# B\n"),
    ]);
    let mut export = everything(&snapshot, "no");
    translate(&mut export.document, &|words| words.to_uppercase() + "!");
    let mut texts = snapshot.site.sources.texts().to_vec();
    let broken = hjelp::source::Source::from_bytes(texts[1].path.clone(), b"# \xC5\n".to_vec());
    texts[1] = broken;
    let snapshot = self::snapshot(hjelp::source::Sources::new(texts, [], []));
    assert_eq!(
        everything(&snapshot, "no")
            .skipped
            .iter()
            .map(|left| left.count)
            .sum::<usize>(),
        1
    );
    let import = import_text(
        &snapshot,
        "no",
        &write_xliff(&export.document, XliffVersion::V21),
    );
    assert_eq!((import.files.len(), import.rejected.len()), (0, 1));
    assert!(
        import.rejected[0]
            .message
            .contains("`content/no/a.md` is not valid UTF-8")
    );
}
