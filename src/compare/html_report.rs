//! A comparison -> one HTML page that needs no other file, for a review.

use std::fmt::Write;

use super::site::Comparison;
use super::text_report::{counts, kinds};
use crate::source::escape::escaped;

const STYLE: &str = "\
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff }
table { border-collapse: collapse; margin: 1rem 0 }
th, td { text-align: left; padding: .3rem .8rem; border-bottom: 1px solid #ccc; vertical-align: top }
td.number { text-align: right; font-variant-numeric: tabular-nums }
code { font-size: .875em; overflow-wrap: anywhere }
details { margin: .5rem 0 }
summary { cursor: pointer }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #16181d } th, td { border-color: #444 } }
";

/// The comparison as a page. `name` says which sites were compared.
pub fn html_report(comparison: &Comparison, name: &str) -> String {
    let title = escaped(&format!("Comparison with {name}"));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    push_summary(comparison, &mut out);
    push_shapes(comparison, &mut out);
    push_pages(comparison, &mut out);
    push_places(comparison, &mut out);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

// Writing to a string cannot fail, so the results are not looked at.
fn push_summary(comparison: &Comparison, out: &mut String) {
    out.push_str("<h2 id=\"summary\">Summary</h2>\n<table>\n");
    for (label, count) in counts(comparison) {
        push_row(&label, count, out);
    }
    out.push_str("</table>\n");
    if comparison.by_design.is_empty() {
        return;
    }
    out.push_str("<h2 id=\"by-design\">By design</h2>\n<table>\n");
    for (reason, count) in &comparison.by_design {
        push_row(reason.words(), *count, out);
    }
    out.push_str("</table>\n");
}

fn push_row(label: &str, count: usize, out: &mut String) {
    let _ = writeln!(
        out,
        "<tr><th scope=\"row\">{}</th><td class=\"number\">{count}</td></tr>",
        escaped(label)
    );
}

fn push_shapes(comparison: &Comparison, out: &mut String) {
    if comparison.shapes.is_empty() {
        return;
    }
    out.push_str("<h2 id=\"shapes\">Differences in articles by shape</h2>\n");
    for shape in &comparison.shapes {
        let _ = writeln!(
            out,
            "<details>\n<summary><code>{}</code>: {} on {} pages</summary>\n<table>\n<tr><th>Page</th><th>Old</th><th>New</th></tr>",
            escaped(&shape.pattern),
            shape.count,
            shape.pages
        );
        for example in &shape.examples {
            let _ = writeln!(
                out,
                "<tr><td>{}</td><td><code>{}</code></td><td><code>{}</code></td></tr>",
                escaped(&example.page),
                escaped(&example.old),
                escaped(&example.new)
            );
        }
        out.push_str("</table>\n</details>\n");
    }
}

fn push_pages(comparison: &Comparison, out: &mut String) {
    if comparison.differing.is_empty() {
        return;
    }
    out.push_str("<h2 id=\"pages\">Pages whose articles differ</h2>\n<details>\n<summary>All pages</summary>\n<table>\n");
    for change in &comparison.differing {
        let _ = write!(out, "<tr><td>{}</td><td>", escaped(&change.page));
        for pattern in &change.patterns {
            let _ = write!(out, "<code>{}</code><br>", escaped(pattern));
        }
        out.push_str("</td></tr>\n");
    }
    out.push_str("</table>\n</details>\n");
}

fn push_places(comparison: &Comparison, out: &mut String) {
    for (title, places) in kinds(comparison) {
        if places.is_empty() {
            continue;
        }
        let _ = writeln!(
            out,
            "<h2 id=\"{}\">{title}</h2>\n<details>\n<summary>{}</summary>\n<table>",
            title.to_lowercase().replace(' ', "-"),
            places.len()
        );
        for place in places {
            let _ = writeln!(
                out,
                "<tr><td>{}</td><td>{}</td></tr>",
                escaped(&place.page),
                escaped(&place.what)
            );
        }
        out.push_str("</table>\n</details>\n");
    }
}
