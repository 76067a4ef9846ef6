//! Views -> bytes, with the templates of the program and of the site. A site's own `templates/` replace the program's file by file. Tera is used
//! here and nowhere else. Knows nothing of pages.

mod embedded;
mod files;
mod functions;
mod specialize;
mod template_error;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use tera::{Context, Tera};

use crate::diagnostic::{Code, Diagnostic};
use crate::highlight::Highlighter;
use crate::locale::{Catalog, LocaleId, Locales};
use crate::source::{SitePath, Sources, Span};

use super::rendered_file::RenderedFile;
use super::view::View;
use files::{MESSAGES, TEMPLATES};
use template_error::template_error;

pub use files::messages;
pub(super) use files::{ASSETS, binary_assets};

/// What a page takes besides its article, in bytes.
const FRAME_BYTES: usize = 16 * 1024;

/// How pages look: templates, theme files and grammars, those of the program and those of the site.
pub struct Theme {
    tera: Tera,
    /// By locale: the same templates, with everything filled in that is the same on every page. Made when the first page of a language is
    /// rendered; empty if the site's own templates make that impossible.
    specialized: Vec<OnceLock<Tera>>,
    /// The names of the site's own templates.
    own: Vec<String>,
    assets: Vec<RenderedFile>,
    wants_nav: bool,
    /// The pictures in the folder of templates.
    pictures: BTreeMap<SitePath, Arc<str>>,
    highlighter: Highlighter,
}

impl Theme {
    /// Reads the theme. Templates with errors are reported; the program's are used instead.
    pub fn new(
        sources: &Sources,
        locales: &Locales,
        catalog: Arc<Catalog>,
    ) -> (Theme, Vec<Diagnostic>) {
        let ids: Vec<LocaleId> = locales.ids().collect();
        let own = files::own_templates(sources);
        let mut specialized = Vec::new();
        if specialize::is_possible(own.iter().map(|(_, text)| text.as_str())) {
            specialized.resize_with(ids.len(), OnceLock::new);
        }
        let mut problems = Vec::new();
        // `read_templates` consumes the templates; their names decide later which of the program may be specialized.
        let names = own.iter().map(|(name, _)| name.clone()).collect();
        let templates = read_templates(own, sources, &functions::tera(&catalog, &ids));
        problems.extend(templates.problems);
        for id in ids {
            problems.extend(untranslated(locales, &catalog, id));
        }
        let folder = SitePath::new(TEMPLATES).unwrap_or_else(|_| SitePath::root());
        let (highlighter, grammar_problems) =
            Highlighter::new(sources, &folder, embedded::GRAMMARS);
        problems.extend(grammar_problems);
        let theme = Theme {
            tera: templates.tera,
            specialized,
            own: names,
            assets: files::assets(sources),
            wants_nav: templates.wants_nav,
            pictures: files::pictures(sources),
            highlighter,
        };
        (theme, problems)
    }

    /// The files every page needs: style sheets, scripts, icons.
    pub(super) fn assets(&self) -> &[RenderedFile] {
        &self.assets
    }

    /// The file of the theme that is written to `path`.
    pub fn file(&self, path: &SitePath) -> Option<&[u8]> {
        for file in &self.assets {
            if file.path == *path {
                return Some(&file.bytes);
            }
        }
        None
    }

    /// True if a template goes through the navigation itself. As data it costs more than everything else in a view, so it is there only then.
    pub(super) fn wants_nav(&self) -> bool {
        self.wants_nav
    }

    /// The text of an SVG file in the folder of templates.
    pub(super) fn picture(&self, path: &SitePath) -> Option<&str> {
        self.pictures.get(path).map(|text| &**text)
    }

    /// What colours code.
    pub(super) fn highlighter(&self) -> &Highlighter {
        &self.highlighter
    }

    /// True if there is a template of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// Renders the template of `view`. `page` is the file of the page, for the problem if that fails.
    pub(super) fn render(
        &self,
        view: &View,
        page: Option<&SitePath>,
        sources: &Sources,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let rendered = match Context::from_serialize(view) {
            Ok(context) => self.render_context(view, &context),
            Err(error) => Err(error),
        };
        rendered.map_err(|error| Box::new(template_error(&error, sources, page)))
    }

    fn render_context(&self, view: &View, context: &Context) -> Result<Vec<u8>, tera::Error> {
        if let Some(tera) = self.specialized(view.locale)
            && let Ok(bytes) = fill(tera, view, context)
        {
            return Ok(bytes);
        }
        // An error is reported with its position in the template as it was written.
        fill(&self.tera, view, context)
    }

    /// The templates for one language.
    fn specialized(&self, locale: usize) -> Option<&Tera> {
        let specialized = self.specialized.get(locale)?;
        Some(specialized.get_or_init(|| self.specialize(locale)))
    }

    fn specialize(&self, locale: usize) -> Tera {
        let mut tera = self.tera.clone();
        let mut templates = Vec::new();
        for (name, text) in embedded::TEMPLATES {
            if self.program_template(name).is_some() {
                let joined = specialize::joined(text, &|name: &str| self.program_template(name));
                let text = specialize::specialized(&self.tera, locale, &joined);
                templates.push((*name, text));
            }
        }
        // Should they have errors after all, the general ones are still there.
        let _ = tera.add_raw_templates(templates);
        tera
    }

    /// The text of an HTML template of the program that the site hasn't replaced.
    fn program_template(&self, name: &str) -> Option<&'static str> {
        if !name.ends_with(".html") || self.own.iter().any(|own| own == name) {
            return None;
        }
        for (known, text) in embedded::TEMPLATES {
            if *known == name {
                return Some(text);
            }
        }
        None
    }
}

fn fill(tera: &Tera, view: &View, context: &Context) -> Result<Vec<u8>, tera::Error> {
    // The article makes up most of a page, and growing a buffer copies it each time.
    let mut bytes = Vec::with_capacity(view.page.html().len() + FRAME_BYTES);
    tera.render_to(&view.template, context, &mut bytes)?;
    Ok(bytes)
}

/// All templates of a theme.
struct Templates {
    tera: Tera,
    wants_nav: bool,
    problems: Vec<Diagnostic>,
}

/// Adds the templates of the program, and then those of the site one by one, so that an error in one leaves the others.
fn read_templates(own: Vec<(String, String)>, sources: &Sources, empty: &Tera) -> Templates {
    let mut problems = Vec::new();
    let mut all: Vec<(String, String)> = Vec::new();
    for (name, text) in embedded::TEMPLATES {
        all.push(((*name).to_owned(), (*text).to_owned()));
    }
    // The program's own templates are tested, so an error here is one of the build.
    let mut tera = empty.clone();
    if let Err(error) = add_templates(&mut tera, &all) {
        problems.push(template_error(&error, sources, None));
    }
    for (name, text) in own {
        let mut next = all.clone();
        next.retain(|(known, _)| *known != name);
        next.push((name, text));
        // Tera checks all templates together, and one error fails all: only a set without the broken template shows which one it is.
        let mut candidate = empty.clone();
        match add_templates(&mut candidate, &next) {
            Ok(()) => (tera, all) = (candidate, next),
            Err(error) => problems.push(template_error(&error, sources, None)),
        }
    }
    Templates {
        tera,
        wants_nav: all.iter().any(|(_, text)| mentions_nav(text)),
        problems,
    }
}

fn add_templates(tera: &mut Tera, templates: &[(String, String)]) -> Result<(), tera::Error> {
    let templates = templates
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    tera.add_raw_templates(templates)
}

/// True if a template may look at `frame.nav`: by that name, or among all that `frame` holds. A wrong yes only costs time, so in doubt it is
/// one.
fn mentions_nav(template: &str) -> bool {
    let bytes = template.as_bytes();
    for (at, name) in template.match_indices("nav") {
        let before = &template[..at];
        // `<nav` and `</nav` are tags.
        if before.ends_with('<') || before.ends_with("</") {
            continue;
        }
        let is_longer = before.bytes().next_back().is_some_and(is_name_byte)
            || bytes
                .get(at + name.len())
                .copied()
                .is_some_and(is_name_byte);
        if !is_longer {
            return true;
        }
    }
    ["in frame ", "frame[", "{frame}", "__tera_context"]
        .iter()
        .any(|whole| template.contains(whole))
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'<')
}

/// How many keys a problem lists.
const MAX_LISTED: usize = 3;

/// The problem that the interface of a language has texts of another.
fn untranslated(locales: &Locales, catalog: &Catalog, id: LocaleId) -> Option<Diagnostic> {
    let keys: Vec<&str> = catalog.fallback_keys(id).collect();
    if keys.is_empty() {
        return None;
    }
    let mut listed = Vec::new();
    for key in keys.iter().take(MAX_LISTED) {
        listed.push(format!("`{key}`"));
    }
    let locale = locales.get(id);
    let path = SitePath::new(&format!("{MESSAGES}/{}.ftl", locale.tag)).ok()?;
    let rest = if keys.len() > MAX_LISTED {
        " and others"
    } else {
        ""
    };
    let message = format!(
        "the interface does not speak `{}` everywhere: {}{rest}",
        locale.folder,
        listed.join(", ")
    );
    let problem = Diagnostic::new(
        Code::UntranslatedInterfaceString,
        &path,
        Span::default(),
        message,
    );
    Some(problem.help(format!(
        "Write these messages into `{path}`; until then they are shown in another language."
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn navigation_is_data_only_for_templates_that_look_at_it() {
        for text in [
            "{% for entry in frame.nav %}",
            "{{ <tree entries={frame.nav}/> }}",
            "{{ frame['nav'] | length }}",
            "{% set f = frame %}{{ f.nav }}",
            "{% for key, value in frame %}",
            "{{ <mine all={frame} /> }}",
            "{{ __tera_context }}",
        ] {
            assert!(mentions_nav(text), "{text}");
        }
        for text in [
            "<nav>{{ frame.menu | safe }}</nav>",
            "{{ t(key=\"navigation\") }}{{ frame.site }}",
            "<b class=\"nav-bar\">",
        ] {
            assert!(!mentions_nav(text), "{text}");
        }
        assert!(
            !embedded::TEMPLATES
                .iter()
                .any(|(_, text)| mentions_nav(text))
        );
    }
}
