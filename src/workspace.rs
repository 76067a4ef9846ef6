//! Sources -> everything that is made of them, put together once: the linked site, what is wrong with it, and what its pages are made with.
//! The edge's commands all begin here.

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level, sort};
use crate::locale::{Catalog, LocaleId, synonyms};
use crate::render::{self, Artifact, Kitchen, Plan, Recipe, Theme, View};
use crate::site::{self, Site};
use crate::source::{Source, Sources};
use crate::syntax::Dialect;
use crate::{check, config, syntax, translation};

/// What the Markdown of a site is read with. An extension hjelp doesn't have is named; its signs stay words.
pub fn dialect(config: &Config) -> (Dialect, Vec<Diagnostic>) {
    let mut dialect = Dialect::DOCFX;
    let mut problems = Vec::new();
    for extension in &config.markdown.extensions {
        let words: Vec<&str> = extension.words.iter().map(String::as_str).collect();
        match dialect.extended(&extension.name, &words) {
            Some(extended) => dialect = extended,
            None => {
                let message = format!("the Markdown extension `{}` is not supported", extension.name);
                problems.push(
                    Diagnostic::new("unsupported-extension", Level::Note, &extension.file, extension.span, message)
                        .help("What it would mark up stays as it was typed."),
                );
            }
        }
    }
    (dialect, problems)
}

/// One state of the content, complete and immutable.
pub struct Snapshot {
    /// The linked site.
    pub site: Site,
    /// What pages are made with.
    pub kitchen: Kitchen,
    /// What its Markdown is read with.
    pub dialect: Dialect,
    /// Problems with templates and interface texts, found while putting things together.
    theme_problems: Vec<Diagnostic>,
}

impl Snapshot {
    /// Puts everything together. If the configuration is unusable there is no site, and the problems say why.
    pub fn new(sources: Sources) -> Result<Snapshot, (Arc<Sources>, Vec<Diagnostic>)> {
        Self::watched(sources, &|_| ())
    }

    /// The same; `done` is told each phase of the work when it ends.
    pub fn watched(sources: Sources, done: &dyn Fn(&'static str)) -> Result<Snapshot, (Arc<Sources>, Vec<Diagnostic>)> {
        let sources = Arc::new(sources);
        let config = match config::read(&sources) {
            Ok(config) => Arc::new(config),
            Err(problems) => return Err((sources, problems)),
        };
        let (dialect, dialect_problems) = dialect(&config);
        let read = |source: &Source| syntax::is_document(&source.path).then(|| Arc::new(syntax::parse_as(source, dialect)));
        let documents = sources.texts().par_iter().map(read).collect();
        done("parse");
        let (catalog, mut theme_problems) = Catalog::load(&config.locales, &render::messages(&sources));
        let catalog = Arc::new(catalog);
        let (theme, problems) = Theme::new(&sources, &config.locales, catalog.clone());
        theme_problems.extend(problems);
        theme_problems.extend(dialect_problems);
        theme_problems.extend(synonyms(&sources, &config.locales).1);
        done("load templates and texts");
        let site = site::link(sources, documents, config);
        done("link");
        Ok(Snapshot { site, kitchen: Kitchen { theme: Arc::new(theme), catalog }, dialect, theme_problems })
    }

    /// Everything wrong with the content, the templates and the interface texts, in reading order.
    pub fn problems(&self) -> Vec<Diagnostic> {
        self.problems_with(Vec::new())
    }

    /// The same with `more` that was found elsewhere; levels and comments apply to it too.
    pub fn problems_with(&self, mut more: Vec<Diagnostic>) -> Vec<Diagnostic> {
        more.extend(translation::differences(&self.site));
        more.extend(translation::Locks::read(&self.site).1);
        let mut problems = check::run(&self.site, more);
        problems.extend(check::with_levels(&self.site, self.theme_problems.clone()));
        sort(&mut problems);
        problems
    }

    /// Which files the finished site has.
    pub fn plan(&self) -> Plan {
        render::plan(&self.site, &self.kitchen.theme)
    }

    /// Makes the files that the search of a language runs on.
    pub fn search(&self, locale: LocaleId) -> Vec<Artifact> {
        render::search(&self.site, &self.kitchen, locale)
    }

    /// Which files the folder of a language holds that opens from disk.
    pub fn offline(&self, locale: LocaleId) -> Plan {
        render::offline(&self.site, &self.kitchen.theme, locale)
    }

    /// Makes one file of the finished site.
    pub fn bake(&self, recipe: &Recipe) -> Result<Artifact, Box<Diagnostic>> {
        self.fill(recipe, &self.view(recipe))
    }

    /// Gathers what the template of `recipe` may see.
    pub fn view(&self, recipe: &Recipe) -> View {
        render::view(&self.site, &self.kitchen, recipe)
    }

    /// Fills the template of `recipe` with its view.
    pub fn fill(&self, recipe: &Recipe, view: &View) -> Result<Artifact, Box<Diagnostic>> {
        let page = render::source_of(&self.site, recipe).map(|id| &self.site.source(id).path);
        render::bake(&self.kitchen.theme, view, page, &self.site.sources)
    }
}
