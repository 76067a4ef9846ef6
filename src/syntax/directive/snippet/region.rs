//! Regions marked in source code: `// <name>` ... `// </name>`, `#region name` ... `#endregion` and their kin (DocFX spec 5.1).

use super::language::Marks;

/// The lines between the marks of `name`, without the marks of other regions; nothing if there is no such region. White space and case
/// don't matter in marks. Of regions with one name the last counts; a region that isn't closed has no lines.
pub(super) fn find<'a>(lines: &[&'a str], name: &str, ways: &[Marks]) -> Option<Vec<&'a str>> {
    ways.iter().find_map(|&way| find_by(lines, name, way))
}

struct Region {
    name: String,
    start: usize,
    end: Option<usize>,
}

fn find_by<'a>(lines: &[&'a str], name: &str, way: Marks) -> Option<Vec<&'a str>> {
    let mut regions: Vec<Region> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut marks = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let Some(mark) = mark(line, way) else {
            continue;
        };
        marks.push(number);
        match mark {
            Mark::Start(name) => {
                regions.retain(|region| region.name != name);
                open.push(name.clone());
                regions.push(Region {
                    name,
                    start: number + 1,
                    end: None,
                });
            }
            Mark::End(name) => {
                let name = name.or_else(|| open.pop()).unwrap_or_default();
                if let Some(region) = regions
                    .iter_mut()
                    .find(|region| region.name == name && region.end.is_none())
                {
                    region.end = Some(number);
                }
            }
        }
    }
    let wanted = name.to_lowercase();
    let named = |wanted: &str| regions.iter().find(|region| region.name == wanted);
    let region = named(&wanted).or_else(|| named(&format!("snippet{wanted}")))?;
    let range = region.start..region.end.unwrap_or(region.start);
    Some(
        range
            .filter(|number| marks.binary_search(number).is_err())
            .map(|number| lines[number])
            .collect(),
    )
}

enum Mark {
    Start(String),
    /// With its name, or for `#endregion` without.
    End(Option<String>),
}

fn mark(line: &str, way: Marks) -> Option<Mark> {
    let (open, close) = match way {
        Marks::Comment(open, close) => (open, close),
        Marks::Region => {
            let rest = after(line, "#")?;
            if let Some(rest) = after(rest, "endregion") {
                // Words after `#endregion` are a remark.
                return (rest.is_empty() || rest.starts_with(char::is_whitespace))
                    .then_some(Mark::End(None));
            }
            return Some(Mark::Start(
                after(rest, "region")?
                    .trim()
                    .trim_matches('"')
                    .to_lowercase(),
            ));
        }
    };
    let rest = after(after(line, open)?, "<")?;
    let (rest, ends) = after(rest, "/").map_or((rest, false), |rest| (rest, true));
    let (name, rest) = rest.split_once('>')?;
    let rest = after(rest, close)?;
    let name = name.trim().to_lowercase();
    let complete = rest.trim().is_empty() && sound(&name);
    let mark = if ends {
        Mark::End(Some(name))
    } else {
        Mark::Start(name)
    };
    complete.then_some(mark)
}

fn sound(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|character| character.is_alphanumeric() || matches!(character, '_' | '.' | '-'))
}

/// What follows `sign`, if `text` begins with it, whatever white space there is before and within.
fn after<'a>(text: &'a str, sign: &str) -> Option<&'a str> {
    let mut rest = text;
    for wanted in sign.chars() {
        rest = rest.trim_start();
        let found = rest.chars().next()?;
        if !found.eq_ignore_ascii_case(&wanted) {
            return None;
        }
        rest = &rest[found.len_utf8()..];
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::super::language::ALL;
    use super::find;

    #[test]
    fn every_comment_sign_marks_a_region() {
        for (start, end) in [
            ("// <Main>", "// </Main>"),
            ("  #region main", "  #endregion"),
            ("# Region \"main\"", "#endregion main"),
            ("<!-- <main> -->", "<!-- </main> -->"),
            ("' <snippetMain>", "' </snippetMain>"),
            ("REM <main>", "REM </main>"),
            ("/*<main>*/", "/*</main>*/"),
        ] {
            let text = ["before", start, "  one", "two", end, "after"];
            assert_eq!(
                find(&text, "main", ALL),
                Some(vec!["  one", "two"]),
                "{start}"
            );
            assert_eq!(find(&text, "none", ALL), None);
        }
        let nested = [
            "// <a>",
            "one",
            "// <other>",
            "two",
            "// </other>",
            "// </a>",
        ];
        assert_eq!(find(&nested, "a", ALL), Some(vec!["one", "two"]));
        assert_eq!(
            find(&["// <empty>", "// </empty>"], "empty", ALL),
            Some(vec![])
        );
        assert_eq!(
            find(
                &["// <a>", "1", "// <a>", "2", "// </a>", "3", "// </a>"],
                "a",
                ALL
            ),
            Some(vec!["2"])
        );
    }
}
