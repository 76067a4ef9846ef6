//! One page -> its view: the article and everything around it.

use crate::config::Config;
use crate::locale::LocaleId;
use crate::site::pages::Origin;
use crate::site::{Page, PageId, PageKind, PageVersion, Site};
use crate::source::SitePath;
use crate::source::yaml::YamlNode;
use crate::syntax::front_matter::comma_separated;
use crate::syntax::{Body, Document, FrontMatter};

use super::RenderContext;
use super::badges::badges;
use super::feedback::feedback;
use super::html::Writer;
use super::landing::Cards;
use super::navigation::Links;
use super::progress;
use super::theme::ASSETS;
use super::view::{
    self, Alternate, Crumb, Frame, Heading, Language, Meta, Notice, Search, Step, Tutorial,
    Updated, View,
};
use crate::site::href::{Base, absolute};

/// The view of a page that has something to read.
pub(super) fn view(site: &Site, context: &RenderContext, id: PageId) -> View {
    let page = site.page(id);
    let base = Base::Folder(page.output.parent());
    let language = site.text_locale(page);
    let mut out = view::Page {
        kind: kind_name(page.kind),
        title: site.title(page.source).to_owned(),
        ..view::Page::default()
    };
    let Some(linked) = site.linked(page.source) else {
        return View {
            template: "article.html".into(),
            output: page.output.clone(),
            locale: page.locale.index(),
            frame: Frame::default(),
            page: out,
        };
    };
    let document = &linked.document;
    let mut writer = Writer::new(site, &context.catalog, &base, page.locale, language);
    if site.original_of(page.source).is_some() {
        writer.shared = site.headings(page.source);
    }
    writer.places = context.places;
    writer.highlighter =
        Some(context.theme.highlighter()).filter(|_| !site.config.markdown.docfx_markup);
    match &document.body {
        Body::Article(tree) => {
            writer.tree(page.source, tree);
            out.body = writer.take();
        }
        Body::Landing(landing) => {
            let cards = Cards {
                site,
                catalog: &context.catalog,
                base: &base,
                reader: page.locale,
                source: page.source,
            };
            out.landing = Some(cards.landing(landing));
        }
        Body::Tutorial(tutorial) => out.tutorial = Some(steps(&mut writer, page, tutorial)),
        Body::Data(data) => out.data = Some(view::Data(data.root.clone())),
        Body::Toc(_) => {}
    }
    if writer.diagrams {
        out.diagrams = site
            .config
            .theme
            .mermaid
            .as_ref()
            .and_then(|path| site.output_of(path))
            .map(|path| base.address(&path, ""));
    }
    out.heading_shown = writer
        .headings
        .first()
        .is_some_and(|heading| heading.level == 1);
    out.headings = outline(&writer.headings);
    facts(site, context, id, document, &mut out);
    let asked = layout(document)
        .or_else(|| site.own_template(page.source))
        .filter(|name| context.theme.has(name));
    let template = asked.map_or(template_name(page.kind).into(), std::borrow::Cow::Owned);
    let mut frame = frame(site, page.locale, &base, Some(id));
    surroundings(site, context, id, &base, &mut frame, &mut out);
    left_out(&mut frame, &mut out);
    out.markdown = super::twin::path(site, page).map(|path| base.address(&path, ""));
    out.structured = structured(site, id).filter(|_| !out.breadcrumbs.is_empty());
    View {
        template,
        output: page.output.clone(),
        locale: page.locale.index(),
        frame,
        page: out,
    }
}

/// A page may ask for another template: `layout: wide` is `templates/wide.html`.
fn layout(document: &Document) -> Option<String> {
    document
        .front_matter
        .text("layout")
        .map(|name| format!("{name}.html"))
}

fn kind_name(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Article => "article",
        PageKind::Landing => "landing",
        PageKind::Tutorial => "tutorial",
        PageKind::Data => "data",
        PageKind::Redirect => "redirect",
    }
}

fn template_name(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Article | PageKind::Data => "article.html",
        PageKind::Landing => "landing.html",
        PageKind::Tutorial => "tutorial.html",
        PageKind::Redirect => "redirect.html",
    }
}

fn steps<'a>(
    writer: &mut Writer<'a>,
    page: &Page,
    tutorial: &'a crate::syntax::document::Tutorial,
) -> Tutorial {
    let mut steps = Vec::with_capacity(tutorial.steps.len());
    for (number, step) in tutorial.steps.iter().enumerate() {
        let id = format!("step-{}", number + 1);
        writer.headings.push(super::html::Heading {
            level: 2,
            id: id.clone(),
            text: step.title.to_string(),
        });
        writer.tree(page.source, &step.tree);
        steps.push(Step {
            id,
            title: step.title.to_string(),
            minutes: step.minutes,
            body: writer.take(),
        });
    }
    let minutes: u32 = tutorial
        .steps
        .iter()
        .filter_map(|step| step.minutes)
        .fold(0, u32::saturating_add);
    Tutorial {
        summary: tutorial.summary.as_deref().map(str::to_owned),
        minutes: (minutes > 0).then_some(minutes),
        steps,
    }
}

/// Headings of the second level, each with those of the third below it.
fn outline(headings: &[super::html::Heading]) -> Vec<Heading> {
    let mut outline: Vec<Heading> = Vec::new();
    for heading in headings
        .iter()
        .filter(|heading| matches!(heading.level, 2 | 3) && !heading.text.is_empty())
    {
        let entry = Heading {
            id: heading.id.clone(),
            text: heading.text.clone(),
            level: heading.level,
            children: Vec::new(),
        };
        match outline.last_mut() {
            Some(above) if heading.level > above.level => above.children.push(entry),
            _ => outline.push(entry),
        }
    }
    outline
}

/// What front matter and configuration say about the page.
fn facts(
    site: &Site,
    context: &RenderContext,
    id: PageId,
    document: &Document,
    out: &mut view::Page,
) {
    let page = site.page(id);
    let path = &site.source(page.source).path;
    let front = &document.front_matter;
    let own = |key: &str| front.text(key).map(|text| text.trim().to_owned());
    out.description = own("description").or_else(|| {
        out.landing
            .as_ref()
            .and_then(|landing| landing.summary.clone())
    });
    out.meta = meta(&site.config, path, front);
    out.keywords = out
        .meta
        .get("keywords")
        .map(comma_separated)
        .unwrap_or_default()
        .into_iter()
        .map(str::to_owned)
        .collect();
    out.author = out.meta.text("author").map(|text| text.trim().to_owned());
    out.description = out.description.take().or_else(|| {
        out.meta
            .text("description")
            .or(out.meta.text("_description"))
            .map(str::to_owned)
    });
    out.updated = front.date().map(|dated| Updated {
        iso: dated.date.to_string(),
        text: context.catalog.date(page.locale, dated.date),
    });
    out.edit_url = site
        .config
        .edit_url
        .as_ref()
        .map(|pattern| pattern.replace("{path}", &absolute("", path)));
    out.feedback_url = site
        .config
        .theme
        .feedback
        .as_deref()
        .map(|pattern| feedback(site, pattern, page));
    let language = site.text_locale(page);
    let locale = site.config.locales.get(language);
    out.lang = locale.tag.clone();
    out.dir = locale.direction.as_str();
    if let (Some(stated), None) = (
        out.meta.text("_lang"),
        site.linked(page.source).and_then(|linked| linked.locale),
    ) {
        out.lang = stated.to_owned();
    }
    let base = Base::Folder(page.output.parent());
    if let Origin::Fallback(_) = page.origin {
        let original = site
            .version_for(page.translation_set, language)
            .map(PageVersion::page);
        let original_url = original
            .map(|original| base.address(&site.page(original).output, ""))
            .unwrap_or_default();
        let language = context.catalog.language(page.locale, language);
        out.notice = Some(Notice {
            kind: "fallback",
            language,
            original_url,
            original_lang: out.lang.clone(),
            changed: None,
        });
    }
    out.notice = out
        .notice
        .take()
        .or_else(|| progress::notice(site, context, id));
    out.badges = badges(&context.catalog, page.locale, &out.meta);
    out.noindex = site.is_hidden(page) || site.config.locales.get(page.locale).pseudo().is_some();
    if let Some(base_url) = &site.config.base_url {
        // A page shown in place of a translation is the same page as its original.
        let canonical = site
            .version_for(page.translation_set, language)
            .map_or(id, PageVersion::page);
        out.canonical = Some(absolute(base_url, &site.page(canonical).output));
        out.alternates = alternates(site, id, base_url);
    }
}

/// The languages a page really exists in, and the one for everybody else; nothing if there is only one. Every page among them lists the same
/// ones, as search engines trust only what is said from both sides.
pub(super) fn alternates(site: &Site, id: PageId, base_url: &str) -> Vec<Alternate> {
    let set = site.translation_set(site.page(id).translation_set);
    let tag = |id: PageId| &site.config.locales.get(site.page(id).locale).tag;
    let shown = set.variants.iter().filter_map(|(locale, _)| {
        site.version_for(site.page(id).translation_set, *locale)
            .map(PageVersion::page)
    });
    let mut pages: Vec<PageId> = shown.filter(|page| site.is_indexed(*page)).collect();
    pages.sort();
    // Two languages that call themselves the same can't both be found by that name.
    let mut seen = std::collections::BTreeSet::new();
    pages.retain(|page| seen.insert(tag(*page)));
    if !set.localized || pages.len() < 2 || !pages.contains(&id) {
        return Vec::new();
    }
    let address = |id: PageId| absolute(base_url, &site.page(id).output);
    let default = site.config.locales.default();
    let everybody = pages
        .iter()
        .copied()
        .find(|page| site.page(*page).locale == default)
        .unwrap_or(pages[0]);
    let own = pages.iter().map(|page| Alternate {
        lang: tag(*page).clone(),
        url: address(*page),
    });
    own.chain([Alternate {
        lang: "x-default".to_owned(),
        url: address(everybody),
    }])
    .collect()
}

fn meta(config: &Config, path: &SitePath, front: &FrontMatter) -> Meta {
    let stated = config
        .metadata(path)
        .into_iter()
        .map(|(key, node)| (key.to_owned(), node.clone()));
    let mut all: Vec<(String, YamlNode)> = stated.collect();
    // The keys of a front matter differ from each other, so only the configuration's can be said again.
    let known = all.len();
    for entry in &front.entries {
        match all[..known].iter_mut().find(|(key, _)| **key == *entry.key) {
            Some(known) => known.1 = entry.value.clone(),
            None => all.push((entry.key.to_string(), entry.value.clone())),
        }
    }
    Meta(all)
}

/// What the site is called: if it doesn't say so, what its home page is called.
pub(super) fn site_title(site: &Site, locale: LocaleId) -> &str {
    let home_title = || {
        site.home(locale)
            .map_or("hjelp", |home| site.title(site.page(home).source))
    };
    site.config
        .title
        .for_locale(locale)
        .unwrap_or_else(home_title)
}

/// What surrounds every page of a language.
pub(super) fn frame(site: &Site, locale: LocaleId, base: &Base, page: Option<PageId>) -> Frame {
    let language = site.config.locales.get(locale);
    let config = &site.config;
    let root = base.root();
    let home = site
        .home(locale)
        .or_else(|| site.home(config.locales.default()))
        .map(|home| base.address(&site.page(home).output, ""));
    let assets = SitePath::new(ASSETS)
        .map(|path| base.address(&path, "/"))
        .unwrap_or_default();
    Frame {
        lang: language.tag.clone(),
        dir: language.direction.as_str(),
        folder: language.folder.clone(),
        home: home.unwrap_or_else(|| root.clone()),
        root,
        assets,
        site: site_title(site, locale).to_owned(),
        logo: config
            .theme
            .logo
            .as_ref()
            .and_then(|path| site.output_of(path))
            .map(|path| base.address(&path, "")),
        accent: config.theme.accent.clone(),
        footer: config.theme.footer.for_locale(locale).map(str::to_owned),
        languages: languages(site, locale, base, page),
        menu: String::new(),
        nav: Vec::new(),
        sections: Vec::new(),
        search: search(site, locale, base),
        feed: super::feed::path(site, locale).map(|path| base.address(&path, "")),
        translations: super::progress::path(site).map(|path| base.address(&path, "")),
    }
}

/// Where a language's pages are looked up: without a script, and with one.
fn search(site: &Site, locale: LocaleId, base: &Base) -> Option<Search> {
    let page = super::az::path(site, locale)?;
    let files = super::search_folder(site, locale)?;
    Some(Search {
        page: base.address(&page, ""),
        files: base.address(&files, "/"),
    })
}

fn languages(site: &Site, reader: LocaleId, base: &Base, page: Option<PageId>) -> Vec<Language> {
    let set = page
        .map(|id| site.page(id).translation_set)
        .filter(|set| site.translation_set(*set).localized);
    let one = |locale: LocaleId| {
        let language = site.config.locales.get(locale);
        let (target, translated) =
            match set.and_then(|set| Some((set, site.version_for(set, locale)?))) {
                Some((set, PageVersion::Localized(target))) => (
                    Some(target),
                    site.translation_set(set)
                        .variants
                        .iter()
                        .any(|(variant, _)| *variant == locale),
                ),
                _ => (site.home(locale), set.is_none()),
            };
        let url = target.map(|target| base.address(&site.page(target).output, ""))?;
        Some(Language {
            lang: language.tag.clone(),
            name: language.name.clone(),
            url,
            current: locale == reader,
            translated,
        })
    };
    site.config.locales.ids().filter_map(one).collect()
}

/// Where the page stands among others.
fn surroundings(
    site: &Site,
    context: &RenderContext,
    id: PageId,
    base: &Base,
    frame: &mut Frame,
    out: &mut view::Page,
) {
    let links = Links { site, base };
    let page = site.page(id);
    let navigation = site.navigation(id);
    out.breadcrumbs = crumbs(&links, id);
    if let Some((tree, Some(at))) = navigation {
        (out.previous, out.next) = links.neighbours(tree, at, id);
    }
    let Some((tree, at)) = navigation else { return };
    out.print_url = super::print::address(site, tree, base);
    frame.menu = links.menu(tree, at);
    if context.theme.wants_nav() {
        frame.nav = links.branch(tree, at);
    }
    if let Some(root) = site
        .root_navigation(page.locale)
        .filter(|root| root.toc != tree.toc)
    {
        frame.sections = links.sections(root, links.section_of(root, tree, id));
    }
}

/// The way to a page, from the home page.
fn crumbs(links: &Links, id: PageId) -> Vec<Crumb> {
    let (site, base) = (links.site, links.base);
    let home = site.home(site.page(id).locale);
    let first = |home: &PageId| Crumb {
        title: site.title(site.page(*home).source).to_owned(),
        url: Some(base.address(&site.page(*home).output, "")),
    };
    let mut crumbs: Vec<Crumb> = home.filter(|home| *home != id).iter().map(first).collect();
    match site.navigation(id).and_then(|(tree, at)| Some((tree, at?))) {
        Some((tree, at)) => {
            let root = site
                .root_navigation(site.page(id).locale)
                .filter(|root| root.toc != tree.toc);
            let section =
                root.and_then(|root| Some(links.crumb(root, links.section_of(root, tree, id)?)));
            let own_url = Some(base.address(&site.page(id).output, ""));
            let section = section.into_iter().filter(|crumb| crumb.url != own_url);
            let home_url = crumbs.first().and_then(|crumb| crumb.url.clone());
            let way = section
                .chain(links.breadcrumbs(tree, at))
                .filter(|crumb| crumb.url.is_none() || crumb.url != home_url);
            crumbs.extend(way);
            crumbs.dedup();
        }
        None => crumbs.extend(links.folders(id, home)),
    }
    crumbs
}

/// The same way for search engines, with whole addresses, and with the page itself.
fn structured(site: &Site, id: PageId) -> Option<String> {
    let base = Base::Anywhere(site.config.base_url.clone()?);
    let page = site.page(id);
    let own = Crumb {
        title: site.title(page.source).to_owned(),
        url: Some(base.address(&page.output, "")),
    };
    let mut way = crumbs(&Links { site, base: &base }, id);
    way.push(own);
    Some(super::structured::breadcrumbs(&way))
}

/// What a page asks to be shown without, in DocFX's words.
fn left_out(frame: &mut Frame, out: &mut view::Page) {
    let asks = |key: &str| out.meta.flag(key) == Some(true);
    let (toc, affix, breadcrumb) = (
        asks("_disableToc"),
        asks("_disableAffix"),
        asks("_disableBreadcrumb"),
    );
    let (contribution, next, navbar) = (
        asks("_disableContribution"),
        asks("_disableNextArticle"),
        asks("_disableNavbar"),
    );
    if toc {
        frame.nav.clear();
        frame.menu.clear();
    }
    if navbar {
        frame.sections.clear();
    }
    if affix {
        out.headings.clear();
    }
    if breadcrumb {
        out.breadcrumbs.clear();
    }
    if contribution {
        out.edit_url = None;
    }
    if next {
        (out.previous, out.next) = (None, None);
    }
}
