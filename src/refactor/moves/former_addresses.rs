//! Pages that move -> the edits of their front matter by which their old addresses redirect to them: `redirect_from`. Doesn't know the
//! references of other files.

use crate::refactor::scalar::scalar;
use crate::site::pages::Origin;
use crate::site::{PageId, PageKind, Site};
use crate::source::edit::Edit;
use crate::source::yaml::{YamlEntry, YamlValue};
use crate::source::{SitePath, Source, Span};
use crate::syntax::FrontMatter;

use super::relocation::Relocation;

const KEY: &str = "redirect_from";

/// The edits, and what can't be redirected by them.
#[derive(Debug, Default)]
pub(super) struct RedirectEdits {
    pub edits: Vec<Edit>,
    /// How many pages redirect from their old address.
    pub count: usize,
    pub notes: Vec<String>,
}

/// The edits that let the old addresses of pages redirect, and keep those that they have already.
pub(super) fn redirect_edits(site: &Site, relocation: &Relocation, adds: bool) -> RedirectEdits {
    let mut all = RedirectEdits::default();
    for id in site.page_ids() {
        let page = site.page(id);
        if page.origin != Origin::Translated || !relocation.moves(site.path(page.source)) {
            continue;
        }
        let path = site.path(page.source);
        let Some(moved) = MovedPage::new(site, relocation, id) else {
            continue;
        };
        let is_redirect = page.kind == PageKind::Redirect;
        if adds && (is_redirect || !path.has_extension("md")) {
            all.notes.push(format!(
                "{}: the old address `/{}` is gone, as only articles can have `{KEY}`",
                relocation.path_after(path),
                page.output
            ));
        }
        let adds = adds && !is_redirect && path.has_extension("md");
        all.count += usize::from(adds);
        moved.add_edits(adds, &mut all.edits);
    }
    all
}

/// A page at its old and its new place.
struct MovedPage<'a> {
    source: &'a Source,
    front_matter: &'a FrontMatter,
    /// The former addresses it has, as typed and as paths of the site.
    former: Vec<(String, SitePath)>,
    old: &'a SitePath,
    new: SitePath,
}

impl<'a> MovedPage<'a> {
    fn new(site: &'a Site, relocation: &Relocation, id: PageId) -> Option<MovedPage<'a>> {
        let page = site.page(id);
        let document = site.linked(page.source)?.document;
        let mut former = Vec::new();
        for (reference, path) in site.former_outputs(id) {
            let typed = document.refs.get(reference as usize)?;
            former.push((typed.target.to_string(), path));
        }
        Some(MovedPage {
            source: site.source(page.source),
            front_matter: &document.front_matter,
            former,
            old: &page.output,
            new: relocation.output_after(site, site.path(page.source), &page.output)?,
        })
    }

    fn add_edits(&self, adds: bool, edits: &mut Vec<Edit>) {
        let mut values = Vec::new();
        let mut is_changed = false;
        for (typed, path) in &self.former {
            // A page that moves back doesn't redirect from where it is.
            if *path == self.new {
                is_changed = true;
                continue;
            }
            let written = self.written(typed, path);
            is_changed |= written != *typed;
            values.push(written);
        }
        let added = self.written(&format!("{}.md", self.old.stem()), self.old);
        let adds = adds && !self.former.iter().any(|(_, path)| path == self.old);
        if is_changed {
            if adds {
                values.push(added);
            }
            edits.extend(self.replace(&values));
        } else if adds {
            edits.push(self.add(&added));
        }
    }

    /// The former address `path` as seen from the new place, in the form in which it is typed.
    fn written(&self, typed: &str, path: &SitePath) -> String {
        if typed.starts_with('/') {
            return typed.to_owned();
        }
        let relative = path.relative_to(&self.new.parent());
        let Some(stem) = relative.strip_suffix(".html") else {
            return relative;
        };
        let typed = typed.trim_end_matches('/');
        match typed.rsplit('/').next().unwrap_or("").rsplit_once('.') {
            Some((_, extension)) => format!("{stem}.{extension}"),
            None => stem.to_owned(),
        }
    }

    /// The whole list anew: some of its values change or go.
    fn replace(&self, values: &[String]) -> Option<Edit> {
        let entry = self.entry()?;
        let text = &self.source.text;
        let mut span = Span {
            start: entry.key_span.start,
            end: entry.value.span.end.max(entry.key_span.end),
        };
        let scalars: Vec<String> = values.iter().map(|value| scalar(value)).collect();
        let written = match scalars.as_slice() {
            [] => {
                // The line break goes with the line.
                let rest = &text[span.end as usize..];
                span.end += rest.find('\n').map_or(rest.len(), |at| at + 1) as u32;
                String::new()
            }
            [one] => format!("{KEY}: {one}"),
            many => format!("{KEY}: [{}]", many.join(", ")),
        };
        Some(Edit::new(&self.source.path, span, written))
    }

    fn entry(&self) -> Option<&'a YamlEntry> {
        let mut entries = self.front_matter.entries.iter();
        entries.find(|entry| &*entry.key == KEY)
    }

    /// One more value.
    fn add(&self, value: &str) -> Edit {
        let path = &self.source.path;
        let text = &*self.source.text;
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let value = scalar(value);
        let Some(entry) = self.entry() else {
            let line = format!("{KEY}: {value}{end}");
            return match closing_fence(self.front_matter.span, text) {
                Some(fence) => Edit::new(path, Span::at(fence), line),
                None => {
                    let block = format!("---{end}{line}---{end}{end}");
                    Edit::new(path, Span::at(0), block)
                }
            };
        };
        let span = entry.value.span;
        if entry.value.is_null() {
            let whole = Span {
                start: entry.key_span.start,
                end: span.end.max(entry.key_span.end + 1),
            };
            return Edit::new(path, whole, format!("{KEY}: {value}"));
        }
        let YamlValue::List(items) = &entry.value.value else {
            let list = format!("[{}, {value}]", span.of(text));
            return Edit::new(path, span, list);
        };
        let is_flow = span.of(text).starts_with('[');
        match items.last() {
            None => Edit::new(path, span, format!("[{value}]")),
            Some(last) if is_flow => {
                let after = Span::at(last.span.end as usize);
                Edit::new(path, after, format!(", {value}"))
            }
            Some(last) => {
                let start = last.span.start as usize;
                let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
                // Everything in front of the value: the indentation, the dash, and a space.
                let dash = &text[line..start];
                let after = last.span.end as usize;
                let rest = text[after..].find(['\r', '\n']);
                let at = rest.map_or(text.len(), |rest| after + rest);
                Edit::new(path, Span::at(at), format!("{end}{dash}{value}"))
            }
        }
    }
}

/// Where the line that closes the front matter begins.
fn closing_fence(front_matter: Span, text: &str) -> Option<usize> {
    if front_matter.is_empty() {
        return None;
    }
    let block = front_matter.of(text).trim_end();
    let at = block.rfind('\n')? + 1;
    Some(front_matter.start as usize + at)
}
