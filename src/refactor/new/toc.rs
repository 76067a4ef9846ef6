//! A new page -> the edit that adds it to the table of contents of its neighbours, after the last of them and in the same style. Doesn't know
//! the page's own file.

use crate::diagnostic::Fix;
use crate::site::address::split_address;
use crate::site::{Site, Target};
use crate::source::edit::Edit;
use crate::source::{SitePath, SourceId, Span};
use crate::syntax::Body;
use crate::syntax::toc::TocEntry;

use super::draft::Draft;
use crate::source::yaml::scalar::scalar;

/// The edit that adds the page; nothing if its language has no readable table of contents next to or above it.
pub(super) fn entry(draft: &Draft<'_>) -> Option<Fix> {
    let (site, path) = (draft.site, draft.path);
    // Above the language's folder there is the toc of all languages, or of another one.
    let top = draft.top;
    let mut folder = path.parent();
    loop {
        if let Some(toc) = toc_in(site, &folder)
            && let Some(fix) = in_toc(draft, toc)
        {
            return Some(fix);
        }
        if folder.is_root() || *top == folder {
            return None;
        }
        folder = folder.parent();
    }
}

fn toc_in(site: &Site, folder: &SitePath) -> Option<SourceId> {
    for name in ["toc.yml", "TOC.yml", "toc.md", "TOC.md"] {
        if let Ok(path) = folder.join(name)
            && let Some(id) = site.sources.find(path.as_str())
        {
            return Some(id);
        }
    }
    None
}

fn in_toc(draft: &Draft<'_>, toc: SourceId) -> Option<Fix> {
    let (site, path) = (draft.site, draft.path);
    let source = site.source(toc);
    let Body::Toc(read) = &site.linked(toc)?.document.body else {
        return None;
    };
    let neighbourhood = Neighbourhood { site, toc, path };
    let near = neighbourhood.closest(&read.entries)?;
    let mut href = path.relative_to(&source.path.parent());
    // With a colon in its first segment, a relative address would be read as one with a scheme (RFC 3986, section 4.2).
    if href.split('/').next().unwrap_or("").contains(':') {
        href.insert_str(0, "./");
    }
    let sibling = Sibling::of(near, &source.text)?;
    let end = if source.text.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let text = sibling.like(draft.title, &href).replace('\n', end);
    Some(Fix {
        title: crate::message!("enter `{href}`", href),
        safe: true,
        edits: vec![Edit::new(&source.path, Span::at(sibling.end), text)],
    })
}

/// How near the page of an entry is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    FolderAbove,
    SameFolder,
}

/// A table of contents as seen from the path of the new page.
struct Neighbourhood<'a> {
    site: &'a Site,
    toc: SourceId,
    path: &'a SitePath,
}

impl Neighbourhood<'_> {
    /// The last entry of a page in the same folder, else in a folder around it. Without one, the last entry of all.
    fn closest<'t>(&self, entries: &'t [TocEntry]) -> Option<&'t TocEntry> {
        let mut best: Option<(Nearness, &TocEntry)> = None;
        let mut next: Vec<&TocEntry> = entries.iter().rev().collect();
        while let Some(entry) = next.pop() {
            next.extend(entry.children.iter().rev());
            let Some(near) = self.nearness(entry) else {
                continue;
            };
            if best.is_none_or(|(known, _)| near >= known) {
                best = Some((near, entry));
            }
        }
        match best {
            Some((_, entry)) => Some(entry),
            None => entries.last(),
        }
    }

    fn nearness(&self, entry: &TocEntry) -> Option<Nearness> {
        let reference = entry.href.or(entry.topic_href)?;
        let (reference, target) = self.site.reference(self.toc, reference)?;
        if !matches!(target, Target::Page { .. }) {
            return None;
        }
        // By the typed address, not by the page: a page with a fallback is in the folder of another language.
        let typed = split_address(&reference.target).0;
        let toc_folder = self.site.source(self.toc).path.parent();
        let folder = toc_folder.join(typed).ok()?.parent();
        if folder == self.path.parent() {
            return Some(Nearness::SameFolder);
        }
        // Every page is below the root, which therefore shows nothing.
        if !folder.is_root() && self.path.starts_with(&folder) {
            return Some(Nearness::FolderAbove);
        }
        None
    }
}

/// An entry as a pattern for the next one.
struct Sibling {
    /// The end of its last line, where the next one begins.
    end: usize,
    style: EntryStyle,
}

enum EntryStyle {
    /// `- name: x`, then `  href: y`
    Block(YamlStyle),
    /// `- {name: x, href: y}`
    Flow(YamlStyle),
    /// `## [x](y)`, with its number signs.
    Heading(String),
}

struct YamlStyle {
    /// The spaces in front of the dash.
    indent: String,
    /// The spaces between the dash and the first key.
    gap: String,
    /// The keys in their order.
    keys: Vec<EntryKey>,
}

/// A key of an entry and the quote of its value.
struct EntryKey {
    name: &'static str,
    quote: Option<char>,
}

impl Sibling {
    fn of(entry: &TocEntry, text: &str) -> Option<Sibling> {
        let start = entry.span.start as usize;
        let typed = entry.span.of(text);
        let inside = typed.trim_end().trim_end_matches(['\r', '\n']);
        let last = start + inside.len();
        let end = last + text[last..].find(['\r', '\n']).unwrap_or(text.len() - last);
        let line = match text[..start].rfind('\n') {
            Some(at) => at + 1,
            None => 0,
        };
        let first_word = text[line..].split(' ').next().unwrap_or("");
        // In a toc in Markdown the number signs are the level of the entry.
        if !first_word.is_empty() && first_word.bytes().all(|sign| sign == b'#') {
            let style = EntryStyle::Heading(first_word.to_owned());
            return Some(Sibling { end, style });
        }
        let lead = &text[line..start];
        let dash = lead.rfind('-')?;
        let indent = lead[..dash].to_owned();
        // Something else than spaces is the entry around this one: `- items: [{name: x}]`, which has no line for a sibling.
        if !indent.chars().all(|sign| sign == ' ') {
            return None;
        }
        let style = YamlStyle {
            indent,
            gap: lead[dash + 1..].to_owned(),
            keys: keys(typed),
        };
        let style = if typed.starts_with('{') {
            EntryStyle::Flow(style)
        } else {
            EntryStyle::Block(style)
        };
        Some(Sibling { end, style })
    }

    /// A new entry in the same style, beginning with a line break.
    fn like(&self, title: &str, href: &str) -> String {
        match &self.style {
            EntryStyle::Heading(hashes) => format!("\n{hashes} [{title}]({href})"),
            EntryStyle::Flow(YamlStyle { indent, gap, keys }) => {
                let mut pairs = Vec::new();
                for key in keys {
                    pairs.push(flow_safe(key.pair(title, href)));
                }
                format!("\n{indent}-{gap}{{{}}}", pairs.join(", "))
            }
            EntryStyle::Block(YamlStyle { indent, gap, keys }) => {
                let pairs: Vec<String> = keys.iter().map(|key| key.pair(title, href)).collect();
                let next = format!("\n{indent} {}", " ".repeat(gap.len()));
                format!("\n{indent}-{gap}{}", pairs.join(&next))
            }
        }
    }
}

impl EntryKey {
    /// `name: title` or `href: href`, quoted as the sibling's.
    fn pair(&self, title: &str, href: &str) -> String {
        let text = if self.name == "name" { title } else { href };
        let value = match self.quote {
            Some('"') => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
            Some(_) => format!("'{}'", text.replace('\'', "''")),
            None if self.name == "name" => scalar(text),
            None => text.to_owned(),
        };
        format!("{}: {value}", self.name)
    }
}

/// A comma would end a plain value between braces.
fn flow_safe(pair: String) -> String {
    if !pair.contains(',') {
        return pair;
    }
    match pair.split_once(": ") {
        Some((key, value)) if !value.starts_with(['\'', '"']) => {
            format!("{key}: '{}'", value.replace('\'', "''"))
        }
        _ => pair,
    }
}

/// `name` and `href` in the order of the entry, with the quotes of their values. Its other keys are about its own page.
fn keys(typed: &str) -> Vec<EntryKey> {
    let mut found = Vec::new();
    found.extend(find_key(typed, "name"));
    found.extend(find_key(typed, "href"));
    found.sort_by_key(|(at, _)| *at);
    let mut keys: Vec<EntryKey> = found.into_iter().map(|(_, key)| key).collect();
    // A sibling that is only a group has no `href`, one that takes its page's title has no `name`; the new entry needs both.
    for (index, name) in [(0, "name"), (1, "href")] {
        if !keys.iter().any(|key| key.name == name) {
            keys.insert(index.min(keys.len()), EntryKey { name, quote: None });
        }
    }
    keys
}

/// The position of a key in an entry, leaving out the entries below it.
fn find_key(typed: &str, name: &'static str) -> Option<(usize, EntryKey)> {
    let own = typed.split("items:").next().unwrap_or(typed);
    for (at, found) in own.match_indices(&format!("{name}:")) {
        let before = own[..at].chars().next_back();
        // The end of a longer key, like `topicname:`.
        if before.is_some_and(char::is_alphanumeric) {
            continue;
        }
        let value = own[at + found.len()..].trim_start();
        let quote = match value.chars().next() {
            Some(first @ ('"' | '\'')) => Some(first),
            _ => None,
        };
        return Some((at, EntryKey { name, quote }));
    }
    None
}
