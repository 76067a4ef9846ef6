//! nginx: a map to include on the level of `http`, and the answer to include in `server`. The old addresses are decoded there, as `$uri` is;
//! the new ones are encoded.

use super::rules::{RedirectFile, ServerRules};
use crate::addresses::redirects::Redirect;

pub(super) fn rules(redirects: &[Redirect]) -> ServerRules {
    // The sizes hold the longest addresses and thousands of them; nginx refuses to start where its defaults are too small.
    let mut map = String::from(
        "# Include this in `http`.\nmap_hash_bucket_size 1024;\nmap_hash_max_size 65536;\nmap $uri $hjelp_moved {\n    default \"\";\n",
    );
    let mut gone = String::from("map $uri $hjelp_gone {\n    default 0;\n");
    for redirect in redirects {
        let from = quoted(&redirect.from);
        match &redirect.to {
            // Variables are replaced in the values of a map, so a `$` there is encoded; its keys are
            // compared with the decoded path as they are.
            Some(to) => {
                let to = quoted(&to.replace('$', "%24"));
                map.push_str(&format!("    {from} {to};\n"));
            }
            None => gone.push_str(&format!("    {from} 1;\n")),
        }
    }
    map.push_str("}\n");
    map.push_str(&gone);
    map.push_str("}\n");
    // A query goes in front of a fragment, which nginx can't do; such addresses come without it.
    let answer = "# Include this in `server`.\nif ($hjelp_moved ~ \"#\") {\n    return 301 $hjelp_moved;\n}\nif ($hjelp_moved) {\n    return 301 $hjelp_moved$is_args$args;\n}\nif ($hjelp_gone) {\n    return 410;\n}\n# The page at the address says in the reader's language that it is gone.\nerror_page 410 @hjelp_gone;\nlocation @hjelp_gone {\n    try_files $uri =410;\n}\n";
    ServerRules {
        files: vec![
            RedirectFile {
                name: "hjelp-redirects-map.conf".to_owned(),
                text: map,
            },
            RedirectFile {
                name: "hjelp-redirects.conf".to_owned(),
                text: answer.to_owned(),
            },
        ],
        ..ServerRules::default()
    }
}

/// A string of nginx, in which `\` is an escape. An address begins with `/` or a scheme: `~` at the start would be a regular expression.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
