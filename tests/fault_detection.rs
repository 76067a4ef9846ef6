//! Precision and recall of the checks: a generated site with every kind of fault in every kind of place, next to decoys
//! that only look like faults. Every fault must be reported at exactly its bytes, and no decoy.
//!
//! Each fault names something that is not there by a name used only once, so that its line and column follow from the text.
#![allow(clippy::unwrap_used, clippy::disallowed_macros)]

use std::collections::{BTreeMap, BTreeSet};

use hjelp::diagnostic::Level;
use hjelp::source::{LineIndex, SitePath, Source, Sources};
use hjelp::workspace::Snapshot;

/// What can go wrong within a line: the code, and the text with `{}` for the name of what is missing; what is underlined stands between `«»`.
const INLINE: [(&str, &str); 32] = [
    ("broken-link", "[a](«{}.md»)"),
    ("broken-link", "[a](  «{}.md»  'title (b)' )"),
    ("broken-link", "[a](<«{} b.md»>)"),
    ("broken-link", "[*a* `b` \\] c](«{}.md?x=1#y»)"),
    ("broken-link", "[a](«sub%2d/{}%20b.md»)"),
    ("broken-link", "[a](«../{}/æ.md»)"),
    ("broken-link", "[a](«~/content/no/{}.md»)"),
    ("broken-link", "[a](«..\\{}.md»)"),
    ("broken-link", "[a](«{}(1).md»)"),
    ("broken-link", "[a](«../../../../../{}.md»)"),
    ("broken-link", "[![Bilde](../bilder/der.svg)](«{}.md»)"),
    ("broken-link", "<a href=\"«{}.md»\">a</a>"),
    (
        "broken-link",
        "<a class='x' href='«{}.md»' title=\"a > b\">a</a>",
    ),
    ("broken-link", "<A HREF=«{}.md»>a</A>"),
    (
        "broken-link",
        "<span><b>x</b> <a\thref = \"«{}.md»\">a</a></span>",
    ),
    ("broken-link", "~~**[a](«{}.md»)**~~"),
    ("broken-anchor", "[a](«../a/der.md#{}»)"),
    ("broken-anchor", "[a](«../a/der.md?x=1#{}»)"),
    ("broken-anchor", "<a href=\"«../a/der.md#{}»\">a</a>"),
    ("missing-image", "![Bilde](«../bilder/{}.png»)"),
    (
        "missing-image",
        "[![Bilde](«../bilder/{}.png» \"x\")](../a/der.md)",
    ),
    (
        "missing-image",
        "<img alt=\"a\" src=\"«../bilder/{}.png»\">",
    ),
    ("missing-image", "<img src='«../bilder/{}.png»' alt='' />"),
    ("broken-include", "[!include[a](«{}.md»)]"),
    ("broken-include", "[!INCLUDE [a b](  «../includes/{}.md» )]"),
    ("broken-xref", "<xref:«{}»>"),
    ("broken-xref", "[a](xref:«{}»)"),
    ("undefined-reference", "[a][«{}»]"),
    ("undefined-reference", "[«{}»][]"),
    ("undefined-reference", "[**a**][«{}»]*b*"),
    ("undefined-reference", "[`a` b][«{} *x*»]"),
    ("undefined-reference", "&amp; \\* [a][«{}»]<br>"),
];

/// What only looks like a fault, within a line.
const DECOYS: [&str; 21] = [
    "`[a]({}.md)`",
    "``[a]({}.md) ` <a href=\"{}.md\">``",
    "\\[a]({}.md)",
    "[a\\]({}.md)]",
    "<!-- [a]({}.md) <img src=\"{}.png\"> -->",
    "[a](https://example.com/{}.md)",
    "[a](mailto:{}@example.com)",
    "[a](//example.com/{}.md)",
    "[a](../a/der.md#overskrift)",
    "[a](../a/der.md?{}#id-i-html)",
    "[a](../A/DER.md)",
    "[a](#top)",
    "string[][] a[0][{}]",
    "`[!include[a]({}.md)]`",
    "<code>[a][{}]</code>",
    "[a](../bilder/) ]({}.md)",
    "<span title=\"[a]({}.md)\">x</span>",
    "<span data-href=\"{}.md\" title='href=\"{}.md\"'>x</span>",
    "{}@example.com @{}",
    "[a](<../a/der.md> \"{}.md\")",
    "[[{}]] [ ]({}",
];

/// Where a line can stand. `{}` is the line; everything in it counts as text.
const PLACES: [(&str, &str); 24] = [
    ("plain", "Før {} etter.\n"),
    ("letters", "Blåbærsyltetøy 😀 e\u{301} {} etter.\n"),
    ("wrapped", "En linje\n{}\nog en til.\n"),
    ("heading", "## Tittel {}\n"),
    ("setext", "Tittel {}\n---\n"),
    ("bullet", "* punkt\n* {}\n"),
    ("numbered", "1. en\n\n    to\n\n    {}\n"),
    ("deep", "* a\n  * b\n    1. {}\n\n       {}\n"),
    ("tabbed", "1.\ta\n\n\t{}\n\n\t* {}\n"),
    ("quote", "> {}\n> > {}\n"),
    ("alert", "> [!NOTE]\n> Merk.\n>\n> * {}\n"),
    ("alert in list", "1. steg\n\n   > [!TIP]\n   > {}\n"),
    ("after code", "```text\n[a](ikke-1.md)\n```\n\n{}\n"),
    (
        "list with code",
        "* a\n\n  ```md\n  [a](ikke-2.md)\n  ```\n\n  {}\n",
    ),
    ("one-line fence", "```` ``` ```` og {}\n"),
    (
        "details",
        "<details>\n<summary>Mer</summary>\n\n{}\n\n</details>\n",
    ),
    ("div", "<div class=\"x\">\n\n{}\n\n</div>\n"),
    ("emphasis", "**Før _{} etter_**\n"),
    ("definition", "Ord\n\n{}\n"),
    ("task", "- [ ] {}\n- [x] {}\n"),
    (
        "tab",
        "# [En](#tab/en)\n\n{}\n\n# [To](#tab/to)\n\n* {}\n\n***\n",
    ),
    (
        "columns",
        ":::row:::\n:::column:::\n\n{}\n\n:::column-end:::\n:::row-end:::\n",
    ),
    ("note", "Tekst[^1].\n\n[^1]: Noten: {}\n"),
    ("strong list", "* **{}**\n\n   > {}\n"),
];

struct FaultySite {
    next: usize,
    /// The code expected for each name, and what is underlined around it.
    faults: BTreeMap<String, (&'static str, String)>,
    files: Vec<(String, Vec<u8>)>,
}

impl FaultySite {
    fn name(&mut self, prefix: &str) -> String {
        self.next += 1;
        format!("{prefix}-{:04}", self.next)
    }

    /// The text of a fault, with a name of its own.
    fn fault(&mut self, (code, pattern): (&'static str, &str)) -> String {
        let name = self.name("borte");
        let text = pattern.replace("{}", &name);
        let typed = text
            .split_once('«')
            .unwrap()
            .1
            .split_once('»')
            .unwrap()
            .0
            .to_owned();
        self.faults.insert(name, (code, typed));
        text.replace(['«', '»'], "")
    }

    fn decoy(&mut self, pattern: &str) -> String {
        let name = self.name("ikke");
        pattern.replace("{}", &name)
    }

    fn write(&mut self, path: &str, text: &str, how: usize) {
        let bytes = match how % 4 {
            0 => text.as_bytes().to_vec(),
            1 => text.replace('\n', "\r\n").into_bytes(),
            2 => format!("\u{feff}{text}").into_bytes(),
            _ => [0xFF, 0xFE]
                .into_iter()
                .chain(
                    text.replace('\n', "\r\n")
                        .encode_utf16()
                        .flat_map(u16::to_le_bytes),
                )
                .collect(),
        };
        self.files.push((path.to_owned(), bytes));
    }
}

fn faulty_site() -> FaultySite {
    let mut site = FaultySite {
        next: 0,
        faults: BTreeMap::new(),
        files: Vec::new(),
    };
    inline(&mut site);
    tables(&mut site);
    blocks(&mut site);
    yaml(&mut site);
    site.write(
        "content/no/a/der.md",
        "# Overskrift\n\n<a id=\"id-i-html\"></a>Tekst\n",
        0,
    );
    site.write("content/no/index.md", "# Hjem\n", 0);
    site.write("content/no/a/index.md", "# A\n", 0);
    site
}

/// Each fault in each place, two decoys beside it; every other file is included by way of another file.
fn inline(site: &mut FaultySite) {
    for (number, (place, pattern)) in PLACES.iter().enumerate() {
        for (turn, fault) in INLINE.iter().enumerate() {
            // A list item is one paragraph more; a heading's own id is no matter here.
            let mut text = format!(
                "---\ntitle: \"[a](ikke-a.md)\"\ndescription: '<a href=\"ikke-b.md\">'\n---\n# {place}\n\n"
            );
            let mut rest = *pattern;
            while let Some((before, after)) = rest.split_once("{}") {
                let decoys = [
                    DECOYS[(turn * 2) % DECOYS.len()],
                    DECOYS[(number + turn) % DECOYS.len()],
                ]
                .map(|decoy| site.decoy(decoy));
                text += &format!(
                    "{before}x {} y {} z {}",
                    decoys[0],
                    site.fault(*fault),
                    decoys[1]
                );
                rest = after;
            }
            text += rest;
            let name = format!("{number:02}-{turn:02}");
            if turn % 2 == 0 {
                site.write(&format!("content/no/a/{name}.md"), &text, number + turn / 2);
            } else {
                site.write(
                    &format!("content/no/includes/{name}-indre.md"),
                    &text,
                    number + turn / 2,
                );
                let outer = format!("* a\n\n  [!include[x]({name}-indre.md)]\n");
                site.write(&format!("content/no/includes/{name}-ytre.md"), &outer, turn);
                site.write(
                    &format!("content/no/a/{name}.md"),
                    &format!("# Side\n\n> [!NOTE]\n> [!include[x](../includes/{name}-ytre.md)]\n"),
                    0,
                );
            }
        }
    }
}

fn tables(site: &mut FaultySite) {
    for (turn, fault) in INLINE.iter().enumerate() {
        let cell = |site: &mut FaultySite| {
            let decoy = site.decoy(DECOYS[turn % DECOYS.len()]);
            format!("{} {}", decoy, site.fault(*fault))
        };
        let mut text = "# Tabell\n\n| A | B |\n|:--|--:|\n".to_owned();
        for row in 0..2 {
            text += &format!("| æ\\|ø{row} | {} |\n| {} |\n", cell(site), cell(site));
        }
        text += &format!("\n* liste\n\n  | a |\n  |---|\n  | {} |\n", cell(site));
        site.write(&format!("content/no/a/tabell-{turn}.md"), &text, turn);
    }
}

/// Faults that take lines of their own.
fn blocks(site: &mut FaultySite) {
    let patterns: [(&str, &str); 15] = [
        ("broken-include", "[!include[a](«{}.md»)]\n"),
        ("broken-include", "[!include[a](<«{} b.md»> \"x\")]\n"),
        ("broken-include", "[!code-csharp[a](«{}.cs#x»)]\n"),
        ("broken-include", "1. a\n\n   [!include[a](«{}.md»)]\n"),
        (
            "broken-include",
            "* a\n\n  > [!TIP]\n  > [!include[a](«../{}.md»)]\n",
        ),
        ("broken-link", "Se [a][b].\n\n[b]: «{}.md»\n"),
        ("broken-link", "Se [a].\n\n[A]:   <«{} c.md»>  'x'\n"),
        ("broken-link", "> Se [a][].\n>\n> [a]: «{}.md»\n"),
        (
            "missing-image",
            "![Bilde][a]\n\n[a]:\n  «{}.png»\n  \"x\"\n",
        ),
        ("broken-anchor", "[a](«#{}»)\n"),
        (
            "broken-link",
            "<div>\n<p>a\n  <a\n     href=\"«{}.md»\"\n  >a</a>\n</div>\n",
        ),
        (
            "broken-link",
            "<table><tr>\n<td><a href=\"«{}.md»\">a</a></td>\n</tr></table>\n",
        ),
        (
            "missing-image",
            "<p>\n<img\n  alt=\"x\"\n  src=\"«{}.png»\"/>\n</p>\n",
        ),
        (
            "missing-image",
            "<video controls src=\"«{}.mp4»\"></video>\n",
        ),
        ("broken-redirect", ""),
    ];
    let decoys = [
        "```md\n[a]({}.md)\n[!include[a]({}.md)]\n```\n",
        "~~~~\n```\n[a]({}.md)\n~~~\n<img src=\"{}.png\">\n~~~~\n",
        "    [a]({}.md)\n\n\t[!include[a]({}.md)]\n",
        "<!--\n[a]({}.md)\n\n[!include[a]({}.md)]\n<a href=\"{}.md\">\n-->\n",
        "<pre>\n[a][{}]\n<code>[!x]</code>\n</pre>\n",
        "<script>\nlet a = '<a href=\"{}.md\">';\n</script>\n",
        "```foo``` [a](../a/der.md) ```[b]({}.md)```\n",
        "[{}]\n\n[//]: # ({}.md)\n",
    ];
    for (turn, (code, pattern)) in patterns.into_iter().enumerate() {
        for how in 0..4 {
            let mut front = "title: a".to_owned();
            let mut body = String::new();
            if code == "broken-redirect" {
                front = format!(
                    "title: a\nredirect_url: {}",
                    site.fault((
                        code,
                        ["«{}.md»", "\"«../{}.html#x»\"", "'«{}/»'", "«~/{}.md»"][how]
                    ))
                );
            } else {
                body = site.fault((code, pattern));
            }
            let around = [
                decoys[(turn + how) % decoys.len()],
                decoys[(turn + how + 3) % decoys.len()],
            ]
            .map(|decoy| site.decoy(decoy));
            let text = format!(
                "---\n{front}\n---\n# A\n\n{}\n{body}\n## B\n\n{}",
                around[0], around[1]
            );
            site.write(&format!("content/no/a/blokk-{turn}-{how}.md"), &text, how);
        }
    }
}

fn yaml(site: &mut FaultySite) {
    for how in 0..4 {
        let mut fault = |code, pattern| site.fault((code, pattern));
        let toc = format!(
            "- name: a # href: ikke.md\n  href: {}\n- {{name: b, href: {}}}\n- name: \"href: ikke.md\"\n  items:\n  - name: c\n    href: '{}'\n  - name: d\n    uid: {}\n  - name: e\n    topicHref: {}\n    href: {}\n",
            fault("broken-toc-entry", "«{}.md»"),
            fault("broken-toc-entry", "\"«{}/x.md?a=1»\""),
            fault("broken-toc-entry", "«{}.md#a»"),
            fault("broken-toc-entry", "«{}»"),
            fault("broken-toc-entry", "«../{}.md»"),
            fault("broken-toc-entry", "«{}/toc.yml»"),
        );
        let landing = format!(
            "### YamlMime:Hub\ntitle: a\nsummary: '[a](ikke.md)'\nhighlightedContent:\n  items:\n  - title: a\n    isImage: true\n    itemType: {}\n    url: {}\nproductDirectory:\n  items:\n  - title: \"url: ikke.md\"\n    imageSrc: '{}'\n    links:\n    - {{text: a, url: {}}}\n    - text: b\n      url: {}\n",
            fault("missing-image", "«{}.png»"),
            fault("broken-landing-link", "«{}.md»"),
            fault("missing-image", "«../{}.svg»"),
            fault("broken-landing-link", "«{}.md»"),
            fault("broken-landing-link", "\"«../{}/x.md#y»\""),
        );
        let tutorial = format!(
            "### YamlMime:Tutorial\ntitle: a\nitems:\n- title: a\n  content: |\n    Se {} og `[a](ikke.md)`.\n\n    | a |\n    |---|\n    | {} |\n\n    [!include[x]({})]\n- title: b\n  content: |\n    * {} og {}\n",
            fault("broken-link", "[a](«{}.md»)"),
            fault("missing-image", "![a](«{}.png»)"),
            fault("broken-include", "«{}.md»"),
            fault("broken-xref", "<xref:«{}»>"),
            fault("undefined-reference", "[a][«{}»]"),
        );
        for (name, text) in [("toc", toc), ("index", landing), ("veiledning", tutorial)] {
            site.write(&format!("content/no/y{how}/{name}.yml"), &text, how);
        }
    }
}

#[test]
fn every_fault_is_reported_at_its_bytes_and_nothing_else() {
    let site = faulty_site();
    assert!(site.faults.len() > 1000);
    let picture = SitePath::new("content/no/bilder/der.svg").unwrap();
    let texts = site
        .files
        .iter()
        .map(|(path, bytes)| Source::from_bytes(SitePath::new(path).unwrap(), bytes.clone()))
        .collect();
    let folder = Source::from_text(
        SitePath::new("content/no/bilder/index.md").unwrap(),
        "# B\n",
    );
    let snapshot = Snapshot::new(Sources::new(texts, [(picture, 1)], []).with_text(folder))
        .map_err(|(_, problems)| problems)
        .unwrap();
    let sources = &snapshot.site.sources;
    let mut expected: BTreeSet<String> = BTreeSet::new();
    for source in sources.texts() {
        let text: &str = &source.text;
        let index = LineIndex::new(text);
        for (name, _) in text
            .match_indices("borte-")
            .map(|(at, _)| (&text[at..at + "borte-0000".len()], at))
        {
            let (code, typed) = &site.faults[name];
            let at = text.find(typed.as_str()).unwrap();
            let position = index.position(text, at);
            expected.insert(format!(
                "{}:{}:{} {code} {typed}",
                source.path, position.line, position.column
            ));
        }
    }
    assert_eq!(expected.len(), site.faults.len());
    let errors = snapshot
        .problems()
        .into_iter()
        .filter(|problem| problem.level == Level::Error);
    let found: BTreeSet<String> = errors
        .map(|problem| {
            let text: &str = sources
                .find(problem.location.path.as_str())
                .map_or("", |id| &sources.get(id).text);
            let position =
                LineIndex::new(text).position(text, problem.location.span.start as usize);
            format!(
                "{}:{}:{} {} {}",
                problem.location.path,
                position.line,
                position.column,
                problem.code,
                problem.target(sources)
            )
        })
        .collect();
    let missed: Vec<&String> = expected.difference(&found).collect();
    let invented: Vec<&String> = found.difference(&expected).collect();
    assert!(
        missed.is_empty() && invented.is_empty(),
        "{} missed: {missed:#?}\n{} invented: {invented:#?}",
        missed.len(),
        invented.len()
    );
}
