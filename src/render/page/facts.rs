//! Front matter and configuration of a page -> what its template can show of it: description, date, badges, where to edit it.

use crate::config::Config;
use crate::render::alternates::alternates;
use crate::render::context::RenderContext;
use crate::render::view::{DocumentBody, DocumentPage, Metadata, Updated};
use crate::site::href::absolute;
use crate::site::{Page, PageScope};
use crate::source::SitePath;
use crate::syntax::front_matter::comma_separated;
use crate::syntax::{Document, FrontMatter};

use super::badges::badges;
use super::feedback::feedback_url;
use super::notice::notice;

/// The language of the text of a page.
pub(super) struct Language {
    pub tag: String,
    pub direction: &'static str,
}

impl Language {
    /// The language of the folder a page is in. In a site without language folders the metadata can state it, as DocFX's `_lang`.
    pub fn of(scope: &PageScope<'_>, page: &Page, document: &Document) -> Language {
        let locale = scope.config.locales.get(scope.text_locale(page));
        let mut tag = locale.tag.clone();
        let has_folder = match scope.linked(page.source) {
            Some(linked) => linked.locale.is_some(),
            None => false,
        };
        // In a site with language folders the folder decides: `_lang` may have been copied with the file from another language.
        if !has_folder && let Some(stated) = stated_language(scope, page, document) {
            tag = stated.to_owned();
        }
        Language {
            tag,
            direction: locale.direction.as_str(),
        }
    }
}

fn stated_language<'s>(
    scope: &'s PageScope<'_>,
    page: &Page,
    document: &'s Document,
) -> Option<&'s str> {
    const KEY: &str = "_lang";
    let stated = match document.front_matter.get(KEY) {
        Some(own) => own.text(),
        None => {
            let path = scope.path(page.source);
            scope.config.metadata_text(path, KEY)
        }
    };
    match stated?.trim() {
        "" => None,
        tag => Some(tag),
    }
}

/// Writes what is stated about a page. Its body is written already.
pub(super) fn write(
    scope: &PageScope<'_>,
    context: &RenderContext,
    language: &Language,
    out: &mut DocumentPage,
) {
    let page = scope.subject();
    let Some(linked) = scope.linked(page.source) else {
        return;
    };
    let front_matter = &linked.document.front_matter;
    let path = scope.path(page.source);
    out.meta = metadata(&scope.config, path, front_matter);
    out.description = description(front_matter, out);
    if let Some(keywords) = out.meta.get("keywords") {
        out.keywords = comma_separated(keywords)
            .into_iter()
            .map(str::to_owned)
            .collect();
    }
    out.author = out.meta.text("author").map(str::to_owned);
    if let Some(dated) = front_matter.date() {
        out.updated = Some(Updated {
            iso: dated.date.to_string(),
            text: context.catalog.date(page.locale, dated.date),
        });
    }
    if let Some(pattern) = &scope.config.edit_url {
        out.edit_url = Some(pattern.replace("{path}", &absolute("", path)));
    }
    if let Some(pattern) = &scope.config.theme.feedback {
        out.feedback_url = Some(feedback_url(scope, pattern, page));
    }
    out.notice = notice(scope, context, &language.tag);
    out.badges = badges(&context.catalog, page.locale, &out.meta);
    if let Some(base_url) = &scope.config.base_url {
        out.alternates = alternates(scope, scope.id(), base_url);
    }
}

/// The description of a page: its own, the summary of a landing page, or what the configuration gives it.
fn description(front_matter: &FrontMatter, out: &DocumentPage) -> Option<String> {
    if let Some(own) = front_matter.text("description") {
        return Some(own.trim().to_owned());
    }
    if let DocumentBody::Landing(landing) = &out.body
        && landing.summary.is_some()
    {
        return landing.summary.clone();
    }
    let stated = match out.meta.text("description") {
        Some(stated) => Some(stated),
        // What DocFX's own templates read.
        None => out.meta.text("_description"),
    };
    stated.map(str::to_owned)
}

/// The metadata that the configuration gives a file, replaced key by key with its front matter.
fn metadata(config: &Config, path: &SitePath, front_matter: &FrontMatter) -> Metadata {
    let mut all = Vec::new();
    for (key, value) in config.metadata(path) {
        all.push((key.to_owned(), value.clone()));
    }
    // The keys of a front matter differ from each other, so only the configuration's can be the same.
    let configured = all.len();
    for entry in &front_matter.entries {
        match all[..configured]
            .iter_mut()
            .find(|(key, _)| **key == *entry.key)
        {
            Some((_, value)) => *value = entry.value.clone(),
            None => all.push((entry.key.to_string(), entry.value.clone())),
        }
    }
    Metadata(all)
}
