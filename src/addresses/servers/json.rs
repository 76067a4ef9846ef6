//! `redirects.json`: all redirects as data, for scripts and servers that have no notation of their own.

use serde_json::json;

use super::rules::ServerRules;
use crate::addresses::redirects::{Redirect, encoded};
use crate::locale::Locales;

pub(super) fn rules(redirects: &[Redirect], locales: &Locales) -> ServerRules {
    let (mut lines, mut gone) = (Vec::new(), Vec::new());
    for redirect in redirects {
        if redirect.to.is_none() {
            gone.push(format!("  {}", json!(encoded(&redirect.from))));
            continue;
        }
        let record = json!({
            "from": encoded(&redirect.from),
            "to": redirect.to,
            "status": 301,
            "lang": locales.get(redirect.locale).tag.to_string(),
        });
        lines.push(format!("  {record}"));
    }
    // A line for each, so that a diff shows what changed.
    let text = format!(
        "{{\"version\":1,\"redirects\":[\n{}\n],\"gone\":[\n{}\n]}}\n",
        lines.join(",\n"),
        gone.join(",\n")
    );
    ServerRules::file("redirects.json", text)
}
