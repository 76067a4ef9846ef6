//! Redirects -> the files by which a web server answers with them itself (301), for each server that hjelp knows. Pages that redirect are written
//! in any case, so a rule that doesn't fit into a server's limits is no lost address.

mod apache;
mod azure;
mod iis;
mod json;
mod nginx;
mod rules;
mod s3;
mod underscore;

use crate::config::RedirectServer;
use crate::site::Graph;

use super::redirects::{Redirect, prefix};

pub use super::redirects::server_prefix;
pub use rules::{RedirectFile, ServerRules};

/// The files for `server` of a site.
pub fn server_rules(graph: &Graph, server: RedirectServer, redirects: &[Redirect]) -> ServerRules {
    match server {
        RedirectServer::Netlify => underscore::NETLIFY.rules(redirects),
        RedirectServer::Cloudflare => underscore::CLOUDFLARE.rules(redirects),
        RedirectServer::Gitlab => underscore::GITLAB.rules(redirects),
        RedirectServer::Azure => azure::rules(redirects),
        RedirectServer::Iis => iis::rules(
            redirects,
            &prefix(graph.config.base_url.as_deref().unwrap_or("")),
        ),
        RedirectServer::Nginx => nginx::rules(redirects),
        RedirectServer::Apache => apache::rules(redirects),
        RedirectServer::S3 => s3::rules(redirects),
        RedirectServer::Json => json::rules(redirects, &graph.config.locales),
    }
}
