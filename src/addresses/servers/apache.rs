//! `.htaccess` of Apache (mod_alias). Old addresses are decoded; a rule is for the path itself and everything below it, which a page has nothing of.

use super::rules::ServerRules;
use crate::addresses::redirects::Redirect;

pub(super) fn rules(redirects: &[Redirect]) -> ServerRules {
    let mut text = String::new();
    for redirect in redirects {
        let from = quoted(&redirect.from);
        text.push_str(&match &redirect.to {
            Some(to) => format!("Redirect 301 {from} {}\n", quoted(to)),
            None => format!("Redirect gone {from}\n"),
        });
    }
    ServerRules::file(".htaccess", text)
}

/// An argument of a directive.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
