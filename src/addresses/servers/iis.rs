//! IIS with its module URL Rewrite: in the folder of each language a `web.config` with one rule, and the map of its addresses in the same folder. No
//! configuration file may be larger than 250 KB, and thousands of redirects are.

use std::collections::BTreeMap;

use super::rules::{RedirectFile, ServerRules};
use crate::addresses::redirects::Redirect;
use crate::source::escape::xml_attribute;

const MOST_BYTES: usize = 250 * 1024;

const MAP_END: &str = "  </rewriteMap>\n</rewriteMaps>\n";

pub(super) fn rules(redirects: &[Redirect], prefix: &str) -> ServerRules {
    let mut folders: BTreeMap<&str, Vec<&Redirect>> = BTreeMap::new();
    for redirect in redirects {
        folders
            .entry(top_folder(redirect, prefix))
            .or_default()
            .push(redirect);
    }
    let mut rules = ServerRules {
        limit: "IIS reads at most 250 KB of a configuration file",
        ..ServerRules::default()
    };
    for (folder, redirects) in folders {
        let name = if folder.is_empty() { "top" } else { folder };
        let (map, left_out) = map(name, &redirects);
        rules.left_out += left_out;
        for (file, text) in [
            ("hjelp-redirects.config", map),
            ("web.config", web_config(name)),
        ] {
            let name = match folder {
                "" => file.to_owned(),
                folder => format!("{folder}/{file}"),
            };
            rules.files.push(RedirectFile { name, text });
        }
    }
    rules
}

/// The folder below the top of the site that an old address is in; empty at the top.
fn top_folder<'r>(redirect: &'r Redirect, prefix: &str) -> &'r str {
    let path = redirect.from.strip_prefix(prefix).unwrap_or(&redirect.from);
    match path.trim_start_matches('/').split_once('/') {
        Some((folder, _)) => folder,
        None => "",
    }
}

/// The maps of a folder, and how many addresses they have no room for. Their keys are compared with `{URL}`, the decoded path without its query.
fn map(name: &str, redirects: &[&Redirect]) -> (String, usize) {
    let name = xml_attribute(name);
    let mut moved = format!("<rewriteMaps>\n  <rewriteMap name=\"Hjelp-{name}\">\n");
    let mut gone = format!("  </rewriteMap>\n  <rewriteMap name=\"Hjelp-gone-{name}\">\n");
    let mut count = 0;
    for redirect in redirects {
        let line = format!(
            "    <add key=\"{}\" value=\"{}\" />\n",
            xml_attribute(&redirect.from),
            xml_attribute(redirect.to.as_deref().unwrap_or("1"))
        );
        if moved.len() + gone.len() + line.len() + MAP_END.len() > MOST_BYTES {
            break;
        }
        match redirect.to {
            Some(_) => moved.push_str(&line),
            None => gone.push_str(&line),
        }
        count += 1;
    }
    (moved + &gone + MAP_END, redirects.len() - count)
}

fn web_config(name: &str) -> String {
    let name = xml_attribute(name);
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <system.webServer>
    <rewrite>
      <rewriteMaps configSource="hjelp-redirects.config" />
      <rules>
        <rule name="Moved pages {name}" stopProcessing="true">
          <match url=".*" />
          <conditions>
            <add input="{{Hjelp-{name}:{{URL}}}}" pattern="(.+)" />
          </conditions>
          <action type="Redirect" url="{{C:1}}" appendQueryString="true" redirectType="Permanent" />
        </rule>
        <rule name="Removed pages {name}" stopProcessing="true">
          <match url=".*" />
          <conditions>
            <add input="{{Hjelp-gone-{name}:{{URL}}}}" pattern="(.+)" />
          </conditions>
          <action type="CustomResponse" statusCode="410" statusReason="Gone" />
        </rule>
      </rules>
    </rewrite>
  </system.webServer>
</configuration>
"#
    )
}
