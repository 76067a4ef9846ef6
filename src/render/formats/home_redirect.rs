//! `index.html` at the top of the site, where every language has a folder of its own: leads to the home page of the default language.

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::{paths, redirect};
use crate::site::Site;

pub(in crate::render) static HOME_REDIRECT: Format = Format {
    name: "home-redirect",
    kind: FormatKind::Redirect,
    replaces_content: true,
    offline: false,
    outputs,
    render: Render::Graph(content),
};

fn outputs(site: &Site) -> Vec<Output> {
    let home = site.home(site.config.locales.default());
    match (home, paths::top("index.html")) {
        (Some(home), Some(path)) => vec![Output::new(&HOME_REDIRECT, path, Subject::Page(home))],
        _ => Vec::new(),
    }
}

fn content(site: &Site, _: &RenderContext, output: &Output) -> Content {
    redirect::from_output(site, output)
}
