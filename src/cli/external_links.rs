//! The external addresses of a site -> the status of each, from a cache file or by requesting it. Knows the arguments and the cache
//! file; the requests are made in `web`.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use clap::Args;

use super::exit_status::{CommandError, expect_tls};
use super::progress::Progress;
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::check::external::{UrlStatus, external_addresses};
use crate::disk::{self, Folder};
use crate::report::{counted, grouped};
use crate::site::Site;
use crate::source::SitePath;
use crate::web::{RateLimit, ResponseCache, request_all};

/// The cache of responses, in ROOT.
const CACHE_FILE: &str = ".hjelp-external";

const SECONDS_PER_DAY: u64 = 24 * 60 * 60;

/// The arguments about external links.
#[derive(Debug, Args)]
pub(super) struct ExternalArgs {
    /// Also check external links by requesting them
    #[arg(long, conflicts_with_all = ["dry_run", "since"])]
    external: bool,

    /// Reuse earlier results for DAYS days; failures for one day at most
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "external")]
    external_expiry: u32,
}

impl ExternalArgs {
    /// The status of the external addresses of a site; empty if they are not checked.
    pub(super) fn statuses(
        &self,
        site: &Site,
        root: &SiteArgs,
        terminal: &Terminal,
    ) -> Result<BTreeMap<String, UrlStatus>, CommandError> {
        if !self.external {
            return Ok(BTreeMap::new());
        }
        let text =
            Folder::open(&root.root).and_then(|folder| folder.read_text(Path::new(CACHE_FILE)));
        let mut cache = match text {
            Ok(text) => ResponseCache::read(&text),
            // Without the cache everything is requested again, which is no reason to fail.
            Err(_) => ResponseCache::default(),
        };
        let now = seconds_since_epoch();
        let expiry = u64::from(self.external_expiry) * SECONDS_PER_DAY;
        cache.drop_expired(now, Duration::from_secs(expiry));

        let addresses = external_addresses(site);
        let mut uncached = Vec::new();
        for address in &addresses {
            if cache.get(address).is_none() {
                uncached.push(address.clone());
            }
        }
        expect_tls(&uncached)?;
        let progress = Progress::counting(
            "addresses",
            Instant::now(),
            uncached.len(),
            terminal.is_interactive(),
        );
        let responses = request_all(&uncached, RateLimit::default(), || progress.step());
        // Cleared before anything else is printed.
        drop(progress);
        // Written even if the command fails later: the requests took long.
        cache.add(now, responses);
        let file = SitePath::new(CACHE_FILE).unwrap_or_else(|_| SitePath::root());
        disk::write_file_below(&root.root, &file, cache.text().as_bytes())?;

        let mut statuses = BTreeMap::new();
        let mut unknown = 0;
        for address in addresses {
            if let Some(status) = cache.get(&address) {
                unknown += usize::from(*status == UrlStatus::Unknown);
                statuses.insert(address, status.clone());
            }
        }
        terminal.print_status(&summary(statuses.len(), uncached.len(), unknown));
        Ok(statuses)
    }
}

/// The time now; 0 if the clock is before 1970.
fn seconds_since_epoch() -> u64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_secs(),
        Err(_) => 0,
    }
}

/// How many addresses there are, were requested, and have no known status.
fn summary(all: usize, requested: usize, unknown: usize) -> String {
    let mut text = format!(
        "{}: {} requested, {} from the cache",
        counted(all, "external link"),
        grouped(requested),
        grouped(all - requested)
    );
    if unknown > 0 {
        text.push_str(&format!(", {} unknown", grouped(unknown)));
    }
    text.push('\n');
    text
}
