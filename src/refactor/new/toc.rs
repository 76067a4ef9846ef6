//! A new page -> the edit that enters it in the table of contents its neighbours stand in, behind the last of them and written like it.
use crate::source::edit::Edit;

use crate::diagnostic::Fix;
use crate::site::address::split_address;
use crate::site::{Site, Target};
use crate::source::{FileSpan, SitePath, SourceId, Span};
use crate::syntax::Body;
use crate::syntax::toc::TocEntry;

use super::front_matter::scalar;

/// The entry for the page at `path`; nothing if no toc lies beside or above it in its language, or none that can be read.
pub(super) fn entry(site: &Site, path: &SitePath, title: &str) -> Option<Fix> {
    let root = site.config.localized_path(path).and_then(|localized| {
        localized
            .root
            .join(&site.config.locales.get(localized.locale).folder)
            .ok()
    });
    let mut folder = path.parent();
    loop {
        let names = ["toc.yml", "TOC.yml", "toc.md", "TOC.md"]
            .into_iter()
            .filter_map(|name| folder.join(name).ok());
        let here = names
            .into_iter()
            .find_map(|path| site.sources.find(path.as_str()));
        if let Some(fix) = here.and_then(|toc| in_toc(site, toc, path, title)) {
            return Some(fix);
        }
        if folder.is_root() || root.as_ref() == Some(&folder) {
            return None;
        }
        folder = folder.parent();
    }
}

fn in_toc(site: &Site, toc: SourceId, path: &SitePath, title: &str) -> Option<Fix> {
    let source = site.source(toc);
    let Body::Toc(read) = &site.linked(toc)?.document.body else {
        return None;
    };
    let near = closest(site, toc, &read.entries, path)?;
    let href = path.relative_to(&source.path.parent());
    let href = if href
        .split('/')
        .next()
        .is_some_and(|first| first.contains(':'))
    {
        format!("./{href}")
    } else {
        href
    };
    let sibling = Sibling::of(near, &source.text)?;
    let end = if source.text.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let replacement = sibling.like(title, &href).replace('\n', end);
    let location = FileSpan {
        path: source.path.clone(),
        span: Span::at(sibling.end),
    };
    Some(Fix {
        title: format!("enter `{href}`"),
        safe: true,
        edits: vec![Edit {
            location,
            replacement,
        }],
    })
}

/// The last entry that leads to a page in the same folder, or else in a folder around it; of those, that of the page's own level.
fn closest<'t>(
    site: &Site,
    toc: SourceId,
    entries: &'t [TocEntry],
    path: &SitePath,
) -> Option<&'t TocEntry> {
    let mut best: Option<(usize, &TocEntry)> = None;
    let mut next: Vec<&TocEntry> = entries.iter().rev().collect();
    while let Some(entry) = next.pop() {
        next.extend(entry.children.iter().rev());
        let common = common(site, toc, entry, path);
        if best.is_none_or(|(known, _)| common >= known) {
            best = Some((common, entry));
        }
    }
    // Without a neighbour, at the end.
    best.filter(|(common, _)| *common > 0)
        .map(|(_, entry)| entry)
        .or(entries.last())
}

/// How near a page of an entry is: 2 in the same folder, 1 above or below it, 0 elsewhere.
fn common(site: &Site, toc: SourceId, entry: &TocEntry, path: &SitePath) -> usize {
    let leads = entry
        .href
        .or(entry.topic_href)
        .and_then(|reference| site.reference(toc, reference));
    let folder = match leads {
        Some((reference, Target::Page { .. })) => {
            let typed = split_address(&reference.target).0;
            site.source(toc)
                .path
                .parent()
                .join(typed)
                .map(|page| page.parent())
                .ok()
        }
        _ => None,
    };
    match folder {
        Some(folder) if folder == path.parent() => 2,
        Some(folder) if !folder.is_root() && path.starts_with(&folder) => 1,
        _ => 0,
    }
}

/// How an entry is written.
struct Sibling {
    /// Where the next one begins: behind the last line of this one.
    end: usize,
    style: Style,
}

enum Style {
    /// `- name: x`, then `  href: y`: what stands before the dash, between the dash and the first key, and the keys in order.
    Block {
        indent: String,
        gap: String,
        keys: Vec<Key>,
    },
    /// `- {name: x, href: y}`
    Flow {
        indent: String,
        gap: String,
        keys: Vec<Key>,
    },
    /// `## [x](y)`
    Heading(String),
}

/// A key of an entry and the quote its value has.
struct Key {
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
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        if let Some(hashes) = text[line..]
            .split(' ')
            .next()
            .filter(|hashes| !hashes.is_empty() && hashes.bytes().all(|sign| sign == b'#'))
        {
            return Some(Sibling {
                end,
                style: Style::Heading(hashes.to_owned()),
            });
        }
        let lead = &text[line..start];
        let dash = lead.rfind('-')?;
        let indent = lead[..dash].to_owned();
        if !indent.chars().all(|sign| sign == ' ') {
            return None;
        }
        let gap = lead[dash + 1..].to_owned();
        let keys = keys(typed);
        let style = if typed.starts_with('{') {
            Style::Flow { indent, gap, keys }
        } else {
            Style::Block { indent, gap, keys }
        };
        Some(Sibling { end, style })
    }

    /// A new entry in the same style, beginning with a line break.
    fn like(&self, title: &str, href: &str) -> String {
        let value = |key: &Key| {
            let text = if key.name == "name" { title } else { href };
            match key.quote {
                Some('"') => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
                Some(_) => format!("'{}'", text.replace('\'', "''")),
                None if key.name == "name" => scalar(text),
                None => text.to_owned(),
            }
        };
        let pairs = |keys: &[Key]| {
            keys.iter()
                .map(|key| format!("{}: {}", key.name, value(key)))
                .collect::<Vec<_>>()
        };
        match &self.style {
            Style::Heading(hashes) => format!("\n{hashes} [{title}]({href})"),
            Style::Flow { indent, gap, keys } => {
                let pairs: Vec<String> = pairs(keys)
                    .into_iter()
                    .map(|pair| {
                        if pair.contains(',') {
                            flow_safe(&pair)
                        } else {
                            pair
                        }
                    })
                    .collect();
                format!("\n{indent}-{gap}{{{}}}", pairs.join(", "))
            }
            Style::Block { indent, gap, keys } => {
                format!(
                    "\n{indent}-{gap}{}",
                    pairs(keys).join(&format!("\n{indent} {gap}", gap = " ".repeat(gap.len())))
                )
            }
        }
    }
}

/// A comma ends a plain value between braces.
fn flow_safe(pair: &str) -> String {
    match pair.split_once(": ") {
        Some((key, value)) if !value.starts_with(['\'', '"']) => {
            format!("{key}: '{}'", value.replace('\'', "''"))
        }
        _ => pair.to_owned(),
    }
}

/// `name` and `href` in the order in which the entry has them, and how their values are quoted; further keys are the sibling's own.
fn keys(typed: &str) -> Vec<Key> {
    let find = |name: &'static str| {
        let own = typed.split("items:").next().unwrap_or(typed);
        let at = own
            .match_indices(&format!("{name}:"))
            .find(|(at, _)| {
                own[..*at]
                    .chars()
                    .next_back()
                    .is_none_or(|before| !before.is_alphanumeric())
            })?
            .0;
        let quote = own[at + name.len() + 1..]
            .trim_start()
            .chars()
            .next()
            .filter(|first| matches!(first, '"' | '\''));
        Some((at, Key { name, quote }))
    };
    let mut found: Vec<(usize, Key)> = [find("name"), find("href")].into_iter().flatten().collect();
    found.sort_by_key(|(at, _)| *at);
    let mut keys: Vec<Key> = found.into_iter().map(|(_, key)| key).collect();
    for (place, name) in [(0, "name"), (1, "href")] {
        if !keys.iter().any(|key| key.name == name) {
            keys.insert(place.min(keys.len()), Key { name, quote: None });
        }
    }
    keys
}
