//! Pseudo locales: a whole site as if it were translated, hidden from search engines.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use hjelp::source::{SitePath, Source, Sources};
use hjelp::workspace::{ConfiguredSources, Snapshot};

fn sources() -> Sources {
    let files = [
        (
            "hjelp.yml",
            "default-locale: \"no\"\nbase-url: https://hjelp.example/\ncontent: content\n",
        ),
        ("content/no/toc.yml", "- name: 'Ordre'\n  href: ordre.md\n"),
        (
            "content/no/ordre.md",
            "---\ntitle: Ny ordre\nuid: help-no-order\n---\n# Ny ordre\n\nVelg **Ny** i `kode`, se [her](#ny-ordre) &amp; [der](borte.md).\n\n> [!NOTE]\n> Merk.\n",
        ),
        ("content/en/ordre.md", "# New order\n"),
    ];
    let texts = files
        .iter()
        .map(|(path, text)| Source::from_text(SitePath::new(path).unwrap(), *text));
    Sources::new(texts.collect(), [], [])
}

fn built(snapshot: &Snapshot) -> BTreeMap<String, String> {
    let plan = snapshot.plan();
    let pages = plan
        .outputs
        .iter()
        .map(|output| snapshot.render(output).unwrap());
    let files = pages.chain(plan.ready.iter().cloned());
    files
        .map(|file| {
            (
                file.path.to_string(),
                String::from_utf8_lossy(&file.bytes).into_owned(),
            )
        })
        .collect()
}

#[test]
fn every_visible_text_changes_and_markup_does_not() {
    let snapshot = Snapshot::with_pseudo(ConfiguredSources::new(sources()), &|_| ())
        .map_err(|(_, problems)| problems)
        .unwrap();
    let files = built(&snapshot);
    let page = &files["nb-xa/ordre.html"];
    for part in [
        "<html lang=\"nb-XA\" dir=\"ltr\">",
        "<meta name=\"robots\" content=\"noindex\">",
        "<h1 id=\"ñýý-óóŕđŕéé\"><a class=\"shared-anchor\" id=\"ny-ordre\"></a>Ñýý óóŕđŕéé</h1>",
        "<p>Ṽééľĝ",
        "<strong>Ñýý</strong> îî <code>kode</code>",
        "<a href=\"#ny-ordre\">ĥééŕ</a> &amp; ",
        "<p class=\"alert-title\">Ṁééŕķ</p>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(
        page.contains(">Óŕđŕéé</a>"),
        "the toc is pseudo too\n{page}"
    );
    let mirrored = &files["nb-xb/ordre.html"];
    assert!(
        mirrored.contains("<html lang=\"nb-XB\" dir=\"rtl\">")
            && mirrored.contains("\u{202e}ordre\u{202c}"),
        "{mirrored}"
    );
}

#[test]
fn search_engines_and_reports_do_not_see_them() {
    let snapshot = Snapshot::with_pseudo(ConfiguredSources::new(sources()), &|_| ())
        .map_err(|(_, problems)| problems)
        .unwrap();
    let files = built(&snapshot);
    for file in ["sitemap.xml", "llms.txt", "helpmap.json", "no/llms.txt"] {
        assert!(
            files
                .get(file)
                .is_none_or(|text| !text.to_ascii_lowercase().contains("nb-xa")),
            "{file}"
        );
    }
    let alternates = |page: &str| files[page].matches("rel=\"alternate\" hreflang").count();
    assert_eq!(
        (alternates("nb-xa/ordre.html"), alternates("no/ordre.html")),
        (0, 3)
    );
    let plain = Snapshot::new(sources())
        .map_err(|(_, problems)| problems)
        .unwrap();
    assert_eq!(snapshot.problems(), plain.problems());
    assert!(built(&plain).keys().all(|path| !path.starts_with("nb-x")));
}
