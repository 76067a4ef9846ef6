//! Amazon S3: a line for each redirect with the key of the object, a tab and its `x-amz-website-redirect-location`, for the script that uploads the site.
//! Routing rules of a bucket would be too few: 50.

use super::rules::ServerRules;
use crate::addresses::redirects::Redirect;

pub(super) fn rules(redirects: &[Redirect]) -> ServerRules {
    let mut text = String::new();
    for redirect in redirects {
        // The page at its address says that it is gone: S3 has no other answer.
        if let Some(to) = &redirect.to {
            let key = redirect.from.trim_start_matches('/');
            text.push_str(&format!("{key}\t{to}\n"));
        }
    }
    ServerRules::file("redirects-s3.txt", text)
}
