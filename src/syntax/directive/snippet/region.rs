//! Regions marked in source code: `// <name>` ... `// </name>`, `#region name` ... `#endregion` and their kin (DocFX spec 5.1).

use rustc_hash::FxHashMap;

use super::language::Marks;

/// The lines between the marks of `name`, without the marks of other regions; nothing if there is no such region. White space and case
/// don't matter in marks. Of regions with one name the last counts; a region that isn't closed has no lines.
pub(super) fn find<'a>(lines: &[&'a str], name: &str, ways: &[Marks]) -> Option<Vec<&'a str>> {
    ways.iter().find_map(|way| find_by(lines, name, *way))
}

struct Region {
    start: usize,
    end: Option<usize>,
}

/// The regions that one kind of marks makes.
#[derive(Default)]
struct Regions {
    all: FxHashMap<String, Region>,
    /// The names of those whose end hasn't come yet.
    open: Vec<String>,
    /// The lines that are marks, in order.
    marks: Vec<usize>,
}

impl Regions {
    fn of(lines: &[&str], way: Marks) -> Regions {
        let mut regions = Regions::default();
        for (number, line) in lines.iter().enumerate() {
            if let Some(mark) = mark(line, way) {
                regions.marks.push(number);
                regions.add(mark, number);
            }
        }
        regions
    }

    fn add(&mut self, mark: Mark, line: usize) {
        match mark {
            Mark::Start(name) => {
                self.open.push(name.clone());
                let region = Region {
                    start: line + 1,
                    end: None,
                };
                // A region of the same name that came before is forgotten: the last one counts.
                self.all.insert(name, region);
            }
            Mark::End(name) => {
                // `#endregion` has no name: it ends the region that began last, whichever that is (DocFX spec 5.1).
                let name = match name {
                    Some(name) => name,
                    None => self.open.pop().unwrap_or_default(),
                };
                if let Some(region) = self.all.get_mut(&name)
                    && region.end.is_none()
                {
                    region.end = Some(line);
                }
            }
        }
    }

    fn named(&self, name: &str) -> Option<&Region> {
        self.all.get(name)
    }
}

fn find_by<'a>(lines: &[&'a str], name: &str, way: Marks) -> Option<Vec<&'a str>> {
    let regions = Regions::of(lines, way);
    let wanted = name.to_lowercase();
    let region = match regions.named(&wanted) {
        Some(region) => region,
        // Samples of Microsoft are marked so.
        None => regions.named(&format!("snippet{wanted}"))?,
    };
    let end = region.end.unwrap_or(region.start);
    let mut found = Vec::new();
    for (offset, line) in lines.get(region.start..end)?.iter().enumerate() {
        if regions
            .marks
            .binary_search(&(region.start + offset))
            .is_err()
        {
            found.push(*line);
        }
    }
    Some(found)
}

enum Mark {
    Start(String),
    /// With its name, or for `#endregion` without.
    End(Option<String>),
}

fn mark(line: &str, way: Marks) -> Option<Mark> {
    match way {
        Marks::Comment(open, close) => comment_mark(line, open, close),
        Marks::Region => region_mark(line),
    }
}

/// `// <name>` or `// </name>`
fn comment_mark(line: &str, open: &str, close: &str) -> Option<Mark> {
    let rest = after(after(line, open)?, "<")?;
    let end = after(rest, "/");
    let (name, rest) = end.unwrap_or(rest).split_once('>')?;
    let rest = after(rest, close)?;
    let name = name.trim().to_lowercase();
    if !rest.trim().is_empty() || !is_name(&name) {
        return None;
    }
    Some(match end {
        Some(_) => Mark::End(Some(name)),
        None => Mark::Start(name),
    })
}

/// `#region name` or `#endregion`
fn region_mark(line: &str) -> Option<Mark> {
    let rest = after(line, "#")?;
    if let Some(rest) = after(rest, "endregion") {
        // Words after `#endregion` are a remark.
        let is_end = rest.is_empty() || rest.starts_with(char::is_whitespace);
        return is_end.then_some(Mark::End(None));
    }
    let name = after(rest, "region")?.trim().trim_matches('"');
    Some(Mark::Start(name.to_lowercase()))
}

fn is_name(name: &str) -> bool {
    let is_sign = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '.' | '-');
    !name.is_empty() && name.chars().all(is_sign)
}

/// What follows `sign`, if `text` begins with it, with any white space before and within it.
fn after<'a>(text: &'a str, sign: &str) -> Option<&'a str> {
    let mut rest = text;
    // DocFX compares marks without white space: `//<x>`, `// <x>` and `/ / < x >` are the same.
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
