//! The ways an article can be marked up: hjelp's own, or exactly as DocFX does it, so that a site's own styles and scripts go on working.

use crate::locale::Catalog;
use crate::site::{Site, Target};
use crate::source::percent;
use crate::source::{LineIndex, SourceId, Span};
use crate::syntax::Body;

use super::{ArticleContext, ArticleWriter, Text, escape, highlighter};
use crate::render::context::RenderContext;
use crate::site::href::Base;

/// How an article is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// As hjelp likes it.
    Hjelp,
    /// As DocFX publishes it.
    DocFx,
    /// As DocFX's Markdown engine gives it, before links are resolved and HTML is tidied.
    Engine {
        /// Links in included files lead from the root of the site.
        rebase: bool,
        /// Elements say from which line of which file they are.
        places: bool,
    },
}

impl Markup {
    /// How a void element ends.
    pub(super) fn void_end(self) -> &'static str {
        if self.is_raw() { " />" } else { ">" }
    }

    pub(super) fn is_docfx(self) -> bool {
        self != Markup::Hjelp
    }

    /// True if addresses and raw HTML stay as typed.
    pub(super) fn is_raw(self) -> bool {
        matches!(self, Markup::Engine { .. })
    }
}

/// The HTML of the Markdown file `id`, marked up in a certain way; nothing if it is no Markdown. `inline`: as within a line of words.
pub fn article(
    site: &Site,
    catalog: &Catalog,
    id: SourceId,
    markup: Markup,
    inline: bool,
) -> Option<String> {
    let Body::Article(tree) = &site.linked(id)?.document.body else {
        return None;
    };
    let page = site
        .translation_set_of(id)
        .and_then(|set| Some(site.page(site.version_for(set, site.source_locale(id))?.page())));
    let folder = page.map_or_else(
        || site.source(id).path.parent(),
        |page| page.output.parent(),
    );
    let base = Base::Folder(folder);
    let language = site.source_locale(id);
    let mut writer = ArticleWriter::new(ArticleContext {
        site,
        catalog,
        highlighter: None,
        base: &base,
        reader: language,
        language,
        places: false,
    });
    writer.markup = markup;
    writer.write(id, tree, inline);
    Some(writer.take())
}

/// The HTML of a fragment for a preview, with addresses from the top of the site; nothing if it is no Markdown.
pub fn fragment(site: &Site, context: &RenderContext, id: SourceId) -> Option<String> {
    let Body::Article(tree) = &site.linked(id)?.document.body else {
        return None;
    };
    let base = Base::Anywhere("/".to_owned());
    let language = site.source_locale(id);
    let mut writer = ArticleWriter::new(ArticleContext {
        site,
        catalog: &context.catalog,
        highlighter: highlighter(site, context),
        base: &base,
        reader: language,
        language,
        places: context.places,
    });
    writer.write(id, tree, false);
    Some(writer.take())
}

impl<'a> ArticleWriter<'a> {
    /// From which line of which file an element is.
    pub(super) fn place(&mut self, text: &Text<'a>, span: Span) {
        if self.places {
            let lines = self
                .lines
                .entry(text.id)
                .or_insert_with(|| LineIndex::new(text.source));
            let line = lines.position(text.source, span.start as usize).line;
            let place = format!("{}:{line}", self.site.source(text.id).path);
            self.attribute("data-hjelp-at", &place);
        }
        if let Markup::Engine { places: true, .. } = self.markup {
            let line = LineIndex::new(text.source)
                .position(text.source, span.start as usize)
                .line;
            let path = self.site.source(text.id).path.to_string();
            self.attribute("sourceFile", &path);
            self.attribute("sourceStartLineNumber", &line.to_string());
        }
    }

    /// Opens an element that has no attributes but its place.
    pub(super) fn open(&mut self, text: &Text<'a>, span: Span, tag: &str) {
        self.out.push('<');
        self.out.push_str(tag);
        self.place(text, span);
        self.out.push('>');
    }

    /// An address as DocFX's engine leaves it.
    pub(super) fn raw_address(
        &self,
        text: &Text<'a>,
        target: &str,
        image_directive: bool,
    ) -> String {
        let rebased = match self.markup {
            Markup::Engine { rebase: true, .. } if self.stack.len() > 1 => {
                rebase(&self.site.source(text.id).path, target)
            }
            _ => None,
        };
        let target = rebased.as_deref().unwrap_or(target);
        if image_directive {
            target.to_owned()
        } else {
            engine_url(target)
        }
    }

    /// `<xref>`, which DocFX resolves later.
    pub(super) fn raw_xref(&mut self, text: &Text<'a>, uid: &str, must: bool, span: Span) {
        self.out.push_str("<xref");
        self.attribute("href", uid);
        self.attribute(
            "data-throw-if-not-resolved",
            if must { "True" } else { "False" },
        );
        self.attribute("data-raw-source", span.of(text.source));
        self.place(text, span);
        self.out.push_str("></xref>");
    }

    /// What stands in place of code that isn't there.
    pub(super) fn missing_code(&mut self) {
        let title = self.catalog.text(self.language, "alert-warning", &[]);
        self.out.push_str("<div class=\"WARNING\">\n<h5>");
        escape(&title, &mut self.out);
        let text = self.catalog.text(self.language, "code-missing", &[]);
        self.out.push_str("</h5>\n<p>");
        escape(&text, &mut self.out);
        self.out.push_str("</p>\n</div>");
    }

    /// The file that a cut circle of includes would show, if it isn't being written already.
    pub(super) fn cut_fragment(&self, target: Option<&Target>) -> Option<SourceId> {
        let Some(Target::Broken(crate::site::BrokenReason::Cycle(chain))) = target else {
            return None;
        };
        let id = self.site.sources.find(chain.last()?.as_str())?;
        (!self.stack.contains(&id)).then_some(id)
    }
}

/// `target`, which stands in the file `from`, as a path from the root: `~/folder/file`.
fn rebase(from: &crate::source::SitePath, target: &str) -> Option<String> {
    let (path, tail) = crate::site::address::split_address(target);
    let relative =
        !path.is_empty() && !path.starts_with(['/', '\\', '~']) && !path.contains([':', '*']);
    let path = from.parent().join(path).ok().filter(|_| relative)?;
    Some(format!("~/{path}{tail}"))
}

/// An address with what may not stand in one percent-encoded, and a host that isn't ASCII in punycode (DocFX spec 2.4).
pub(super) fn engine_url(address: &str) -> String {
    let mut out = String::with_capacity(address.len() + 8);
    let mut rest = std::borrow::Cow::Borrowed(address);
    if let Some((scheme, after)) = address.split_once("://") {
        let host = &after[..after.find(['/', '?', '#', ':']).unwrap_or(after.len())];
        if !host.is_ascii() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let labels: Vec<String> = host
                .split('.')
                .map(|label| match label.is_ascii() {
                    true => label.to_owned(),
                    false => format!("xn--{}", punycode(&label.to_lowercase())),
                })
                .collect();
            rest = format!("{scheme}://{}{}", labels.join("."), &after[host.len()..]).into();
        }
    }
    percent::push_encoded(&rest, percent::DOCFX_ADDRESS, &mut out);
    out
}

/// RFC 3492.
fn punycode(label: &str) -> String {
    const BASE: u32 = 36;
    const LOW: u32 = 1;
    const HIGH: u32 = 26;
    const SKEW: u32 = 38;
    const DAMP: u32 = 700;
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    let (mut done, mut next, mut delta, mut bias) = (basic, 128_u32, 0_u32, 72_u32);
    if basic > 0 {
        out.push('-');
    }
    let count = label.chars().count() as u32;
    while done < count {
        let Some(smallest) = label
            .chars()
            .map(u32::from)
            .filter(|&code| code >= next)
            .min()
        else {
            break;
        };
        delta = delta.saturating_add((smallest - next).saturating_mul(done + 1));
        next = smallest;
        for code in label.chars().map(u32::from) {
            if code < next {
                delta = delta.saturating_add(1);
            }
            if code == next {
                let (mut rest, mut step) = (delta, BASE);
                loop {
                    let threshold = step.saturating_sub(bias).clamp(LOW, HIGH);
                    if rest < threshold {
                        break;
                    }
                    out.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
                    rest = (rest - threshold) / (BASE - threshold);
                    step += BASE;
                }
                out.push(digit(rest));
                delta = if done == basic {
                    delta / DAMP
                } else {
                    delta / 2
                };
                delta += delta / (done + 1);
                let mut steps = 0;
                while delta > (BASE - LOW) * HIGH / 2 {
                    delta /= BASE - LOW;
                    steps += BASE;
                }
                bias = steps + (BASE - LOW + 1) * delta / (delta + SKEW);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.saturating_add(1);
        next += 1;
    }
    out
}

fn digit(value: u32) -> char {
    char::from_digit(value, 36).map_or('a', |_| {
        char::from(if value < 26 {
            b'a' + value as u8
        } else {
            b'0' + (value as u8 - 26)
        })
    })
}
