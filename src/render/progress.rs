//! How far the translations of a site are, as its pages show it: a notice on those that may be out of date, and the page that lists what is
//! to be done. Doesn't know how it was found out.

use crate::locale::{Arg, LocaleId};
use crate::site::pages::{Origin, TranslationSetId};
use crate::site::{PageId, PageKind, PageVersion, Site};
use crate::source::{SitePath, SourceId};
use crate::syntax::Body;

use super::RenderContext;
use super::page::frame;
use super::view::{
    self, Dashboard, DashboardLanguage, DashboardPage, DashboardSection, Link, Notice, Updated,
    View,
};
use crate::site::href::Base;

/// Who knows how far translations are. It is asked when a page is made, so that nobody waits for what isn't shown.
pub trait Progress: Send + Sync {
    /// The original of a translation, if it has changed since.
    fn stale(&self, site: &Site, translation: SourceId) -> Option<SourceId>;

    /// All languages but that of the originals.
    fn languages(&self, site: &Site) -> Vec<LanguageProgress>;
}

/// How far one language is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageProgress {
    /// Which one.
    pub locale: LocaleId,
    /// How many of a hundred pages are up to date.
    pub percent: usize,
    /// How many pages are in each state, by its name, and how many a machine translated: a message `state-name` says what it is called.
    pub counts: Vec<(&'static str, usize)>,
    /// How many words are new, and how many stand in sections that have changed.
    pub words: [usize; 2],
    /// What is to be done.
    pub pages: Vec<PageProgress>,
}

/// A page with something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageProgress {
    /// The file of the translation, or where it would lie.
    pub place: SitePath,
    /// The page, or the text that pages include; the original if there is no translation.
    pub source: SourceId,
    /// The name of its state.
    pub state: &'static str,
    /// How many words there are to translate.
    pub words: usize,
    /// The sections that have changed: id and title, and the names of what has happened; messages `change-name` say what these are called.
    pub sections: Vec<(String, String, Vec<&'static str>)>,
}

/// What is said above a translation whose original has changed since.
pub(super) fn notice(site: &Site, context: &RenderContext, id: PageId) -> Option<Notice> {
    let page = site.page(id);
    if page.origin != Origin::Translated
        || page.kind == PageKind::Redirect
        || !site.config.translations.stale_notice
    {
        return None;
    }
    let original = context.progress.stale(site, page.source)?;
    let locale = site.linked(original)?.locale?;
    let shown = site
        .version_for(page.translation_set, locale)
        .map(PageVersion::page)?;
    let date = |source: SourceId| Some(site.linked(source)?.document.front_matter.date()?.date);
    // An original that claims to be older than its translation has an author who forgets dates.
    let changed =
        date(original).filter(|changed| date(page.source).is_none_or(|own| own <= *changed));
    Some(Notice {
        kind: "stale",
        language: context.catalog.language(page.locale, locale),
        original_url: Base::Folder(page.output.parent()).address(&site.page(shown).output, ""),
        original_lang: site.config.locales.get(locale).tag.clone(),
        changed: changed.map(|date| Updated {
            iso: date.to_string(),
            text: context.catalog.date(page.locale, date),
        }),
    })
}

/// Where the list of what is to be done is written; nothing if the site has none.
pub(super) fn path(site: &Site) -> Option<SitePath> {
    let default = site.config.locales.default();
    if !site.config.translations.dashboard || site.config.locales.len() < 2 {
        return None;
    }
    let folder = site.page(site.home(default)?).output.parent();
    // A page of the site may already be called so.
    let names = ["translations.html", "hjelp-translations.html"];
    names
        .iter()
        .filter_map(|name| folder.join(name).ok())
        .find(|path| site.page_at(default, path).is_none())
}

/// The list of what is to be done, in the language of the originals.
pub(super) fn view(site: &Site, context: &RenderContext, output: &SitePath) -> View {
    let locale = site.config.locales.default();
    let language = site.config.locales.get(locale);
    let base = Base::Folder(output.parent());
    let say = |key: &str| context.catalog.text(locale, key, &[]).into_owned();
    let count = |key: &str, count: usize| {
        let number = i64::try_from(count).unwrap_or(i64::MAX);
        context
            .catalog
            .text(locale, key, &[("count", Arg::Number(number))])
            .into_owned()
    };
    let progress = context.progress.languages(site);
    let states = progress
        .first()
        .map(|language| language.counts.clone())
        .unwrap_or_default();
    let languages = progress.iter().map(|one| DashboardLanguage {
        name: site.config.locales.get(one.locale).name.clone(),
        lang: site.config.locales.get(one.locale).tag.clone(),
        percent: count("percent", one.percent),
        counts: one
            .counts
            .iter()
            .map(|(_, pages)| count("amount", *pages))
            .collect(),
        words: one.words.map(|words| count("amount", words)),
        pages: one
            .pages
            .iter()
            .map(|page| row(site, one.locale, page, &base, &say, &count))
            .collect(),
    });
    let dashboard = Dashboard {
        states: states
            .iter()
            .map(|(state, _)| say(&format!("state-{state}")))
            .collect(),
        languages: languages.collect(),
    };
    let page = view::Page {
        kind: "translations",
        title: say("translations"),
        lang: language.tag.clone(),
        dir: language.direction.as_str(),
        noindex: true,
        dashboard: Some(dashboard),
        ..view::Page::default()
    };
    View {
        template: "translations.html".into(),
        output: output.clone(),
        locale: locale.index(),
        frame: frame(site, locale, &base, None),
        page,
    }
}

fn row(
    site: &Site,
    locale: LocaleId,
    page: &PageProgress,
    base: &Base,
    say: &dyn Fn(&str) -> String,
    count: &dyn Fn(&str, usize) -> String,
) -> DashboardPage {
    let shown = site
        .translation_set_of(page.source)
        .and_then(|set: TranslationSetId| site.version_for(set, locale))
        .map(PageVersion::page);
    let lang = site
        .linked(page.source)
        .and_then(|linked| linked.locale)
        .unwrap_or(locale);
    let is_toc = site
        .linked(page.source)
        .is_some_and(|linked| matches!(linked.document.body, Body::Toc(_)));
    let link = Link {
        text: if is_toc {
            say("navigation")
        } else {
            site.title(page.source).to_owned()
        },
        url: shown.map(|shown| base.address(&site.page(shown).output, "")),
        lang: (!is_toc).then(|| site.config.locales.get(lang).tag.clone()),
        external: false,
    };
    let sections = page
        .sections
        .iter()
        .map(|(id, title, how)| DashboardSection {
            title: match (id.as_str(), title.as_str()) {
                ("---", _) => say("section-metadata"),
                ("", _) => say("section-start"),
                (id, "") if is_toc => id.to_owned(),
                (id, "") => format!("#{id}"),
                (_, title) => title.to_owned(),
            },
            how: how
                .iter()
                .map(|how| say(&format!("change-{how}")))
                .collect(),
        });
    DashboardPage {
        link,
        file: page.place.to_string(),
        state: say(&format!("state-{}", page.state)),
        words: (page.words > 0).then(|| count("words", page.words)),
        sections: sections.collect(),
    }
}
