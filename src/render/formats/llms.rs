//! `llms.txt` (llmstxt.org): what there is, for language models. The one of a language lists its pages with a sentence about each; the one at
//! the top of the site lists the languages. Links lead to the Markdown of a page.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::locale::LocaleId;
use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::frame::site_title;
use crate::render::inputs::SummarizedGraph;
use crate::render::paths;
use crate::site::href::{Base, absolute};
use crate::site::pages::Origin;
use crate::site::{Graph, Page, PageId};
use crate::source::SitePath;
use crate::source::percent::between_parentheses;

const NAME: &str = "llms.txt";

pub(super) static LLMS: Format = Format {
    name: "llms",
    kind: FormatKind::Data,
    replaces_content: false,
    offline: false,
    outputs: locale_outputs,
    render: Render::Summaries(page_list),
};

pub(super) static LLMS_INDEX: Format = Format {
    name: "llms-index",
    kind: FormatKind::Data,
    replaces_content: false,
    offline: false,
    outputs: index_outputs,
    render: Render::Graph(language_list),
};

fn locale_outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::new();
    for (locale, path) in locale_paths(graph) {
        outputs.push(Output::new(&LLMS, path, Subject::Locale(locale)));
    }
    outputs
}

/// The list of languages, unless a language has its folder at the top of the site and so its own list there.
fn index_outputs(graph: &Graph) -> Vec<Output> {
    let (locales, Some(top)) = (locale_paths(graph), paths::top(NAME)) else {
        return Vec::new();
    };
    if locales.is_empty() || locales.iter().any(|(_, path)| *path == top) {
        return Vec::new();
    }
    vec![Output::new(&LLMS_INDEX, top, Subject::Site)]
}

fn locale_paths(graph: &Graph) -> Vec<(LocaleId, SitePath)> {
    let mut found = Vec::new();
    if !graph.config.outputs.llms {
        return found;
    }
    for locale in graph.config.locales.authored() {
        if let Some(folder) = paths::locale_folder(graph, locale)
            && let Ok(path) = folder.join(NAME)
        {
            found.push((locale, path));
        }
    }
    found
}

/// The address of `to` in the list at `from`.
fn address(graph: &Graph, from: &SitePath, to: &SitePath) -> String {
    match &graph.config.base_url {
        Some(base_url) => absolute(base_url, to),
        None => Base::Folder(from.parent()).address(to, ""),
    }
}

fn language_list(graph: &Graph, context: &RenderContext, output: &Output) -> Content {
    let title = site_title(graph, &context.catalog, graph.config.locales.default());
    let mut out = format!("# {title}\n\n## Languages\n\n");
    for (locale, list) in locale_paths(graph) {
        let language = graph.config.locales.get(locale);
        let title = site_title(graph, &context.catalog, locale);
        let address = address(graph, &output.path, &list);
        let (name, tag) = (&language.name, &language.tag);
        out.push_str(&format!("- [{title}]({address}): {name} ({tag})\n"));
    }
    Content::Text(out)
}

/// The pages of a language by the folder they are in. Pages without a translation are in the list of their own language.
fn page_list(graph: &SummarizedGraph<'_>, context: &RenderContext, output: &Output) -> Content {
    let Some(locale) = output.locale(graph) else {
        return Content::Text(String::new());
    };
    let Some(folder) = paths::locale_folder(graph, locale) else {
        return Content::Text(String::new());
    };
    let mut own = Vec::new();
    for id in graph.page_ids() {
        let page = graph.page(id);
        if page.locale == locale && page.origin == Origin::Translated && graph.is_searchable(page) {
            own.push(id);
        }
    }
    // To summarize a page takes longer than everything else here.
    let lines: Vec<String> = own
        .par_iter()
        .map(|id| page_line(graph, &output.path, *id))
        .collect();
    let mut sections: BTreeMap<&str, String> = BTreeMap::new();
    for (id, line) in own.iter().zip(&lines) {
        let section = section_of(graph.page(*id), &folder);
        sections.entry(section).or_default().push_str(line);
    }
    let mut out = format!("# {}\n\n", site_title(graph, &context.catalog, locale));
    if let Some(home) = graph.home(locale)
        && let Some(summary) = graph.summary(home)
    {
        out.push_str(&format!("> {summary}\n\n"));
    }
    for (section, lines) in sections {
        if !section.is_empty() {
            let heading = section_title(graph, locale, &folder, section);
            out.push_str(&format!("## {heading}\n\n"));
        }
        out.push_str(&lines);
        out.push('\n');
    }
    Content::Text(format!("{}\n", out.trim_end()))
}

fn page_line(graph: &SummarizedGraph<'_>, list: &SitePath, id: PageId) -> String {
    let page = graph.page(id);
    let to = paths::markdown(graph, page).unwrap_or_else(|| page.output.clone());
    // Brackets would end the text of the link.
    let title = graph.title(page.source).replace(['[', ']'], "");
    let address = between_parentheses(address(graph, list, &to));
    match graph.summary(id) {
        Some(summary) => format!("- [{title}]({address}): {summary}\n"),
        None => format!("- [{title}]({address})\n"),
    }
}

/// The first folder of a page below that of its language; empty if it is in none.
fn section_of<'p>(page: &'p Page, folder: &SitePath) -> &'p str {
    let Some(rest) = page.output.strip_prefix(folder) else {
        return "";
    };
    match rest.split_once('/') {
        Some((first, _)) => first,
        None => "",
    }
}

/// The title of the index page of a folder, else the name of the folder.
fn section_title<'s>(
    graph: &'s Graph,
    locale: LocaleId,
    folder: &SitePath,
    section: &'s str,
) -> &'s str {
    let path = format!("{section}/index.html");
    match folder.join(&path) {
        Ok(index) => match graph.page_at(locale, &index) {
            Some(index) => graph.title(graph.page(index).source),
            None => section,
        },
        Err(_) => section,
    }
}
