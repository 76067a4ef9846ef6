//! A site -> the list of its files. It resolves conflicts: no two files have the same path. Doesn't know what is in any of them.

use rustc_hash::FxHashSet;

use super::format::Output;
use super::formats::FORMATS;
use super::paths;
use super::rendered_file::RenderedFile;
use super::shard::Shard;
use super::theme::{Theme, binary_assets};
use crate::config::FileKind;
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::SitePath;

/// All files of a site.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Files to be rendered.
    pub outputs: Vec<Output>,
    /// Files that exist already, in memory.
    pub ready: Vec<RenderedFile>,
    /// Files to copy: from the site root, to the output folder.
    pub copies: Vec<(SitePath, SitePath)>,
    /// The folders of search files, by language. [`search`](super::search) lists what is in them.
    pub searches: Vec<(LocaleId, SitePath)>,
}

impl Plan {
    /// Keeps only what belongs to one shard of the site.
    pub fn retain_shard(&mut self, shard: Shard) {
        self.outputs.retain(|output| shard.holds(&output.path));
        self.ready.retain(|file| shard.holds(&file.path));
        self.copies.retain(|(_, to)| shard.holds(to));
        self.searches.retain(|(_, folder)| shard.holds(folder));
    }
}

/// Lists the files of a site.
pub fn plan(site: &Site, theme: &Theme) -> Plan {
    let (pages, assets) = (site.pages().len(), site.sources.assets().len());
    // Most pages are exported as Markdown, too, and most assets are copied.
    let mut planner = Planner {
        site,
        taken: FxHashSet::with_capacity_and_hasher(2 * pages + assets, Default::default()),
        plan: Plan {
            outputs: Vec::with_capacity(2 * pages + pages / 4),
            copies: Vec::with_capacity(assets),
            ..Plan::default()
        },
    };
    // The order decides who gets a path that two want: files that others rely on, then the theme, then the content, then the rest.
    planner.add_formats(true);
    planner.add_theme(theme);
    planner.add_assets();
    planner.add_formats(false);
    for locale in site.config.locales.ids() {
        if let Some(folder) = paths::search_folder(site, locale) {
            planner.plan.searches.push((locale, folder));
        }
    }
    planner.plan
}

struct Planner<'a> {
    site: &'a Site,
    /// The paths of all files so far.
    taken: FxHashSet<SitePath>,
    plan: Plan,
}

impl Planner<'_> {
    fn add_formats(&mut self, replaces_content: bool) {
        for format in FORMATS {
            if format.replaces_content != replaces_content {
                continue;
            }
            for output in (format.outputs)(self.site) {
                // Of two files with one path the first counts. The author gets `duplicate-output` for files of the content.
                if self.taken.insert(output.path.clone()) {
                    self.plan.outputs.push(output);
                }
            }
        }
    }

    fn add_theme(&mut self, theme: &Theme) {
        for file in theme.assets() {
            if self.taken.insert(file.path.clone()) {
                self.plan.ready.push(file.clone());
            }
        }
        // Files that are no text are not in memory: they are copied from where they are.
        for (from, to) in binary_assets(&self.site.sources) {
            self.add_copy(from, to);
        }
    }

    /// Files of the content that are published as they are.
    fn add_assets(&mut self) {
        for path in self.site.sources.assets().keys() {
            self.add_asset(path);
        }
        // A text file can be published as it is, too: a `.js` or `.txt` among the resources of a `docfx.json`.
        for source in self.site.sources.texts() {
            self.add_asset(&source.path);
        }
    }

    fn add_asset(&mut self, path: &SitePath) {
        if let Some(placed) = self.site.placed(path)
            && placed.kind == FileKind::Assets
        {
            self.add_copy(path.clone(), placed.output);
        }
    }

    fn add_copy(&mut self, from: SitePath, to: SitePath) {
        if self.taken.insert(to.clone()) {
            self.plan.copies.push((from, to));
        }
    }
}
