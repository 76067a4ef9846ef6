//! `hjelp compare`: every kind of difference is found where it is planted, what is by design is named, and nothing is found between equal sites.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout
)]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use hjelp::compare::{BuiltSite, Comparison, Reason, compare, html_report, text_report};

const PAGE: &str = r##"<!DOCTYPE html><html><head><title>Salg | Butikken</title></head><body>
<article class="content wrap" id="_content"><h1 id="salg">Salg</h1>
<p>Trykk <strong>Lagre</strong> og <a href="../lager/index.html#inn">les</a> om <code>salg</code>.</p>
<h2 id="kasse">Kasse</h2>
<ul><li>En</li><li>To</li></ul>
<div class="NOTE"><h5>Note</h5><p>Husk.</p></div>
<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>
<pre><code class="lang-cs">var x = 1;</code></pre>
<p><img src="media/a.png" alt="Bilde" width="3"> <a name="gammel"></a></p>
</article></body></html>"##;

const TOC: &str = r#"{"items":[{"name":"Hjem","href":"index.html"},{"name":"Salg","items":[{"name":"Kasse","href":"salg/index.html"}]},{"name":"Varer","href":"varer.yml"},{"name":"Borte","href":"borte.md"}]}"#;

const MAP: &str = "### YamlMime:XRefMap\nreferences:\n- uid: a\n  name: Salg\n  href: salg/index.html\n- uid: b\n  name: Lager\n  href: lager/index.html\n";

fn site(page: &str, toc: &str, map: &str) -> BuiltSite {
    let mut site = BuiltSite::default();
    for (path, text) in [
        ("salg/index.html", Some(page)),
        ("toc.json", Some(toc)),
        ("xrefmap.yml", Some(map)),
        ("media/a.png", None),
        ("lager/index.html", Some("<main><h1>Lager</h1></main>")),
    ] {
        site.add(path.to_owned(), text.map(str::to_owned));
    }
    site
}

fn with_page(page: &str) -> Comparison {
    compare(&site(PAGE, TOC, MAP), &site(page, TOC, MAP))
}

#[test]
fn equal_sites_have_no_difference() {
    let comparison = with_page(PAGE);
    assert_eq!(
        (comparison.pages, comparison.same, comparison.count()),
        (2, 2, 0)
    );
    assert!(comparison.shapes.is_empty());
}

#[test]
fn what_readers_do_not_see_is_no_difference() {
    for (from, to) in [
        (" width=\"3\"", " width=\"9\" loading=\"lazy\""),
        ("content wrap", "article"),
        ("<li>En</li>", "<li>\n  En\n</li>"),
        ("<p>Trykk", "<p data-hjelp-x=\"1\">  Trykk"),
        ("Salg | Butikken", "Salg – Butikken"),
        ("<p>Husk.</p>", "<p>Husk.<script>x()</script><!-- c --></p>"),
        ("og <a", "og\n<a"),
    ] {
        let changed = PAGE.replace(from, to);
        assert_ne!(changed, PAGE);
        let comparison = with_page(&changed);
        assert_eq!(comparison.count(), 0, "{from}: {comparison:#?}");
        assert_eq!(comparison.same, 2, "{from}");
    }
}

/// Changes of the article, each of which a reader would notice: what is replaced, and by what.
const PLANTED: [(&str, &str); 40] = [
    ("<strong>Lagre</strong>", "**Lagre**"),
    ("<strong>Lagre</strong>", "<em>Lagre</em>"),
    ("Trykk ", "Trykk"),
    ("Trykk", "Klikk"),
    ("<p>Husk.</p>", ""),
    ("<li>To</li>", ""),
    ("<ul><li>En</li><li>To</li></ul>", "<p>- En - To</p>"),
    ("class=\"NOTE\"", "class=\"TIP\""),
    ("<td>1</td>", "<td>1</td><td></td>"),
    ("<thead><tr><th>A</th></tr></thead>", ""),
    ("lang-cs", "lang-vb"),
    ("var x", "let x"),
    ("alt=\"Bilde\"", "alt=\"\""),
    ("media/a.png", "media/b.png"),
    ("index.html#inn", "index.html#ut"),
    ("../lager/", "../varer/"),
    ("<h2 id=\"kasse\">Kasse</h2>", "<h3 id=\"kasse\">Kasse</h3>"),
    ("<h1 id=\"salg\">Salg</h1>", ""),
    ("<code>salg</code>", "<code>Salg</code>"),
    ("<pre>", "<pre class=\"x\">"),
    ("</article>", "<p>Mer</p></article>"),
    ("<p><img", "<p>&lt;xref:a&gt; <img"),
    ("<li>En</li><li>To</li>", "<li>To</li><li>En</li>"),
    (
        "<ul><li>En</li><li>To</li></ul>",
        "<ol><li>En</li><li>To</li></ol>",
    ),
    ("<li>To</li>", "<li>To<ul><li>Tre</li></ul></li>"),
    ("<ul>", "<ul class=\"contains-task-list\">"),
    ("<th>A</th>", "<th>B</th>"),
    ("<td>1</td>", "<td><p>1</p></td>"),
    ("<table>", "<blockquote><table>"),
    (
        "<pre><code class=\"lang-cs\">var x = 1;</code></pre>",
        "<p>```cs var x = 1; ```</p>",
    ),
    ("var x = 1;", "var x = 1;\nvar y = 2;"),
    (
        "<p>Husk.</p>",
        "</div><div class=\"NOTE\"><h5>Note</h5><p>Husk.</p>",
    ),
    (
        "<div class=\"NOTE\"><h5>Note</h5><p>Husk.</p></div>",
        "<blockquote><p>[!NOTE] Husk.</p></blockquote>",
    ),
    ("<p>Husk.</p>", "<p>::: zone-end</p>"),
    ("om <code>", "om [<code>"),
    (">les</a>", ">Les</a>"),
    (">les</a> om", "> les om</a>"),
    ("<a href=\"../lager/index.html#inn\">les</a>", "les"),
    (
        "<h2 id=\"kasse\">Kasse</h2>",
        "<h2 id=\"kasse\">Kasse</h2><h2 id=\"kasse-1\">Kasse</h2>",
    ),
    ("<p>Trykk", "<hr><p>Trykk"),
];

#[test]
fn every_planted_difference_of_an_article_is_found() {
    for (from, to) in PLANTED {
        let changed = PAGE.replacen(from, to, 1);
        assert_ne!(changed, PAGE, "{from}");
        let comparison = with_page(&changed);
        assert_eq!(comparison.differing.len(), 1, "{from}: {comparison:#?}");
        assert_eq!(comparison.differing[0].page, "salg/index.html");
        assert!(!comparison.shapes.is_empty(), "{from}");
        let text = text_report(&comparison, false);
        assert!(text.contains("salg/index.html"), "{text}");
    }
}

#[test]
fn fifty_differences_in_one_site_are_found_and_nothing_else() {
    let (mut old, mut new) = (BuiltSite::default(), BuiltSite::default());
    for (number, (from, to)) in PLANTED.iter().enumerate() {
        let path = format!("sider/{number}/index.html");
        old.add(path.clone(), Some(PAGE.to_owned()));
        new.add(path, Some(PAGE.replacen(from, to, 1)));
        // As many pages that are the same.
        let path = format!("like/{number}/index.html");
        old.add(path.clone(), Some(PAGE.to_owned()));
        new.add(path, Some(PAGE.to_owned()));
    }
    let titled = PAGE.replace("Salg | Butikken", "Salget | Butikken");
    let anchored = PAGE.replace("<a name=\"gammel\"></a>", "");
    for (path, page) in [("a.html", &titled), ("b.html", &anchored)] {
        old.add(path.to_owned(), Some(PAGE.to_owned()));
        new.add(path.to_owned(), Some(page.clone()));
    }
    for path in ["borte/en.html", "borte/to.pdf"] {
        old.add(path.to_owned(), None);
    }
    let (toc, map) = (
        TOC.replace("Kasse", "Kassen"),
        MAP.replace("uid: b", "uid: c"),
    );
    for (site, toc, map) in [(&mut old, TOC, MAP), (&mut new, &toc, &map)] {
        site.add("toc.json".to_owned(), Some(toc.to_owned()));
        site.add("xrefmap.yml".to_owned(), Some(map.to_owned()));
    }
    let comparison = compare(&old, &new);
    let mut pages: Vec<&str> = comparison
        .differing
        .iter()
        .map(|page| page.page.as_str())
        .collect();
    pages.sort_unstable();
    let mut planted: Vec<String> = (0..PLANTED.len())
        .map(|number| format!("sider/{number}/index.html"))
        .collect();
    // An anchor that is gone is a difference of its article, too.
    planted.push("b.html".to_owned());
    planted.sort_unstable();
    assert_eq!(pages, planted);
    assert_eq!(comparison.titles.len(), 1, "{:#?}", comparison.titles);
    assert_eq!(
        comparison.lost_addresses.len(),
        2,
        "{:#?}",
        comparison.lost_addresses
    );
    assert!(
        comparison
            .lost_anchors
            .iter()
            .any(|place| place.page == "b.html")
    );
    assert!(!comparison.toc_entries.is_empty() && !comparison.uids.is_empty());
    assert_eq!(comparison.same, PLANTED.len() + 1);
    let found = comparison.count();
    assert!(found >= 47, "{found}");
}

#[test]
fn lost_anchors_titles_and_addresses_are_found() {
    for (from, to, anchor) in [
        (" id=\"kasse\"", "", "#kasse"),
        (" id=\"kasse\"", " id=\"kassen\"", "#kasse"),
        ("<a name=\"gammel\"></a>", "", "#gammel"),
    ] {
        let comparison = with_page(&PAGE.replace(from, to));
        assert_eq!(comparison.lost_anchors.len(), 1, "{comparison:#?}");
        assert_eq!(comparison.lost_anchors[0].what, anchor);
    }
    // An anchor elsewhere on the page still works.
    let moved = PAGE
        .replace("<a name=\"gammel\"></a>", "")
        .replace("<body>", "<body id=\"gammel\">");
    assert!(with_page(&moved).lost_anchors.is_empty());
    let renamed = with_page(&PAGE.replace("Salg | Butikken", "Salget – Butikken"));
    assert_eq!(renamed.titles.len(), 1, "{renamed:#?}");

    let mut old = site(PAGE, TOC, MAP);
    for path in [
        "gammel/side.html",
        "media/tegning.svg",
        "Stor.html",
        "styles/main.css",
        "salg/toc.html",
    ] {
        old.add(path.to_owned(), None);
    }
    let mut new = site(PAGE, TOC, MAP);
    new.add("stor.html".to_owned(), None);
    let comparison = compare(&old, &new);
    let lost: Vec<(&str, &str)> = comparison
        .lost_addresses
        .iter()
        .map(|place| (place.page.as_str(), place.what.as_str()))
        .collect();
    assert_eq!(
        lost,
        [
            ("Stor.html", "only as `stor.html`"),
            ("gammel/side.html", "gone"),
            ("media/tegning.svg", "gone")
        ]
    );
    assert_eq!(comparison.by_design[&Reason::Template], 2);
}

#[test]
fn every_planted_difference_of_a_map_is_found() {
    for (from, to, what) in [
        (
            "\"name\":\"Kasse\"",
            "\"name\":\"Kassen\"",
            "`Salg > Kasse` is called `Kassen`",
        ),
        (
            "salg/index.html",
            "salg/andre.html",
            "leads to `salg/andre.html` instead of",
        ),
        (
            r#"{"name":"Hjem","href":"index.html"},"#,
            "",
            "`Hjem` is gone",
        ),
        (
            r#"{"name":"Varer""#,
            r#"{"name":"Ny"},{"name":"Varer""#,
            "`Ny` is new",
        ),
        (r#","href":"index.html""#, "", "leads to `nothing`"),
    ] {
        let mut new = site(PAGE, &TOC.replacen(from, to, 1), MAP);
        new.add("index.html".to_owned(), None);
        new.add("salg/index.html".to_owned(), Some(PAGE.to_owned()));
        let comparison = compare(&site(PAGE, TOC, MAP), &new);
        assert_eq!(comparison.toc_entries.len(), 1, "{what}: {comparison:#?}");
        assert!(
            comparison.toc_entries[0].what.contains(what),
            "{comparison:#?}"
        );
    }
    for (from, to, what) in [
        ("uid: b", "uid: c", "uid `b` is gone"),
        (
            "href: lager/index.html",
            "href: lager/x.html",
            "leads to `lager/x.html`",
        ),
        ("name: Lager", "name: Lageret", "is called `Lageret`"),
    ] {
        let comparison = compare(
            &site(PAGE, TOC, MAP),
            &site(PAGE, TOC, &MAP.replace(from, to)),
        );
        assert_eq!(comparison.uids.len(), 1, "{comparison:#?}");
        assert!(comparison.uids[0].what.contains(what), "{comparison:#?}");
    }
}

#[test]
fn what_is_by_design_is_named_and_counted_apart() {
    let comparison = with_page(PAGE);
    assert!(comparison.by_design.is_empty());
    for (from, to, reason) in [
        ("<h5>Note</h5>", "<h5>Merk</h5>", Reason::AlertLabel),
        (
            "../lager/index.html#inn",
            "../Lager/Index.html#inn",
            Reason::Spelling,
        ),
        ("media/a.png", "./media/a.png", Reason::Spelling),
        (
            "<p>Husk.</p>",
            "<p>Husk.</p><p></p>",
            Reason::EmptyParagraph,
        ),
    ] {
        let comparison = with_page(&PAGE.replace(from, to));
        assert_eq!(comparison.count(), 0, "{from}: {comparison:#?}");
        assert_eq!(comparison.same_by_design, 1, "{from}");
        assert_eq!(comparison.by_design[&reason], 1, "{from}");
    }
    let old = PAGE.replace("../lager/index.html#inn", "../lager/index.md#inn");
    let comparison = compare(&site(&old, TOC, MAP), &site(PAGE, TOC, MAP));
    assert_eq!(comparison.by_design[&Reason::SourceLink], 1);
    let untitled = PAGE.replace("<h1 id=\"salg\">Salg</h1>", "");
    let titled = PAGE.replace("<h1 id=\"salg\">", "<h1>");
    let comparison = compare(&site(&untitled, TOC, MAP), &site(&titled, TOC, MAP));
    assert_eq!(comparison.by_design[&Reason::TitleAsHeading], 1);
    let new = TOC
        .replace("varer.yml", "varer.html")
        .replace(r#","href":"borte.md""#, "");
    let comparison = compare(&site(PAGE, TOC, MAP), &site(PAGE, &new, MAP));
    assert_eq!(comparison.count(), 0, "{comparison:#?}");
    assert_eq!(comparison.by_design[&Reason::PageType], 1);
    assert_eq!(comparison.by_design[&Reason::LeadsNowhere], 1);
}

#[test]
fn the_folder_that_dest_adds_does_not_matter() {
    let mut old = BuiltSite::default();
    old.add("dok/salg/index.html".to_owned(), Some(PAGE.to_owned()));
    let comparison = compare(&old, &site(PAGE, TOC, MAP));
    assert_eq!((comparison.pages, comparison.same), (1, 1));
}

#[test]
fn the_command_builds_compares_and_decides() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path();
    fs::write(
        site.join("docfx.json"),
        r#"{"build": {"content": ["*.md", "toc.yml"], "dest": "_site"}}"#,
    )
    .unwrap();
    fs::write(site.join("index.md"), "# Hjem\n\nHei **du**.\n").unwrap();
    fs::write(site.join("toc.yml"), "- name: Hjem\n  href: index.md\n").unwrap();
    let old = site.join("gammel");
    fs::create_dir(&old).unwrap();
    let page = "<html><head><title>Hjem</title></head><body><article><h1 id=\"hjem\">Hjem</h1>\n<p>Hei <strong>du</strong>.</p></article></body></html>";
    fs::write(old.join("index.html"), page).unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
            .arg("compare")
            .args([&old, &site.to_owned()])
            .args(arguments)
            .output()
            .unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (code, text) = run(&[]);
    assert!(
        code == 0 && text.contains("1 articles that are the same"),
        "{text}"
    );
    fs::write(
        old.join("index.html"),
        page.replace("du</strong>", "dere</strong>"),
    )
    .unwrap();
    fs::write(old.join("borte.html"), page).unwrap();
    let (code, json) = run(&["--format", "json"]);
    assert_eq!(code, 1);
    assert!(
        json.contains("\"pattern\": \"TEXT  =>  TEXT\"") && json.contains("borte.html"),
        "{json}"
    );
    let (code, _) = run(&["--max-differences", "2"]);
    assert_eq!(code, 0);
    let report = site.join("rapport.html");
    let (code, text) = run(&["--format", "html", "--out", report.to_str().unwrap()]);
    assert_eq!(code, 1, "{text}");
    let html = fs::read_to_string(&report).unwrap();
    assert!(
        html.starts_with("<!doctype html>") && html.contains("borte.html"),
        "{html}"
    );
    // Nothing is loaded from elsewhere, and nothing of a page becomes markup of the report.
    assert!(
        !html.contains("src=") && !html.contains("<link") && !html.contains("<strong>"),
        "{html}"
    );
    assert!(!site.join("_site").exists());
    let empty = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
        .arg("compare")
        .args([empty.path(), site])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn reports_escape_what_pages_contain() {
    let comparison = with_page(&PAGE.replace("Husk.", "&lt;script&gt;x()&lt;/script&gt;"));
    let html = html_report(&comparison, "<gammel>");
    assert!(
        !html.contains("<script>") && !html.contains("<gammel>"),
        "{html}"
    );
}

/// Sites that DocFX's default and modern templates wrote, with the counts that an independent comparison of their articles gives.
#[test]
fn sites_of_docfx_are_compared_page_by_page() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    for (name, content, pages) in [
        ("nunit-default", "repositories/nunit/docs", 392),
        ("nunit-modern", "repositories/nunit/docs", 392),
        ("nuget-default", "repositories/nuget/docs", 449),
    ] {
        let archive = shared.join(format!("vectors/docfx-built/sites/{name}.tar.xz"));
        let folder = tempfile::tempdir().unwrap();
        let unpacked = Command::new("tar")
            .arg("-xJf")
            .arg(&archive)
            .arg("-C")
            .arg(folder.path())
            .status();
        if !archive.is_file() || !unpacked.is_ok_and(|status| status.success()) {
            // Past the test harness, which keeps quiet about tests that pass.
            let _ = writeln!(
                std::io::stderr(),
                "\nSKIPPED: no `{}`, or no `tar` to unpack it",
                archive.display()
            );
            continue;
        }
        let elsewhere = tempfile::tempdir().unwrap();
        let config = elsewhere.path().join("hjelp.yml");
        fs::write(&config, "docfx: docfx.json\nmarkup: docfx\n").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
            .arg("compare")
            .arg(folder.path())
            .arg(shared.join("corpus").join(content))
            .arg("--config")
            .arg(&config)
            .args(["--format", "json"])
            .output()
            .unwrap();
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let good = found["same"].as_u64().unwrap() + found["same_by_design"].as_u64().unwrap();
        println!("{name}: {good} of {} pages are the same", found["pages"]);
        assert_eq!(found["pages"], pages);
        // Nearly all articles, which other tests compare one by one, and every entry and uid.
        assert!(good * 100 >= pages * 98, "{name}: {good}");
        assert_eq!(found["toc_entries"].as_array().unwrap().len(), 0, "{name}");
        assert_eq!(found["uids"].as_array().unwrap().len(), 0, "{name}");
        assert_eq!(
            found["lost_addresses"].as_array().unwrap().len(),
            0,
            "{name}"
        );
    }
}
