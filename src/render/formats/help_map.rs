//! `helpmap.json`: where the page of each uid is, for programs that open help.

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::help_map::HelpMap;
use crate::render::inputs::SummarizedGraph;
use crate::render::paths;
use crate::site::Graph;

pub(super) static HELP_MAP: Format = Format {
    name: "help-map",
    kind: FormatKind::Data,
    replaces_content: false,
    offline: false,
    outputs,
    render: Render::Summaries(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    if !graph.config.outputs.helpmap || graph.uids().next().is_none() {
        return Vec::new();
    }
    match paths::top("helpmap.json") {
        Some(path) => vec![Output::new(&HELP_MAP, path, Subject::Site)],
        None => Vec::new(),
    }
}

fn content(graph: &SummarizedGraph<'_>, _: &RenderContext, _: &Output) -> Content {
    Content::Text(HelpMap::of(graph).to_json())
}
