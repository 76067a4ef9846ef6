//! Redirects in the notation of web servers, for those that `outputs.redirects` names. Pages that redirect are written in any case; this is how the
//! server itself answers.

use crate::addresses::redirects;
use crate::addresses::servers::{RedirectFile, server_rules};
use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::paths;
use crate::site::Graph;

pub(super) static REDIRECT_RULES: Format = Format {
    name: "redirect-rules",
    kind: FormatKind::Data,
    // One that the site has itself wins.
    replaces_content: false,
    offline: false,
    outputs,
    render: Render::Graph(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::new();
    for file in files(graph) {
        if let Some(path) = paths::top(&file.name) {
            outputs.push(Output::new(&REDIRECT_RULES, path, Subject::Site));
        }
    }
    outputs
}

fn content(graph: &Graph, _: &RenderContext, output: &Output) -> Content {
    for file in files(graph) {
        if file.name == output.path.as_str() {
            return Content::Text(file.text);
        }
    }
    Content::Text(String::new())
}

/// The files of all servers. No two have the same path: the configuration refuses servers that would.
fn files(graph: &Graph) -> Vec<RedirectFile> {
    let mut files = Vec::new();
    let mut servers = graph.config.outputs.redirects.iter().peekable();
    // Most sites have none, and walking over all pages takes time.
    if servers.peek().is_none() {
        return files;
    }
    let redirects = redirects(graph);
    for server in servers {
        files.extend(server_rules(graph, server, &redirects).files);
    }
    files
}
