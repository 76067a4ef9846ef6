//! Uids -> the ids that programs know pages by, and the pages they open. Pages of one kind in different languages share one id: their uid
//! without the language in it (`help-no-follow-ups` is `help-follow-ups`).

use std::borrow::Cow;

use crate::locale::LocaleId;
use crate::site::{PageId, PageKind, Site};
use crate::source::SourceId;

/// Redirects are followed no further than this: more would be a loop.
const MAX_REDIRECTS: usize = 10;

/// The id of a page: its uid without its language, which is a part between signs that is the folder or the tag of the language of the page.
pub(super) fn help_id<'u>(site: &Site, uid: &'u str, source: SourceId) -> Cow<'u, str> {
    let Some(locale) = site.linked(source).and_then(|linked| linked.locale) else {
        return Cow::Borrowed(uid);
    };
    let locale = site.config.locales.get(locale);
    let mut at = 0;
    for part in uid.split_inclusive(is_separator) {
        let name = part.trim_end_matches(is_separator);
        if name.eq_ignore_ascii_case(&locale.folder) || name.eq_ignore_ascii_case(&locale.tag) {
            let rest = format!("{}{}", &uid[..at], &uid[at + part.len()..]);
            return match rest.trim_end_matches(is_separator) {
                "" => Cow::Borrowed(uid),
                id => Cow::Owned(id.to_owned()),
            };
        }
        at += part.len();
    }
    Cow::Borrowed(uid)
}

fn is_separator(sign: char) -> bool {
    matches!(sign, '-' | '.' | '_' | ':' | '/')
}

/// The page that a uid of the file `source` opens in a language, behind all redirects.
pub(super) fn page_for(site: &Site, source: SourceId, locale: LocaleId) -> Option<PageId> {
    let set = site.translation_set_of(source)?;
    let mut id = site.version_for(set, locale)?.page();
    for _ in 0..MAX_REDIRECTS {
        if site.page(id).kind != PageKind::Redirect {
            return Some(id);
        }
        id = site.redirect_target(id)?.1;
    }
    None
}
