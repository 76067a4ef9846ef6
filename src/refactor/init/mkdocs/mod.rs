//! A folder with a `mkdocs.yml` -> the files of a hjelp site made from it once: configuration, pages in hjelp's Markdown, tables of contents and
//! redirects from the addresses that MkDocs published. The files of MkDocs stay as they are. Lists everything that is lost.

mod inlines;
mod markdown;
mod navigation;
mod places;
mod settings;
mod snippets;

use std::collections::{BTreeMap, BTreeSet};

use crate::refactor::Refusal;
use crate::refactor::new::NewFile;
use crate::source::yaml::scalar::scalar;
use crate::source::{SitePath, Sources};
use crate::syntax::redirect_list::REDIRECTS_FILE;

use super::configuration::Configuration;
use super::plan::{FileCopy, InitPlan, new_file};
use markdown::MarkdownConverter;
use places::Places;
use settings::{CONTENT, Settings};

pub(super) use settings::MKDOCS_FILE;

/// Adds the files and the report. Fails if the configuration can't be read, or if the converted pages would mix with those there are.
pub(super) fn plan(sources: &Sources, plan: &mut InitPlan) -> Result<(), Refusal> {
    // Before any page: what the configuration gets wrong would be wrong in every one of them.
    let settings = Settings::read(sources)?;
    for path in sources.texts().iter().map(|source| &source.path) {
        if path.segments().next() == Some(CONTENT) {
            return Err(Refusal::new(
                format!(
                    "the converted pages would be in `{CONTENT}`, where files are already: `{path}`"
                ),
                format!(
                    "rename that folder, and name it in `{MKDOCS_FILE}` if it is the `docs_dir`"
                ),
            ));
        }
    }
    let places = Places::new(sources, &settings);
    let mut import = Import {
        sources,
        settings: &settings,
        places: &places,
        losses: Losses::default(),
        plan,
        copied: BTreeSet::new(),
    };
    import.pages();
    import.assets();
    import.tables_of_contents();
    import.redirects();
    import.configuration();
    import.report();
    Ok(())
}

/// What hjelp has nothing for, by kind, with how often and where it is first.
#[derive(Debug, Default)]
struct Losses(BTreeMap<&'static str, (usize, String)>);

impl Losses {
    fn add(&mut self, kind: &'static str, place: impl FnOnce() -> String) {
        // The first place is enough to know what to look for; all of them would be a long report.
        let entry = self.0.entry(kind).or_insert_with(|| (0, place()));
        entry.0 += 1;
    }
}

struct Import<'a> {
    sources: &'a Sources,
    settings: &'a Settings,
    places: &'a Places<'a>,
    losses: Losses,
    plan: &'a mut InitPlan,
    /// The files that are copied already: one may be shown by many pages.
    copied: BTreeSet<SitePath>,
}

impl Import<'_> {
    /// The Markdown files of `docs_dir`, and those that they include from elsewhere.
    fn pages(&mut self) {
        let mut waiting: Vec<SitePath> = Vec::new();
        for source in self.sources.texts() {
            if source.path.starts_with(&self.settings.docs) && source.path.has_extension("md") {
                waiting.push(source.path.clone());
            }
        }
        let mut done: BTreeSet<SitePath> = waiting.iter().cloned().collect();
        // A page can show files from outside of the folder of the pages, and these can show others.
        while let Some(path) = waiting.pop() {
            let (Some(id), Some(new)) = (
                self.sources.find(path.as_str()),
                self.places.new_path(&path),
            ) else {
                continue;
            };
            let mut converter = MarkdownConverter::new(self.places, self.settings, &new);
            let text = converter.convert(&self.sources.get(id).text);
            for (kind, line) in converter.losses {
                self.losses.add(kind, || format!("{path}:{line}"));
            }
            // Also from outside of `docs_dir`: the new site has to be whole without the old one.
            for shown in converter.shown {
                if !shown.has_extension("md") {
                    self.copy(&shown);
                } else if done.insert(shown.clone()) {
                    waiting.push(shown);
                }
            }
            self.plan.files.push(NewFile { path: new, text });
        }
        // In the order of their paths, whatever was found first.
        self.plan
            .files
            .sort_by(|one, other| one.path.cmp(&other.path));
    }

    /// Everything else of `docs_dir`: pictures, downloads.
    fn assets(&mut self) {
        let sources = self.sources;
        for path in sources.assets().keys() {
            if path.starts_with(&self.settings.docs) {
                self.copy(path);
            }
        }
        for source in sources.texts() {
            if source.path.starts_with(&self.settings.docs) && !source.path.has_extension("md") {
                self.copy(&source.path);
            }
        }
    }

    fn copy(&mut self, path: &SitePath) {
        let Some(to) = self.places.new_path(path) else {
            return;
        };
        if self.copied.insert(path.clone()) {
            let from = path.clone();
            self.plan.copies.push(FileCopy { from, to });
        }
    }

    fn tables_of_contents(&mut self) {
        for language in &self.settings.languages {
            // A language that nothing is translated to is none yet.
            let folder = format!("{CONTENT}/{}/", language.folder);
            let mut files = self.plan.files.iter();
            if !files.any(|file| file.path.as_str().starts_with(&folder)) {
                self.losses.add("languages without a page", || {
                    format!("`{}`", language.code)
                });
                continue;
            }
            let writer = navigation::TocWriter {
                sources: self.sources,
                settings: self.settings,
                places: self.places,
                language,
            };
            let (text, left_out) = writer.text();
            let path = format!("{CONTENT}/{}/toc.yml", language.folder);
            let text =
                format!("# yaml-language-server: $schema=../../.hjelp/schemas/toc.json\n{text}");
            self.plan.files.push(new_file(&path, text));
            for entry in left_out {
                self.losses.add("entries of `nav` without a page", || entry);
            }
        }
    }

    /// From every address that MkDocs published to the page that was there: hjelp gives pages other addresses.
    fn redirects(&mut self) {
        let mut lines = Vec::new();
        for source in self.sources.texts() {
            let Some(old) = self.places.old_address(&source.path) else {
                continue;
            };
            let Some(new) = self.places.new_path(&source.path) else {
                continue;
            };
            // The top of the site leads to the start page anyway.
            if !old.is_empty() && old != published(&new) {
                lines.push((old, new));
            }
        }
        // The plugin names Markdown files, of which the old one is no longer there.
        for (from, to) in &self.settings.redirects {
            let (Ok(from), Ok(to)) = (self.settings.docs.join(from), self.settings.docs.join(to))
            else {
                continue;
            };
            if let (Some(old), Some(new)) =
                (self.places.address_of(&from), self.places.new_path(&to))
            {
                lines.push((old, new));
            }
        }
        if lines.is_empty() {
            return;
        }
        // By address, so that a person finds one in the list.
        lines.sort();
        let mut text = String::from(
            "# yaml-language-server: $schema=.hjelp/schemas/redirects.json\n# The addresses at which MkDocs published the pages.\nredirects:\n",
        );
        for (old, new) in &lines {
            text.push_str(&format!(
                "- from: {}\n  to: {}\n",
                scalar(old),
                scalar(new.as_str())
            ));
        }
        self.plan.files.push(new_file(REDIRECTS_FILE, text));
        let count = lines.len();
        self.plan.taken_over.push(format!(
            "old addresses that redirect, in `{REDIRECTS_FILE}`: {count}"
        ));
    }

    fn configuration(&mut self) {
        let settings = self.settings;
        let configuration = Configuration {
            title: settings.title.clone(),
            base_url: settings.base_url.clone(),
            default_locale: settings
                .languages
                .first()
                .map(|language| language.folder.clone()),
            ..Configuration::default()
        };
        // First in the report: it is the file to look at next.
        self.plan.files.insert(0, configuration.file());
    }

    fn report(&mut self) {
        let pages = self
            .plan
            .files
            .iter()
            .filter(|file| file.path.has_extension("md"))
            .count();
        let mut taken_over = vec![
            format!("pages, converted: {pages}"),
            format!("other files: {}", self.plan.copies.len()),
        ];
        taken_over.append(&mut self.plan.taken_over);
        self.plan.taken_over = taken_over;
        for key in &self.settings.left_out {
            self.plan.left_out.push(format!("`{key}`"));
        }
        for (kind, (count, first)) in &self.losses.0 {
            self.plan
                .left_out
                .push(format!("{kind}: {count}, first in {first}"));
        }
        if self.settings.base_url.is_none() {
            self.plan
                .decisions
                .push("`base-url`: the address the site is published at".to_owned());
        }
        self.plan.decisions.push(format!(
            "the files of MkDocs are still there: remove `{}` and `{MKDOCS_FILE}` when you no longer need them",
            self.settings.docs
        ));
    }
}

/// The address at which hjelp publishes a page, relative to the site.
fn published(page: &SitePath) -> String {
    let path = page.as_str();
    let path = path.strip_prefix(CONTENT).unwrap_or(path);
    let path = path.trim_start_matches('/');
    match path.strip_suffix("index.md") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.to_owned(),
        _ => format!("{}.html", path.trim_end_matches(".md")),
    }
}
