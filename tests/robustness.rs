//! No text, however broken, makes the program panic: random mixtures of all constructs are parsed, linked and
//! rendered, and the location of every problem must be within the text.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use hjelp::source::{SitePath, Source, Sources};
use hjelp::syntax::{self, Body};
use hjelp::workspace::Snapshot;
use properties::{build, examine};

#[path = "../fuzz/properties.rs"]
#[allow(dead_code)]
mod properties;

/// Pieces of Markdown that mean something together, or nearly.
const MARKDOWN: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "    ",
    "\t",
    "å",
    "Ærlig øl",
    "😀",
    "\u{200B}",
    "\u{FEFF}",
    "\0",
    "ord ",
    "a",
    "b.md",
    "\\",
    "|",
    "!",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "\"",
    "'",
    "`",
    "``",
    "```",
    "~~~",
    "*",
    "**",
    "_",
    "~~",
    "#",
    "## ",
    "> ",
    "> > ",
    "- ",
    "1. ",
    "+ ",
    "---\n",
    "===\n",
    "[!",
    "[!NOTE]",
    "> [!TIP]\n",
    "> [!warning] på\n",
    "> [!Video https://youtu.be/å]\n",
    "> [!div class=\"x\"]\n",
    "[!div `]",
    "[!include[på](b.md)]",
    "[!INCLUDE [t](<a b.md>)]\n",
    "\n[!include[](includes/c.md)]\n",
    "* [!include[x](../no/b.md)]\n",
    "[!include[x](b.md",
    "[!include[x\\](b.md)]",
    "[!code-xml[n](kode.xml?name=del \"t\")]\n",
    "[!code[](kode.xml#L1-)]\n",
    "[!code[x](kode.xml?range=0-9,3)]",
    "[å](b.md#å?x)",
    "![bilde](bilde.png \"tittel\")",
    "[r][1]",
    "[1]: b.md 'på'\n",
    "[1]: <a b.md>\n",
    "[](xref:side)",
    "[t](XREF:å)",
    "<xref:side>",
    "<xref:\"på\">",
    "@side",
    "@\"a b\"",
    "@",
    "www.å.no",
    "https://example.com/a_(b).",
    "mailto:",
    "tel:+47",
    "# [Vindu](#tab/vindu)\n",
    "## [Å](#tab/a+b/vindu)\n",
    "# <a id=\"x\"></a>Å\n",
    "## <a id=\"å\" /> T\n",
    "<a id='x'>",
    "</a>",
    "<a href=b.md>",
    "<img src=\"bilde.png\"/>",
    "<div>",
    "</div>\n",
    "<div\nhref='",
    "<!--",
    "-->",
    "<!-- på -->\n",
    "<?",
    "?>",
    "<![CDATA[",
    "]]>",
    "<script>\n",
    "</script>",
    "<p/>",
    "&aring;",
    "&#0;",
    "&amp;",
    "| a | b |\n|---|:-:|\n| c | [!include[](b.md)] |\n",
    "|\n|-\n",
    "a | b\n-|-\n",
    "---\ntitle: x\n---\n",
    "uid: å\n",
];

/// Pieces of YAML that mean something together, or nearly.
const YAML: &[&str] = &[
    "\n",
    "\r\n",
    "  ",
    "    ",
    "- ",
    "items:\n",
    "- name: På\n",
    "  href: b.md\n",
    "  href: ../no/\n",
    "  href: toc.yml\n",
    "  topicHref: å.md\n",
    "  items:\n",
    "    - name: x\n",
    "      uid: side\n",
    "title: å\n",
    "uid: side\n",
    "redirect_url: b.md\n",
    "redirect_from: [/gammel, x.md]\n",
    "language: no\n",
    "so.date: 09.22.2023\n",
    "date: i går\n",
    "keywords: [a, å]\n",
    "summary: >\n  på\n",
    "  content: |\n    # T\n\n    [x](b.md)\n",
    "    [!include[](b.md)]\n",
    "  content: \"å [x](b.md) \\u00e5\"\n",
    "- title: T\n",
    "  durationInMinutes: 4\n",
    "landingContent:\n",
    "  - title: K\n",
    "    linkLists:\n",
    "      - linkListType: overview\n",
    "        links:\n",
    "          - text: t\n",
    "            url: b.md\n",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "&a",
    "*a",
    "\"",
    "'",
    "|\n",
    "#",
    "---\n",
    "...\n",
    "😀",
    "\t",
    "\0",
    "\u{85}",
    "? ",
    "!!str ",
    "order: 2\n",
    "a: 1\n",
];

#[test]
fn any_text_is_read_and_every_place_is_in_it() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for number in 0..4_000 {
        let (path, text) = match number % 4 {
            0 | 1 => ("content/no/a.md", dice.text(MARKDOWN, 30)),
            2 => ("content/no/toc.yml", dice.text(YAML, 20)),
            _ => ("content/no/index.yml", dice.page()),
        };
        let source = Source::from_text(SitePath::new(path).unwrap(), text);
        examine(&source, &syntax::parse(&source));
    }
}

#[test]
fn any_files_make_a_site() {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    for _ in 0..120 {
        let mut texts = Vec::new();
        for path in [
            "no/a.md",
            "no/b.md",
            "no/a b.md",
            "no/includes/c.md",
            "en/b.md",
            "en/x/index.md",
            "felles.md",
        ] {
            texts.push((path, dice.text(MARKDOWN, 25)));
        }
        texts.push(("no/toc.yml", dice.text(YAML, 20)));
        texts.push(("en/toc.yml", dice.text(YAML, 10)));
        texts.push(("no/index.yml", dice.page()));
        texts.push((
            "no/kode.xml",
            "<!-- <del> -->\n  å\n<!-- </del> -->\n".to_owned(),
        ));
        let texts = texts.into_iter().filter(|_| dice.below(5) > 0);
        let texts = texts
            .map(|(path, text)| {
                Source::from_text(SitePath::new(&format!("content/{path}")).unwrap(), text)
            })
            .collect();
        build(Sources::new(
            texts,
            [(SitePath::new("content/no/bilde.png").unwrap(), 9)],
            [],
        ));
    }
}

/// What is written grows no faster than what is read, and reading a large file takes no longer than reading its parts: these are so large
/// that anything else would not end.
#[test]
fn size_and_depth_do_no_harm() {
    let units = [
        "ord ",
        "[",
        "![",
        "]",
        "[](",
        "> ",
        "- ",
        "1. ",
        "*a ",
        "**a_",
        "`",
        "<",
        "<a ",
        "<!--",
        "<?",
        "[!",
        "[!include[",
        "[!include[x](b.md)] ",
        "&",
        "@a ",
        "@\"",
        "(www.a.",
        "(mailto:",
        ")",
        "https://a.no/)",
        "|",
        "\\",
        "# x\n",
        "<b/>\n",
        "[a]: b\n",
        "> [!NOTE]\n",
        "# [a](#tab/a)\n",
        "- a\n",
        "&a;",
        "<!-- a -->\n",
        "<a id=\"x\">",
        "\u{200B}",
        "[x][x] ",
    ];
    for unit in units {
        for prefix in ["", "www.a.no/", "<div>", "| a |\n|---|\n| "] {
            let text = format!("{prefix}{}", unit.repeat(40_000 / unit.len()));
            let source = Source::from_text(SitePath::new("content/no/a.md").unwrap(), text);
            let document = syntax::parse(&source);
            examine(&source, &document);
            let Body::Article(tree) = &document.body else {
                panic!("{unit}")
            };
            assert!(
                tree.nodes.len() <= 2 * source.text.len() + 8,
                "{unit}: {} nodes",
                tree.nodes.len()
            );
        }
    }
    for unit in [
        "> ",
        "- ",
        "1. ",
        "[",
        "*a ",
        "> - ",
        "![a](",
        "<b>",
        "> [!NOTE]\n> > ",
    ] {
        let deep = format!("{}x\n", unit.repeat(5_000));
        let texts = vec![Source::from_text(
            SitePath::new("content/a.md").unwrap(),
            deep,
        )];
        let size = build(Sources::new(texts, [], []));
        assert!(size < 5_000_000, "{unit}: {size} bytes");
    }
    let long = format!(
        "---\ntitle: {0}\n---\n# {0}\n\n{0} [x](a.md) [!include[](b.md)]\n",
        "blåbær ".repeat(150_000)
    );
    let texts = [("a", long.as_str()), ("b", "æ")];
    let texts = texts.map(|(name, text)| {
        Source::from_text(SitePath::new(&format!("content/{name}.md")).unwrap(), text)
    });
    build(Sources::new(texts.into(), [], []));
}

/// Files that mention the next one many times, twenty deep: what they unfold to has no end, but reading them has.
#[test]
fn what_multiplies_is_cut() {
    let chain = |name: &str, first: &str, line: &dyn Fn(usize) -> String| {
        let text = |number: usize| {
            if number == 20 {
                "- name: x\n  href: a.md\n".to_owned()
            } else {
                line(number + 1).repeat(10)
            }
        };
        let path = |number: usize| {
            if number == 0 {
                first.to_owned()
            } else {
                format!("content/{number}/{name}")
            }
        };
        (0..=20)
            .map(|number| Source::from_text(SitePath::new(&path(number)).unwrap(), text(number)))
            .collect::<Vec<_>>()
    };
    let inline = |number| format!("å [!include[x](~/content/{number}/a.md)]\n");
    let block = |number| format!("\n[!include[x](~/content/{number}/a.md)]\n");
    let nested = |number| format!("- name: n\n  href: ~/content/{number}/toc.yml\n");
    let folders = |number| format!("- name: n\n  href: ~/content/{number}/\n");
    for (name, first, line) in [
        (
            "a.md",
            "content/index.md",
            &inline as &dyn Fn(usize) -> String,
        ),
        ("a.md", "content/index.md", &block),
        ("toc.yml", "content/toc.yml", &nested),
        ("toc.yml", "content/toc.yml", &folders),
    ] {
        let snapshot = Snapshot::new(Sources::new(chain(name, first, line), [], []))
            .ok()
            .unwrap();
        let cut = snapshot
            .problems()
            .iter()
            .any(|problem| problem.message.contains("too large"));
        assert_eq!(cut, !line(1).ends_with("/\n"), "{}", line(1));
    }
    let code = vec![
        Source::from_text(
            SitePath::new("content/a.md").unwrap(),
            "[!code[](b.js)]\n\n".repeat(10_000),
        ),
        Source::from_text(
            SitePath::new("content/b.js").unwrap(),
            "let a\n".repeat(10_000),
        ),
    ];
    // A page, and what stands beside it for machines.
    assert!(build(Sources::new(code, [], [])) < 40_000_000);
}

/// Numbers that look random and are the same every time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }

    fn text(&mut self, pieces: &[&str], most: usize) -> String {
        let front = if self.below(4) == 0 {
            "---\ntitle: x\nuid: side\n---\n"
        } else {
            ""
        };
        let count = self.below(most);
        front.chars().collect::<String>()
            + &(0..count)
                .map(|_| pieces[self.below(pieces.len())])
                .collect::<String>()
    }

    /// A YAML page with Markdown in it.
    fn page(&mut self) -> String {
        let mime = [
            "Tutorial",
            "Landing",
            "Category",
            "Hub",
            "SubCategory",
            "Noe",
            "",
        ][self.below(7)];
        let style = ["|", ">", "|-", "|2", "\"", "'", "|\r"][self.below(7)];
        let content = self.text(MARKDOWN, 20);
        let content = if style.len() == 1 && !"|>".contains(style) {
            format!("{style}{content}{style}")
        } else {
            format!("{style}\n{content}")
        };
        let content = content.replace('\n', "\n    ");
        format!(
            "### YamlMime:{mime}\ntitle: T\nitems:\n- title: På\n  content: {content}\n{}",
            self.text(YAML, 15)
        )
    }
}
