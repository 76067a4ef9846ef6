//! Addresses that start with `/`: reported if they are in a folder the site publishes, and nothing is published there. Part of the rules for
//! links, images, redirects and entries of tables of contents.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::checker::{Checker, ResolvedReference};
use crate::check::link_target::code_and_noun;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::site::address::{Address, split_address};
use crate::site::suggest::nearest;
use crate::site::{Site, Target};
use crate::source::SitePath;
use crate::syntax::{RefKind, Reference};

pub(super) fn run(checker: &mut Checker<'_>) {
    // Most sites have no such address, so the published files are only collected for the first one.
    let mut published: Option<PublishedFiles> = None;
    for resolved in checker.references() {
        let ResolvedReference {
            id,
            reference,
            target,
        } = resolved;
        let (typed, _) = split_address(&reference.target);
        let (Target::External, Address::Rooted(wanted)) = (target, Address::of(typed)) else {
            continue;
        };
        let published = published.get_or_insert_with(|| PublishedFiles::of(checker.site));
        let path = &checker.site.source(id).path;
        if let Some(problem) = problem_of(published, path, reference, &wanted) {
            checker.report_in(id, problem);
        }
    }
}

/// The problem with `reference`, which names `wanted`, a path below the root of the server.
fn problem_of(
    published: &PublishedFiles,
    path: &SitePath,
    reference: &Reference,
    wanted: &str,
) -> Option<Diagnostic> {
    let (code, noun) = match reference.kind {
        RefKind::Toc => (Code::BrokenTocEntry, "entry target"),
        kind => code_and_noun(kind)?,
    };
    let wanted = SitePath::new(published.below_root(wanted)).ok()?;
    if !published.lacks(&wanted) {
        return None;
    }
    let (_, tail) = split_address(&reference.target);
    let message = format!("{noun} not found: nothing is published at `{wanted}`");
    let help = match published.nearest(&wanted) {
        Some(path) => format!("Did you mean `{}{path}{tail}`?", published.root),
        None => "A path that starts with `/` is a path on the built site. Paths relative to this file are checked more precisely.".to_owned(),
    };
    let problem = Diagnostic::new(code, path, reference.target_span, message)
        // Something else on the same server may publish a file there.
        .with_level(Level::Warning)
        .help(help);
    Some(problem)
}

/// The files that can be requested from the built site.
struct PublishedFiles {
    /// The path of the site on its server, with a `/` at both ends.
    root: String,
    files: FxHashSet<SitePath>,
    /// Each folder with the files directly in it.
    folders: FxHashMap<SitePath, Vec<SitePath>>,
}

impl PublishedFiles {
    fn of(site: &Site) -> PublishedFiles {
        let mut files: FxHashSet<SitePath> = FxHashSet::default();
        let texts = site.sources.texts().iter().map(|source| &source.path);
        for path in texts.chain(site.sources.assets().keys()) {
            files.extend(site.placed(path).map(|placed| placed.output));
        }
        for id in site.page_ids() {
            files.insert(site.page(id).output.clone());
            files.extend(site.former_outputs(id).into_iter().map(|(_, old)| old));
        }
        let mut folders: FxHashMap<SitePath, Vec<SitePath>> = FxHashMap::default();
        for path in &files {
            folders.entry(path.parent()).or_default().push(path.clone());
        }
        // Folders that contain nothing but folders exist, too.
        let with_files: Vec<SitePath> = folders.keys().cloned().collect();
        for mut folder in with_files {
            while !folder.is_root() {
                folder = folder.parent();
                folders.entry(folder.clone()).or_default();
            }
        }
        PublishedFiles {
            root: server_path(site),
            files,
            folders,
        }
    }

    /// The path below the site of a path below the root of its server.
    fn below_root<'p>(&self, path: &'p str) -> &'p str {
        let root = self.root.trim_matches('/');
        if root.is_empty() {
            return path;
        }
        let rest = path.strip_prefix(root);
        match rest.and_then(|rest| rest.strip_prefix('/')) {
            Some(rest) => rest,
            None => path,
        }
    }

    /// True if the path starts with a folder of the site, and there is neither a file nor a folder at it.
    fn lacks(&self, path: &SitePath) -> bool {
        let first = path.segments().next().unwrap_or_default();
        let is_in_site = SitePath::new(first).is_ok_and(|first| self.folders.contains_key(&first));
        if !is_in_site || self.files.contains(path) || self.folders.contains_key(path) {
            return false;
        }
        // Servers send `x.html` for `x`.
        let page = path.parent().join(&format!("{}.html", path.file_name()));
        !page.is_ok_and(|page| self.files.contains(&page))
    }

    /// The file with the most similar name among those of the same folder and extension.
    fn nearest(&self, wanted: &SitePath) -> Option<SitePath> {
        let folder = wanted.parent();
        let mut stems: Vec<&str> = Vec::new();
        for path in self.folders.get(&folder)? {
            if path.extension() == wanted.extension() {
                stems.push(path.stem());
            }
        }
        // Hash maps have no fixed order, and of equally similar names the first one is taken.
        stems.sort_unstable();
        let stem = nearest(wanted.stem(), stems)?;
        folder.join(&format!("{stem}.{}", wanted.extension())).ok()
    }
}

/// The path of the site on its server, with a `/` at both ends.
fn server_path(site: &Site) -> String {
    let base = site.config.base_url.as_deref();
    let address = base.and_then(|base| base.split_once("://"));
    match address.and_then(|(_, address)| address.split_once('/')) {
        Some((_, path)) => format!("/{path}"),
        None => "/".to_owned(),
    }
}
