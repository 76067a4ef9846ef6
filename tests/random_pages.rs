//! Pages of random fragments in random places: no directive of DocFX or hjelp is ever shown as text, and none swallows what follows, without a
//! problem that tells the author. Deterministic: each page follows from its number. `HJELP_RANDOM_PAGES=20000` tries more.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout
)]

use hjelp::diagnostic::Diagnostic;
use hjelp::render::html::{self, ArticleOptions, Hjelp};
use hjelp::source::{SitePath, Source, Sources};
use hjelp::workspace::Snapshot;

/// How many pages are one site: few enough to name the page that failed, many enough that linking costs nothing.
const PAGES_PER_SITE: u64 = 50;

/// What an author writes by itself. `#` is replaced by a number, so that ids and names differ.
const FRAGMENTS: [&str; 30] = [
    "Et avsnitt med **fet**, *kursiv* og `kode` #.",
    "> Et sitat #.\n>\n> Med to avsnitt.",
    "> [!NOTE]\n> Merk dette #.",
    "> [!WARNING]\n> Pass på #.\n>\n> - en\n> - to",
    "- punkt #\n- enda et",
    "1. trinn #\n2. neste\n\n   Med mer.",
    "| A | B |\n|---|---|\n| a # | `b` |",
    "```csharp\nvar x = #;\n```",
    "    innrykket kode #",
    "## Overskrift #",
    "::: moniker range=\">=v#\"\nBare i den nye #.\n::: moniker-end",
    "::: zone pivot=\"windows\"\nPå Windows #.\n::: zone-end",
    ":::row:::\n:::column span=\"2\":::\nVenstre #\n:::column-end:::\n:::column:::\nHøyre\n:::column-end:::\n:::row-end:::",
    ":::image type=\"content\" source=\"bilde.png\" alt-text=\"Bilde #\":::",
    ":::image type=\"complex\" source=\"bilde.png\" alt-text=\"Kart #\":::\n   En lang beskrivelse.\n:::image-end:::",
    ":::image type=\"icon\" source=\"bilde.png\":::",
    ":::video source=\"https://example.com/film-#\":::",
    ":::no-loc text=\"Navn #\":::",
    ":::code language=\"csharp\" source=\"kode.cs\":::",
    "[!code-csharp[Kode #](kode.cs)]",
    "[!INCLUDE [Del #](includes/del.md)]",
    "[!INCLUDE [Liste](includes/liste.md)]",
    "Tekst med [!INCLUDE [ord](includes/ord.md)] inni #.",
    "> [!div class=\"nextstepaction\"]\n> [Neste #](side.md)",
    "> [!Video https://example.com/film-#]",
    "Se <xref:fjord.side> og @fjord.side, eller <xref href=\"fjord.side\"/> #.",
    "<div class=\"boks\">\n\nI en boks #.\n\n</div>",
    "<!-- en kommentar # -->",
    "![Bilde #](bilde.png) og [lenke](side.md)",
    "$$\nx = #\n$$",
];

/// Where a fragment may be put.
const PLACES: [&str; 9] = [
    "top", "top", "item", "step", "quote", "alert", "tab", "zone", "box",
];

/// Beginnings and ends of directives. None of them is text for readers.
const DIRECTIVES: [&str; 12] = [
    ":::",
    "[!NOTE",
    "[!WARNING",
    "[!INCLUDE",
    "[!include",
    "[!code",
    "[!div",
    "[!Video",
    "#tab/",
    "&lt;xref",
    "xref:",
    "-end",
];

/// A sequence of numbers that follows from its seed (xorshift64*, Vigna 2016).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        number as usize % limit
    }
}

#[test]
fn no_directive_is_shown_or_swallows_what_follows_without_a_problem() {
    let count = match std::env::var("HJELP_RANDOM_PAGES") {
        Ok(count) => count.parse().unwrap(),
        Err(_) => 500,
    };
    let mut failures = Vec::new();
    let mut silent = 0;
    let mut first = 0;
    while first < count {
        let numbers = first..count.min(first + PAGES_PER_SITE);
        first = numbers.end;
        let pages: Vec<(u64, String)> = numbers.map(|number| (number, page(number))).collect();
        silent += check_site(&pages, &mut failures);
    }
    for failure in failures.iter().take(5) {
        println!("{failure}\n");
    }
    assert!(failures.is_empty(), "{} of {count} pages", failures.len());
    // If nearly every page had a problem, nothing would be tested.
    assert!(
        silent * 2 > count,
        "{silent} of {count} pages have no problem"
    );
}

/// Renders the pages of one site. Returns how many have no problem; of these each must be right.
fn check_site(pages: &[(u64, String)], failures: &mut Vec<String>) -> u64 {
    let text = |path: &str, text: &str| Source::from_text(SitePath::new(path).unwrap(), text);
    let mut texts = vec![
        text("content/no/side.md", "---\nuid: fjord.side\n---\n# Siden\n"),
        text("content/no/kode.cs", "class A {}\n"),
        text("content/no/includes/del.md", "En del.\n\n- med\n- liste\n"),
        text(
            "content/no/includes/liste.md",
            "1. Felles trinn.\n2. Enda et.\n",
        ),
        text("content/no/includes/ord.md", "noen *ord*\n"),
    ];
    for (number, page) in pages {
        texts.push(text(&format!("content/no/p{number}.md"), page));
    }
    let picture = SitePath::new("content/no/bilde.png").unwrap();
    let snapshot = Snapshot::new(Sources::new(texts, [(picture, 1)], []))
        .ok()
        .unwrap();
    let problems = snapshot.problems();
    let mut silent = 0;
    for (number, page) in pages {
        let path = format!("content/no/p{number}.md");
        if problems
            .iter()
            .any(|problem| tells_of_lost_text(problem, &path))
        {
            continue;
        }
        silent += 1;
        let id = snapshot.site.sources.find(&path).unwrap();
        let options = ArticleOptions {
            markup: &Hjelp,
            inline: false,
        };
        let html = html::article(&snapshot.site, &snapshot.context.catalog, id, options).unwrap();
        if let Some(reason) = wrong(&html) {
            failures.push(format!("page {number}: {reason}\n{page}\n{html}"));
        }
    }
    silent
}

/// True for a problem that an author can't overlook, in this page.
fn tells_of_lost_text(problem: &Diagnostic, path: &str) -> bool {
    problem.location.path.as_str() == path
        && !matches!(
            problem.code.name(),
            "heading-skip"
                | "duplicate-anchor"
                | "different-tabs"
                | "duplicate-tab"
                | "list-restarts"
                | "missing-alt-text"
        )
}

/// What is wrong with an article.
fn wrong(html: &str) -> Option<String> {
    let visible = without_code(html);
    for directive in DIRECTIVES {
        let text = text_of(&visible);
        if text.contains(directive) {
            return Some(format!("`{directive}` is shown"));
        }
    }
    let Some(end) = visible.find("<h2 id=\"slutt\">Slutt</h2>") else {
        return Some("the last heading is gone, or has another id".to_owned());
    };
    let depth = depth(&visible[..end]);
    (depth != 0).then(|| format!("the last heading is in {depth} other elements"))
}

/// HTML without the content of code, where everything is text.
fn without_code(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<code") {
        out.push_str(&rest[..start]);
        rest = match rest[start..].find("</code>") {
            Some(end) => &rest[start + end + "</code>".len()..],
            None => "",
        };
    }
    out + rest
}

/// The text between tags.
fn text_of(html: &str) -> String {
    let mut out = String::new();
    let mut in_tag = false;
    for char in html.chars() {
        match char {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag => out.push(char),
            _ => {}
        }
    }
    out
}

/// How many blocks are open at the end of the HTML.
fn depth(html: &str) -> i64 {
    let mut depth = 0;
    for tag in [
        "div",
        "section",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "td",
        "p",
        "dl",
    ] {
        let starts =
            html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
        let ends = html.matches(&format!("</{tag}>")).count();
        depth += starts as i64 - ends as i64;
    }
    depth
}

/// A page: a title, up to six fragments in random places, and a last heading.
fn page(number: u64) -> String {
    let mut numbers = Numbers(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut out = format!("# Side {number}\n");
    for part in 0..1 + numbers.below(6) {
        let mut text = fragment(&mut numbers, number * 10 + part as u64);
        // A place within a place, as in a list in an alert.
        for _ in 0..numbers.below(3) {
            text = placed(&text, &mut numbers);
        }
        out.push_str(&format!("\n{text}\n"));
    }
    out + "\n## Slutt\n\nSiste ord.\n"
}

fn fragment(numbers: &mut Numbers, name: u64) -> String {
    let chosen = FRAGMENTS[numbers.below(FRAGMENTS.len())];
    // `##` of a heading is no number.
    match chosen.strip_prefix("## ") {
        Some(words) => format!("### {}", words.replace('#', &name.to_string())),
        None => chosen.replace('#', &name.to_string()),
    }
}

fn placed(text: &str, numbers: &mut Numbers) -> String {
    match PLACES[numbers.below(PLACES.len())] {
        "item" => format!("- Punkt:\n\n{}", indented(text, "  ")),
        "step" => format!("1. Trinn:\n\n{}\n1. Neste", indented(text, "   ")),
        "quote" => indented(text, "> "),
        "alert" => format!("> [!TIP]\n{}", indented(text, "> ")),
        "zone" => format!("::: zone pivot=\"linux\"\n\n{text}\n\n::: zone-end"),
        "box" => format!("<div>\n\n{text}\n\n</div>"),
        "tab" => format!("# [En](#tab/en)\n\n{text}\n\n# [To](#tab/to)\n\nTo.\n\n---"),
        _ => text.to_owned(),
    }
}

fn indented(text: &str, prefix: &str) -> String {
    let mut out = Vec::new();
    for line in text.lines() {
        out.push(format!("{prefix}{line}").trim_end().to_owned());
    }
    out.join("\n")
}
