//! A page of the site -> the same page with what a writer needs: a style sheet, a script, and what the script has to know.

use serde_json::json;

/// The style sheet of the preview.
pub(super) const STYLE: &str = include_str!("assets/preview.css");
/// Its script.
pub(super) const SCRIPT: &str = include_str!("assets/preview.js");

/// Puts the preview into a page.
pub(super) fn inject(page: Vec<u8>, about: &serde_json::Value) -> Vec<u8> {
    let about = about.to_string().replace('<', "\\u003c");
    let head = "<link rel=\"stylesheet\" href=\"/_hjelp/preview.css\"><script src=\"/_hjelp/preview.js\" defer></script>\n";
    let body = format!("<script type=\"application/json\" id=\"hjelp-preview-about\">{about}</script>\n");
    let page = insert(page, b"<head>", head, true);
    insert(page, b"</body>", &body, false)
}

/// Puts `text` behind or before `tag`; at the end if the page doesn't have it.
fn insert(mut page: Vec<u8>, tag: &[u8], text: &str, behind: bool) -> Vec<u8> {
    let found = match behind {
        true => page.windows(tag.len()).position(|window| window == tag).map(|at| at + tag.len()),
        false => page.windows(tag.len()).rposition(|window| window == tag),
    };
    let at = found.unwrap_or(page.len());
    page.splice(at..at, text.bytes());
    page
}

/// A page that stands in where there is none to show.
pub(super) fn stand_in(title: &str) -> Vec<u8> {
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n</head>\n<body class=\"hjelp-preview-stand-in\">\n<main><h1>{title}</h1></main>\n</body>\n</html>\n"
    );
    page.into_bytes()
}

/// What the script of a page has to know.
pub(super) fn about(token: &str, run: u64, edition: u64) -> serde_json::Value {
    json!({ "token": token, "run": run, "edition": edition })
}
