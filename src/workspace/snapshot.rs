//! Sources and configuration -> [`Snapshot`]: one state of the content with everything that is made from it. Immutable; knows nothing of the
//! states before it, but can take from one what would come out the same.

use std::sync::Arc;

use rayon::prelude::*;

use crate::check::Findings;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::locale::{Catalog, LocaleId, read_synonyms};
use crate::render::theme::Theme;
use crate::render::{self, Content, Output, Plan, RenderContext, RenderedFile};
use crate::site::{self, Site};
use crate::source::{Source, Sources};
use crate::syntax::dialect::Feature;
use crate::syntax::{Dialect, Document};
use crate::{check, syntax, translation};

use super::configured::ConfiguredSources;
use super::dialect::dialect;
use super::lock_progress::LockFileProgress;

/// One state of the content, complete and immutable.
pub struct Snapshot {
    /// The linked site.
    pub site: Site,
    /// What its pages are rendered with.
    pub context: RenderContext,
    /// What its Markdown is read with.
    pub dialect: Dialect,
    /// Problems with the Markdown extensions that the configuration asks for.
    dialect_problems: Vec<Diagnostic>,
    /// Problems with templates and interface texts, found when these were loaded.
    context_problems: Vec<Diagnostic>,
}

impl Snapshot {
    /// Makes everything from `sources`. If the configuration can't be used there is no site, and the problems give the reason.
    pub fn new(sources: Sources) -> Result<Snapshot, (Arc<Sources>, Vec<Diagnostic>)> {
        Self::with_progress(ConfiguredSources::new(sources), &|_| ())
    }

    /// The same; `done` is called with the name of each phase when it ends.
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

    /// The same with the pseudo locales, whose pages are the default language's. Problems of those are not reported a second time.
    pub fn with_pseudo(
        configured: ConfiguredSources,
        done: &dyn Fn(&'static str),
    ) -> Result<Snapshot, (Arc<Sources>, Vec<Diagnostic>)> {
        let mut config = match configured.config {
            Ok(config) => config,
            Err(problems) => return Err((Arc::new(configured.sources), problems)),
        };
        config.locales = config.locales.with_pseudo();
        let dialect = dialect(&config).0;
        let sources = translation::with_pseudo_locales(configured.sources, &config, dialect);
        let (sources, config) = (Arc::new(sources), Arc::new(config));
        Ok(Self::assemble(sources, config, None, done))
    }

    /// The snapshot of `sources` with this configuration. From the one `before` it takes what would come out the same: documents, the graph of
    /// the site, theme and interface texts.
    pub(super) fn assemble(
        sources: Arc<Sources>,
        config: Arc<Config>,
        before: Option<&Snapshot>,
        done: &dyn Fn(&'static str),
    ) -> Snapshot {
        let (mut dialect, dialect_problems) = dialect(&config);
        if has_reference_template(&sources) {
            dialect = dialect.with(Feature::ReferencePages);
        }
        let documents = match before {
            Some(before) if before.dialect == dialect => before.reparse(&sources),
            _ => parse_all(&sources, dialect),
        };
        done("parse");
        let (context, context_problems) = match before {
            Some(before) if before.has_context_for(&sources, &config) => {
                (before.context.clone(), before.context_problems.clone())
            }
            _ => load_context(&sources, &config),
        };
        done("load templates and texts");
        let site = match before {
            Some(before) => site::relink(&before.site, sources, documents, config),
            None => site::link(sources, documents, config),
        };
        done("link");
        let context = RenderContext {
            // Lock files are read again for each state of the content.
            progress: LockFileProgress::shared(&site.sources, &site.config),
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

    /// The snapshot after a change of files; the configuration stays the same.
    pub fn with_sources(&self, sources: Arc<Sources>) -> Snapshot {
        Self::assemble(sources, self.site.config.clone(), Some(self), &|_| ())
    }

    /// The documents of `sources`, which have this snapshot's dialect: parsed only where the source is another one.
    fn reparse(&self, sources: &Sources) -> Vec<Option<Arc<Document>>> {
        let texts = sources.texts().par_iter();
        texts
            .map(|source| match self.document_of(source) {
                Some(document) => Some(document),
                None => parse(source, self.dialect),
            })
            .collect()
    }

    /// The document of a source that is here, too.
    fn document_of(&self, source: &Source) -> Option<Arc<Document>> {
        let id = self.site.sources.find(source.path.as_str())?;
        // Sources that were not read again share their text, so this compares pointers.
        if self.site.source(id) != source {
            return None;
        }
        self.site.document(id).cloned()
    }

    /// True if theme and interface texts are made from the same files.
    fn has_context_for(&self, sources: &Sources, config: &Config) -> bool {
        // Interface texts are loaded by language, so they depend on the configuration in this one way.
        self.site.config.locales == config.locales
            && theme_files(&self.site.sources).eq(theme_files(sources))
    }

    /// What is wrong with templates that can't be used, for which those of the snapshot `before` are used.
    pub(super) fn fall_back_to_theme_of(&mut self, before: Option<&Snapshot>) -> Vec<Diagnostic> {
        let mut problems = self.context_problems.clone();
        problems
            .retain(|problem| problem.level == Level::Error && problem.code == Code::TemplateError);
        // Authors go on reading while they type in a template.
        if let Some(before) = before
            && !problems.is_empty()
            && before.site.config.locales == self.site.config.locales
        {
            self.context.theme = before.context.theme.clone();
            self.context.catalog = before.context.catalog.clone();
        }
        problems
    }

    /// All problems of the content, the templates and the interface texts, in reading order.
    pub fn problems(&self) -> Vec<Diagnostic> {
        self.problems_with(Findings::default())
    }

    /// The same with what is known from outside the content, such as the history of missing files.
    pub fn problems_with(&self, mut findings: Findings) -> Vec<Diagnostic> {
        let in_content = &mut findings.in_content;
        in_content.extend(translation::structure_problems(&self.site));
        in_content
            .extend(translation::LockFiles::read(&self.site.sources, &self.site.config.locales).1);
        let in_theme = &mut findings.in_theme;
        in_theme.extend_from_slice(&self.context_problems);
        in_theme.extend_from_slice(&self.dialect_problems);
        check::run(&self.site, findings)
    }

    /// The files of the site.
    pub fn plan(&self) -> Plan {
        render::plan(&self.site, &self.context.theme)
    }

    /// Renders the files that the search of a language runs on.
    pub fn search(&self, locale: LocaleId) -> Vec<RenderedFile> {
        render::search(&self.site, &self.context, locale)
    }

    /// The files of a language's offline folder, which is opened from disk.
    pub fn offline(&self, locale: LocaleId) -> Plan {
        render::offline::plan_offline(&self.site, &self.context, locale)
    }

    /// Renders one file of the site.
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

/// True if a template of the site may be one for generated reference.
fn has_reference_template(sources: &Sources) -> bool {
    let mut templates = sources.texts().iter().map(|source| &source.path);
    templates.any(|path| {
        path.folder() == "templates"
            && path
                .file_name()
                .starts_with(|first: char| first.is_ascii_uppercase())
    })
}

fn parse_all(sources: &Sources, dialect: Dialect) -> Vec<Option<Arc<Document>>> {
    // Each source alone, as a document depends on its own text only.
    let texts = sources.texts().par_iter();
    texts.map(|source| parse(source, dialect)).collect()
}

fn parse(source: &Source, dialect: Dialect) -> Option<Arc<Document>> {
    if !syntax::is_document(&source.path) {
        return None;
    }
    Some(Arc::new(syntax::parse_as(source, dialect)))
}

/// Theme and interface texts, and what is wrong with them.
fn load_context(sources: &Arc<Sources>, config: &Arc<Config>) -> (RenderContext, Vec<Diagnostic>) {
    let (catalog, mut problems) = Catalog::load(&config.locales, &render::theme::messages(sources));
    let catalog = Arc::new(catalog);
    let (theme, more) = Theme::new(sources, &config.locales, catalog.clone());
    problems.extend(more);
    problems.extend(read_synonyms(sources, &config.locales).1);
    (
        RenderContext {
            theme: Arc::new(theme),
            catalog,
            source_positions: false,
            progress: LockFileProgress::shared(sources, config),
        },
        problems,
    )
}

/// The files that theme and interface texts are made from.
fn theme_files(sources: &Sources) -> impl Iterator<Item = &Source> {
    sources
        .texts()
        .iter()
        .filter(|source| matches!(source.path.segments().next(), Some("templates" | "locales")))
}
