//! The state of an output folder <-> its text, a file with a record for each output path. It makes the folder ours, names the files that
//! may be replaced and removed, lets a build reuse files that would come out the same, and lets a deployment see which files changed.
//! Knows the format; doesn't open files.
//!
//! ```text
//! hjelp-state 1                                 version of the format
//! <checksum> <program>                          of the records, and the hjelp that wrote them
//! <hash> <key> <fingerprint> <path>             one per file, in path order; only fingerprints and keys differ between machines
//! = <checksum> <key> <summary>                  the whole build: appended once it has succeeded
//! + <path>                                      the journal: appended by the next build before it writes a file
//! ```
//!
//! Ownership only needs well-formed lines. Everything that saves work also needs the checksum and the same program, so a damaged or
//! older state costs time but never gives a wrong page.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::output_path::exact_path;
use crate::source::SitePath;

const HEADER: &str = "hjelp-state ";
const VERSION: u32 = 1;

/// The number of bytes of a record without its path: three numbers and three spaces.
const RECORD_LENGTH: usize = 32 + 1 + 32 + 1 + 16 + 1;

/// What the last build wrote to one output path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OutputRecord {
    /// Hash of the bytes.
    pub(super) hash: u128,
    /// Hash of everything the file was made from; `None` for a file that is made by every build.
    pub(super) key: Option<u128>,
    /// The fingerprint of the file right after it was written.
    pub(super) fingerprint: u64,
}

/// The state of one output folder, or of the files one shard wrote into it.
#[derive(Debug, Default)]
pub(super) struct OutputState {
    records: FxHashMap<SitePath, OutputRecord>,
    /// The paths of the records in order, to find those below a folder without searching all.
    paths: Vec<SitePath>,
    /// True if keys and fingerprints can be trusted.
    is_reusable: bool,
    /// The key and the summary of the whole build.
    build: Option<(u128, String)>,
    /// What a build that didn't finish was about to write.
    interrupted: Vec<SitePath>,
}

/// Why a text is not a state that can be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// It has a later version of the format.
    Newer,
    /// It was not written by hjelp, or not only.
    Damaged,
}

impl OutputState {
    /// Reads the text of a state file. `program` is the running hjelp: without it, or if another one wrote the records, nothing is reusable.
    pub(super) fn parse(text: &str, program: Option<&str>) -> Result<OutputState, Unreadable> {
        let (header, rest) = text.split_once('\n').ok_or(Unreadable::Damaged)?;
        read_version(header, HEADER, VERSION)?;
        let (head, rest) = rest.split_once('\n').ok_or(Unreadable::Damaged)?;
        let (checksum, written_by) = head.split_once(' ').ok_or(Unreadable::Damaged)?;
        let checksum = number(checksum).ok_or(Unreadable::Damaged)?;
        let records = &rest[..records_length(rest)];
        let mut state = OutputState {
            is_reusable: program == Some(written_by)
                && checksum == records_checksum(written_by, &[records]),
            ..OutputState::default()
        };
        state.read_records(records)?;
        state.read_appended(&rest[records.len()..])?;
        Ok(state)
    }

    fn read_records(&mut self, text: &str) -> Result<(), Unreadable> {
        // A line has at least 84 bytes, so this allocates once and not too much.
        let most = text.len() / RECORD_LENGTH;
        self.records.reserve(most);
        self.paths.reserve(most);
        for line in text.split_inclusive('\n') {
            let line = line.strip_suffix('\n').ok_or(Unreadable::Damaged)?;
            let (path, record) = read_record(line).ok_or(Unreadable::Damaged)?;
            self.paths.push(path.clone());
            self.records.insert(path, record);
        }
        // Searching below a folder needs the order; a state with its checksum always has it.
        self.is_reusable &= self.paths.is_sorted();
        Ok(())
    }

    /// Reads what was appended after the records. A last line without its end was cut off before its file was begun, so it doesn't count.
    fn read_appended(&mut self, text: &str) -> Result<(), Unreadable> {
        for line in complete_lines(text).lines() {
            if let Some(path) = line.strip_prefix("+ ") {
                let path = exact_path(path).ok_or(Unreadable::Damaged)?;
                self.interrupted.push(path);
            } else if let Some(build) = line.strip_prefix("= ") {
                self.build = read_build(build);
            } else {
                return Err(Unreadable::Damaged);
            }
        }
        Ok(())
    }

    /// The number of files.
    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    /// True if the last finished build wrote `path`.
    pub(super) fn contains(&self, path: &SitePath) -> bool {
        self.records.contains_key(path)
    }

    /// The paths the last finished build wrote, in order.
    pub(super) fn paths(&self) -> &[SitePath] {
        &self.paths
    }

    /// What a build that didn't finish was about to write.
    pub(super) fn interrupted(&self) -> &[SitePath] {
        &self.interrupted
    }

    /// Every path with its record.
    pub(super) fn records(&self) -> &FxHashMap<SitePath, OutputRecord> {
        &self.records
    }

    /// The record of `path`, if its file was made from what `key` is the hash of.
    pub(super) fn find(&self, path: &SitePath, key: u128) -> Option<&OutputRecord> {
        if !self.is_reusable {
            return None;
        }
        let record = self.records.get(path)?;
        if record.key != Some(key) {
            return None;
        }
        Some(record)
    }

    /// The files below `folder`, all of which were made from what `key` is the hash of; `None` if there are none, or others.
    pub(super) fn below(&self, folder: &SitePath, key: u128) -> Option<Vec<&SitePath>> {
        let start = format!("{folder}/");
        let first = self
            .paths
            .partition_point(|path| path.as_str() < start.as_str());
        let mut found = Vec::new();
        for path in &self.paths[first..] {
            if !path.as_str().starts_with(&start) {
                break;
            }
            // One file with another key is enough: some files of the folder would have to be made again.
            self.find(path, key)?;
            found.push(path);
        }
        if found.is_empty() {
            return None;
        }
        Some(found)
    }

    /// The summary of the whole build with this key, if it succeeded and no later build has begun to write.
    pub(super) fn summary(&self, key: u128) -> Option<&str> {
        if !self.is_reusable || !self.interrupted.is_empty() {
            return None;
        }
        match &self.build {
            Some((own, summary)) if *own == key => Some(summary),
            _ => None,
        }
    }
}

/// The text of a state, and its checksum. `lines` are the lines of records, in path order, in pieces.
pub(super) fn state_text(program: &str, lines: &[String]) -> (String, u128) {
    let checksum = records_checksum(program, lines);
    let length: usize = lines.iter().map(String::len).sum();
    let mut text = String::with_capacity(length + 128);
    text.push_str(&format!("{HEADER}{VERSION}\n{checksum:032x} {program}\n"));
    for piece in lines {
        text.push_str(piece);
    }
    (text, checksum)
}

/// Appends the line of a record.
pub(super) fn push_record(path: &SitePath, record: OutputRecord, out: &mut String) {
    // No file has the key 0: it is the hash of nothing that is ever hashed.
    for (number, digits) in [
        (record.hash, 32),
        (record.key.unwrap_or(0), 32),
        (record.fingerprint.into(), 16),
    ] {
        push_hex(number, digits, out);
        out.push(' ');
    }
    out.push_str(path.as_str());
    out.push('\n');
}

/// The line of a whole build that succeeded, with its key and its summary, which is a single line.
pub(super) fn build_line(key: u128, summary: &str) -> String {
    format!(
        "= {:032x} {key:032x} {summary}\n",
        build_checksum(key, summary)
    )
}

/// The line of the journal that `path` is about to be written.
pub(super) fn journal_line(path: &SitePath) -> String {
    format!("+ {path}\n")
}

/// The part of a text that consists of complete lines.
pub(super) fn complete_lines(text: &str) -> &str {
    match text.rfind('\n') {
        Some(end) => &text[..=end],
        None => "",
    }
}

/// Checks the first line of a file: `prefix` and a version.
pub(super) fn read_version(line: &str, prefix: &str, version: u32) -> Result<(), Unreadable> {
    let Some(Ok(found)) = line.strip_prefix(prefix).map(str::parse::<u32>) else {
        return Err(Unreadable::Damaged);
    };
    match found {
        _ if found == version => Ok(()),
        _ if found > version => Err(Unreadable::Newer),
        _ => Err(Unreadable::Damaged),
    }
}

/// The length of the records: up to the first line that was appended.
fn records_length(text: &str) -> usize {
    // Without records, the text has no line feed before the first appended line.
    if text.starts_with(['=', '+']) {
        return 0;
    }
    let appended = [text.find("\n= "), text.find("\n+ ")];
    match appended.into_iter().flatten().min() {
        Some(end) => end + 1,
        None => text.len(),
    }
}

fn read_record(line: &str) -> Option<(SitePath, OutputRecord)> {
    let mut fields = line.splitn(4, ' ');
    let (hash, key) = (number(fields.next()?)?, number(fields.next()?)?);
    let fingerprint = fields.next()?;
    let record = OutputRecord {
        hash,
        // See [`push_record`].
        key: if key == 0 { None } else { Some(key) },
        fingerprint: u64::from_str_radix(fingerprint, 16).ok()?,
    };
    Some((exact_path(fields.next()?)?, record))
}

/// The key and the summary of a build; `None` if its checksum is wrong.
fn read_build(line: &str) -> Option<(u128, String)> {
    let mut fields = line.splitn(3, ' ');
    let (checksum, key) = (number(fields.next()?)?, number(fields.next()?)?);
    let summary = fields.next()?;
    if checksum != build_checksum(key, summary) {
        return None;
    }
    Some((key, summary.to_owned()))
}

/// A number in exactly the form in which it was written.
fn number(text: &str) -> Option<u128> {
    // `from_str_radix` accepts a sign.
    if text.len() != 32 || text.starts_with('+') {
        return None;
    }
    u128::from_str_radix(text, 16).ok()
}

/// The checksum of the records. It includes the program, so that an edited program name makes nothing reusable.
fn records_checksum<T: AsRef<str>>(program: &str, lines: &[T]) -> u128 {
    let mut hash = Xxh3::new();
    hash.update(program.as_bytes());
    for piece in lines {
        hash.update(piece.as_ref().as_bytes());
    }
    hash.digest128()
}

fn build_checksum(key: u128, summary: &str) -> u128 {
    xxh3_128(format!("{key:032x}{summary}").as_bytes())
}

/// Appends the last `digits` hexadecimal digits of a number. There are several per file, and `format!` takes ten times as long.
fn push_hex(number: u128, digits: u32, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for digit in (0..digits).rev() {
        out.push(char::from(DIGITS[(number >> (4 * digit)) as usize & 15]));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    fn sample() -> String {
        let mut lines = String::new();
        for (name, hash, key) in [
            ("a b.html", 7, None),
            ("no/på/index.html", u128::MAX, Some(9)),
        ] {
            let record = OutputRecord {
                hash,
                key,
                fingerprint: 5,
            };
            push_record(&path(name), record, &mut lines);
        }
        state_text("1.0 x", &[lines]).0
    }

    fn parse(text: &str) -> Result<OutputState, Unreadable> {
        OutputState::parse(text, Some("1.0 x"))
    }

    #[test]
    fn what_is_written_is_read() {
        let text = sample();
        assert!(text.ends_with(&format!(
            "\n{:032x} {:032x} {:016x} a b.html\n{:032x} {:032x} {:016x} no/på/index.html\n",
            7,
            0,
            5,
            u128::MAX,
            9,
            5
        )));
        let state = parse(&text).unwrap();
        assert_eq!(state.paths(), [path("a b.html"), path("no/på/index.html")]);
        assert!(state.find(&path("no/på/index.html"), 9).is_some());
        assert!(state.find(&path("no/på/index.html"), 8).is_none());
        assert!(state.find(&path("a b.html"), 0).is_none());
        assert_eq!(state.below(&path("no"), 9).unwrap().len(), 1);
        assert!(state.below(&path("en"), 9).is_none());
        assert_eq!(parse(&state_text("1.0 x", &[]).0).unwrap().len(), 0);
    }

    #[test]
    fn a_state_of_another_program_or_without_its_checksum_only_says_what_is_ours() {
        let text = sample();
        let other = OutputState::parse(&text, Some("2.0 x")).unwrap();
        let edited = parse(&text.replace(&format!("{:016x}", 5), &format!("{:016x}", 6))).unwrap();
        for state in [other, edited] {
            assert!(state.contains(&path("a b.html")));
            assert!(state.find(&path("no/på/index.html"), 9).is_none());
        }
    }

    #[test]
    fn a_summary_counts_until_a_later_build_begins() {
        let text = sample() + &build_line(3, "{\"a\":1}");
        assert_eq!(parse(&text).unwrap().summary(3), Some("{\"a\":1}"));
        assert_eq!(parse(&text).unwrap().summary(4), None);
        assert_eq!(parse(&text.replace(":1}", ":2}")).unwrap().summary(3), None);
        let torn = &text[..text.len() - 1];
        assert_eq!(parse(torn).unwrap().summary(3), None);
        let later = parse(&(text + &journal_line(&path("d/e")))).unwrap();
        assert_eq!(later.summary(3), None);
        assert_eq!(later.interrupted(), [path("d/e")]);
        assert!(later.find(&path("no/på/index.html"), 9).is_some());
    }

    #[test]
    fn a_journal_loses_only_its_torn_end() {
        let empty = state_text("1.0 x", &[]).0;
        let interrupted =
            |journal: &str| parse(&(empty.clone() + journal)).map(|state| state.interrupted);
        assert_eq!(
            interrupted("+ a\n+ b/c\n+ d/e"),
            Ok(vec![path("a"), path("b/c")])
        );
        assert_eq!(interrupted("+ torn"), Ok(vec![]));
        assert_eq!(interrupted("+ ../a\n"), Err(Unreadable::Damaged));
    }

    #[test]
    fn anything_else_is_refused() {
        let text = sample();
        let with = |path: &str| text.replace("a b.html", path);
        assert!(matches!(parse("hjelp-state 2\nx"), Err(Unreadable::Newer)));
        for text in [
            String::new(),
            "hjelp-state 1".into(),
            "hjelp-state one\n".into(),
            "my notes\n".into(),
            with("../x"),
            with("/etc/passwd"),
            with(""),
            with(".hjelp-state"),
            with("a\tb"),
            text.trim_end().into(),
            text.clone() + "x\n",
        ] {
            assert!(matches!(parse(&text), Err(Unreadable::Damaged)), "{text:?}");
        }
    }
}
