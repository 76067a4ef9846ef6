//! A [`Site`] -> the files of the finished site: [`plan`] says which, [`view`] gathers what a template may see for one, [`bake`] fills the
//! template. What a file becomes depends on its view alone, so equal views need not be baked twice.

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
mod search;
mod shard;
mod sitemap;
mod structured;
mod text;
mod theme;
mod toc_json;
mod twin;
mod url;
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
pub struct Artifact {
    /// Where it is written, below the output folder.
    pub path: SitePath,
    /// What is written.
    pub bytes: Vec<u8>,
}

/// What one artifact is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipe {
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
    pub recipes: Vec<Recipe>,
    /// Files that are ready.
    pub ready: Vec<Artifact>,
    /// Files to copy: from the site root, to the output folder.
    pub copies: Vec<(SitePath, SitePath)>,
    /// Languages with a search: its files, made by [`search`], are all that lies in the folder.
    pub searches: Vec<(LocaleId, SitePath)>,
}

/// What a view is made with, besides the site.
#[derive(Clone)]
pub struct Kitchen {
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
        self.recipes
            .retain(|recipe| shard.holds(&output_of(site, recipe)));
        self.ready.retain(|artifact| shard.holds(&artifact.path));
        self.copies.retain(|(_, to)| shard.holds(to));
        self.searches.retain(|(_, folder)| shard.holds(folder));
    }
}

/// Says which files the finished site has. No two have the same path.
pub fn plan(site: &Site, theme: &Theme) -> Plan {
    // Most pages have Markdown beside them, and most files that are no texts are copied.
    let (pages, copies) = (site.pages().len(), site.sources.assets().len());
    let mut plan = Plan {
        recipes: Vec::with_capacity(2 * pages + pages / 4),
        copies: Vec::with_capacity(copies),
        ..Plan::default()
    };
    let mut taken = FxHashSet::with_capacity_and_hasher(2 * pages + copies, Default::default());
    taken.extend(site.pages().iter().map(|page| page.output.clone()));
    plan.recipes.extend(site.page_ids().map(Recipe::Page));
    for id in site.page_ids() {
        for (_, old) in site.former_outputs(id) {
            if taken.insert(old.clone()) {
                plan.recipes.push(Recipe::Moved(id, old));
            }
        }
    }
    for (first, toc) in toc_json::entrances(site) {
        if taken.insert(toc.clone()) {
            plan.recipes.push(Recipe::Moved(first, toc));
        }
    }
    for (locale, path) in notices::not_found_paths(site) {
        if taken.insert(path.clone()) {
            plan.recipes.push(Recipe::NotFound(locale, path));
        }
    }
    for locale in site.config.locales.ids() {
        if let Some(path) = az::path(site, locale)
            && taken.insert(path.clone())
        {
            plan.recipes.push(Recipe::AtoZ(locale, path));
        }
    }
    if let Some(path) = progress::path(site)
        && taken.insert(path.clone())
    {
        plan.recipes.push(Recipe::Translations(path));
    }
    if let Some(home) = site.home(site.config.locales.default())
        && taken.insert(notices::entrance_path())
    {
        plan.recipes.push(Recipe::Entrance(home));
    }
    for (toc, locale, path) in print::paths(site) {
        if taken.insert(path.clone()) {
            plan.recipes.push(Recipe::Print(toc, locale, path));
        }
    }
    plan.recipes.push(Recipe::SiteStyle);
    plan.ready.extend(
        theme
            .assets()
            .iter()
            .filter(|artifact| taken.insert(artifact.path.clone()))
            .cloned(),
    );
    for (beside, path) in beside::expected(site) {
        if taken.insert(path.clone()) {
            plan.recipes.push(Recipe::Beside(beside, path));
        }
    }
    plan.searches.extend(
        site.config
            .locales
            .ids()
            .filter_map(|locale| Some((locale, search::folder(site, locale)?))),
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
            .filter(|placed| placed.kind == crate::config::Kind::Assets)
            && taken.insert(placed.output.clone())
        {
            plan.copies.push((path.clone(), placed.output));
        }
    }
    // An author's own file goes before what is made for machines.
    if let Some(path) = go::path(site)
        && taken.insert(path.clone())
    {
        plan.recipes.push(Recipe::Go(path));
    }
    for (beside, path) in beside::all(site) {
        if taken.insert(path.clone()) {
            plan.recipes.push(Recipe::Beside(beside, path));
        }
    }
    plan
}

/// The file of the theme that is written to `path`.
pub fn theme_file<'t>(theme: &'t Theme, path: &SitePath) -> Option<&'t [u8]> {
    theme
        .assets()
        .iter()
        .find(|artifact| artifact.path == *path)
        .map(|artifact| artifact.bytes.as_slice())
}

/// Gathers what the template of `recipe` may see.
pub fn view(site: &Site, kitchen: &Kitchen, recipe: &Recipe) -> View {
    match recipe {
        Recipe::Page(id) if site.page(*id).kind == PageKind::Redirect => {
            notices::redirect(site, *id)
        }
        Recipe::Page(id) => page::view(site, kitchen, *id),
        Recipe::Moved(id, old) => notices::moved(site, *id, old),
        Recipe::NotFound(locale, path) => notices::not_found(site, kitchen, *locale, path),
        Recipe::Entrance(home) => notices::entrance(site, *home),
        Recipe::Print(toc, locale, path) => print::view(site, kitchen, *toc, *locale, path),
        Recipe::AtoZ(locale, path) => az::view(site, kitchen, *locale, path),
        Recipe::Translations(path) => progress::view(site, kitchen, path),
        Recipe::Go(path) => go::view(site, kitchen, path),
        Recipe::Beside(beside, path) => beside::view(site, beside, path),
        Recipe::SiteStyle => notices::style(site),
    }
}

/// Makes the files that the search of a language runs on.
pub fn search(site: &Site, kitchen: &Kitchen, locale: LocaleId) -> Vec<Artifact> {
    search::artifacts(site, &kitchen.catalog, locale)
}

/// Where the artifact of a recipe is written.
pub fn output_of(site: &Site, recipe: &Recipe) -> SitePath {
    match recipe {
        Recipe::Page(id) => site.page(*id).output.clone(),
        Recipe::Moved(_, path)
        | Recipe::NotFound(_, path)
        | Recipe::AtoZ(_, path)
        | Recipe::Print(_, _, path) => path.clone(),
        Recipe::Translations(path) | Recipe::Go(path) | Recipe::Beside(_, path) => path.clone(),
        Recipe::Entrance(_) => notices::entrance_path(),
        Recipe::SiteStyle => notices::style_path(),
    }
}

/// The file a recipe is made from, for problems that arise on the way.
pub fn source_of(site: &Site, recipe: &Recipe) -> Option<SourceId> {
    match recipe {
        Recipe::Page(id) | Recipe::Moved(id, _) | Recipe::Entrance(id) => {
            Some(site.page(*id).source)
        }
        Recipe::Beside(Beside::Markdown(id), _) => Some(site.page(*id).source),
        Recipe::NotFound(..) | Recipe::Print(..) | Recipe::AtoZ(..) | Recipe::Translations(_) => {
            None
        }
        Recipe::Go(_) | Recipe::Beside(..) | Recipe::SiteStyle => None,
    }
}

/// Fills the template of `view`. What is wrong with a template is the template author's problem, told like any other.
pub fn bake(
    theme: &Theme,
    view: &View,
    page: Option<&SitePath>,
    sources: &Sources,
) -> Result<Artifact, Box<Diagnostic>> {
    theme.fill(view, page, sources)
}
