//! A reference in a toc -> what it asks for, by its address alone (DocFX spec 14.3).

use crate::syntax::RefKind;
use crate::syntax::reference::Outgoing;
use crate::syntax::toc::is_toc;

use super::address::split_address;

/// True if the toc that is mentioned this way is unfolded in place. That of a folder or a `tocHref` is not: the entry leads to its first page.
pub(super) fn is_nested(reference: Outgoing<'_>) -> bool {
    if reference.kind != RefKind::Toc {
        return false;
    }
    let path = split_address(reference.target).0;
    // By its name alone: whether there is such a file is for the resolver to decide.
    let name = match path.rsplit_once(['/', '\\']) {
        Some((_, name)) => name,
        None => path,
    };
    is_toc(name)
}

/// A folder's name as words: `follow-ups/` is `follow ups` (DocFX spec 14.3).
pub(super) fn folder_name(target: &str) -> Box<str> {
    let path = split_address(target).0.trim_end_matches('/');
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    // A toc is called after its folder.
    let name = if is_toc(name) && !folder.is_empty() {
        folder.rsplit('/').next().unwrap_or(folder)
    } else {
        name
    };
    name.replace(['-', '_'], " ").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_toc_file_in_an_href_is_nested() {
        let nested = |kind, target| is_nested(Outgoing { kind, target });
        assert!(nested(RefKind::Toc, "a/toc.yml"));
        assert!(nested(RefKind::Toc, "a\\TOC.md?x"));
        assert!(!nested(RefKind::Toc, "a/"));
        assert!(!nested(RefKind::TocLink, "a/toc.yml"));
    }

    #[test]
    fn folders_are_named_in_words() {
        assert_eq!(&*folder_name("follow-ups/"), "follow ups");
        assert_eq!(&*folder_name("../send_mail/toc.yml"), "send mail");
        assert_eq!(&*folder_name("toc.yml"), "toc.yml");
    }
}
