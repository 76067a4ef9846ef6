//! Pages at the addresses that others had before, as front matter (`redirect_from`) and `redirects.yml` list them: they redirect, or say that the
//! page is gone.

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::redirect;
use crate::site::Graph;
use crate::site::former::Successor;

pub(super) static MOVED_PAGE: Format = Format {
    name: "moved-page",
    kind: FormatKind::Redirect,
    replaces_content: true,
    offline: true,
    outputs,
    render: Render::Graph(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::new();
    for former in graph.former_addresses().effective(graph) {
        let subject = match former.to {
            Successor::Page(id, _) => Subject::Page(id),
            _ => Subject::Locale(former.locale),
        };
        outputs.push(Output::new(&MOVED_PAGE, former.path.clone(), subject));
    }
    outputs
}

fn content(graph: &Graph, context: &RenderContext, output: &Output) -> Content {
    match graph.former_addresses().get(&output.path) {
        Some(former) => redirect::former_page(graph, context, former),
        None => Content::Text(String::new()),
    }
}
