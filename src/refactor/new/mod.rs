//! A path and a title -> a new page in one or several languages: its file, with the front matter its neighbours have, and its entry in their
//! table of contents, or the first table of contents. Nothing else of an existing file changes.

mod draft;
mod front_matter;
mod new_toc;
mod paths;
mod plan;
mod toc;

use super::refusal::Refusal;
use crate::site::Site;

pub use plan::{NewFile, NewPage, NewPagePlan};

use draft::Draft;

/// Plans the page that is `wanted`. Fails if the path or the title cannot be used.
pub fn new_page(site: &Site, wanted: &NewPage) -> Result<NewPagePlan, Refusal> {
    let title = wanted.title.trim();
    // A line break would end the heading, and the value in the front matter.
    if title.is_empty() || title.contains(['\n', '\r']) {
        return Err(Refusal::new(
            "a page needs a title, on one line",
            "give it with `--title`",
        ));
    }
    let mut plan = NewPagePlan::default();
    for target in paths::page_paths(site, wanted)? {
        let draft = Draft {
            site,
            path: &target.path,
            top: &target.top,
            language: &target.language,
            title,
            today: wanted.today,
        };
        plan.files.push(new_file(&draft)?);
        if let Some(fix) = toc::entry(&draft) {
            plan.fixes.push(fix);
        } else if let Some(file) = new_toc::file(&draft) {
            plan.files.push(file);
        } else {
            // A language without a toc of its own shows another one's, which the page has been added to for that language.
            plan.outside.push(target.path);
        }
    }
    Ok(plan)
}

/// The file of a page, which must not exist yet.
fn new_file(draft: &Draft<'_>) -> Result<NewFile, Refusal> {
    let path = draft.path;
    if draft.site.sources.contains(path.as_str()) {
        return Err(Refusal::new(
            format!("there is a file `{path}` already"),
            "choose another path",
        ));
    }
    if !paths::is_page(&draft.site.config, path) {
        return Err(Refusal::new(
            format!("`{path}` would be no page of the site"),
            "choose a path below a folder that `content` names",
        ));
    }
    let neighbours = draft.neighbours();
    let mut text = front_matter::write(draft, &neighbours);
    text.push_str(&format!("# {}\n", heading_text(draft.title)));
    Ok(NewFile {
        path: path.clone(),
        text: text.replace('\n', draft.line_end(&neighbours)),
    })
}

/// A title as the text of a heading: characters that would be markup are escaped.
pub(super) fn heading_text(title: &str) -> String {
    let mut out = String::new();
    for char in title.chars() {
        if "\\`*_[]<#".contains(char) {
            out.push('\\');
        }
        out.push(char);
    }
    out
}
