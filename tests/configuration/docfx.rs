//! A `docfx.json` read as a configuration.

use hjelp::config::read;

use super::{complains, config, folders, localized, path, placed, sources};

/// A `docfx.json` whose `build` says this.
fn build(text: &str) -> String {
    format!("docfx.json\n{{ \"build\": {{ {text} }} }}")
}

#[test]
fn mappings_have_many_forms() {
    for (content, file, expected) in [
        ("'**/*.md'", "a/b.md", "page a/b.md"),
        ("['*.md', 'a/*.md']", "a/b.md", "page a/b.md"),
        ("{'files': '**.md'}", "a/b.md", "page a/b.md"),
        (
            "[{'files': ['x.md', '**.md'], 'exclude': 'a/'}]",
            "a/b.md",
            "",
        ),
        (
            "[{'files': '**.md', 'exclude': ['c/**']}, 'c/*.md']",
            "c/b.md",
            "page c/b.md",
        ),
        ("{'files': 'b.md', 'src': 'a'}", "a/b.md", "page b.md"),
        ("{'files': 'b.md', 'cwd': './a/'}", "a/b.md", "page b.md"),
        (
            "{'Files': '*/b.MD', 'Dest': 'x/y'}",
            "a/b.md",
            "page x/y/a/b.md",
        ),
        (
            "{'files': '**', 'src': 'a', 'dest': 'z'}",
            "a/toc.yml",
            "page z/toc.yml",
        ),
        ("{'files': '**'}", "a/b.png", ""),
        ("{'files': 'A/**', 'case': true}", "a/b.md", ""),
        ("{'files': '**', 'dot': true}", ".a/b.md", "page .a/b.md"),
        (
            "{'files': '{a}.md', 'noExpand': true}",
            "{a}.md",
            "page {a}.md",
        ),
        (
            "{'files': '!a.md', 'noNegate': true}",
            "!a.md",
            "page !a.md",
        ),
        ("{'files': '**/b.md', 'noGlobStar': true}", "a/c/b.md", ""),
        (
            "{'files': '**.md', 'dest': 'x', 'group': 'v1'}",
            "a.md",
            "page one/x/a.md",
        ),
        ("{'files': '**.md', 'group': 'v2'}", "a.md", "page a.md"),
        ("null", "a.md", ""),
        ("[]", "a.md", ""),
    ] {
        let text = build(
            &format!("'content': {content}, 'groups': {{'v1': {{'dest': 'one'}}}}")
                .replace('\'', "\""),
        );
        assert_eq!(
            placed(&config(&[&text, "a.md"]), file),
            expected,
            "{content}"
        );
    }
}

#[test]
fn pages_come_before_copies() {
    let text = build(
        r#""resource": ["**/*.png", "samples/**", "**/toc.yml"], "content": [{ "files": "**/*.{md,yml}", "exclude": "samples/**" }]"#,
    );
    let config = config(&[&text, "a.md"]);
    for (file, expected) in [
        ("toc.yml", "page toc.yml"),
        ("samples/x.md", "copy samples/x.md"),
        ("samples/toc.yml", "copy samples/toc.yml"),
        ("a/x.png", "copy a/x.png"),
        ("_site/x.png", ""),
        ("x.txt", ""),
    ] {
        assert_eq!(placed(&config, file), expected, "{file}");
    }
}

#[test]
fn the_output_folder() {
    for (keys, expected) in [
        ("", "_site"),
        (r#", "dest": "_site""#, "_site"),
        (r#", "dest": "out/help""#, "out/help"),
        (r#", "output": "out""#, "out"),
        (r#", "dest": "help", "output": "out""#, "out/help"),
        (r#", "dest": "", "output": null"#, "_site"),
    ] {
        let config = config(&[&build(&format!("\"content\": []{keys}")), "a.md"]);
        assert_eq!(config.output.as_str(), expected, "{keys}");
    }
}

#[test]
fn languages_are_the_folders_with_the_most_pages() {
    let text = build(r#""content": "**/*.md""#);
    for (files, expected, roots) in [
        (
            vec![
                "docs/en/a.md",
                "docs/no/a.md",
                "old/de/a.md",
                "old/fr/a.md",
                "docs/no/b.md",
            ],
            "en no>en",
            vec!["docs"],
        ),
        (
            vec!["en/a.md", "no/a.md", "docs/sv/a.md"],
            "en no>en",
            vec![""],
        ),
        (vec!["docs/en/a.md", "docs/api/a.md"], "en", vec![]),
        (vec!["docs/en/a.md", "docs/no/a.txt"], "en", vec![]),
        (
            vec!["a/en/x.md", "a/no/x.md", "b/en/x.md", "b/no/x.md"],
            "en no>en",
            vec!["a"],
        ),
    ] {
        let config = config(&[&[text.as_str()], files.as_slice()].concat());
        assert_eq!(
            (folders(&config).as_str(), localized(&config)),
            (expected, roots),
            "{files:?}"
        );
    }
}

#[test]
fn metadata_of_all_and_of_some_files() {
    let text = build(
        r#""content": "**.md",
        "globalMetadata": { "a": "global", "b": "global", "_appTitle": "Help" },
        "globalMetadataFiles": ["one.json", "two.json"],
        "fileMetadata": { "b": { "x/**": "x", "x/y.md": "y" }, "c": { "**/*.md": true } },
        "fileMetadataFiles": "files.json",
        "sitemap": { "baseUrl": "https://example.com", "priority": 0.1 }"#,
    );
    let config = config(&[
        &text,
        "one.json\n{ \"a\": \"one\", /* first wins */ \"d\": [1, ], }",
        "two.json\n{ \"a\": \"two\", \"e\": 2 }",
        "files.json\n{ \"e\": { \"x/*\": 3 } }",
        "a.md",
    ]);
    let values = |file: &str| {
        let values = config
            .metadata(&path(file))
            .into_iter()
            .map(|(key, node)| format!("{key}={}", node.text().unwrap_or("?")));
        values.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(values("toc.yml"), "a=one b=global _appTitle=Help e=2 d=?");
    assert_eq!(values("x/a.md"), "a=one b=x _appTitle=Help e=3 d=? c=true");
    assert_eq!(values("x/y.md"), "a=one b=y _appTitle=Help e=3 d=? c=true");
    assert_eq!(
        config.title.for_locale(config.locales.default()),
        Some("Help")
    );
    assert_eq!(config.base_url.as_deref(), Some("https://example.com/"));
}

#[test]
fn what_only_docfx_understands_is_listed() {
    let text = "docfx.json\n{ \"metadata\": [], \"Build\": { \"Content\": \"*.md\", \"template\": [], \"pdf\": {}, }, \"rules\": {} }";
    assert_eq!(
        config(&[text, "a.md"]).ignored,
        ["metadata", "build.template", "build.pdf"]
    );
}

#[test]
fn hjelp_yml_can_build_on_it() {
    let text = "hjelp.yml
docfx: web/docfx.json
title: Hjelp
locales: [no, en]
default-locale: no
content: {from: news, to: news, locale: no}
output: public
metadata: {global: {a: ours}}
";
    let docfx = "web/docfx.json\n{ \"build\": { \"content\": \"**.md\", \"dest\": \"out\", \"globalMetadata\": { \"a\": 1, \"b\": 2, \"_appTitle\": \"x\" }, \
                 \"fileMetadata\": { \"b\": { \"en/*\": 3 } } } }";
    let config = config(&[text, docfx, "web/no/a.md", "web/en/a.md", "news/a.md"]);
    assert_eq!(
        (
            folders(&config).as_str(),
            localized(&config),
            config.output.as_str()
        ),
        ("no en>no", vec!["web"], "public")
    );
    assert_eq!(
        config.title.for_locale(config.locales.default()),
        Some("Hjelp")
    );
    assert_eq!(
        ["news/a.md", "web/en/a.md", "a.md"].map(|file| placed(&config, file)),
        ["no page news/a.md", "en page en/a.md", ""]
    );
    let values: Vec<_> = config
        .metadata(&path("web/en/a.md"))
        .into_iter()
        .map(|(key, node)| (key, node.text().unwrap()))
        .collect();
    assert_eq!(values, [("a", "ours"), ("b", "3"), ("_appTitle", "x")]);
}

#[test]
fn mistakes_are_reported_at_their_place() {
    complains(
        "docfx.json",
        "{
  // what makes the site
\t\"build\": {
    \"content\": [ { \"files\": [\"**/*.md\", \"{a\"], \"exclude\": { } }, [\"a\"], ],
                                        ^^^^ bad-glob: `{a` matches nothing: its braces do not match (Write `{a,b}` for `a` or `b`, and `\\{` for the character itself.)
                                                          ^^^ unexpected-value: `exclude` takes a text, not a map (Write for example `**/*.md`.)
                                                                 ^^^^^ unexpected-value: a mapping takes a pattern or an object, not a list (Write for example `\"**/*.md\"`.)
    \"resource\": { \"files\": \"**\", \"src\": \"../images\" },
                                        ^^^^^^^^^^^ outside-site: `../images` is outside the site and is ignored (Move `docfx.json` up to a folder that holds all of the site.)
    \"globalMetadata\": \"x\",
                      ^^^ unexpected-value: `globalMetadata` takes a map, not a text (Write for example `{ \"key\": \"value\" }`.)
    \"fileMetadataFiles\": [\"no.json\"],
                          ^^^^^^^^^ missing-file: file not found: `no.json` (Correct the name, or remove it.)
    \"output\": \".\", /* here */
              ^^^ outside-site: the site cannot be written among its own sources (Name a folder, like `_site`.)
  }
}
",
        &["a.md"],
    );
    for text in [
        "",
        "[]",
        "{",
        "{}",
        "{\"build\": []}",
        "\"build\"",
        "{\"build\": {\"content\": }",
    ] {
        let problems = read(&sources(&[&format!("docfx.json\n{text}")])).unwrap_err();
        assert!(
            !problems.is_empty()
                && problems
                    .iter()
                    .all(|problem| problem.location.path.as_str() == "docfx.json"),
            "{text}: {problems:?}"
        );
    }
}

#[test]
fn a_key_given_twice_is_no_reason_to_stop() {
    let site = sources(&[
        "docfx.json\n{ \"build\": { \"dest\": \"a\", \"content\": \"*.md\", \"dest\": \"b\" } }",
        "a.md",
    ]);
    let config = read(&site).unwrap();
    assert_eq!(
        (
            config.output.as_str(),
            config.problems.len(),
            config.problems[0].code.name()
        ),
        ("b", 1, "duplicate-key")
    );
    let twice = sources(&["hjelp.yml\ntitle: a\ntitle: b\n", "content/a.md"]);
    assert_eq!(read(&twice).unwrap_err()[0].code.name(), "duplicate-key");
}

#[test]
fn problems_point_into_the_file_that_has_them() {
    let text = build(
        r#""content": "*.md", "globalMetadataFiles": "m.json", "fileMetadataFiles": ["f.json"]"#,
    );
    let problems = read(&sources(&[
        &text,
        "m.json\n[]",
        "f.json\n{ \"a\": { \"b}\": 1 } }",
        "a.md",
    ]))
    .unwrap_err();
    let places: Vec<_> = problems
        .iter()
        .map(|problem| {
            (
                problem.location.path.as_str(),
                problem.location.span.start,
                problem.code.name(),
            )
        })
        .collect();
    assert_eq!(
        places,
        [("f.json", 9, "bad-glob"), ("m.json", 0, "unexpected-value")]
    );
}
