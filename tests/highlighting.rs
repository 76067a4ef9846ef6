//! Highlighting never changes code: in any language, the text of any code block is the same with and without colours, byte for byte.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::fmt::Write as _;

use hjelp::source::{SitePath, Source, Sources};
use hjelp::workspace::Snapshot;

const LANGUAGES: &[&str] = &[
    "bat",
    "css",
    "csharp",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "json",
    "own",
    "powershell",
    "python",
    "sh",
    "sql",
    "typescript",
    "vb",
    "xml",
    "yaml",
];

/// What makes readers of code stumble.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "\"", "'", "`", "\\", "/", "//", "/*", "*/", "#", "--", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<", ">", "</", "/>", "&", "&amp;",
    "${", "$(", "{{", "{", "}", ")", "(", "[", "]", "@\"", "\"\"\"", "'''", "f\"", "@'", "'@", "N'", "<#", "#>", "%", "%%", "$", "@", "!", "::",
    ":", ": ", "- ", "|", "> ", "=", "=>", ".", "...", "---", "if", "return", "true", "SELECT", "GET /", "HTTP/1.1", "rem ", "script", "style",
    "<script>", "</script>", "<style>", "a", "Å", "\u{a0}", "😀", "e\u{301}", "0x1F", "1.5e-3", "-name", " ", "  ", "\t", "\n", "\n\n", "\r",
];

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

#[test]
fn colouring_keeps_the_text() {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let mut codes = Vec::new();
    for round in 0..60 {
        for language in LANGUAGES {
            let length = dice.throw(if round % 10 == 0 { 400 } else { 30 });
            let code: String = (0..length)
                .map(|_| PIECES[dice.throw(PIECES.len())])
                .collect();
            codes.push((*language, format!("{code}\n")));
        }
    }
    let mut page = "# Code\n\n".to_owned();
    for (language, code) in &codes {
        write!(page, "~~~~~~~~{language}\n{code}~~~~~~~~\n\n").unwrap();
    }
    let source = |path: &str, text: &str| {
        Source::from_bytes(SitePath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    let grammar = "comments: ['#', '[ ]']\nstrings: [{begin: '<', end: '>', code: '{ }'}, {begin: a, end: b, lines: true}]\ncalls: true\nkeys: true\npatterns: true";
    let sources = [
        source("content/en/a.md", &page),
        source("templates/highlight/own.yml", grammar),
    ];
    let snapshot = Snapshot::new(Sources::new(sources.into(), [], []))
        .map_err(|(_, problems)| problems)
        .unwrap();
    let pages = snapshot
        .plan()
        .outputs
        .iter()
        .map(|output| snapshot.render(output).unwrap())
        .collect::<Vec<_>>();
    let html = pages
        .into_iter()
        .find(|page| page.path.as_str() == "en/a.html")
        .unwrap();
    let html = String::from_utf8(html.bytes).unwrap();
    let blocks: Vec<&str> = html.split("<pre><code class=\"lang-").skip(1).collect();
    assert_eq!(blocks.len(), codes.len());
    for ((language, code), block) in codes.iter().zip(blocks) {
        let (_, block) = block.split_once('>').unwrap();
        // What Markdown itself makes of line ends.
        let code = code.replace("\r\n", "\n");
        assert_eq!(
            text_of(block.split("</code></pre>").next().unwrap()),
            code,
            "{language}"
        );
    }
}

/// What a reader sees of HTML.
fn text_of(html: &str) -> String {
    let mut parts = html.split('<');
    let first = parts.next().unwrap().to_owned();
    let text: String = parts.fold(first, |text, part| text + part.split_once('>').unwrap().1);
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
