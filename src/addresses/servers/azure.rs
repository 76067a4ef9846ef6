//! `staticwebapp.config.json` of Azure Static Web Apps: `routes`, of which the first that matches counts. The whole file may have 20 KB.

use serde_json::json;

use super::rules::ServerRules;
use crate::addresses::redirects::{Redirect, encoded};

const MOST_BYTES: usize = 20 * 1024;

pub(super) fn rules(redirects: &[Redirect]) -> ServerRules {
    let mut routes = Vec::new();
    // The brackets around the routes.
    let mut length = "{\n  \"routes\": [\n  ]\n}\n".len();
    for redirect in redirects {
        let route = match &redirect.to {
            Some(to) => json!({
                "route": encoded(&redirect.from),
                "redirect": to,
                "statusCode": 301,
            }),
            None => json!({ "route": encoded(&redirect.from), "statusCode": 410 }),
        };
        let line = format!("    {route}");
        // With the comma and the line break.
        if length + line.len() + 2 > MOST_BYTES {
            break;
        }
        length += line.len() + 2;
        routes.push(line);
    }
    let text = format!("{{\n  \"routes\": [\n{}\n  ]\n}}\n", routes.join(",\n"));
    ServerRules {
        left_out: redirects.len() - routes.len(),
        limit: "Azure Static Web Apps reads at most 20 KB",
        ..ServerRules::file("staticwebapp.config.json", text)
    }
}
