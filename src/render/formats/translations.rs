//! `translations.html`: the state of the translations, in the language of the originals. Doesn't know how the state is determined.

use crate::locale::{Arg, LocaleId};
use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::frame::frame;
use crate::render::paths;
use crate::render::progress::{LanguageProgress, PageProgress, SectionProgress};
use crate::render::view::{
    Dashboard, DashboardLanguage, DashboardPage, DashboardSection, Link, PageBody, PageView, View,
};
use crate::site::href::Base;
use crate::site::{Graph, Site};
use crate::source::SourceId;
use crate::syntax::Body;

pub(super) static TRANSLATIONS: Format = Format {
    name: "translations",
    kind: FormatKind::Page,
    replaces_content: true,
    offline: false,
    outputs,
    render: Render::Everything(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    match paths::translations(graph) {
        Some(path) => vec![Output::new(&TRANSLATIONS, path, Subject::Site)],
        None => Vec::new(),
    }
}

fn content(site: &Site, context: &RenderContext, output: &Output) -> Content {
    let locale = site.config.locales.default();
    let language = site.config.locales.get(locale);
    let base = Base::Folder(output.path.parent());
    let writer = DashboardWriter {
        site,
        context,
        locale,
        base: &base,
    };
    let view = View {
        template: "translations.html".into(),
        locale: locale.index(),
        frame: frame(site, &context.catalog, locale, &base, None),
        page: PageView {
            kind: "translations",
            title: writer.text("translations"),
            lang: language.tag.clone(),
            dir: language.direction.as_str(),
            noindex: true,
            canonical: None,
            body: PageBody::Dashboard(writer.dashboard()),
        },
    };
    view.into()
}

struct DashboardWriter<'a> {
    site: &'a Site,
    context: &'a RenderContext,
    /// The language of the page.
    locale: LocaleId,
    base: &'a Base,
}

impl DashboardWriter<'_> {
    fn text(&self, key: &str) -> String {
        let text = self.context.catalog.text(self.locale, key, &[]);
        text.into_owned()
    }

    fn count(&self, key: &str, count: usize) -> String {
        let number = Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
        let args = [("count", number)];
        let text = self.context.catalog.text(self.locale, key, &args);
        text.into_owned()
    }

    fn dashboard(&self) -> Dashboard {
        let progress = self.context.progress.languages(self.site);
        let mut dashboard = Dashboard {
            states: Vec::new(),
            languages: Vec::new(),
        };
        // All languages have the same states.
        if let Some(first) = progress.first() {
            for (state, _) in &first.counts {
                dashboard.states.push(self.text(&format!("state-{state}")));
            }
        }
        for language in &progress {
            dashboard.languages.push(self.language(language));
        }
        dashboard
    }

    fn language(&self, progress: &LanguageProgress) -> DashboardLanguage {
        let locale = self.site.config.locales.get(progress.locale);
        let mut language = DashboardLanguage {
            name: locale.name.clone(),
            lang: locale.tag.clone(),
            percent: self.count("percent", progress.percent),
            counts: Vec::new(),
            words: progress.words.map(|words| self.count("amount", words)),
            pages: Vec::new(),
        };
        for (_, pages) in &progress.counts {
            language.counts.push(self.count("amount", *pages));
        }
        for page in &progress.pages {
            language.pages.push(self.page(progress.locale, page));
        }
        language
    }

    fn page(&self, locale: LocaleId, page: &PageProgress) -> DashboardPage {
        let is_toc = match self.site.linked(page.source) {
            Some(linked) => matches!(linked.document.body, Body::Toc(_)),
            None => false,
        };
        let mut sections = Vec::new();
        for section in &page.sections {
            sections.push(self.section(section, is_toc));
        }
        DashboardPage {
            link: self.link(locale, page.source, is_toc),
            file: page.path.to_string(),
            state: self.text(&format!("state-{}", page.state)),
            words: if page.words > 0 {
                Some(self.count("words", page.words))
            } else {
                None
            },
            sections,
        }
    }

    fn link(&self, locale: LocaleId, source: SourceId, is_toc: bool) -> Link {
        let url = self.page_address(locale, source);
        if is_toc {
            return Link {
                text: self.text("navigation"),
                url,
                lang: None,
                external: false,
            };
        }
        let text_locale = match self.site.linked(source) {
            Some(linked) => linked.locale.unwrap_or(locale),
            None => locale,
        };
        Link {
            text: self.site.title(source).to_owned(),
            url,
            lang: Some(self.site.config.locales.get(text_locale).tag.clone()),
            external: false,
        }
    }

    fn page_address(&self, locale: LocaleId, source: SourceId) -> Option<String> {
        let set = self.site.translation_set_of(source)?;
        let version = self.site.version_for(set, locale)?;
        let output = &self.site.page(version.page()).output;
        Some(self.base.address(output, ""))
    }

    fn section(&self, section: &SectionProgress, is_toc: bool) -> DashboardSection {
        let title = match (section.id.as_str(), section.title.as_str()) {
            ("---", _) => self.text("section-metadata"),
            ("", _) => self.text("section-start"),
            (id, "") if is_toc => id.to_owned(),
            (id, "") => format!("#{id}"),
            (_, title) => title.to_owned(),
        };
        let mut how = Vec::new();
        for change in &section.changes {
            how.push(self.text(&format!("change-{change}")));
        }
        DashboardSection { title, how }
    }
}
