//! Templates + views -> bytes. The defaults are part of the program; a site's own `templates/` win over them file by file. Tera lives here
//! and nowhere else.

mod embedded;
mod specialize;

use std::sync::{Arc, OnceLock};

use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use crate::diagnostic::{Code, Diagnostic};
use crate::highlight::Highlighter;
use crate::locale::{Arg, Catalog, LocaleId, Locales, MessageFile};
use crate::source::{SitePath, Sources, Span};

use super::rendered_file::RenderedFile;
use super::view::View;

/// The folder of a site's own templates.
const FOLDER: &str = "templates";
/// The folder of a site's own interface texts.
const MESSAGES: &str = "locales";
/// The folder of theme files in the output.
pub(super) const ASSETS: &str = "hjelp-assets";

/// How pages look: templates and theme files, those of the program and those of the site.
pub struct Theme {
    tera: Tera,
    /// By locale: the same templates with what they say alike on every page said already. Made when the first page of a language is.
    settled: Vec<OnceLock<Tera>>,
    /// The names of the site's own templates.
    own: Vec<String>,
    assets: Vec<RenderedFile>,
    wants_nav: bool,
    highlighter: Highlighter,
}

/// The interface texts of a site: those of the program, then those in its own `locales/`.
pub fn messages(sources: &Sources) -> Vec<MessageFile> {
    let embedded = embedded::MESSAGES.iter().filter_map(|(name, text)| {
        let path = SitePath::new(&format!("{MESSAGES}/{name}.ftl")).ok()?;
        Some(MessageFile {
            name: (*name).to_owned(),
            path,
            text: (*text).into(),
        })
    });
    let own = sources.texts().iter().filter(|source| {
        source.path.parent().as_str() == MESSAGES && source.path.has_extension("ftl")
    });
    let own = own.map(|source| MessageFile {
        name: source.path.stem().to_owned(),
        path: source.path.clone(),
        text: source.text.clone(),
    });
    embedded.chain(own).collect()
}

impl Theme {
    /// Puts the templates of the program and of the site together. Templates that cannot be read are problems; the program's stand in for
    /// them.
    pub fn new(
        sources: &Sources,
        locales: &Locales,
        catalog: Arc<Catalog>,
    ) -> (Theme, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let ids: Vec<LocaleId> = locales.ids().collect();
        let own = own_templates(sources);
        let settled = if specialize::is_possible(own.iter().map(|(_, text)| text.as_str())) {
            ids.len()
        } else {
            0
        };
        let settled = (0..settled).map(|_| OnceLock::new()).collect();
        let names = own.iter().map(|(name, _)| name.clone()).collect();
        let mut tera = empty(&catalog, &ids);
        let mut all: Vec<(String, String)> = embedded::TEMPLATES
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        if let Err(error) = tera.add_raw_templates(
            all.iter()
                .map(|(name, text)| (name.as_str(), text.as_str())),
        ) {
            problems.push(template_problem(&error, sources, None));
        }
        for (name, text) in own {
            let mut next = all.clone();
            next.retain(|(known, _)| *known != name);
            next.push((name, text));
            let mut candidate = empty(&catalog, &ids);
            match candidate.add_raw_templates(
                next.iter()
                    .map(|(name, text)| (name.as_str(), text.as_str())),
            ) {
                Ok(()) => (tera, all) = (candidate, next),
                Err(error) => problems.push(template_problem(&error, sources, None)),
            }
        }
        problems.extend(
            ids.iter()
                .filter_map(|id| untranslated(locales, &catalog, *id)),
        );
        let wants_nav = all.iter().any(|(_, text)| mentions_nav(text));
        let templates = SitePath::new(FOLDER).unwrap_or_else(|_| SitePath::root());
        let (highlighter, slips) = Highlighter::new(sources, &templates, embedded::GRAMMARS);
        problems.extend(slips);
        (
            Theme {
                tera,
                settled,
                own: names,
                assets: assets(sources),
                wants_nav,
                highlighter,
            },
            problems,
        )
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

    /// What names the parts of code.
    pub(super) fn highlighter(&self) -> &Highlighter {
        &self.highlighter
    }

    /// True if there is a template of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// Fills the template of `view`. `page` is the file the page is made from, for the problem if that fails.
    pub(super) fn render(
        &self,
        view: &View,
        page: Option<&SitePath>,
        sources: &Sources,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let filled = Context::from_serialize(view).and_then(|context| {
            let fill = |tera: &Tera| {
                let mut bytes = Vec::with_capacity(view.page.html().len() + 16 * 1024);
                tera.render_to(&view.template, &context, &mut bytes)
                    .map(|()| bytes)
            };
            // Problems are told of the templates as they were written.
            self.settled(view.locale)
                .and_then(|tera| fill(tera).ok())
                .map_or_else(|| fill(&self.tera), Ok)
        });
        filled.map_err(|error| Box::new(template_problem(&error, sources, page)))
    }

    /// The templates for one language.
    fn settled(&self, locale: usize) -> Option<&Tera> {
        let settle = || {
            let mut tera = self.tera.clone();
            let is_ours =
                |name: &str| name.ends_with(".html") && !self.own.iter().any(|own| own == name);
            let ours = || embedded::TEMPLATES.iter().filter(|(name, _)| is_ours(name));
            let text_of = |name: &str| {
                ours()
                    .find(|(known, _)| *known == name)
                    .map(|(_, text)| *text)
            };
            let settled = |text: &str| {
                specialize::settled(&self.tera, locale, &specialize::joined(text, &text_of))
            };
            // If they can't be read, which would be odd, the others stay.
            let _ = tera.add_raw_templates(ours().map(|(name, text)| (*name, settled(text))));
            tera
        };
        Some(self.settled.get(locale)?.get_or_init(settle))
    }
}

/// True if a template may look at `frame.nav`: by that name, or among all that `frame` holds. To be wrong costs time when true, so in doubt
/// it is true.
fn mentions_nav(template: &str) -> bool {
    let is_name = |byte: Option<u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'<'))
    };
    let bytes = template.as_bytes();
    let before = |at: usize| at.checked_sub(1).map(|at| bytes[at]);
    // `<nav` and `</nav` are tags.
    let is_tag = |at: usize| template[..at].ends_with('<') || template[..at].ends_with("</");
    let mut names = template.match_indices("nav").filter(|(at, _)| !is_tag(*at));
    names.any(|(at, _)| !is_name(before(at)) && !is_name(bytes.get(at + 3).copied()))
        || ["in frame ", "frame[", "{frame}", "__tera_context"]
            .iter()
            .any(|whole| template.contains(whole))
}

/// The problem that readers of a language see words of another around their pages.
fn untranslated(locales: &Locales, catalog: &Catalog, id: LocaleId) -> Option<Diagnostic> {
    const SHOWN: usize = 3;
    let keys: Vec<&str> = catalog.fallback_keys(id).collect();
    let first: Vec<String> = keys
        .iter()
        .take(SHOWN)
        .map(|key| format!("`{key}`"))
        .collect();
    if keys.is_empty() {
        return None;
    }
    let locale = locales.get(id);
    let path = SitePath::new(&format!("{MESSAGES}/{}.ftl", locale.tag)).ok()?;
    let rest = if keys.len() > SHOWN {
        " and others"
    } else {
        ""
    };
    let message = format!(
        "the interface does not speak `{}` everywhere: {}{rest}",
        locale.folder,
        first.join(", ")
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

fn empty(catalog: &Arc<Catalog>, locales: &[LocaleId]) -> Tera {
    let mut tera = Tera::new();
    // `.css` templates are escaped too: an accent colour must not be able to close its rule.
    tera.autoescape_on(vec![".html", ".css", ".xml"]);
    tera.register_filter("collate", collate(catalog.clone(), locales.to_vec()));
    // The same as the filter of this name, without a copy of every article and menu.
    tera.register_filter("safe", |value: &Value, _: Kwargs, _: &State| {
        match value.is_string() {
            true => value.clone().mark_safe(),
            false => Value::safe_string(&value.to_string()),
        }
    });
    let (catalog, locales) = (catalog.clone(), locales.to_vec());
    tera.register_function(
        "t",
        move |arguments: Kwargs, state: &State| -> TeraResult<Value> {
            let locale = state
                .get::<u64>("locale")?
                .and_then(|number| locales.get(number as usize))
                .or(locales.first());
            let key = arguments.must_get::<&str>("key")?;
            let Some(&locale) = locale else {
                return Ok(Value::from(""));
            };
            // Most texts need no arguments, and a page has dozens of them: nothing is copied but the text itself.
            let mut given: Vec<(&str, String, Option<i64>)> = Vec::new();
            for (name, value) in arguments.iter() {
                if let Some(name) = name.as_str().filter(|name| *name != "key") {
                    given.push((name, value.to_string(), value.as_i64()));
                }
            }
            let args: Vec<(&str, Arg)> = given
                .iter()
                .map(|(name, text, number)| (*name, number.map_or(Arg::Text(text), Arg::Number)))
                .collect();
            Ok(Value::from(catalog.text(locale, key, &args)))
        },
    );
    tera
}

/// The filter that puts a list in the order of the reader's alphabet: a list of texts, or of things by one of their properties.
fn collate(
    catalog: Arc<Catalog>,
    locales: Vec<LocaleId>,
) -> impl Fn(Vec<Value>, Kwargs, &State) -> TeraResult<Vec<Value>> {
    move |mut list: Vec<Value>, arguments: Kwargs, state: &State| {
        let locale = state
            .get::<u64>("locale")?
            .and_then(|number| locales.get(number as usize).copied());
        let attribute: Option<String> = arguments.get("attribute")?;
        let text = |value: &Value| -> String {
            let found = attribute
                .as_deref()
                .map_or(Some(value), |attribute| value.get_from_path(attribute));
            found.map(Value::to_string).unwrap_or_default()
        };
        list.sort_by(|one, other| {
            let (one, other) = (text(one), text(other));
            locale.map_or_else(
                || one.cmp(&other),
                |locale| catalog.compare(locale, &one, &other),
            )
        });
        Ok(list)
    }
}

fn own_templates(sources: &Sources) -> Vec<(String, String)> {
    let folder = SitePath::new(FOLDER).unwrap_or_else(|_| SitePath::root());
    let below = sources
        .texts()
        .iter()
        .filter_map(|source| Some((source.path.strip_prefix(&folder)?.to_owned(), source)));
    let templates = below.filter(|(name, _)| name.ends_with(".html") || is_style(name));
    templates
        .map(|(name, source)| (name, source.text.to_string()))
        .collect()
}

/// True for a part of the one style sheet.
fn is_style(name: &str) -> bool {
    name.ends_with(".css") && embedded::TEMPLATES.iter().any(|(known, _)| *known == name)
}

/// Theme files of the site that are no text: from the site root, to the output folder.
pub(super) fn binary_assets(sources: &Sources) -> impl Iterator<Item = (SitePath, SitePath)> + '_ {
    let folder = SitePath::new(FOLDER)
        .and_then(|folder| folder.join("assets"))
        .unwrap_or_else(|_| SitePath::root());
    sources.assets().keys().filter_map(move |path| {
        let below = path.strip_prefix(&folder).filter(|_| !folder.is_root())?;
        Some((
            path.clone(),
            SitePath::new(ASSETS)
                .and_then(|assets| assets.join(below))
                .ok()?,
        ))
    })
}

fn assets(sources: &Sources) -> Vec<RenderedFile> {
    let mut files: std::collections::BTreeMap<String, Vec<u8>> = embedded::ASSETS
        .iter()
        .map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()))
        .collect();
    let folder = SitePath::new(FOLDER)
        .and_then(|folder| folder.join("assets"))
        .unwrap_or_else(|_| SitePath::root());
    for source in sources.texts() {
        if let Some(name) = source
            .path
            .strip_prefix(&folder)
            .filter(|name| !is_style(&format!("assets/{name}")))
        {
            files.insert(name.to_owned(), source.text.as_bytes().to_vec());
        }
    }
    let file = |(name, bytes): (String, Vec<u8>)| {
        Some(RenderedFile {
            path: SitePath::new(ASSETS).ok()?.join(&name).ok()?,
            bytes,
        })
    };
    files.into_iter().filter_map(file).collect()
}

/// Names the template, its line, and the page that was being made.
fn template_problem(error: &tera::Error, sources: &Sources, page: Option<&SitePath>) -> Diagnostic {
    let (name, span, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => (
            report.filename().to_owned(),
            Some(report.span().clone()),
            report.message().to_owned(),
        ),
        _ => (String::new(), None, error.to_string()),
    };
    let path = SitePath::new(&format!("{FOLDER}/{name}")).unwrap_or_else(|_| SitePath::root());
    let place = span.map_or(Span::default(), |span| Span::from(span.range));
    let message = message
        .lines()
        .next()
        .unwrap_or("")
        .trim_end_matches('.')
        .to_owned();
    let problem = Diagnostic::new(Code::TemplateError, &path, place, lower_first(&message));
    let problem = match page {
        Some(page) => problem.label(page, Span::default(), "while making this page"),
        None => problem,
    };
    if sources.find(path.as_str()).is_some() {
        problem
    } else {
        problem.help(format!(
            "`{path}` is part of the program; a file of that name in the site takes its place."
        ))
    }
}

fn lower_first(message: &str) -> String {
    let mut characters = message.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(characters).collect()
    })
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
