//! Addresses that start with `/` or with the `base-url` of the site: reported if they are in a folder the site publishes, and nothing is
//! published there, or the page there has no such anchor. Part of the rules for
//! links, images, redirects and entries of tables of contents.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::checker::{Checker, ResolvedReference};
use crate::check::link_target::code_and_noun;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::message;
use crate::site::address::{Address, AddressParts, split_address};
use crate::site::suggest::nearest;
use crate::site::{Site, Target};
use crate::source::percent::{decode, decode_path};
use crate::source::{SitePath, SourceId};
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
        // What was published once need not be there.
        if *target != Target::External || reference.kind == RefKind::RedirectFrom {
            continue;
        }
        let site = checker.site;
        let mut is_own = true;
        let wanted = match Address::of(typed) {
            // Another repository publishes it: nothing is known of what is there.
            Address::Rooted(_) if site.config.elsewhere(typed).is_some() => continue,
            Address::Rooted(wanted) => {
                let below = below_root(site, &wanted);
                is_own = below.len() < wanted.len();
                below.to_owned()
            }
            Address::External => match below_base_url(site, typed) {
                Some(rest) => decode_path(rest).into_owned(),
                None => continue,
            },
            _ => continue,
        };
        let published = published.get_or_insert_with(|| PublishedFiles::of(site));
        let path = &site.source(id).path;
        // Where nothing says which paths of the server are this site's, a folder of one name may well be another site's: `/azure/storage` beside
        // the site's own `azure`. Of 1,120 such links in 31 repositories 1,039 were right on their server.
        if !is_own && !published.has_folder_of(&wanted) {
            continue;
        }
        let problem = problem_of(published, path, reference, &wanted)
            .or_else(|| anchor_problem(site, published, path, reference, &wanted));
        if let Some(problem) = problem {
            checker.report_in(id, problem);
        }
    }
}

/// The path below the site of an address that begins with the site's own `base-url`.
fn below_base_url<'t>(site: &Site, typed: &'t str) -> Option<&'t str> {
    let base = site.config.base_url.as_deref()?.trim_end_matches('/');
    // A scheme and a host are the same in any case (RFC 3986, 6.2.2.1).
    let start = typed.get(..base.len())?;
    let rest = &typed[base.len()..];
    let is_own = start.eq_ignore_ascii_case(base) && rest.starts_with('/');
    is_own.then(|| rest.trim_start_matches('/'))
}

/// The path below the site of a path below the root of its server.
fn below_root<'p>(site: &Site, path: &'p str) -> &'p str {
    let server_path = server_path(site);
    let root = server_path.trim_matches('/');
    if root.is_empty() {
        return path;
    }
    let rest = path.strip_prefix(root);
    match rest.and_then(|rest| rest.strip_prefix('/')) {
        Some(rest) => rest,
        None => path,
    }
}

/// The problem with the anchor of `reference`, if the page at `wanted` does not have it.
fn anchor_problem(
    site: &Site,
    published: &PublishedFiles,
    path: &SitePath,
    reference: &Reference,
    wanted: &str,
) -> Option<Diagnostic> {
    let fragment = AddressParts::of(&reference.target)
        .fragment
        .trim_start_matches('#');
    let is_text_fragment = fragment.contains(":~:");
    if fragment.is_empty() || fragment == "top" || is_text_fragment {
        return None;
    }
    let page = published.page(&SitePath::new(wanted.trim_end_matches('/')).ok()?)?;
    let anchor = decode(fragment);
    let ids = site.anchors(page);
    if ids.iter().any(|id| **id == *anchor || id == fragment) || fragment.starts_with("tab/") {
        return None;
    }
    let source = &site.source(page).path;
    let message = message!(
        "anchor not found: `{source}` has no id `{anchor}`",
        source,
        anchor
    );
    let problem = Diagnostic::new(Code::BrokenAnchor, path, reference.target_span, message);
    let help = match nearest(&anchor, ids.iter().map(String::as_str)) {
        Some(near) => message!("Did you mean `#{anchor_id}`?", anchor_id = near),
        None => "Use the id of a heading on that page, or remove the part from `#` on.".into(),
    };
    Some(problem.with_level(Level::Warning).help(help))
}

/// The problem with `reference`, which names `wanted`, a path below the root of the site.
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
    let wanted = SitePath::new(wanted.trim_end_matches('/')).ok()?;
    if !published.lacks(&wanted) {
        return None;
    }
    let (_, tail) = split_address(&reference.target);
    let message = message!(
        "{noun} not found: nothing is published at `{wanted}`",
        noun,
        wanted
    );
    let help = match published.nearest(&wanted) {
        Some(path) => message!("Did you mean `{target}{path}{tail}`?", target = published.root_as_typed(&reference.target), path, tail),
        None if !reference.target.starts_with('/') => "It begins with the address of this site. A path relative to this file is checked more precisely.".into(),
        None => "A path that starts with `/` is a path on the built site. Paths relative to this file are checked more precisely.".into(),
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
    /// Its whole address, with a `/` at its end; empty if it is not known.
    base_url: String,
    files: FxHashSet<SitePath>,
    /// The pages among them, with the files they come from.
    pages: FxHashMap<SitePath, SourceId>,
    /// Each folder with the files directly in it.
    folders: FxHashMap<SitePath, Vec<SitePath>>,
}

impl PublishedFiles {
    fn of(site: &Site) -> PublishedFiles {
        let mut files: FxHashSet<SitePath> = FxHashSet::default();
        let mut pages: FxHashMap<SitePath, SourceId> = FxHashMap::default();
        let texts = site.sources.texts().iter().map(|source| &source.path);
        for path in texts.chain(site.sources.assets().keys()) {
            files.extend(site.placed(path).map(|placed| placed.output));
        }
        for id in site.page_ids() {
            let page = site.page(id);
            files.insert(page.output.clone());
            if page.kind.has_content() {
                pages.insert(page.output.clone(), page.source);
            }
        }
        for former in site.former_addresses().stated() {
            files.insert(former.path.clone());
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
            base_url: site
                .config
                .base_url
                .as_deref()
                .map_or_else(String::new, |base| {
                    format!("{}/", base.trim_end_matches('/'))
                }),
            files,
            pages,
            folders,
        }
    }

    /// The root of the site in the way an address is typed.
    fn root_as_typed(&self, typed: &str) -> &str {
        match typed.starts_with('/') {
            true => &self.root,
            false => &self.base_url,
        }
    }

    /// True if the folder that a path is in is a folder of the site.
    fn has_folder_of(&self, path: &str) -> bool {
        let path = SitePath::new(path.trim_end_matches('/'));
        path.is_ok_and(|path| self.folders.contains_key(&path.parent()))
    }

    /// The file whose page is at `path`.
    fn page(&self, path: &SitePath) -> Option<SourceId> {
        if let Some(page) = self.pages.get(path) {
            return Some(*page);
        }
        let index = path.join("index.html");
        let page = path.parent().join(&format!("{}.html", path.file_name()));
        let mut others = index.into_iter().chain(page);
        others.find_map(|path| self.pages.get(&path).copied())
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
        None => "/".into(),
    }
}
