//! `hjelp retire`: a page, and perhaps the one that replaces it -> a plan that removes it in every language, with its entries in tables of
//! contents, and leads readers and links elsewhere. Writes nothing.

mod inbound;
mod lines;
mod orphans;
mod redirects;
mod request;
mod retired;
mod toc_entries;

use crate::site::Site;
use crate::source::SitePath;
use crate::source::edit::FileChange;
use crate::source::encoding::encode;

use super::change_plan::ChangePlan;
use super::listed_redirects::{ListChange, list};
use super::refusal::Refusal;
use orphans::orphans;
use redirects::Redirects;
use retired::{Retired, Successor};

pub use request::RetireRequest;

/// A plan, and the files of which only the disk knows the bytes.
#[derive(Debug, Default)]
pub struct RetirePlan {
    /// Everything else.
    pub plan: ChangePlan,
    /// Pictures and other files that go, too.
    pub assets: Vec<SitePath>,
}

/// Plans the end of a page. Fails if links to it would break.
pub fn plan_retire(site: &Site, request: &RetireRequest) -> Result<RetirePlan, Refusal> {
    let retired = Retired::find(site, request)?;
    let successor = match &request.to {
        Some((path, anchor)) => Some(Successor::find(site, &retired, path, anchor.as_deref())?),
        None => None,
    };
    let mut edits = Vec::new();
    let mut notes = Vec::new();
    let references = inbound::Inbound {
        site,
        retired: &retired,
        successor: successor.as_ref(),
        unlink: request.unlink,
    }
    .add_edits(&mut edits, &mut notes)?;
    toc_entries::add_edits(site, &retired, &mut edits, &mut notes);
    let mut created = Vec::new();
    let mut redirects = 0;
    if request.redirects {
        let led = Redirects::of(site, &retired, successor.as_ref())?;
        redirects = led.count;
        edits.extend(led.edits());
        let entries = led.entries(successor.as_ref());
        if !entries.is_empty() {
            match list(site, &entries)? {
                ListChange::Append(edit) => edits.push(edit),
                ListChange::Create(change) => created.push(change),
            }
        }
    } else {
        notes.push("the addresses of the page lead nowhere now".to_owned());
    }
    let mut plan = ChangePlan::of_edits(site, edits)?;
    plan.changes.extend(created);
    for id in &retired.versions {
        let source = site.source(*id);
        plan.changes.push(FileChange::Delete {
            path: source.path.clone(),
            before: encode(&source.text, source.encoding),
        });
    }
    let unused = orphans(site, &retired);
    let mut assets = Vec::new();
    for path in unused {
        if !request.prune {
            notes.push(format!("{path}: nothing uses it now; `--prune` removes it"));
            continue;
        }
        match site.sources.find(path.as_str()) {
            Some(id) => plan.changes.push(FileChange::Delete {
                before: encode(&site.source(id).text, site.source(id).encoding),
                path,
            }),
            None => assets.push(path),
        }
    }
    Ok(RetirePlan {
        plan: ChangePlan {
            references,
            redirects,
            notes,
            ..plan
        },
        assets,
    })
}
