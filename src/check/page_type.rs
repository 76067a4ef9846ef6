//! `unknown-page-type`: YAML files among the pages that are none.

use crate::config::FileKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::site::suggest::nearest;
use crate::source::Span;
use crate::syntax::Body;
use crate::syntax::document::DataPage;

use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::UnknownPageType],
    about: "A YAML file among the pages states a type that has no page.",
    run,
};

const TYPES: [&str; 5] = ["Category", "SubCategory", "Landing", "Hub", "Tutorial"];

fn run(site: &Site, _: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, linked) in site.documents() {
        let Body::Data(DataPage {
            mime: Some(mime), ..
        }) = &linked.document.body
        else {
            continue;
        };
        let path = &site.source(id).path;
        // A map of uids is read as what it is.
        if &**mime == "XRefMap"
            || site.own_template(id).is_some()
            || site
                .placed(path)
                .is_none_or(|placed| placed.kind != FileKind::Pages)
        {
            continue;
        }
        let first_line = site.source(id).text.lines().next().map_or(0, str::len);
        let problem = Diagnostic::new(
            Code::UnknownPageType,
            path,
            Span::new(0, first_line),
            format!("`{mime}` is no type of page, so the file is left out"),
        );
        let known = TYPES.map(|name| format!("`{name}`")).join(", ");
        problems.push(match nearest(mime, TYPES) {
            Some(meant) => problem.help(format!("Did you mean `{meant}`?")),
            None => problem.help(format!(
                "Types with a page are {known}, and those with a template `templates/{mime}.html`."
            )),
        });
    }
}
