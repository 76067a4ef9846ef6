//! The path of a page as an author types it -> the page, or why there is none.

use crate::site::Site;
use crate::source::{SitePath, SourceId};

use super::refusal::Refusal;

/// The page at `path`.
pub(super) fn page(site: &Site, path: &SitePath) -> Result<SourceId, Refusal> {
    let id = site.sources.find(path.as_str());
    match id {
        Some(id) if site.translation_set_of(id).is_some() => Ok(id),
        Some(_) => Err(Refusal::new(
            format!("`{path}` is no page of the site"),
            "give the path of a page, as seen from the folder of `hjelp.yml`",
        )),
        None => Err(Refusal::new(
            format!("there is no file `{path}`"),
            "give its path as seen from the folder of `hjelp.yml`",
        )),
    }
}
