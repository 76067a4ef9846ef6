//! Regions marked in source code: `// <name>` ... `// </name>`, `#region name` ... `#endregion` and their kin (DocFX spec 5.1).
//! The comment sign before a mark is not tied to the file's language: any of the known ones is understood in any file.

/// The lines between the marks of `name`, without the marks of other regions; nothing if there is no such region.
pub(super) fn find<'a>(lines: &[&'a str], name: &str) -> Option<Vec<&'a str>> {
    let wanted =
        |found: &str| found.eq_ignore_ascii_case(name) || found.strip_prefix("snippet").is_some_and(|rest| rest.eq_ignore_ascii_case(name));
    let mut picked = Vec::new();
    let mut open: Vec<bool> = Vec::new();
    let mut inside = 0;
    let mut seen = false;
    for line in lines {
        match mark(line) {
            Some(Mark::Start(found)) if wanted(&found) => (inside, seen) = (inside + 1, true),
            Some(Mark::End(found)) if wanted(&found) => inside -= 1,
            Some(Mark::RegionStart(found)) => {
                let hit = wanted(&found);
                open.push(hit);
                inside += i32::from(hit);
                seen |= hit;
            }
            Some(Mark::RegionEnd) => inside -= i32::from(open.pop().unwrap_or(false)),
            Some(_) => {}
            None if inside > 0 => picked.push(*line),
            None => {}
        }
    }
    seen.then_some(picked)
}

enum Mark {
    Start(String),
    End(String),
    RegionStart(String),
    RegionEnd,
}

fn mark(line: &str) -> Option<Mark> {
    let line: String = line.chars().filter(|character| !character.is_whitespace()).collect();
    let lower = line.to_ascii_lowercase();
    if lower.starts_with("#endregion") {
        return Some(Mark::RegionEnd);
    }
    if let Some(name) = lower.strip_prefix("#region") {
        return Some(Mark::RegionStart(line[line.len() - name.len()..].trim_matches('"').to_owned()));
    }
    let inside = |open: &str, close: &str| {
        lower.strip_prefix(open)?.strip_suffix(close).map(str::len).map(|len| line[open.len()..open.len() + len].to_owned())
    };
    let signs = [("//", ""), ("'", ""), ("<!--", "-->"), ("--", ""), ("#", ""), ("rem", ""), ("%", ""), (";", ""), ("/*", "*/")];
    let comment = signs.iter().find_map(|(open, close)| inside(&format!("{open}<"), &format!(">{close}")))?;
    let (name, end) = comment.strip_prefix('/').map_or((comment.as_str(), false), |name| (name, true));
    let sound = !name.is_empty() && name.chars().all(|character| character.is_alphanumeric() || matches!(character, '_' | '.' | '-'));
    sound.then(|| if end { Mark::End(name.to_owned()) } else { Mark::Start(name.to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn every_comment_sign_marks_a_region() {
        for (start, end) in [
            ("// <Main>", "// </Main>"),
            ("  #region main", "  #endregion"),
            ("<!-- <main> -->", "<!-- </main> -->"),
            ("' <snippetMain>", "' </snippetMain>"),
            ("REM <main>", "REM </main>"),
            ("/*<main>*/", "/*</main>*/"),
        ] {
            let text = ["before", start, "  one", "// <other>", "two", "// </other>", end, "after"];
            assert_eq!(find(&text, "main"), Some(vec!["  one", "two"]), "{start}");
            assert_eq!(find(&text, "none"), None);
        }
        assert_eq!(find(&["// <empty>", "// </empty>"], "empty"), Some(vec![]));
    }
}
