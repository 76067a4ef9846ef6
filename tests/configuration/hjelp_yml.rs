//! Every key of `hjelp.yml`, and the problems reported for mistakes.

use hjelp::config::{FallbackMode, read};

use super::{complains, config, folders, localized, path, placed, sources};

const SITE: &[&str] = &["content/en/index.md", "content/no/index.md"];

#[test]
fn a_folder_of_languages_needs_no_configuration() {
    let config = config(&[
        "content/no/index.md",
        "content/en/a/b.md",
        "content/nn/x.md",
        "content/en/a/b.png",
        "README.md",
        "other/x.md",
    ]);
    assert_eq!(folders(&config), "en nn>no>en no>en");
    assert_eq!(
        (localized(&config), config.output.as_str()),
        (vec!["content"], "_site")
    );
    for (file, expected) in [
        ("content/en/a/b.md", "en page en/a/b.md"),
        ("content/no/toc.yml", "no page no/toc.yml"),
        ("content/no/includes/x.md", ""),
        ("content/no/x.yaml", ""),
        ("content/no/includes/x.png", "no copy no/includes/x.png"),
        ("content/no/.x.png", ""),
        ("content/media/x.PNG", "copy media/x.PNG"),
        ("content/index.md", "page index.md"),
        ("README.md", ""),
    ] {
        assert_eq!(placed(&config, file), expected, "{file}");
    }
    let split = config.localized_path(&path("content/no/a/b.md")).unwrap();
    assert_eq!(
        (split.root.as_str(), split.locale, split.rest.as_str()),
        ("content", config.locales.by_folder("no").unwrap(), "a/b.md")
    );
    assert_eq!(config.localized_path(&path("content/no")), None);
    assert_eq!(config.localized_path(&path("content/xx/a.md")), None);
}

#[test]
fn language_folders_are_distinguished_from_others() {
    for (files, expected, roots) in [
        (vec!["content/no/a.md"], "no", vec!["content"]),
        (vec!["content/no/a.md", "content/sales/a.md"], "en", vec![]),
        (vec!["content/it/a.md", "content/index.md"], "en", vec![]),
        (
            vec!["content/nb/a.md", "content/nn/a.md", "content/da/a.md"],
            "da nb>da nn>nb>da",
            vec!["content"],
        ),
        (
            vec!["content/pt/a.md", "content/pt-br/a.md"],
            "pt pt-br>pt",
            vec!["content"],
        ),
        (vec!["content/index.md"], "en", vec![]),
    ] {
        let config = config(&files);
        assert_eq!(
            (folders(&config).as_str(), localized(&config)),
            (expected, roots),
            "{files:?}"
        );
    }
}

#[test]
fn every_key_is_read() {
    let text = "hjelp.yml
title: {no: Hjelp, en: Help}
base-url: https://help.example.com/v2
default-locale: no
locales:
  - folder: no
    tag: nb-no
    name: Norsk bokmål
  - en
  - {folder: fa, direction: rtl, fallback: [en]}
  - {folder: kreol, tag: ht, name: Kreyòl, search: french}
content:
  - docs
  - {from: release-notes, exclude: 'drafts/', locale: en}
  - {from: shared, to: common, include: ['**/*.png', '*.md']}
fallback:
  - {path: [legal/**, '**/terms.md'], show: nothing}
  - {path: '**', show: link}
output: build/out
edit-url: https://git.example.com/edit/{path}
theme:
  accent: '#0a5'
  logo: shared/logo.png
  footer: © Example
metadata:
  global: {author: Ola, product: CRM}
  files:
    - {path: docs/**, set: {product: Help}}
    - {path: '**/x.md', set: {product: X, beta: true}}
";
    let files = [
        text,
        "docs/no/a.md",
        "docs/en/a.md",
        "release-notes/a.md",
        "shared/logo.png",
    ];
    let config = config(&files);
    assert_eq!(folders(&config), "no en>no fa>en>no kreol>no");
    let locale = |folder: &str| config.locales.by_folder(folder).unwrap();
    let titles = ["no", "en", "fa", "kreol"].map(|folder| config.title.for_locale(locale(folder)));
    assert_eq!(
        titles,
        [Some("Hjelp"), Some("Help"), Some("Help"), Some("Hjelp")]
    );
    let no = config.locales.get(locale("no"));
    assert_eq!(
        (no.tag.as_str(), no.name.as_str(), no.search.as_str()),
        ("nb-NO", "Norsk bokmål", "norwegian")
    );
    let kreol = config.locales.get(locale("kreol"));
    assert_eq!(
        (
            kreol.tag.as_str(),
            kreol.name.as_str(),
            kreol.search.as_str()
        ),
        ("ht", "Kreyòl", "french")
    );
    assert_eq!(
        config.base_url.as_deref(),
        Some("https://help.example.com/v2/")
    );
    assert_eq!(
        (config.output.as_str(), config.edit_url.as_deref()),
        ("build/out", Some("https://git.example.com/edit/{path}"))
    );
    assert_eq!(config.theme.accent.as_deref(), Some("#0a5"));
    assert_eq!(config.theme.logo, Some(path("shared/logo.png")));
    assert_eq!(
        config.theme.footer.for_locale(locale("fa")),
        Some("© Example")
    );
    for (file, expected) in [
        ("docs/no/a.md", "no page no/a.md"),
        ("docs/kreol/a.md", "kreol page kreol/a.md"),
        ("release-notes/a.md", "en page release-notes/a.md"),
        ("release-notes/drafts/a.md", ""),
        ("release-notes/drafts/a.png", ""),
        ("shared/a/b.png", "copy common/a/b.png"),
        ("shared/a.md", "page common/a.md"),
        ("shared/a/b.md", ""),
        ("shared/a.txt", ""),
        ("build/out/a.md", ""),
    ] {
        assert_eq!(placed(&config, file), expected, "{file}");
    }
    let shows =
        ["legal/a.md", "a/terms.md", "terms.md", "a.md"].map(|rest| config.fallback_mode(rest));
    assert_eq!(
        shows,
        [
            FallbackMode::Nothing,
            FallbackMode::Nothing,
            FallbackMode::Nothing,
            FallbackMode::Link
        ]
    );
    let values = |file: &str| {
        let values = config
            .metadata(&path(file))
            .into_iter()
            .map(|(key, node)| format!("{key}={}", node.text().unwrap_or("?")));
        values.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(values("release-notes/a.md"), "author=Ola product=CRM");
    assert_eq!(values("docs/no/a.md"), "author=Ola product=Help");
    assert_eq!(values("docs/no/x.md"), "author=Ola product=X beta=true");
}

#[test]
fn an_empty_file_is_as_good_as_none() {
    for text in ["", "# nothing yet\n", "title:\n", "{}"] {
        let config = config(&[&format!("hjelp.yml\n{text}"), SITE[0], SITE[1]]);
        assert_eq!(
            (folders(&config).as_str(), localized(&config)),
            ("en no>en", vec!["content"])
        );
        assert_eq!(config.title.for_locale(config.locales.default()), None);
    }
}

#[test]
fn the_root_itself_can_be_the_content() {
    let config = config(&[
        "hjelp.yml\ncontent: .",
        "no/index.md",
        "da/index.md",
        "da/x.png",
    ]);
    assert_eq!(
        (folders(&config).as_str(), localized(&config)),
        ("da no>da", vec![""])
    );
    let found = [
        "hjelp.yml",
        "locales/nb.ftl",
        "docfx.json",
        "_site/no/x.png",
        "da/x.png",
        "no/index.md",
    ]
    .map(|file| placed(&config, file));
    assert_eq!(
        found,
        ["", "", "", "", "da copy da/x.png", "no page no/index.md"]
    );
}

#[test]
fn only_the_main_folder_begins_at_the_root() {
    for (content, file, expected) in [
        ("[news, docs, guides]", "docs/no/a.md", "no page no/a.md"),
        (
            "[news, docs, guides]",
            "guides/no/a.md",
            "no page guides/no/a.md",
        ),
        ("[news, docs, guides]", "news/a.md", "page news/a.md"),
        (
            "[news, {from: guides, to: a}]",
            "guides/no/a.md",
            "no page a/no/a.md",
        ),
        ("[{from: news}]", "news/a.md", "page a.md"),
        (
            "[{from: docs, locale: no}, {from: news, locale: no}]",
            "docs/no/a.md",
            "no page docs/no/a.md",
        ),
    ] {
        let config = config(&[
            &format!("hjelp.yml\ncontent: {content}"),
            "docs/no/a.md",
            "docs/en/a.md",
            "guides/no/a.md",
            "news/a.md",
        ]);
        assert_eq!(placed(&config, file), expected, "{content}");
    }
}

#[test]
fn one_folder_in_one_language() {
    let config = config(&[
        "hjelp.yml\ncontent: {from: docs, locale: no}",
        "docs/index.md",
        "docs/en/index.md",
    ]);
    assert_eq!(
        (folders(&config).as_str(), localized(&config)),
        ("no", vec![])
    );
    assert_eq!(placed(&config, "docs/en/index.md"), "no page en/index.md");
}

#[test]
fn mistakes_are_reported_at_their_place() {
    complains(
        "hjelp.yml",
        "titel: Hjelp
^^^^^ unknown-key: unknown key `titel` in `hjelp.yml` (Did you mean `title`?)
baseUrl: https://example.com/
^^^^^^^ unknown-key: unknown key `baseUrl` in `hjelp.yml` (Did you mean `base-url`?)
theme:
  colour: blue
  ^^^^^^ unknown-key: unknown key `colour` in `theme` (The keys here are `accent`, `logo`, `footer`, `mermaid`, `feedback`, `print`, `icons`.)
  accent: 'red}'
          ^^^^^^ unexpected-value: `red}` is not a colour (Write it as CSS does, like `'#0a5'` or `teal`.)
  footer: {nb: Bunn}
           ^^ unknown-locale: unknown locale `nb` (The locales are `en`, `no`.)
fallback:
  - {path: '{a', show: lenke}
           ^^^^ bad-glob: `{a` matches nothing: its braces do not match (Write `{a,b}` for `a` or `b`, and `\\{` for the character itself.)
                       ^^^^^ unexpected-value: `lenke` is not a valid value for `show` (Write `page` or `link` or `nothing`.)
  - {path: a, show: Link}
                    ^^^^ unexpected-value: `Link` is not a valid value for `show` (Did you mean `link`?)
  - path: b
    ^^^^^^^ missing-key: this entry needs `path` and `show` (Write for example `{path: release-notes/**, show: link}`.)
output: ../site
        ^^^^^^^ outside-site: `../site` is outside the folder that holds `hjelp.yml` (Name a path inside that folder.)
",
        SITE,
    );
    complains(
        "hjelp.yml",
        "title: [a]
       ^^^ unexpected-value: `title` takes a text, not a list (Write for example `Help`.)
base-url: example.com
          ^^^^^^^^^^^ unexpected-value: `example.com` is not the address of a site (Write for example `https://help.example.com/`.)
edit-url: https://example.com
          ^^^^^^^^^^^^^^^^^^^ unexpected-value: `edit-url` has no `{path}` for the path of a page (Write for example `https://github.com/owner/repository/edit/main/{path}`.)
output: .
        ^ unexpected-value: the site cannot be written among its own sources (Name a folder, like `_site`.)
locales: no
         ^^ unexpected-value: `locales` takes a list, not a text (Write for example `- folder: no`.)
docfx: dokfx.json
       ^^^^^^^^^^ missing-file: file not found: `dokfx.json` (Did you mean `docfx.json`?)
metadata:
  globl: 1
  ^^^^^ unknown-key: unknown key `globl` in `metadata` (Did you mean `global`?)
",
        &["docfx.json\n{}", "content/index.md"],
    );
}

#[test]
fn locales_are_checked() {
    complains(
        "hjelp.yml",
        "default-locale: da
                ^^ unknown-locale: unknown locale `da` (The locales are `no`, `en`, `fa`.)
locales:
  - folder: no
    fallback: [en, nb]
                   ^^ unknown-locale: unknown locale `nb` (The locales are `no`, `en`, `fa`.)
  - en
  - {folder: no}
             ^^ duplicate-locale: the locale `no` is listed twice (Remove one of the two.)
  - folder: kreol
            ^^^^^ unknown-language: the folder `kreol` is not named like a language (Add `tag:` with its BCP 47 tag, like `tag: nb`.)
  - tag: sv
    ^^^^^^^ missing-key: this locale has no `folder` (Add `folder:` with the name of the folder that holds its pages.)
  - {folder: se, tag: svensk!}
                      ^^^^^^^ unexpected-value: `svensk!` is not a language tag (Write a BCP 47 tag like `nb`, `pt-BR` or `zh-Hans`.)
  - {folder: a/b, tag: fi}
             ^^^ unexpected-value: `a/b` is not the name of a folder (Write the name of a folder without its path, like `no`.)
  - {folder: fa, direction: left}
                            ^^^^ unexpected-value: `left` is not a valid value for `direction` (Write `ltr` or `rtl`.)
",
        SITE,
    );
    complains(
        "hjelp.yml",
        "locales: [en, no]
         ^^^^^^^^ unlisted-locale: the folder `sv` in `content` is named like a language but not listed (Add `- folder: sv`, or exclude `sv/**`.)
",
        &["content/sv/a.md", SITE[0], SITE[1]],
    );
}

#[test]
fn content_is_checked() {
    complains(
        "hjelp.yml",
        "content:
  - contnet
    ^^^^^^^ empty-content: no files found in `contnet` (Did you mean `content`?)
  - {to: x}
    ^^^^^^^ missing-key: this entry has no `from` (Add `from:` with the folder that holds the files.)
  - {from: content, exclude: [a, '../b'], locale: dansk}
                                 ^^^^^^ bad-glob: `../b` matches nothing: `..` cannot lead upwards (Begin the pattern at the folder it is about.)
                                                  ^^^^^ unknown-locale: unknown locale `dansk` (The only locale is `en`.)
",
        SITE,
    );
    complains(
        "hjelp.yml",
        "content: []\n         ^^ no-content: `content` names no folder (Write for example `content: docs`.)\n",
        SITE,
    );
    for (files, guess) in [
        (&[][..], "docs"),
        (&["hjelp.yml\ntitle: x", "other/x.md"], "other"),
        (&["help/no/x.md", "help/sv/x.md"], "help"),
        (&["no/x.md", "sv/x.md"], "."),
    ] {
        let problems = read(&sources(files)).unwrap_err();
        assert!(
            problems[0].help[0].ends_with(&format!("`content: {guess}`.")),
            "{problems:?}"
        );
        assert_eq!(
            (
                problems.len(),
                problems[0].code.name(),
                problems[0].location.path.as_str()
            ),
            (1, "no-content", "hjelp.yml")
        );
    }
}

#[test]
fn invalid_yaml_is_reported_once() {
    for text in ["title: a: b", "- a", "x", "[", "title: *x"] {
        let problems = read(&sources(&[&format!("hjelp.yml\n{text}"), SITE[0]])).unwrap_err();
        assert!(
            !problems.is_empty() && problems.len() <= 2,
            "{text}: {problems:?}"
        );
    }
}
