//! What stands behind `xref:` -> the uid, and what the author wants to be said and added (DocFX spec 9.2).

use crate::source::percent;

use super::address::AddressParts;

/// A mention of a uid, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Xref {
    /// The uid, as typed.
    pub uid: String,
    /// `text=`: what the link says.
    pub text: Option<String>,
    /// `alt=`: what is said if the uid is unknown.
    pub alt: Option<String>,
    /// `title=`: what is said when the pointer rests on the link.
    pub title: Option<String>,
    /// `displayProperty=`: which property of the page the link says.
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
        let mut rest = Vec::new();
        for (key, value) in parts.pairs() {
            let text =
                || Some(percent::decode(&value.unwrap_or("").replace('+', " ")).into_owned());
            let slot = match key.to_ascii_lowercase().as_str() {
                "text" => &mut xref.text,
                "alt" => &mut xref.alt,
                "title" => &mut xref.title,
                "displayproperty" => &mut xref.display,
                "altproperty" => continue,
                _ => {
                    rest.push(
                        value.map_or_else(|| key.to_owned(), |value| format!("{key}={value}")),
                    );
                    continue;
                }
            };
            // Attributes of an `<xref>` come before what its address says.
            *slot = slot.take().or_else(text);
        }
        let query = if rest.is_empty() {
            String::new()
        } else {
            format!("?{}", rest.join("&"))
        };
        xref.tail = query + parts.fragment;
        xref
    }
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
