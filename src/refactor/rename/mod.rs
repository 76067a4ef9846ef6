//! `hjelp rename`: a heading, a page's title or a uid, and its new name -> a plan that writes it, keeps every link to it right in all languages,
//! and keeps the published anchor. Writes nothing.

mod heading;
mod repeats;
mod request;
mod title;
mod uid;

use crate::site::Site;

use super::change_plan::ChangePlan;
use super::refusal::Refusal;

pub use request::{RenameRequest, Renamed};

/// Plans a new name. Fails if it can't be given without losing something.
pub fn plan_rename(site: &Site, request: &RenameRequest) -> Result<ChangePlan, Refusal> {
    if request.to.trim().is_empty() || request.to.contains(['\n', '\r']) {
        return Err(Refusal::new(
            "a name is one line of text",
            "give the new name as the last argument, in quotes if it has spaces",
        ));
    }
    match &request.what {
        Renamed::Heading(path, anchor) => heading::plan(site, request, path, anchor),
        Renamed::Title(path) => title::plan(site, request, path),
        Renamed::Uid(uid) => uid::plan(site, request, uid),
    }
}
