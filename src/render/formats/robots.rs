//! `robots.txt`: search engines may look at everything, and the sitemap is there (RFC 9309).

use super::sitemap::SITEMAP_NAME;
use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::paths;
use crate::site::Graph;
use crate::site::href::absolute;

pub(super) static ROBOTS: Format = Format {
    name: "robots",
    kind: FormatKind::Data,
    // One that the site has itself wins.
    replaces_content: false,
    offline: false,
    outputs,
    render: Render::Graph(content),
};

fn outputs(_: &Graph) -> Vec<Output> {
    match paths::top("robots.txt") {
        Some(path) => vec![Output::new(&ROBOTS, path, Subject::Site)],
        None => Vec::new(),
    }
}

fn content(graph: &Graph, _: &RenderContext, _: &Output) -> Content {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    // The address of a sitemap is absolute (sitemaps.org, "Informing search engine crawlers").
    if let (Some(base_url), Some(path)) = (&graph.config.base_url, paths::top(SITEMAP_NAME)) {
        text.push_str(&format!("\nSitemap: {}\n", absolute(base_url, &path)));
    }
    Content::Text(text)
}
