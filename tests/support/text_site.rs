//! Sites written as text, and what is expected of them: the one notation of `tests/sites`, `tests/rules`, `tests/cases` and `tests/new_pages`.
//! Reads a file into cases and writes them back as they were; what an expectation means, only the test program knows.
//!
//! * `=== name` begins a case, `=== name | word word` one with options. A file without such a line is a single case. Text before the first
//!   case describes the file.
//! * `>>> path` begins a source. Words behind the path are its properties: `crlf`, `bom`, `utf16`, `bytes` (`\xE5` is that byte), `unended` (no
//!   line end at its end), `asset` (not a text; a picture says `size 800 600`), `empty` (an asset without a byte), `unreadable`. Text directly below `===` is the source `a.md`.
//! * A line of carets in a source marks a problem in the line above: `   ^^^^ code: message`. It is not part of the source.
//! * `<<< kind` begins an expectation, `<<< kind path` one about a file.

use std::collections::BTreeSet;
use std::fmt::{Display, Formatter, Write as _};
use std::path::{Path, PathBuf};

use hjelp::diagnostic::Diagnostic;
use hjelp::source::{Dimensions, LineIndex, SitePath, Source, Sources};

/// The properties of a source, which may follow its path.
const PROPERTIES: &[&str] = &[
    "crlf",
    "bom",
    "utf16",
    "bytes",
    "unended",
    "asset",
    "empty",
    "unreadable",
];

/// A file of cases.
pub struct CaseFile {
    pub path: PathBuf,
    /// The lines before the first case.
    description: Vec<String>,
    pub cases: Vec<TextCase>,
}

/// One site and what is expected of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextCase {
    /// The line `=== ...`; none in a file that is a single case.
    heading: Option<String>,
    pub blocks: Vec<TextBlock>,
}

/// A source or an expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextBlock {
    /// The line `>>> ...` or `<<< ...`; none for the source directly below `===`.
    heading: Option<String>,
    pub lines: Vec<String>,
}

/// A problem as a line of carets says it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    pub path: String,
    /// Counted from 1.
    pub line: usize,
    /// Counted in characters from 1.
    pub column: usize,
    pub width: usize,
    /// Code, message, and behind bars what belongs to it.
    pub message: String,
}

impl CaseFile {
    pub fn read(path: &Path) -> CaseFile {
        let text = std::fs::read_to_string(path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        CaseFile::parse(path, &text)
    }

    fn parse(path: &Path, text: &str) -> CaseFile {
        let mut file = CaseFile {
            path: path.to_owned(),
            description: Vec::new(),
            cases: Vec::new(),
        };
        for line in text.lines() {
            file.push_line(line);
        }
        file
    }

    fn push_line(&mut self, line: &str) {
        // A name has no quotes, and in MkDocs a tab begins so.
        let is_case = line.starts_with("=== ") && !line.starts_with("=== \"");
        let is_block = line.starts_with(">>> ") || line == "<<<" || line.starts_with("<<< ");
        if is_case || is_block && self.cases.is_empty() {
            self.cases.push(TextCase {
                heading: is_case.then(|| line.to_owned()),
                blocks: Vec::new(),
            });
        }
        let Some(case) = self.cases.last_mut() else {
            self.description.push(line.to_owned());
            return;
        };
        if is_case {
            return;
        }
        if is_block || case.blocks.is_empty() {
            case.blocks.push(TextBlock {
                heading: is_block.then(|| line.to_owned()),
                lines: Vec::new(),
            });
        }
        if !is_block && let Some(block) = case.blocks.last_mut() {
            block.lines.push(line.to_owned());
        }
    }

    /// Replaces the file by its cases as they are now.
    pub fn write(&self) {
        std::fs::write(&self.path, self.to_string())
            .unwrap_or_else(|error| panic!("{}: {error}", self.path.display()));
    }
}

impl Display for CaseFile {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        for line in &self.description {
            writeln!(out, "{line}")?;
        }
        for case in &self.cases {
            for line in case.all_lines() {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }
}

impl TextCase {
    /// The name, or nothing for the only case of a file.
    pub fn name(&self) -> &str {
        self.split_heading().0
    }

    /// The words behind the bar.
    pub fn options(&self) -> Vec<&str> {
        self.split_heading().1.split_whitespace().collect()
    }

    fn split_heading(&self) -> (&str, &str) {
        let heading = self.heading.as_deref().unwrap_or("=== ");
        let (name, options) = heading["=== ".len()..]
            .split_once('|')
            .unwrap_or((&heading["=== ".len()..], ""));
        (name.trim(), options)
    }

    pub fn all_lines(&self) -> Vec<&str> {
        let mut lines: Vec<&str> = self.heading.as_deref().into_iter().collect();
        for block in &self.blocks {
            lines.extend(block.heading.as_deref());
            lines.extend(block.lines.iter().map(String::as_str));
        }
        lines
    }

    pub fn sources(&self) -> impl Iterator<Item = &TextBlock> {
        self.blocks.iter().filter(|block| block.is_source())
    }

    pub fn expectations(&self) -> impl Iterator<Item = &TextBlock> {
        self.blocks.iter().filter(|block| !block.is_source())
    }

    /// The site itself.
    pub fn site(&self) -> Sources {
        let (mut texts, mut assets, mut dimensions, mut unreadable) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for block in self.sources() {
            let (path, words) = block.path_and_words();
            let path = SitePath::new(path).unwrap();
            if words == ["unreadable"] {
                unreadable.push((path, "permission denied".to_owned()));
                continue;
            }
            if words.first() != Some(&"asset") {
                texts.push(block.source());
                continue;
            }
            let text = block.text();
            if let Some(size) = text.strip_prefix("size ") {
                let (width, height) = size.trim().split_once(' ').unwrap();
                let size = Dimensions::new(width.parse().unwrap(), height.parse().unwrap());
                dimensions.push((path.clone(), size.unwrap()));
            }
            // What is in a picture doesn't matter, but it is not empty unless the site says so.
            let length = match words.contains(&"empty") {
                true => 0,
                false => text.len().max(1) as u64,
            };
            assets.push((path, length));
        }
        Sources::new(texts, assets, unreadable).with_dimensions(dimensions)
    }

    pub fn marks(&self) -> BTreeSet<Mark> {
        self.sources().flat_map(TextBlock::marks).collect()
    }

    /// Marks the problems that were found instead of those that were expected. Returns those of files that the case does not have.
    pub fn set_marks(&mut self, found: &BTreeSet<Mark>) -> Vec<String> {
        let mut marked = BTreeSet::new();
        for block in self.blocks.iter_mut().filter(|block| block.is_source()) {
            let (path, _) = block.path_and_words();
            let here: BTreeSet<Mark> = found
                .iter()
                .filter(|mark| mark.path == path)
                .cloned()
                .collect();
            block.set_marks(&here);
            marked.extend(here);
        }
        let elsewhere = found.difference(&marked);
        elsewhere
            .map(|mark| format!("a problem in a file that the case does not have: {mark:?}"))
            .collect()
    }
}

impl TextBlock {
    pub fn new(heading: &str, text: &str) -> TextBlock {
        let mut block = TextBlock {
            heading: Some(heading.to_owned()),
            lines: Vec::new(),
        };
        block.set_text(text);
        block
    }

    pub fn is_source(&self) -> bool {
        !self
            .heading
            .as_ref()
            .is_some_and(|heading| heading.starts_with("<<<"))
    }

    /// The kind of an expectation.
    pub fn kind(&self) -> &str {
        self.what().split(' ').next().unwrap_or_default()
    }

    /// The path of a source, or of the file that an expectation is about, and the properties behind it. A path may have spaces, so only known words
    /// are taken from its end.
    pub fn path_and_words(&self) -> (&str, Vec<&str>) {
        let mut path = self.what();
        if !self.is_source() {
            path = path.split_once(' ').map_or("", |(_, path)| path);
        }
        let mut words = Vec::new();
        while let Some((before, word)) = path.rsplit_once(' ')
            && PROPERTIES.contains(&word)
        {
            words.push(word);
            path = before;
        }
        (path, words)
    }

    /// The heading without its arrows.
    fn what(&self) -> &str {
        let heading = self.heading.as_deref().unwrap_or(">>> a.md");
        heading[">>>".len()..].trim_start()
    }

    /// The lines of the file, without the marks of a source.
    fn text_lines(&self) -> Vec<&str> {
        let lines = self.lines.iter().map(String::as_str);
        if !self.is_source() {
            return lines.collect();
        }
        lines.filter(|line| parse_mark(line).is_none()).collect()
    }

    /// The text of the file, with the line ends that its properties name.
    pub fn text(&self) -> String {
        let (_, words) = self.path_and_words();
        let end = if words.contains(&"crlf") {
            "\r\n"
        } else {
            "\n"
        };
        let mut text = String::new();
        for line in self.text_lines() {
            text += line;
            text += end;
        }
        if words.contains(&"unended") {
            text.truncate(text.len() - end.len());
        }
        text
    }

    /// The source as it is read from the disk.
    pub fn source(&self) -> Source {
        let (path, words) = self.path_and_words();
        let path = SitePath::new(path).unwrap();
        Source::from_bytes(path, encode(&self.text(), &words))
    }

    /// Replaces the text; line ends become properties. The marks go.
    pub fn set_text(&mut self, text: &str) {
        let (path, mut words) = self.path_and_words();
        words.retain(|word| !matches!(*word, "crlf" | "unended"));
        if text.contains("\r\n") {
            words.push("crlf");
        }
        if !text.is_empty() && !text.ends_with('\n') {
            words.push("unended");
        }
        let mut heading = if self.is_source() {
            format!(">>> {path}")
        } else {
            format!("<<< {} {path}", self.kind()).trim_end().to_owned()
        };
        for word in words {
            heading += " ";
            heading += word;
        }
        if self.heading.is_some() {
            self.heading = Some(heading);
        }
        self.lines = text.lines().map(str::to_owned).collect();
    }

    /// Replaces the lines of an expectation in which blank lines do not count. Blank lines that separate it from the next block stay.
    pub fn set_lines(&mut self, lines: &[String]) {
        let blank = self
            .lines
            .iter()
            .rev()
            .take_while(|line| line.trim().is_empty())
            .count();
        self.lines = lines.to_vec();
        self.lines.resize(lines.len() + blank, String::new());
    }

    /// The lines that count where blank ones do not.
    pub fn full_lines(&self) -> Vec<&str> {
        let lines = self.lines.iter().map(String::as_str);
        lines.filter(|line| !line.trim().is_empty()).collect()
    }

    pub fn marks(&self) -> Vec<Mark> {
        let (path, _) = self.path_and_words();
        let (mut marks, mut number) = (Vec::new(), 0);
        for line in &self.lines {
            match parse_mark(line) {
                None => number += 1,
                Some((column, width, message)) => marks.push(Mark {
                    path: path.to_owned(),
                    line: number.max(1),
                    column,
                    width,
                    message: message.to_owned(),
                }),
            }
        }
        marks
    }

    fn set_marks(&mut self, marks: &BTreeSet<Mark>) {
        // Marks that are right keep the way they are written.
        if self.marks().into_iter().collect::<BTreeSet<_>>() == *marks {
            return;
        }
        let texts: Vec<String> = self.text_lines().into_iter().map(str::to_owned).collect();
        let last = texts.len().max(1);
        self.lines = texts;
        // From the end, so that the lines in front keep their numbers.
        for mark in marks.iter().rev() {
            let at = mark.line.min(last).min(self.lines.len());
            self.lines.insert(at, mark.to_string());
        }
    }
}

impl Mark {
    /// A problem as it is marked; what runs over several lines is marked on the first.
    pub fn of(problem: &Diagnostic, sources: &Sources) -> Mark {
        let location = &problem.location;
        let text = match sources.find(location.path.as_str()) {
            Some(id) => &sources.get(id).text,
            None => "",
        };
        let index = LineIndex::new(text);
        let start = index.position(text, location.span.start as usize);
        let line_end = index.line(text, start.line).end;
        let end = (location.span.end as usize).min(line_end);
        let width = match text.get(location.span.start as usize..end) {
            Some(typed) => typed.chars().count(),
            None => 0,
        };
        let mut message = format!("{}: {}", problem.code, problem.message);
        for label in &problem.labels {
            write!(message, " | {}: {}", label.location.path, label.text).unwrap();
        }
        for help in &problem.help {
            write!(message, " | {help}").unwrap();
        }
        for include in &problem.includes {
            write!(message, " | via {}", include.path).unwrap();
        }
        Mark {
            path: location.path.to_string(),
            line: start.line,
            column: start.column,
            width: width.max(1),
            message,
        }
    }
}

impl Display for Mark {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        let indent = " ".repeat(self.column - 1);
        let carets = "^".repeat(self.width);
        write!(out, "{indent}{carets} {}", self.message)
    }
}

/// Column, width and message of a line of carets: `    ^^^ code: message`. Other lines may begin with carets, too.
fn parse_mark(line: &str) -> Option<(usize, usize, &str)> {
    let marks = line.trim_start();
    let column = line.chars().count() - marks.chars().count() + 1;
    let message = marks.trim_start_matches('^');
    let width = marks.len() - message.len();
    let message = message.strip_prefix(' ')?;
    let (code, _) = message.split_once(": ")?;
    let is_code = code
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (width > 0 && is_code).then_some((column, width, message))
}

fn encode(text: &str, words: &[&str]) -> Vec<u8> {
    if words.contains(&"utf16") {
        let mut bytes = vec![0xFF, 0xFE];
        for unit in text.encode_utf16() {
            bytes.extend(unit.to_le_bytes());
        }
        return bytes;
    }
    let mut bytes = Vec::new();
    if words.contains(&"bom") {
        bytes.extend("\u{FEFF}".bytes());
    }
    if !words.contains(&"bytes") {
        bytes.extend(text.bytes());
        return bytes;
    }
    let mut parts = text.split("\\x");
    bytes.extend(parts.next().unwrap_or_default().bytes());
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].bytes());
    }
    bytes
}

/// Reading and writing: what is marked is read as it is written.
pub fn test_notation() {
    let text = "About it.\n=== one | a b\n# A\n^^^ not a mark\n\n>>> my page.md crlf unended\nx\ny\n ^^ \
                invalid-date: no | yes\n\n<<< has a.html\n<p>\n\n=== two\n>>> b.md\n";
    let file = CaseFile::parse(Path::new("x"), text);
    assert_eq!(file.to_string(), text);
    let one = &file.cases[0];
    assert_eq!((one.name(), one.options()), ("one", vec!["a", "b"]));
    assert_eq!(one.blocks[0].path_and_words(), ("a.md", vec![]));
    assert_eq!(one.blocks[0].text(), "# A\n^^^ not a mark\n\n");
    assert_eq!(one.blocks[1].text(), "x\r\ny\r\n");
    let mark = Mark {
        path: "my page.md".to_owned(),
        line: 2,
        column: 2,
        width: 2,
        message: "invalid-date: no | yes".to_owned(),
    };
    assert_eq!(one.marks(), BTreeSet::from([mark.clone()]));
    assert_eq!(one.blocks[2].kind(), "has");
    assert_eq!(one.blocks[2].path_and_words().0, "a.html");
    let mut other = one.clone();
    other.set_marks(&BTreeSet::new());
    assert!(other.marks().is_empty());
    other.set_marks(&BTreeSet::from([mark]));
    assert_eq!(&other, one);
    other.blocks[1].set_text("a\nb");
    assert_eq!(
        other.blocks[1].heading.as_deref(),
        Some(">>> my page.md unended")
    );
}
