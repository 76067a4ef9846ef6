//! `broken-link`, `missing-image` and the like for addresses that begin with `/`: those that lie among what the site publishes, and name
//! nothing there. A warning only, because something else on the same server may put a file there.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::site::address::{Address, split_address};
use crate::site::suggest::nearest;
use crate::site::{Site, Target};
use crate::source::SitePath;
use crate::syntax::RefKind;

use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[
        Code::BrokenLink,
        Code::MissingImage,
        Code::BrokenLandingLink,
        Code::BrokenRedirect,
        Code::BrokenTocEntry,
    ],
    about: "An address that begins with `/` lies in a folder the site publishes, and names nothing there.",
    run,
};

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    let mut published: Option<Published> = None;
    for (id, reference, target, _) in suggestions.references() {
        let (code, noun) = match reference.kind {
            RefKind::Link | RefKind::HtmlHref => (Code::BrokenLink, "the link"),
            RefKind::Image | RefKind::HtmlSrc | RefKind::LandingImage => {
                (Code::MissingImage, "the picture")
            }
            RefKind::Landing => (Code::BrokenLandingLink, "the link"),
            RefKind::RedirectTo => (Code::BrokenRedirect, "the redirect"),
            RefKind::Toc => (Code::BrokenTocEntry, "the entry"),
            _ => continue,
        };
        let (typed, tail) = split_address(&reference.target);
        let (Target::External, Address::Rooted(wanted)) = (target, Address::of(typed)) else {
            continue;
        };
        let published = published.get_or_insert_with(|| Published::of(site));
        let Some(wanted) = SitePath::new(published.within(&wanted))
            .ok()
            .filter(|wanted| published.lacks(wanted))
        else {
            continue;
        };
        let path = &site.source(id).path;
        let message = format!("{noun} `{typed}` leads nowhere: nothing is published at `{wanted}`");
        let problem =
            Diagnostic::new(code, path, reference.target_span, message).with_level(Level::Warning);
        problems.push(suggestions.reached(
            id,
            match published.near(&wanted) {
                Some(meant) => problem.help(format!("Did you mean `{}{meant}{tail}`?", published.root)),
                None => {
                    problem.help("After `/` comes the path on the finished site; a path from this file would be followed and kept right.")
                }
            },
        ));
    }
}

/// What can be reached on the finished site.
struct Published {
    /// The path of the site on its server, with a `/` at both ends.
    root: String,
    files: FxHashSet<SitePath>,
    /// The folders, each with the files directly in it.
    folders: FxHashMap<SitePath, Vec<SitePath>>,
}

impl Published {
    fn of(site: &Site) -> Published {
        let base = site
            .config
            .base_url
            .as_deref()
            .and_then(|base| base.split_once("://"))
            .and_then(|(_, rest)| rest.split_once('/'));
        let root = base.map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}"));
        let sources = site
            .sources
            .texts()
            .iter()
            .map(|source| &source.path)
            .chain(site.sources.assets().keys());
        let mut files: FxHashSet<SitePath> = sources
            .filter_map(|path| Some(site.placed(path)?.output))
            .collect();
        for id in site.page_ids() {
            files.insert(site.page(id).output.clone());
            files.extend(site.former_outputs(id).into_iter().map(|(_, old)| old));
        }
        let mut folders: FxHashMap<SitePath, Vec<SitePath>> = FxHashMap::default();
        for path in &files {
            folders.entry(path.parent()).or_default().push(path.clone());
        }
        let holding_files: Vec<SitePath> = folders.keys().cloned().collect();
        for mut folder in holding_files {
            while !folder.is_root() {
                folder = folder.parent();
                folders.entry(folder.clone()).or_default();
            }
        }
        Published {
            root,
            files,
            folders,
        }
    }

    /// The path below the site of one below its server.
    fn within<'p>(&self, path: &'p str) -> &'p str {
        let root = self.root.trim_matches('/');
        path.strip_prefix(root)
            .and_then(|rest| rest.strip_prefix('/'))
            .filter(|_| !root.is_empty())
            .unwrap_or(path)
    }

    /// True if the path begins with a folder of the site and names neither a file nor a folder there. Servers find `x.html` for `x`.
    fn lacks(&self, path: &SitePath) -> bool {
        let is_ours = path
            .segments()
            .next()
            .and_then(|first| SitePath::new(first).ok())
            .is_some_and(|first| self.folders.contains_key(&first));
        let page = || {
            path.parent()
                .join(&format!("{}.html", path.file_name()))
                .is_ok_and(|page| self.files.contains(&page))
        };
        is_ours && !self.files.contains(path) && !self.folders.contains_key(path) && !page()
    }

    /// The file of the same folder and kind with the nearest name.
    fn near(&self, wanted: &SitePath) -> Option<SitePath> {
        let folder = wanted.parent();
        let side_by_side = self.folders.get(&folder)?.iter();
        let mut neighbours: Vec<&str> = side_by_side
            .filter(|path| path.extension() == wanted.extension())
            .map(SitePath::stem)
            .collect();
        neighbours.sort_unstable();
        let stem = nearest(wanted.stem(), neighbours)?;
        folder.join(&format!("{stem}.{}", wanted.extension())).ok()
    }
}
