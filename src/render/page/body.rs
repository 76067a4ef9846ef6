//! The document of a page -> its body, and the headings in it.

use crate::render::context::RenderContext;
use crate::render::html::icon_marks::{IconSet, draw_icons};
use crate::render::html::{ArticleContext, ArticleHeading, ArticleWriter};
use crate::render::view::{DocumentBody, DocumentPage, Heading, Step, Tutorial};
use crate::site::PageScope;
use crate::site::href::Base;
use crate::source::SourceId;
use crate::syntax::{Body, document};

use super::landing::LandingWriter;

/// Writes the body of a page, and what the article in it needs. Returns its headings.
pub(super) fn write(
    scope: &PageScope<'_>,
    context: &RenderContext,
    base: &Base,
    out: &mut DocumentPage,
) -> Vec<ArticleHeading> {
    let page = scope.subject();
    let Some(linked) = scope.linked(page.source) else {
        return Vec::new();
    };
    let mut writer = ArticleWriter::new(ArticleContext::new(scope, context, base));
    // A translation has the ids of its original, too, so that one link works in every language.
    let has_former_ids = !scope.former_addresses().aliases(page.source).is_empty();
    if has_former_ids || scope.original_of(page.source).is_some() {
        writer.shared = scope.headings();
    }
    for id in scope.top_anchors() {
        writer.empty_anchor("former-anchor", &id);
    }
    out.body = match &linked.document.body {
        Body::Article(tree) => {
            writer.tree(page.source, tree);
            DocumentBody::Article(with_icons(writer.take(), scope, context))
        }
        Body::Landing(landing) => {
            let cards = LandingWriter {
                scope,
                catalog: &context.catalog,
                base,
                locale: page.locale,
                source: page.source,
            };
            DocumentBody::Landing(cards.landing(landing))
        }
        Body::Tutorial(tutorial) => {
            let mut tutorial = write_tutorial(&mut writer, page.source, tutorial);
            for step in &mut tutorial.steps {
                step.body = with_icons(std::mem::take(&mut step.body), scope, context);
            }
            DocumentBody::Tutorial(tutorial)
        }
        Body::Structured(structured) if scope.own_template(page.source).is_some() => {
            DocumentBody::Data(structured.root.clone())
        }
        Body::Structured(structured) => {
            writer.tree(page.source, &structured.tree);
            DocumentBody::Article(writer.take())
        }
        Body::Data(data) => DocumentBody::Data(data.root.clone()),
        Body::Toc(_) | Body::Redirects(_) => DocumentBody::None,
    };
    if writer.diagrams
        && let Some(script) = &scope.config.theme.mermaid
        && let Some(path) = scope.output_of(script)
    {
        out.diagrams = Some(base.address(&path, ""));
    }
    // The steps of a tutorial have headings of their own, below its title.
    let is_article = linked.document.body.tree().is_some();
    out.heading_shown = is_article && writer.has_title();
    writer.headings
}

fn write_tutorial<'a>(
    writer: &mut ArticleWriter<'a>,
    source: SourceId,
    tutorial: &'a document::Tutorial,
) -> Tutorial {
    let mut steps = Vec::with_capacity(tutorial.steps.len());
    let mut minutes = 0_u32;
    for (index, step) in tutorial.steps.iter().enumerate() {
        let id = format!("step-{}", index + 1);
        writer.headings.push(ArticleHeading {
            level: 2,
            // Steps have no heading of Markdown, but a reader can link to them as to one.
            id: id.clone(),
            text: step.title.to_string(),
        });
        writer.tree(source, &step.tree);
        // A page with absurd numbers must not stop the build.
        minutes = minutes.saturating_add(step.minutes.unwrap_or(0));
        steps.push(Step {
            id,
            title: step.title.to_string(),
            minutes: step.minutes,
            body: writer.take(),
        });
    }
    Tutorial {
        summary: tutorial.summary.as_deref().map(str::to_owned),
        minutes: if minutes > 0 { Some(minutes) } else { None },
        steps,
    }
}

/// The HTML of an article with the marks of icon fonts drawn.
pub fn with_icons(html: String, scope: &PageScope<'_>, context: &RenderContext) -> String {
    // The page of DocFX is for a theme that has the font.
    if scope.config.markdown.docfx_markup {
        return html;
    }
    let Some(icons) = &scope.config.theme.icons else {
        return draw_icons(html, None);
    };
    let file = |name: &str| {
        let path = icons.from.join(&format!("{name}.svg")).ok()?;
        context.theme.picture(&path)
    };
    let set = IconSet {
        prefix: &icons.prefix,
        file: &file,
    };
    draw_icons(html, Some(&set))
}

/// Headings of the second level, each with those of the third level below it.
pub(super) fn outline(headings: &[ArticleHeading]) -> Vec<Heading> {
    let mut outline: Vec<Heading> = Vec::new();
    for heading in headings {
        // Deeper ones would make the list longer than the screen.
        if !matches!(heading.level, 2 | 3) || heading.text.is_empty() {
            continue;
        }
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
