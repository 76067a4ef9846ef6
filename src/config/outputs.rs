//! `outputs` of `hjelp.yml` -> which files for search and machines are written next to the pages. Doesn't know what is in them.

use super::reader::ConfigReader;
use crate::diagnostic::Code;
use crate::source::yaml::YamlNode;

/// Which files are written next to the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OutputOptions {
    /// The search, and the list of all pages from A to Z.
    pub search: bool,
    /// Every page as Markdown.
    pub markdown: bool,
    /// `llms.txt`, an overview for language models.
    pub llms: bool,
    /// Feeds of changes, as Atom.
    pub feeds: bool,
    /// `helpmap.json` and the page that finds a page by its uid.
    pub helpmap: bool,
    /// The servers that get redirects in their own notation.
    pub redirects: RedirectServers,
}

/// A notation of redirects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
// The number of a variant is its bit in a set of servers.
#[repr(u8)]
pub enum RedirectServer {
    /// `_redirects` of Netlify.
    Netlify,
    /// `_redirects` of Cloudflare Pages.
    Cloudflare,
    /// `_redirects` of GitLab Pages.
    Gitlab,
    /// `staticwebapp.config.json` of Azure Static Web Apps.
    Azure,
    /// `web.config` of IIS.
    Iis,
    /// Files to include in the configuration of nginx.
    Nginx,
    /// `.htaccess` of Apache.
    Apache,
    /// A list for a script that uploads the site to Amazon S3.
    S3,
    /// `redirects.json`, for other programs.
    Json,
}

impl RedirectServer {
    /// All of them, with their names in `hjelp.yml`.
    pub const ALL: [(&str, RedirectServer); 9] = [
        ("netlify", RedirectServer::Netlify),
        ("cloudflare", RedirectServer::Cloudflare),
        ("gitlab", RedirectServer::Gitlab),
        ("azure", RedirectServer::Azure),
        ("iis", RedirectServer::Iis),
        ("nginx", RedirectServer::Nginx),
        ("apache", RedirectServer::Apache),
        ("s3", RedirectServer::S3),
        ("json", RedirectServer::Json),
    ];

    /// True if both write a file with the same name.
    fn shares_a_file(self, other: RedirectServer) -> bool {
        const UNDERSCORE: [RedirectServer; 3] = [
            RedirectServer::Netlify,
            RedirectServer::Cloudflare,
            RedirectServer::Gitlab,
        ];
        self != other && UNDERSCORE.contains(&self) && UNDERSCORE.contains(&other)
    }
}

/// A set of servers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct RedirectServers(u16);

impl RedirectServers {
    fn insert(&mut self, server: RedirectServer) {
        self.0 |= 1 << server as u8;
    }

    /// The servers, in the order of [`RedirectServer::ALL`].
    pub fn iter(self) -> impl Iterator<Item = RedirectServer> {
        let all = RedirectServer::ALL.into_iter().map(|(_, server)| server);
        all.filter(move |server| self.0 & (1 << *server as u8) != 0)
    }
}

impl Default for OutputOptions {
    fn default() -> Self {
        OutputOptions {
            search: true,
            markdown: true,
            llms: true,
            feeds: true,
            helpmap: true,
            redirects: RedirectServers::default(),
        }
    }
}

impl ConfigReader<'_> {
    /// Reads `outputs`. What is not turned off is written.
    pub(super) fn read_outputs(&mut self, node: &YamlNode) -> OutputOptions {
        let keys = [
            "search",
            "markdown",
            "llms",
            "feeds",
            "helpmap",
            "redirects",
        ];
        let [search, markdown, llms, feeds, helpmap, redirects] =
            self.table(node, "`outputs`", keys);
        OutputOptions {
            search: self.flag(search, "`search`").unwrap_or(true),
            markdown: self.flag(markdown, "`markdown`").unwrap_or(true),
            llms: self.flag(llms, "`llms`").unwrap_or(true),
            feeds: self.flag(feeds, "`feeds`").unwrap_or(true),
            helpmap: self.flag(helpmap, "`helpmap`").unwrap_or(true),
            redirects: match redirects {
                Some(node) => self.read_redirect_servers(node),
                None => RedirectServers::default(),
            },
        }
    }

    fn read_redirect_servers(&mut self, node: &YamlNode) -> RedirectServers {
        let mut servers = RedirectServers::default();
        for item in node.one_or_many() {
            let Some(server) = self.choice(item, "`redirects`", RedirectServer::ALL) else {
                continue;
            };
            if servers.iter().any(|other| server.shares_a_file(other)) {
                self.error(
                    Code::UnexpectedValue,
                    item.span,
                    "two hosts that read `_redirects` each in their own way",
                    "Name only the host that the site is published on.",
                );
                continue;
            }
            servers.insert(server);
        }
        servers
    }
}
