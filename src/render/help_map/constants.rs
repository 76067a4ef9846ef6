//! Ids -> constants of programming languages, so that a typo in an id is a compile error.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::escape::xml_text;

/// An id as a constant.
struct Constant<'a> {
    /// A valid and unique identifier.
    name: String,
    id: &'a str,
    /// The title of the page, on one line.
    title: String,
}

/// How the words of an identifier are joined.
#[derive(Clone, Copy)]
enum Case {
    /// `followUps`
    Camel,
    /// `FollowUps`
    Pascal,
}

/// A TypeScript object with the ids of `titles`, which has the title of the page of each.
pub(super) fn typescript(titles: &BTreeMap<&str, &str>) -> String {
    let mut out = "/** The ids of help pages. Made by `hjelp helpmap --format ts`. */\nexport const HelpId = {\n".to_owned();
    for constant in constants(titles, Case::Camel) {
        // A title must not end the comment that it is in.
        let title = constant.title.replace("*/", "* /");
        let (name, id) = (constant.name, quoted(constant.id));
        out.push_str(&format!("  /** {title} */\n  {name}: {id},\n"));
    }
    out + "} as const;\n\nexport type HelpId = (typeof HelpId)[keyof typeof HelpId];\n"
}

/// A C# class with the ids of `titles`, which has the title of the page of each.
pub(super) fn csharp(titles: &BTreeMap<&str, &str>) -> String {
    let mut out =
        "/// <summary>The ids of help pages. Made by <c>hjelp helpmap --format cs</c>.</summary>\npublic static class HelpId\n{\n"
            .to_owned();
    for constant in constants(titles, Case::Pascal) {
        let title = xml_text(&constant.title);
        let (name, id) = (constant.name, quoted(constant.id));
        out.push_str(&format!(
            "    /// <summary>{title}</summary>\n    public const string {name} = {id};\n"
        ));
    }
    out + "}\n"
}

/// A string literal. Both languages read what JSON writes, but some signs end a line in them that don't in JSON.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for char in serde_json::to_string(text).unwrap_or_default().chars() {
        if ends_line(char) {
            quoted.push_str(&format!("\\u{:04x}", u32::from(char)));
        } else {
            quoted.push(char);
        }
    }
    quoted
}

/// True for what ends a line, and with it a comment or a string, in C# (ECMA-334 6.3.3) or in JavaScript (ECMA-262 12.3).
fn ends_line(char: char) -> bool {
    char.is_control() || matches!(char, '\u{2028}' | '\u{2029}')
}

fn constants<'a>(titles: &BTreeMap<&'a str, &str>, case: Case) -> Vec<Constant<'a>> {
    let mut taken = BTreeSet::new();
    let mut constants = Vec::new();
    for (id, title) in titles {
        let base = identifier(id, case);
        let mut name = base.clone();
        let mut number = 2;
        // `follow-ups` and `follow.ups` are one identifier.
        while !taken.insert(name.clone()) {
            name = format!("{base}{number}");
            number += 1;
        }
        constants.push(Constant {
            name,
            id,
            title: title.replace(ends_line, " "),
        });
    }
    constants
}

fn identifier(id: &str, case: Case) -> String {
    let mut name = String::new();
    for word in id.split(|sign: char| !sign.is_alphanumeric()) {
        let mut signs = word.chars();
        let Some(first) = signs.next() else { continue };
        name.push(match case {
            Case::Camel if name.is_empty() => first.to_ascii_lowercase(),
            _ => first.to_ascii_uppercase(),
        });
        name.push_str(signs.as_str());
    }
    // No identifier begins with a digit.
    if !name.starts_with(char::is_alphabetic) {
        name.insert(0, '_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_and_no_id_ends_its_line() {
        for end in [
            "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}", "\u{b}", "\u{c}",
        ] {
            let (id, title) = (format!("a{end}b"), format!("Tittel{end}kode();"));
            let titles = BTreeMap::from([(id.as_str(), title.as_str()), ("på-å", "På ‘å’ – «x»")]);
            for text in [typescript(&titles), csharp(&titles)] {
                assert!(text.contains("Tittel kode();"), "{text}");
                assert!(
                    text.contains("\"på-å\"") && text.contains("På ‘å’ – «x»"),
                    "{text}"
                );
                let mut lines = text.split(ends_line).filter(|line| line.contains("kode"));
                let line = lines.next().unwrap_or_default().trim_start();
                assert!(line.starts_with("/**") || line.starts_with("///"), "{line}");
            }
        }
    }

    #[test]
    fn identifiers_are_valid_and_unique() {
        let titles = BTreeMap::from([
            ("2-steps", "Two"),
            ("follow-ups", "Follow-ups */"),
            ("follow.ups", "Others <&"),
        ]);
        let typescript = typescript(&titles);
        assert!(typescript.contains("  /** Two */\n  _2Steps: \"2-steps\",\n"));
        assert!(typescript.contains("  /** Follow-ups * / */\n  followUps: \"follow-ups\",\n"));
        let csharp = csharp(&titles);
        assert!(csharp.contains("<summary>Others &lt;&amp;</summary>\n    public const string FollowUps2 = \"follow.ups\";"));
    }
}
