//! A seed -> a whole help site of any size: pages in folders, in several languages and with includes in includes, linked to each other.
//! The same seed gives the same bytes everywhere and at all times.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

/// How large the site is to be.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub seed: u64,
    /// In each language; the first language has them all, each other one four fifths of them.
    pub pages: usize,
    /// At most as many as [`LANGUAGES`].
    pub languages: usize,
    /// How deep a fragment includes others.
    pub depth: usize,
}

/// The folders of the languages, in the order they are taken.
pub const LANGUAGES: [&str; 6] = ["no", "en", "da", "sv", "de", "nl"];

/// Pages in a folder.
const FOLDER: usize = 25;

/// Folders below one entry of the table of contents: nobody gives readers a list of a thousand.
const PART: usize = 20;

const WORDS: &[&str] = &[
    "avtale",
    "kalender",
    "kunde",
    "salg",
    "prosjekt",
    "dokument",
    "oppgave",
    "varsel",
    "søk",
    "utvalg",
    "felt",
    "liste",
    "knapp",
    "vindu",
    "panel",
    "bruker",
    "rolle",
    "mal",
    "epost",
    "vedlegg",
    "rapport",
    "mappe",
    "språk",
    "innstilling",
    "er",
    "kan",
    "skal",
    "blir",
    "vises",
    "åpnes",
    "lagres",
    "velges",
    "med",
    "uten",
    "når",
    "der",
    "over",
    "under",
    "etter",
    "før",
    "alle",
    "hver",
    "ny",
    "gammel",
    "stor",
    "liten",
    "hele",
    "samme",
    "riktig",
    "enkel",
];

/// Small, quick, and the same on every machine (xorshift64*).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides.max(1)
    }

    fn words(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| WORDS[self.roll(WORDS.len())])
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn sentence(&mut self) -> String {
        let words = 5 + self.roll(12);
        let text = self.words(words);
        let mut signs = text.chars();
        let first: String = signs
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        format!("{first}{}.", signs.as_str())
    }

    fn paragraph(&mut self) -> String {
        (0..2 + self.roll(4))
            .map(|_| self.sentence())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Writes the site below `root`.
pub fn write(root: &Path, shape: Shape) -> io::Result<()> {
    let folders = &LANGUAGES[..shape.languages.clamp(1, LANGUAGES.len())];
    let list: String = folders
        .iter()
        .map(|folder| format!("  - {folder}\n"))
        .collect();
    put(
        root,
        "hjelp.yml",
        &format!(
            "title: Prøvesiden\nbase-url: https://example.com/\ncontent: content\nlocales:\n{list}default-locale: {}\n",
            folders[0]
        ),
    )?;
    for (number, folder) in folders.iter().enumerate() {
        language(root, shape, number, folder)?;
    }
    Ok(())
}

fn language(root: &Path, shape: Shape, number: usize, language: &str) -> io::Result<()> {
    let mut dice = Dice::new(shape.seed + 1000 * number as u64);
    let mut toc = String::from("- name: Start\n  href: index.md\n");
    put(
        root,
        &format!("content/{language}/index.md"),
        &format!("# {language}\n\n{}\n", dice.paragraph()),
    )?;
    for level in 0..shape.depth {
        let deeper = if level + 1 < shape.depth {
            format!("[!include[mer](niva-{}.md)]\n", level + 1)
        } else {
            String::new()
        };
        put(
            root,
            &format!("content/{language}/includes/niva-{level}.md"),
            &format!("> [!NOTE]\n> {}\n\n{deeper}", dice.sentence()),
        )?;
    }
    for folder in 0..shape.pages.div_ceil(FOLDER) {
        if folder % PART == 0 {
            let _ = writeln!(toc, "- name: Bolk {}\n  items:", folder / PART);
        }
        let _ = writeln!(
            toc,
            "  - name: Del {folder}\n    href: del-{folder}/toc.yml"
        );
        let mut own = String::new();
        for page in folder * FOLDER..shape.pages.min((folder + 1) * FOLDER) {
            let text = article(&mut dice, shape, folder, page);
            let _ = writeln!(own, "- name: {}\n  href: side-{page}.md", dice.words(3));
            if number == 0 || page % 5 != 4 {
                put(
                    root,
                    &format!("content/{language}/del-{folder}/side-{page}.md"),
                    &text,
                )?;
            }
        }
        put(
            root,
            &format!("content/{language}/del-{folder}/toc.yml"),
            &own,
        )?;
        put(
            root,
            &format!("content/{language}/del-{folder}/media/bilde.png"),
            PICTURE,
        )?;
    }
    put(root, &format!("content/{language}/toc.yml"), &toc)
}

/// No picture, but as good as one to whoever doesn't look inside.
const PICTURE: &str = "\u{89}PNG\r\n\u{1A}\n\0\0\0\rIHDR\0\0\0\u{10}\0\0\0\u{10}";

fn article(dice: &mut Dice, shape: Shape, folder: usize, page: usize) -> String {
    let title = dice.words(3);
    let mut text = format!(
        "---\nuid: side-{page}\ntitle: {title}\ndescription: {}\nauthor: prøve\ndate: 2026-03-{:02}\nkeywords: {}, {}\n---\n\n# {title}\n\n{}\n\n",
        dice.sentence(),
        1 + page % 28,
        dice.words(1),
        dice.words(1),
        dice.paragraph(),
    );
    if shape.depth > 0 && dice.roll(3) == 0 {
        text.push_str("[!include[merk](../includes/niva-0.md)]\n\n");
    }
    for section in 0..2 + dice.roll(4) {
        let _ = writeln!(
            text,
            "## {} {section}\n\n{}\n",
            dice.words(2),
            dice.paragraph()
        );
        match dice.roll(6) {
            0 => (0..4).for_each(|step| {
                _ = writeln!(
                    text,
                    "{}. Velg **{}**, og så `{}`.",
                    step + 1,
                    dice.words(2),
                    dice.words(1)
                )
            }),
            1 => {
                _ = writeln!(
                    text,
                    "| {} | {} |\n|---|---|\n| {} | {} |",
                    dice.words(1),
                    dice.words(1),
                    dice.words(2),
                    dice.sentence()
                )
            }
            2 => _ = writeln!(text, "![{}](media/bilde.png)", dice.words(3)),
            3 => {
                _ = writeln!(
                    text,
                    "```csharp\nvar {} = {};\n```",
                    dice.words(1),
                    dice.roll(100)
                )
            }
            4 => _ = writeln!(text, "> [!TIP]\n> {}", dice.sentence()),
            _ => (0..3).for_each(|_| _ = writeln!(text, "* {}", dice.sentence())),
        }
        let other = dice.roll(shape.pages);
        let near = folder * FOLDER + dice.roll(FOLDER.min(shape.pages - folder * FOLDER));
        let way = format!("../del-{}/side-{other}.md", other / FOLDER);
        let _ = writeln!(
            text,
            "\nSe [{}]({way}) og [{}](side-{near}.md).\n",
            dice.words(2),
            dice.words(1)
        );
    }
    text
}

fn put(root: &Path, path: &str, text: &str) -> io::Result<()> {
    let file = root.join(path);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, text)
}
