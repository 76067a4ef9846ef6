//! The address after `xref:` -> the uid, the texts of the link, and what is appended to the page's address (DocFX spec 9.2).

use crate::source::percent;

use super::address::AddressParts;

/// A mention of a uid, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Xref {
    /// The uid, as typed.
    pub uid: String,
    /// `text=`: the text of the link.
    pub text: Option<String>,
    /// `alt=`: the text if the uid is unknown.
    pub alt: Option<String>,
    /// `title=`: the tooltip of the link.
    pub title: Option<String>,
    /// `displayProperty=`: the property of the page that is the text of the link.
    pub display: Option<String>,
    /// The rest of the query, and the fragment, for the page's address.
    pub tail: String,
}

impl Xref {
    /// Takes apart what was typed.
    pub fn of(target: &str) -> Xref {
        let parts = AddressParts::of(target);
        let mut xref = Xref {
            uid: parts.path.to_owned(),
            ..Xref::default()
        };
        for (key, value) in parts.pairs() {
            let key_name = key.to_ascii_lowercase();
            // DocFX has no use for `altProperty` when it writes HTML.
            if key_name == "altproperty" {
                continue;
            }
            let Some(slot) = xref.slot(&key_name) else {
                xref.tail.push(if xref.tail.is_empty() { '?' } else { '&' });
                xref.tail.push_str(key);
                if let Some(value) = value {
                    xref.tail.push('=');
                    xref.tail.push_str(value);
                }
                continue;
            };
            // Attributes of an `<xref>` come before the keys of its address, and the first one counts.
            if slot.is_none() {
                *slot = Some(decoded(value.unwrap_or_default()));
            }
        }
        xref.tail.push_str(parts.fragment);
        xref
    }

    /// The property a key of the query sets.
    fn slot(&mut self, key: &str) -> Option<&mut Option<String>> {
        match key {
            "text" => Some(&mut self.text),
            "alt" => Some(&mut self.alt),
            "title" => Some(&mut self.title),
            "displayproperty" => Some(&mut self.display),
            _ => None,
        }
    }
}

/// A value of a query: `+` is a space there.
fn decoded(value: &str) -> String {
    percent::decode(&value.replace('+', " ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::Xref;

    #[test]
    fn keys_of_the_query_are_taken_out_and_the_rest_stays() {
        let xref = Xref::of("a.b?text=A%20b&tabs=x&displayProperty=fullName#c");
        assert_eq!(
            (
                xref.uid.as_str(),
                xref.text.as_deref(),
                xref.display.as_deref()
            ),
            ("a.b", Some("A b"), Some("fullName"))
        );
        assert_eq!(xref.tail, "?tabs=x#c");
        assert_eq!(Xref::of("a#b").tail, "#b");
    }
}
