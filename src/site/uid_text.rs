//! A uid that neither a page nor a map has -> what readers see in its place: the words that its author gave, or else its last part. Most of
//! such uids are those of an API reference that is published elsewhere: `` System.Collections.Generic.List`1.Add(`0) `` is the code `Add(T)`.

use std::borrow::Cow;

use crate::source::percent;

use super::xref::Xref;

/// The text of a reference that can't be a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UidText {
    /// The words.
    pub text: String,
    /// True for the name of something in a program.
    pub is_code: bool,
}

impl UidText {
    /// The text in place of a reference to an unknown uid.
    pub fn of(xref: &Xref) -> UidText {
        if let Some(words) = xref.text.as_ref().or(xref.alt.as_ref()) {
            return UidText {
                text: words.clone(),
                is_code: false,
            };
        }
        let uid = whole_uid(xref);
        let Some(name) = ApiName::of(&uid) else {
            return UidText {
                text: last_part(&uid).to_owned(),
                is_code: false,
            };
        };
        UidText {
            text: name.shown(xref.display.as_deref()),
            is_code: true,
        }
    }
}

/// A text that is no Markdown, with what readers see in place of each `<xref:uid>` in it.
pub fn without_mentions(text: &str) -> Cow<'_, str> {
    const START: &str = "<xref:";
    if !text.contains(START) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, mention)) = rest.split_once(START) {
        out.push_str(before);
        let Some((uid, after)) = mention.split_once('>') else {
            // Without an end it is text.
            out.push_str(START);
            rest = mention;
            continue;
        };
        out.push_str(&UidText::of(&Xref::of(uid)).text);
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The namespace that a uid of an API begins with, `System` of `System.String`; nothing for any other uid.
pub fn api_namespace(uid: &str) -> Option<String> {
    let uid = percent::decode(uid);
    let name = ApiName::of(&uid)?;
    Some(name.parts[0].to_owned())
}

/// The uid with what is behind a `#` in it: `System.Uri.#ctor` names a constructor, not a place on a page.
fn whole_uid(xref: &Xref) -> String {
    let mut uid = percent::decode(xref.uid.trim()).into_owned();
    if uid.ends_with('.') {
        uid.push_str(&xref.tail);
    }
    uid
}

/// The last of parts that are words; the whole uid if they aren't, such as `v2.1`.
fn last_part(uid: &str) -> &str {
    let is_dotted = uid.split('.').all(is_identifier);
    match uid.rsplit_once('.') {
        Some((_, last)) if is_dotted => last,
        _ => uid,
    }
}

/// The uid of something in a program, taken apart.
struct ApiName<'a> {
    parts: Vec<&'a str>,
    /// What is between the parentheses of a method.
    parameters: Option<&'a str>,
}

impl<'a> ApiName<'a> {
    /// Nothing unless the uid can only be a name in a program: parts with dots between them, the first of which begins with a capital letter.
    fn of(uid: &'a str) -> Option<ApiName<'a>> {
        let (path, parameters) = match uid.split_once('(') {
            Some((path, rest)) => (path, Some(rest.strip_suffix(')')?)),
            None => (uid, None),
        };
        let path = path.strip_suffix('*').unwrap_or(path);
        let parts: Vec<&str> = path.split('.').collect();
        let begins = parts[0].starts_with(char::is_uppercase);
        let is_name = begins && parts.len() > 1 && parts.iter().all(|part| is_api_part(part));
        is_name.then_some(ApiName { parts, parameters })
    }

    fn shown(&self, display: Option<&str>) -> String {
        let count = match display {
            Some(display) if display.eq_ignore_ascii_case("fullName") => self.parts.len(),
            // A type has only its namespace in front of its name.
            Some(display)
                if display.eq_ignore_ascii_case("nameWithType") && self.parts.len() > 2 =>
            {
                2
            }
            _ => 1,
        };
        let mut shown = Vec::new();
        let first = self.parts.len() - count;
        for (number, part) in self.parts.iter().enumerate().skip(first) {
            // A constructor is called like its type.
            let name = if *part == "#ctor" && number > 0 {
                self.parts[number - 1]
            } else {
                part
            };
            shown.push(with_type_parameters(name));
        }
        let mut text = shown.join(".");
        if let Some(parameters) = self.parameters {
            let mut types = Vec::new();
            for parameter in parameters.split(',').filter(|one| !one.is_empty()) {
                types.push(type_name(parameter.trim()));
            }
            text.push_str(&format!("({})", types.join(", ")));
        }
        text
    }
}

fn is_api_part(part: &str) -> bool {
    let name = part.split('`').next().unwrap_or("");
    let rest = &part[name.len()..];
    (is_identifier(name) || matches!(part, "#ctor" | "#cctor"))
        && rest
            .chars()
            .all(|sign| sign == '`' || sign.is_ascii_digit())
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && text
            .chars()
            .all(|sign| sign.is_alphanumeric() || sign == '_')
}

/// `` List`1 `` as `List<T>`: the names of type parameters are not part of a uid.
fn with_type_parameters(part: &str) -> String {
    let (name, count) = part.split_once('`').unwrap_or((part, ""));
    match count.trim_matches('`').parse::<usize>() {
        Ok(1) => format!("{name}<T>"),
        Ok(count) if (2..=9).contains(&count) => {
            let mut names = Vec::new();
            for number in 1..=count {
                names.push(format!("T{number}"));
            }
            format!("{name}<{}>", names.join(", "))
        }
        _ => name.to_owned(),
    }
}

/// The type of a parameter without its namespace.
fn type_name(parameter: &str) -> String {
    // `` `0 `` and ``` ``0 ``` are type parameters of the type and of the method.
    if parameter.starts_with('`') {
        return "T".to_owned();
    }
    let own = parameter.split(['{', '<']).next().unwrap_or(parameter);
    let name = own.rsplit('.').next().unwrap_or(own);
    format!("{name}{}", &parameter[own.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(target: &str) -> String {
        let shown = UidText::of(&Xref::of(target));
        if shown.is_code {
            format!("`{}`", shown.text)
        } else {
            shown.text
        }
    }

    #[test]
    fn names_of_an_api_are_code() {
        for (target, expected) in [
            ("System.String", "`String`"),
            ("System.String.Length%2A", "`Length`"),
            ("System.String.Join*", "`Join`"),
            ("System.Collections.Generic.List%601", "`List<T>`"),
            (
                "System.Collections.Generic.Dictionary`2",
                "`Dictionary<T1, T2>`",
            ),
            ("System.Uri.#ctor", "`Uri`"),
            ("System.Uri.%23ctor(System.String)", "`Uri(String)`"),
            (
                "System.String.Join(System.String,System.Object[])",
                "`Join(String, Object[])`",
            ),
            ("System.String.Clone()", "`Clone()`"),
            ("System.Int32?displayProperty=fullName", "`System.Int32`"),
            (
                "System.Int32.Parse*?displayProperty=nameWithType",
                "`Int32.Parse`",
            ),
        ] {
            assert_eq!(text(target), expected, "{target}");
        }
    }

    #[test]
    fn other_uids_are_words() {
        for (target, expected) in [
            ("hjelp-no-salg", "hjelp-no-salg"),
            ("firma.start", "start"),
            ("Versjon 2.1", "Versjon 2.1"),
            ("v2.1", "v2.1"),
            ("String", "String"),
            ("System.String?text=tekst", "tekst"),
            ("System.String?alt=i%20stedet", "i stedet"),
        ] {
            assert_eq!(text(target), expected, "{target}");
        }
        assert_eq!(
            api_namespace("Microsoft.Data.X%2A").as_deref(),
            Some("Microsoft")
        );
        assert_eq!(api_namespace("firma.start"), None);
    }
}
