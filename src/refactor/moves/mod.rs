//! `hjelp mv`: a site, a path and a new one -> a plan that moves a file or folder in every language, and keeps links, includes, pictures,
//! tables of contents and published addresses right. Writes nothing.

mod edits;
mod files;
mod former_addresses;
mod references;
mod relocation;
mod repair;
mod request;

use crate::site::Site;

use super::change_plan::ChangePlan;
use super::refusal::Refusal;

pub use relocation::Relocation;
pub use repair::{plan_repair, undone_moves};
pub use request::MoveRequest;

/// Plans a move. Fails if it can't be made without losing something.
pub fn plan_move(site: &Site, request: &MoveRequest) -> Result<ChangePlan, Refusal> {
    let relocation = files::relocation(site, request)?;
    let edits = edits::MoveEdits::of(site, &relocation, request.redirects);
    edits.into_plan(site, relocation)
}
