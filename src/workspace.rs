//! Sources -> everything that is made of them, put together once: the linked site, what is wrong with it, and what its pages are made with.
//! The edge's commands all begin here; a [`Workspace`] also remembers, from one state of the content to the next.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod configured;
mod progress;
mod refresh;

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, sort};
use crate::locale::{Catalog, LocaleId, read_synonyms};
use crate::render::{self, Content, Output, Plan, RenderContext, RenderedFile, Theme};
use crate::site::{self, Site};
use crate::source::{SitePath, Source, Sources};
use crate::syntax::{Dialect, Document};
use crate::{check, syntax, translation};

pub use configured::ConfiguredSources;
pub use refresh::{Workspace, WorkspaceState};

/// What the Markdown of a site is read with. An extension hjelp doesn't have is named; its signs stay words.
pub fn dialect(config: &Config) -> (Dialect, Vec<Diagnostic>) {
    let mut dialect = Dialect::DOCFX;
    let mut problems = Vec::new();
    for extension in &config.markdown.extensions {
        let words: Vec<&str> = extension.words.iter().map(String::as_str).collect();
        match dialect.extended(&extension.name, &words) {
            Some(extended) => dialect = extended,
            None => {
                let message = format!(
                    "the Markdown extension `{}` is not supported",
                    extension.name
                );
                problems.push(
                    Diagnostic::new(
                        Code::UnsupportedExtension,
                        &extension.file,
                        extension.span,
                        message,
                    )
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
    pub context: RenderContext,
    /// What its Markdown is read with.
    pub dialect: Dialect,
    /// Problems with the Markdown extensions that the configuration asks for.
    dialect_problems: Vec<Diagnostic>,
    /// Problems with templates and interface texts, found while putting things together.
    context_problems: Vec<Diagnostic>,
}

impl Snapshot {
    /// Puts everything together. If the configuration is unusable there is no site, and the problems say why.
    pub fn new(sources: Sources) -> Result<Snapshot, (Arc<Sources>, Vec<Diagnostic>)> {
        Self::with_progress(ConfiguredSources::new(sources), &|_| ())
    }

    /// The same; `done` is told each phase of the work when it ends.
    pub fn with_progress(
        configured: ConfiguredSources,
        done: &dyn Fn(&'static str),
    ) -> Result<Snapshot, (Arc<Sources>, Vec<Diagnostic>)> {
        let sources = Arc::new(configured.sources);
        match configured.config {
            Ok(config) => Ok(Self::assemble(sources, Arc::new(config), None, done)),
            Err(problems) => Err((sources, problems)),
        }
    }

    /// The same with the pseudo locales, whose pages are the default language's. What is wrong with those is not told again.
    pub fn with_pseudo(
        configured: ConfiguredSources,
        done: &dyn Fn(&'static str),
    ) -> Result<Snapshot, (Arc<Sources>, Vec<Diagnostic>)> {
        let sources = configured.sources;
        let mut config = match configured.config {
            Ok(config) => config,
            Err(problems) => return Err((Arc::new(sources), problems)),
        };
        config.locales = config.locales.with_pseudo();
        let sources = translation::with_pseudo_locales(sources, &config, dialect(&config).0);
        Ok(Self::assemble(
            Arc::new(sources),
            Arc::new(config),
            None,
            done,
        ))
    }

    /// The same with this configuration. What stayed as it was `before` is taken from there: readings of files, and the context.
    fn assemble(
        sources: Arc<Sources>,
        config: Arc<Config>,
        before: Option<&Snapshot>,
        done: &dyn Fn(&'static str),
    ) -> Snapshot {
        let (dialect, dialect_problems) = dialect(&config);
        let mut documents = before
            .filter(|before| before.dialect == dialect)
            .map_or_else(Vec::new, |before| before.readings(&sources));
        documents.resize(sources.texts().len(), None);
        let read = |(source, known): (&Source, Option<Arc<Document>>)| {
            known.or_else(|| {
                syntax::is_document(&source.path)
                    .then(|| Arc::new(syntax::parse_as(source, dialect)))
            })
        };
        let documents = sources
            .texts()
            .par_iter()
            .zip(documents)
            .map(read)
            .collect();
        done("parse");
        let (context, context_problems) =
            match before.filter(|before| before.has_context_for(&sources, &config)) {
                Some(before) => (before.context.clone(), before.context_problems.clone()),
                None => context(&sources, &config),
            };
        done("load templates and texts");
        let site = match before {
            Some(before) => site::relink(&before.site, sources, documents, config),
            None => site::link(sources, documents, config),
        };
        done("link");
        let context = RenderContext {
            progress: Arc::new(progress::Locked::default()),
            ..context
        };
        Snapshot {
            site,
            context,
            dialect,
            dialect_problems,
            context_problems,
        }
    }

    /// For each of `sources` what it says, if it is here already.
    fn readings(&self, sources: &Sources) -> Vec<Option<Arc<Document>>> {
        let mut known = self.site.sources.ids().peekable();
        let reading = |source: &Source| {
            while known
                .next_if(|id| self.site.source(*id).path < source.path)
                .is_some()
            {}
            let id = known.next_if(|id| self.site.source(*id).path == source.path)?;
            (self.site.source(id) == source).then(|| self.site.document(id).cloned())?
        };
        sources.texts().iter().map(reading).collect()
    }

    /// True if nothing that the context is made of is different.
    fn has_context_for(&self, sources: &Sources, config: &Config) -> bool {
        let old = self
            .site
            .sources
            .texts()
            .iter()
            .filter(|source| is_theme_file(&source.path));
        let new = sources
            .texts()
            .iter()
            .filter(|source| is_theme_file(&source.path));
        self.site.config.locales == config.locales && old.eq(new)
    }

    /// Everything wrong with the content, the templates and the interface texts, in reading order.
    pub fn problems(&self) -> Vec<Diagnostic> {
        self.problems_with(Vec::new())
    }

    /// The same with `more` that was found elsewhere; levels and comments apply to it too.
    pub fn problems_with(&self, mut more: Vec<Diagnostic>) -> Vec<Diagnostic> {
        more.extend(translation::structure_problems(&self.site));
        more.extend(translation::LockFiles::read(&self.site).1);
        let mut problems = check::run(&self.site, more);
        let own = [self.context_problems.as_slice(), &self.dialect_problems].concat();
        problems.extend(check::with_levels(&self.site, own));
        let locales = &self.site.config.locales;
        let is_pseudo = |path: &SitePath| {
            self.site
                .config
                .localized_path(path)
                .is_some_and(|localized| locales.get(localized.locale).pseudo().is_some())
        };
        if locales.ids().any(|id| locales.get(id).pseudo().is_some()) {
            problems.retain(|problem| !is_pseudo(&problem.location.path));
        }
        sort(&mut problems);
        problems
    }

    /// Which files the finished site has.
    pub fn plan(&self) -> Plan {
        render::plan(&self.site, &self.context.theme)
    }

    /// Makes the files that the search of a language runs on.
    pub fn search(&self, locale: LocaleId) -> Vec<RenderedFile> {
        render::search(&self.site, &self.context, locale)
    }

    /// Which files the folder of a language holds that opens from disk.
    pub fn offline(&self, locale: LocaleId) -> Plan {
        render::offline::plan_offline(&self.site, &self.context, locale)
    }

    /// Makes one file of the finished site.
    pub fn render(&self, output: &Output) -> Result<RenderedFile, Box<Diagnostic>> {
        self.fill(output, self.content(output))
    }

    /// Collects what one file consists of: the variables of its template, or its text.
    pub fn content(&self, output: &Output) -> Content {
        output.content(&self.site, &self.context)
    }

    /// Turns the content of a file into its bytes.
    pub fn fill(&self, output: &Output, content: Content) -> Result<RenderedFile, Box<Diagnostic>> {
        render::fill(&self.site, &self.context.theme, output, content)
    }
}

/// How pages look and what their interface says, and what is wrong with that.
fn context(sources: &Sources, config: &Config) -> (RenderContext, Vec<Diagnostic>) {
    let (catalog, mut problems) = Catalog::load(&config.locales, &render::theme::messages(sources));
    let catalog = Arc::new(catalog);
    let (theme, more) = Theme::new(sources, &config.locales, catalog.clone());
    problems.extend(more);
    problems.extend(read_synonyms(sources, &config.locales).1);
    (
        RenderContext {
            theme: Arc::new(theme),
            catalog,
            places: false,
            progress: Arc::new(progress::Locked::default()),
        },
        problems,
    )
}

/// True for the files a context is made of.
fn is_theme_file(path: &SitePath) -> bool {
    matches!(path.segments().next(), Some("templates" | "locales"))
}
