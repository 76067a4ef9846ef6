//! Uids -> the ids that programs know pages by, and the pages they open. Pages of one kind in different languages share one id: their uid
//! without the language in it (`help-no-follow-ups` is `help-follow-ups`).

use std::borrow::Cow;

use crate::locale::LocaleId;
use crate::site::{Graph, PageId, PageKind};
use crate::source::SourceId;

/// Redirects are followed no further than this: more would be a loop.
const MAX_REDIRECTS: usize = 10;

/// The id of a page: its uid without its language, which is a part between signs that is the folder or the tag of the language of the page.
pub(super) fn help_id<'u>(graph: &Graph, uid: &'u str, source: SourceId) -> Cow<'u, str> {
    let Some(locale) = graph.folder_locale(source) else {
        return Cow::Borrowed(uid);
    };
    let locale = graph.config.locales.get(locale);
    let mut at = 0;
    for part in uid.split_inclusive(is_separator) {
        let name = part.trim_end_matches(is_separator);
        // Folder or tag: the folder `no` has the tag `nb`.
        if name.eq_ignore_ascii_case(&locale.folder) || name.eq_ignore_ascii_case(&locale.tag) {
            let rest = format!("{}{}", &uid[..at], &uid[at + part.len()..]);
            return match rest.trim_end_matches(is_separator) {
                // A uid that is only a language has nothing else to be known by.
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
pub(super) fn page_for(graph: &Graph, source: SourceId, locale: LocaleId) -> Option<PageId> {
    let set = graph.translation_set_of(source)?;
    let mut id = graph.version_for(set, locale)?.page();
    for _ in 0..MAX_REDIRECTS {
        if graph.page(id).kind != PageKind::Redirect {
            return Some(id);
        }
        id = graph.redirect_target(id)?.1;
    }
    None
}
