//! Patterns of DocFX's glob dialect (DocFX spec 1) -> matchers of paths.
//!
//! What is particular to the dialect: case doesn't matter; `**.md` means `**/*.md`; a name that begins with a dot is matched only by a
//! pattern that does too; a pattern after `!` matches everything the rest of it doesn't, and takes nothing away from its
//! neighbours; `[...]` negates with `^` only. Doesn't know files: paths are text, and a folder is a path that ends with `/`.

mod matcher;
mod pattern;
mod segment;

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use matcher::fold;
use pattern::PACKAGES;
pub use pattern::{BadGlob, Glob, expand_braces, negation};
pub use segment::Options;

/// Several patterns: what any of them matches.
#[derive(Clone)]
pub struct Globs {
    all: Vec<Glob>,
    /// The patterns that only this module understands.
    special: Vec<usize>,
    /// True if one of them means every file.
    everything: bool,
    /// The names of folders that are matched with all files in them, in lower case.
    names: Vec<String>,
    /// The others, in lower case.
    quick: GlobSet,
    /// The patterns that can match a folder.
    folders: Vec<usize>,
}

impl Hash for Globs {
    /// The patterns determine the rest.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.all.hash(state);
    }
}

impl Default for Globs {
    fn default() -> Self {
        Globs {
            all: Vec::new(),
            special: Vec::new(),
            everything: false,
            names: Vec::new(),
            quick: GlobSet::empty(),
            folders: Vec::new(),
        }
    }
}

impl Globs {
    /// Reads patterns of the dialect as it is by default.
    pub fn new<S: AsRef<str>>(patterns: &[S]) -> Result<Self, BadGlob> {
        Self::with(patterns, Options::default())
    }

    /// Reads patterns.
    pub fn with<S: AsRef<str>>(patterns: &[S], options: Options) -> Result<Self, BadGlob> {
        let mut all = Vec::new();
        let (mut special, mut names, mut everything) = (Vec::new(), Vec::new(), false);
        let mut quick = GlobSetBuilder::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let glob =
                Glob::new(pattern.as_ref(), options).map_err(|bad| BadGlob { index, ..bad })?;
            // Nearly every configuration has these two patterns, and both can be matched without globset.
            if glob.is_all() || glob.folder().is_some() {
                everything |= glob.is_all();
                names.extend(glob.folder());
                all.push(glob);
                continue;
            }
            let compiled: Option<Vec<_>> = glob.quick().and_then(|texts| {
                texts
                    .iter()
                    .map(|text| {
                        GlobBuilder::new(text)
                            .literal_separator(true)
                            .backslash_escape(true)
                            .build()
                            .ok()
                    })
                    .collect()
            });
            match compiled {
                Some(globs) => {
                    for glob in globs {
                        quick.add(glob);
                    }
                }
                None => special.push(index),
            }
            all.push(glob);
        }
        let folders = (0..all.len())
            .filter(|&index| all[index].concerns_folders())
            .collect();
        // A set too big to compile is merely slower.
        let quick = quick.build().unwrap_or_else(|_| {
            special = (0..all.len()).collect();
            GlobSet::empty()
        });
        Ok(Globs {
            all,
            special,
            everything,
            names,
            quick,
            folders,
        })
    }

    /// True if there is no pattern.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// True if any pattern matches the path.
    pub fn matches(&self, path: &str) -> bool {
        let ordinary =
            |name: &str| !name.is_empty() && !name.starts_with('.') && !name.contains('\\');
        // globset knows nothing of names that begin with a dot, and takes `\` for an escape.
        if !path.split('/').all(ordinary) {
            return self.all.iter().any(|glob| glob.matches(path));
        }
        if self.everything {
            return true;
        }
        // Case does not matter on any system (DocFX spec 13.3), so that a site is the same on Linux as on Windows.
        let folded = fold_text(path);
        let is_named = |folder: &str| self.names.iter().any(|name| name == folder);
        let mut folders = folded.rsplit('/').skip(1);
        !self.names.is_empty() && folders.any(is_named)
            || self.quick.is_match(&*folded)
            || self
                .special
                .iter()
                .any(|&index| self.all[index].matches(path))
    }

    /// True if these patterns, as a list of files to take, take the file: it matches, and the way to it isn't barred by patterns
    /// that could match nothing in a folder above it.
    pub fn selects(&self, file: &str) -> bool {
        // DocFX walks folders and does not enter one in which nothing can match; only a negated pattern can match a file it never meets.
        self.matches(file)
            && (!self.all.iter().any(Glob::is_negated)
                || !folders_above(file).any(|folder| self.bars(folder)))
    }

    /// True if a pattern names names that begin with a dot or folders of packages, or takes `*` for all names.
    pub fn reaches_hidden(&self) -> bool {
        self.all.iter().any(Glob::reaches_hidden)
    }

    /// True if something in the folder may match, `node_modules` only if it is named.
    pub fn reaches_into(&self, folder: &str) -> bool {
        let folder = format!("{}/", folder.trim_end_matches('/'));
        let is_packages = folder.split('/').any(|name| name == PACKAGES);
        self.all.iter().any(|glob| {
            glob.reaches_hidden()
                && glob.reaches_into(&folder)
                && (!is_packages || glob.names(PACKAGES))
        })
    }

    /// True if nothing in the folder can match.
    fn bars(&self, folder: &str) -> bool {
        !self.all.iter().any(|glob| glob.reaches_into(folder))
    }

    /// True if these patterns, as a list of files to leave out, leave out the file or a folder above it.
    pub fn excludes(&self, file: &str) -> bool {
        // An excluded folder is not walked: `bin/` excludes all that is in it (DocFX spec 13.3).
        self.matches(file)
            || (!self.folders.is_empty()
                && folders_above(file).any(|folder| self.matches_folder(folder)))
    }

    fn matches_folder(&self, folder: &str) -> bool {
        let mut folders = self.folders.iter();
        folders.any(|&index| self.all[index].matches(folder))
    }
}

/// `a/`, `a/b/` for `a/b/c`.
fn folders_above(file: &str) -> impl Iterator<Item = &str> {
    file.match_indices('/').map(|(at, _)| &file[..=at])
}

fn fold_text(text: &str) -> Cow<'_, str> {
    if text
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        Cow::Borrowed(text)
    } else {
        text.chars().map(fold).collect()
    }
}

impl fmt::Debug for Globs {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(&self.all).finish()
    }
}
