//! `unpaired-page`: pages and folders of a translation whose names were translated, too, so that nothing says what they translate.

use std::collections::BTreeMap;

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::locale::LocaleId;
use crate::message;
use crate::site::Site;
use crate::source::{SitePath, SourceId, Span};

pub(super) const RULE: Rule = Rule {
    code: Code::UnpairedPage,
    docs: include_str!("../docs/unpaired-page.md"),
    run: Some(run),
};

/// With fewer headings, most pages are built alike.
const MIN_HEADINGS: usize = 3;

/// The pages of one folder that have no counterpart in another language, by folder below that of the language.
type Unpaired = BTreeMap<String, Vec<SourceId>>;

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let default = site.config.locales.default();
    for locale in site.config.locales.ids() {
        if locale == default {
            continue;
        }
        let own = unpaired(site, locale, default);
        let originals = unpaired(site, default, locale);
        for (folder, pages) in &own {
            let problem = match renamed_folder(site, pages, &originals) {
                Some(original) => Some(folder_problem(site, pages[0], &original)),
                None => renamed_page(site, pages, originals.get(folder)),
            };
            checker.problems.extend(problem);
        }
    }
}

/// The pages of `locale` that have no version of their own in `other`.
fn unpaired(site: &Site, locale: LocaleId, other: LocaleId) -> Unpaired {
    let mut all = Unpaired::new();
    for (id, _) in site.documents() {
        let Some(set) = site.translation_set_of(id) else {
            continue;
        };
        let set = site.translation_set(set);
        let is_missing = set.localized && set.variant(other).is_none();
        if !is_missing || set.variant(locale) != Some(id) {
            continue;
        }
        if let Some(localized) = site.config.localized_path(site.path(id)) {
            let (folder, _) = localized.rest.rsplit_once('/').unwrap_or_default();
            all.entry(folder.to_owned()).or_default().push(id);
        }
    }
    all
}

/// The folder of originals that has exactly the names of these pages, if its own pages are not translated.
fn renamed_folder(site: &Site, pages: &[SourceId], originals: &Unpaired) -> Option<SitePath> {
    let mut names: Vec<&str> = Vec::new();
    for id in pages {
        names.push(site.path(*id).file_name());
    }
    // Every folder has an index page; one more name shows which folder is meant.
    if names.len() < 2 {
        return None;
    }
    names.sort_unstable();
    let mut found = None;
    for others in originals.values() {
        let mut other_names: Vec<&str> = Vec::new();
        for id in others {
            other_names.push(site.path(*id).file_name());
        }
        other_names.sort_unstable();
        if other_names == names {
            // Two folders of the same names: which of them is meant is not known.
            if found.is_some() {
                return None;
            }
            found = Some(site.path(others[0]).parent());
        }
    }
    found
}

fn folder_problem(site: &Site, page: SourceId, original: &SitePath) -> Diagnostic {
    let path = site.path(page);
    let folder = path.parent();
    let message = message!(
        "the folder `{folder}` has the pages of `{original}` under another name, so they are no translations of each other",
        folder,
        original
    );
    let name = original.file_name().to_owned();
    let problem = Diagnostic::new(Code::UnpairedPage, path, Span::default(), message);
    problem.help(message!(
        "Name the folder `{name}` in all languages, or write the same `translation_key` in both versions of each page.",
        name
    ))
}

/// The single page of a folder without an original, if the only original there without a translation is built like it.
fn renamed_page(
    site: &Site,
    pages: &[SourceId],
    originals: Option<&Vec<SourceId>>,
) -> Option<Diagnostic> {
    let ([page], [original]) = (pages, originals?.as_slice()) else {
        return None;
    };
    // Two pages that only happen to be left over differ in their headings.
    let levels = |id: SourceId| {
        let mut levels = Vec::new();
        for heading in site.headings(id) {
            levels.push(heading.level);
        }
        levels
    };
    let own = levels(*page);
    if own.len() < MIN_HEADINGS || own != levels(*original) {
        return None;
    }
    let path = site.path(*page);
    let original = site.path(*original);
    let message = message!(
        "the page has no original, and `{original}`, which is built like it, has no translation",
        original
    );
    // `PURRE.MD` and `purre.md` are told from each other by their endings, which is another problem.
    let extension = original.extension().to_ascii_lowercase();
    let name = format!("{}.{extension}", original.stem());
    let problem = Diagnostic::new(Code::UnpairedPage, path, Span::default(), message);
    Some(problem.help(message!(
        "If they belong together, name the file `{name}`, or write the same `translation_key` in both.",
        name
    )))
}
