//! The names of the files that configure a site. Doesn't know what is in them.

/// The name of the configuration file, in the root of the site.
pub(super) const HJELP: &str = "hjelp.yml";

/// How the names of files with redirections begin.
pub(super) const REDIRECTIONS: &str = ".openpublishing.redirection";
