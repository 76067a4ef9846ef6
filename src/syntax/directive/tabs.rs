//! `# [Label](#tab/id)`: whether a heading's link opens a tab (DocFX spec 6).

use crate::syntax::tree::Tab;

/// Reads the address of a heading that is nothing but a link labelled `label`.
pub fn tab_of(address: &str, label: &str) -> Option<Tab> {
    let mut parts = address.strip_prefix("#tab/")?.split('/');
    let id = parts.next()?;
    // `#tab/id/` has an empty condition, which is none.
    let condition = parts.next().filter(|condition| !condition.is_empty());
    if parts.next().is_some() || !id.split('+').all(is_id) {
        return None;
    }
    if let Some(condition) = condition
        && !is_id(condition)
    {
        return None;
    }
    Some(Tab {
        id: id.into(),
        condition: condition.map(Into::into),
        label: label.into(),
    })
}

fn is_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    !text.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_well_formed_addresses_open_tabs() {
        assert_eq!(&*tab_of("#tab/web", "Web").unwrap().id, "web");
        assert_eq!(
            tab_of("#tab/a+b/c", "").unwrap().condition.as_deref(),
            Some("c")
        );
        assert_eq!(tab_of("#tab/a/", "").unwrap().condition, None);
        for address in ["#tab/", "#tab/å", "tab/a", "#tab/a/b/c", "#tab/a+"] {
            assert_eq!(tab_of(address, ""), None, "{address}");
        }
    }
}
