//! A [`Site`] -> the files of the finished site: [`plan`] lists them, [`view()`] collects what a template may see for one, [`render()`] fills the
//! template. The content of a file depends on its view alone, so equal views need not be rendered twice.

mod az;
mod badges;
mod beside;
mod cache_key;
mod feed;
mod feedback;
mod go;
mod helpmap;
mod html;
mod landing;
mod llms;
mod navigation;
mod notices;
mod offline;
mod page;
mod print;
mod progress;
mod shard;
mod sitemap;
mod structured;
mod theme;
mod toc_json;
mod twin;
mod view;
mod xrefmap;

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::diagnostic::Diagnostic;
use crate::locale::{Catalog, LocaleId};
use crate::site::{PageId, PageKind, Site};
use crate::source::{SitePath, SourceId, Sources};

pub use beside::Beside;
pub use cache_key::CacheKeys;
pub use helpmap::{
    HelpMap, HelpPage, csharp as helpmap_csharp, helpmap, json as helpmap_json,
    typescript as helpmap_typescript,
};
pub use html::{Markup, article, fragment};
pub use offline::{offline, taken_along};
pub use progress::{LanguageProgress, PageProgress, Progress};
pub use shard::Shard;
pub use theme::{Theme, messages};
pub use view::View;

/// One file of the finished site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedFile {
    /// Where it is written, below the output folder.
    pub path: SitePath,
    /// What is written.
    pub bytes: Vec<u8>,
}

/// What one file is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// A page.
    Page(PageId),
    /// A page at an address where another page used to be.
    Moved(PageId, SitePath),
    /// What readers of a language see at an address that leads nowhere; at the top of the site if it is for all.
    NotFound(LocaleId, SitePath),
    /// The way from the top of the site to the home page of the default language.
    Entrance(PageId),
    /// All pages of a language from A to Z.
    AtoZ(LocaleId, SitePath),
    /// All articles of a toc on one page.
    Print(SourceId, LocaleId, SitePath),
    /// How far the translations are.
    Translations(SitePath),
    /// The page that opens pages by their uid.
    Go(SitePath),
    /// A file for machines.
    Beside(Beside, SitePath),
    /// The style sheet of every page, with the site's own colours and rules.
    SiteStyle,
}

/// All that is to be written.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Files to be made from views.
    pub outputs: Vec<Output>,
    /// Files that are ready.
    pub ready: Vec<RenderedFile>,
    /// Files to copy: from the site root, to the output folder.
    pub copies: Vec<(SitePath, SitePath)>,
    /// Languages with a search: its files, made by [`search`], are all that lies in the folder.
    pub searches: Vec<(LocaleId, SitePath)>,
}

/// What a view is made with, besides the site.
#[derive(Clone)]
pub struct RenderContext {
    /// How pages look.
    pub theme: Arc<Theme>,
    /// What the interface says.
    pub catalog: Arc<Catalog>,
    /// True if elements of articles say where they were typed, for a preview.
    pub places: bool,
    /// How far the translations are.
    pub progress: Arc<dyn Progress>,
}

impl Plan {
    /// Leaves only what belongs to one slice of the site.
    pub fn slice(&mut self, site: &Site, shard: Shard) {
        self.outputs
            .retain(|output| shard.holds(&path_of(site, output)));
        self.ready.retain(|file| shard.holds(&file.path));
        self.copies.retain(|(_, to)| shard.holds(to));
        self.searches.retain(|(_, folder)| shard.holds(folder));
    }
}

/// Says which files the finished site has. No two have the same path.
pub fn plan(site: &Site, theme: &Theme) -> Plan {
    // Most pages have Markdown beside them, and most files that are no texts are copied.
    let (pages, copies) = (site.pages().len(), site.sources.assets().len());
    let mut plan = Plan {
        outputs: Vec::with_capacity(2 * pages + pages / 4),
        copies: Vec::with_capacity(copies),
        ..Plan::default()
    };
    let mut taken = FxHashSet::with_capacity_and_hasher(2 * pages + copies, Default::default());
    taken.extend(site.pages().iter().map(|page| page.output.clone()));
    plan.outputs.extend(site.page_ids().map(Output::Page));
    for id in site.page_ids() {
        for (_, old) in site.former_outputs(id) {
            if taken.insert(old.clone()) {
                plan.outputs.push(Output::Moved(id, old));
            }
        }
    }
    for (first, toc) in toc_json::entrances(site) {
        if taken.insert(toc.clone()) {
            plan.outputs.push(Output::Moved(first, toc));
        }
    }
    for (locale, path) in notices::not_found_paths(site) {
        if taken.insert(path.clone()) {
            plan.outputs.push(Output::NotFound(locale, path));
        }
    }
    for locale in site.config.locales.ids() {
        if let Some(path) = az::path(site, locale)
            && taken.insert(path.clone())
        {
            plan.outputs.push(Output::AtoZ(locale, path));
        }
    }
    if let Some(path) = progress::path(site)
        && taken.insert(path.clone())
    {
        plan.outputs.push(Output::Translations(path));
    }
    if let Some(home) = site.home(site.config.locales.default())
        && taken.insert(notices::entrance_path())
    {
        plan.outputs.push(Output::Entrance(home));
    }
    for (toc, locale, path) in print::paths(site) {
        if taken.insert(path.clone()) {
            plan.outputs.push(Output::Print(toc, locale, path));
        }
    }
    plan.outputs.push(Output::SiteStyle);
    plan.ready.extend(
        theme
            .assets()
            .iter()
            .filter(|file| taken.insert(file.path.clone()))
            .cloned(),
    );
    for (beside, path) in beside::expected(site) {
        if taken.insert(path.clone()) {
            plan.outputs.push(Output::Beside(beside, path));
        }
    }
    plan.searches.extend(
        site.config
            .locales
            .ids()
            .filter_map(|locale| Some((locale, search_folder(site, locale)?))),
    );
    plan.copies
        .extend(theme::binary_assets(&site.sources).filter(|(_, to)| taken.insert(to.clone())));
    let assets = site
        .sources
        .assets()
        .keys()
        .chain(site.sources.texts().iter().map(|source| &source.path));
    for path in assets {
        if let Some(placed) = site
            .placed(path)
            .filter(|placed| placed.kind == crate::config::FileKind::Assets)
            && taken.insert(placed.output.clone())
        {
            plan.copies.push((path.clone(), placed.output));
        }
    }
    // An author's own file goes before what is made for machines.
    if let Some(path) = go::path(site)
        && taken.insert(path.clone())
    {
        plan.outputs.push(Output::Go(path));
    }
    for (beside, path) in beside::all(site) {
        if taken.insert(path.clone()) {
            plan.outputs.push(Output::Beside(beside, path));
        }
    }
    plan
}

/// The file of the theme that is written to `path`.
pub fn theme_file<'t>(theme: &'t Theme, path: &SitePath) -> Option<&'t [u8]> {
    theme
        .assets()
        .iter()
        .find(|file| file.path == *path)
        .map(|file| file.bytes.as_slice())
}

/// Gathers what the template of `output` may see.
pub fn view(site: &Site, context: &RenderContext, output: &Output) -> View {
    match output {
        Output::Page(id) if site.page(*id).kind == PageKind::Redirect => {
            notices::redirect(site, *id)
        }
        Output::Page(id) => page::view(site, context, *id),
        Output::Moved(id, old) => notices::moved(site, *id, old),
        Output::NotFound(locale, path) => notices::not_found(site, context, *locale, path),
        Output::Entrance(home) => notices::entrance(site, *home),
        Output::Print(toc, locale, path) => print::view(site, context, *toc, *locale, path),
        Output::AtoZ(locale, path) => az::view(site, context, *locale, path),
        Output::Translations(path) => progress::view(site, context, path),
        Output::Go(path) => go::view(site, context, path),
        Output::Beside(beside, path) => beside::view(site, beside, path),
        Output::SiteStyle => notices::style(site),
    }
}

/// The folder of a language's search files, which holds nothing else; `None` if the site has no search.
pub(crate) fn search_folder(site: &Site, locale: LocaleId) -> Option<SitePath> {
    if !site.config.outputs.search {
        return None;
    }
    let folder = &site.config.locales.get(locale).folder;
    SitePath::new(&format!("{}/search/{folder}", theme::ASSETS)).ok()
}

/// The files that the search of a language runs on.
pub fn search(site: &Site, context: &RenderContext, locale: LocaleId) -> Vec<RenderedFile> {
    let Some(folder) = search_folder(site, locale) else {
        return Vec::new();
    };
    crate::search::files(site, &context.catalog, locale, &folder)
        .into_iter()
        .map(|(path, bytes)| RenderedFile { path, bytes })
        .collect()
}

/// Where the file of an output is written.
pub fn path_of(site: &Site, output: &Output) -> SitePath {
    match output {
        Output::Page(id) => site.page(*id).output.clone(),
        Output::Moved(_, path)
        | Output::NotFound(_, path)
        | Output::AtoZ(_, path)
        | Output::Print(_, _, path) => path.clone(),
        Output::Translations(path) | Output::Go(path) | Output::Beside(_, path) => path.clone(),
        Output::Entrance(_) => notices::entrance_path(),
        Output::SiteStyle => notices::style_path(),
    }
}

/// The file an output is made from, for problems that arise on the way.
pub fn source_of(site: &Site, output: &Output) -> Option<SourceId> {
    match output {
        Output::Page(id) | Output::Moved(id, _) | Output::Entrance(id) => {
            Some(site.page(*id).source)
        }
        Output::Beside(Beside::Markdown(id), _) => Some(site.page(*id).source),
        Output::NotFound(..) | Output::Print(..) | Output::AtoZ(..) | Output::Translations(_) => {
            None
        }
        Output::Go(_) | Output::Beside(..) | Output::SiteStyle => None,
    }
}

/// Fills the template of `view`. What is wrong with a template is the template author's problem, told like any other.
pub fn render(
    theme: &Theme,
    view: &View,
    page: Option<&SitePath>,
    sources: &Sources,
) -> Result<RenderedFile, Box<Diagnostic>> {
    theme.fill(view, page, sources)
}
