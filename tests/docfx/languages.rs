//! One repository per language: pages, pictures, includes and entries that a translation lacks are those of the repository beside it.

use super::repository::{build, problems, tree};

const DOCFX: &str = r#"{"build": {"content": [{"files": ["**/*.md", "**/toc.yml"], "exclude": ["**/includes/**"]}], "resource": ["**/*.svg"]}}"#;

const BOX: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>";

/// What Microsoft's publishing service reads at the top of a repository with translations.
const PUBLISH_NB: &str = r#"{"docsets_to_publish": [{"build_source_folder": "hjelp", "locale": "nb-NO"}],
    "dependent_repositories": [{"path_to_root": "_repo.en-us", "url": "https://example.com/acme/help"}]}"#;

const PAGE_NB: &str = "# Begynn\n\n![Boks](media/boks.svg)\n\n![Boks](~/media/boks.svg)\n\n[Mer](mer.md)\n\n[!include[x](includes/x.md)]\n";

/// The files of the repositories for Bokmål and English, and of one for Swedish.
fn repositories() -> tempfile::TempDir {
    tree(&[
        ("nb/.openpublishing.publish.config.json", PUBLISH_NB),
        ("nb/hjelp/docfx.json", DOCFX),
        ("nb/hjelp/index.md", PAGE_NB),
        ("nb/hjelp/toc.yml", "- href: index.md\n- href: mer.md\n"),
        ("en/.git/", ""),
        ("en/hjelp/docfx.json", DOCFX),
        (
            "en/hjelp/index.md",
            "# Start\n\n![Box](media/boks.svg)\n\n![Box](~/media/boks.svg)\n\n[More](mer.md)\n\n[!include[x](includes/x.md)]\n",
        ),
        ("en/hjelp/mer.md", "# More\n\n[Start](~/index.md)\n"),
        (
            "en/hjelp/includes/x.md",
            "Shared words, see [more](../mer.md).",
        ),
        ("en/hjelp/media/boks.svg", BOX),
        ("en/hjelp/toc.yml", "- href: index.md\n- href: mer.md\n"),
        (
            "sv/hjelp/docfx.json",
            r#"{"build": {"content": "**/*.md", "globalMetadata": {"_lang": "sv"}}}"#,
        ),
        ("sv/hjelp/mer.md", "# Mera\n\n[Börja](~/index.md)\n"),
    ])
}

#[test]
fn a_docset_with_those_of_other_languages_is_one_site() {
    let folder = repositories();
    let arguments = ["nb/hjelp", "--with", "en", "--with", "sv/hjelp"];
    assert_eq!(problems(folder.path(), &arguments), Vec::<String>::new());
    let (files, told) = build(folder.path(), &arguments);
    let page = &files["nb-no/index.html"];
    assert!(page.contains("<html lang=\"nb-NO\""), "{told}");
    // Twice the picture of the English repository, the include, and the page in the reader's frame.
    assert_eq!(page.matches("src=\"../en-us/media/boks.svg\"").count(), 2);
    assert!(page.contains("Shared words, see <a href=\"mer.html\""));
    assert!(page.contains("<a href=\"mer.html\">Mer</a>"));
    let more = &files["nb-no/mer.html"];
    assert!(more.contains("More") && more.contains("<html lang=\"nb-NO\""));
    assert!(files["en-us/mer.html"].contains("<html lang=\"en-US\""));
    assert!(files["sv/mer.html"].contains("<a href=\"index.html\">Börja</a>"));
    assert!(files["sv/index.html"].contains("Start"));
    // Readers choose among the languages.
    assert!(page.contains("hreflang=\"sv\"") && page.contains("hreflang=\"en-US\""));
}

#[test]
fn hjelp_yml_names_the_docset_of_another_language() {
    let folder = repositories();
    let at = folder.path().join("nb/hjelp/hjelp.yml");
    std::fs::write(
        &at,
        "docfx: docfx.json\ncontent:\n- from: ../../en/hjelp\n  locale: en\n",
    )
    .unwrap();
    assert_eq!(problems(folder.path(), &["nb/hjelp"]), Vec::<String>::new());
    let (files, _) = build(folder.path(), &["nb/hjelp"]);
    assert!(files["nb-no/index.html"].contains("src=\"../en/media/boks.svg\""));
    assert!(files["en/index.html"].contains("Start"));
}

#[test]
fn folders_that_are_no_docsets_are_not_read_wherever_hjelp_yml_leads() {
    let folder = tree(&[
        ("hemmelig/en/x.md", "HEMMELIG"),
        ("hemmelig/en/toc.yml", "- name: HEMMELIG"),
        (
            "site/hjelp.yml",
            "content:\n- from: ../hemmelig\n  locale: en\n- from: nb\n  locale: nb\n",
        ),
        ("site/nb/index.md", "# Hjem\n"),
        (
            "annen/hjelp.yml",
            "content:\n- from: ../../..\n  locale: en\n- from: nb\n  locale: nb\n",
        ),
        ("annen/nb/index.md", "# Hjem\n"),
    ]);
    for site in ["site", "annen"] {
        let (files, told) = build(folder.path(), &[site]);
        assert!(told.contains("outside"), "{told}");
        assert!(!files.values().any(|text| text.contains("HEMMELIG")));
    }
}

#[test]
fn the_language_of_a_docset_has_to_be_known_and_the_other_has_to_be_a_docset() {
    let folder = tree(&[
        ("nb/docfx.json", DOCFX),
        ("nb/index.md", "# Hjem\n"),
        ("en/docfx.json", DOCFX),
        ("en/index.md", "# Home\n"),
        ("tom/x.md", "# X\n"),
    ]);
    let (_, told) = build(folder.path(), &["nb", "--with", "en"]);
    assert!(
        told.contains("the language of this docset is not known"),
        "{told}"
    );
    let (_, told) = build(folder.path(), &["nb", "--with", "tom"]);
    assert!(
        told.contains("there is no `docfx.json` in `../tom`"),
        "{told}"
    );
    let (_, told) = build(folder.path(), &["nb", "--with", "borte"]);
    assert!(told.contains("borte"), "{told}");
}
