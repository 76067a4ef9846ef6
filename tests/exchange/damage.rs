//! Damage done by translators and their tools is refused, text by text, and nothing else is.

use std::collections::{BTreeMap, BTreeSet};

use super::support::*;

/// Numbers that are the same in every run.
struct Seed(u64);

impl Seed {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// Forty pages of blocks with codes, half of them translated. Every text is another one.
fn files(
    changed_original: &BTreeSet<String>,
    changed_translation: &BTreeSet<String>,
) -> Vec<(String, String)> {
    let mut files = vec![("content/en/img.png.md".to_owned(), "# Picture\n".to_owned())];
    for page in 0..40 {
        let name = format!("p{page}");
        let (mut original, mut translation) = (
            format!("---\ntitle: Page {name}\n---\n\n"),
            format!("---\ntitle: Side {name}\n---\n\n"),
        );
        for block in 0..14 {
            let id = format!("{name}x{block}");
            let (mut en, mut no) = match block % 4 {
                0 => (
                    format!("## Heading `{id}`"),
                    format!("## Overskrift `{id}`"),
                ),
                1 => (
                    format!("Press **OK {id}** in [the *list*](p1.md#{id})."),
                    format!("Trykk **OK {id}** i [*lista*](p1.md#{id})."),
                ),
                2 => (
                    format!("* An item of {id} with ![a picture](img.png) and `code`"),
                    format!("* Et punkt i {id} med ![bilde](img.png) og `kode`"),
                ),
                _ => (
                    format!("> [!NOTE]\n> Mind <kbd>{id}</kbd> and @uid{id} always"),
                    format!("> [!NOTE]\n> Pass på <kbd>{id}</kbd> og @uid{id} alltid"),
                ),
            };
            if changed_original.contains(&id) {
                en.push_str(" now");
            }
            if changed_translation.contains(&id) {
                no.push_str(" no");
            }
            original.push_str(&format!("{en}\n\n"));
            translation.push_str(&format!("{no}\n\n"));
        }
        files.push((format!("content/en/{name}.md"), original));
        // Those of other pages have none yet, and are made as a whole.
        files.push((format!("content/no/{name}.md"), translation));
    }
    files
}

fn as_site(files: &[(String, String)]) -> hjelp::workspace::Snapshot {
    site(
        &files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect::<Vec<_>>(),
    )
}

/// What can become of a unit on its way; `None` if it has nothing that could be broken like this.
fn damaged(kind: usize, unit: &str) -> Option<String> {
    let (head, target) = unit.split_once("<target>")?;
    let with = |target: String| Some(format!("{head}<target>{target}"));
    let element = |name: &str| {
        let start = target.find(&format!("<{name} "))?;
        let end = start + target[start..].find('>')? + 1;
        Some((start, end))
    };
    let id = |start: usize| target[start..].split('"').nth(1).map(str::to_owned);
    match kind {
        // A code is lost.
        0 => element("ph")
            .and_then(|(start, end)| with(format!("{}{}", &target[..start], &target[end..]))),
        // A code with two ends is lost.
        1 => element("pc").and_then(|(start, end)| {
            let rest = &target[end..];
            // The innermost one ends first.
            let inner = rest
                .find("<pc ")
                .is_none_or(|next| rest.find("</pc>").is_some_and(|close| close < next));
            let close = rest.find("</pc>")?;
            inner.then(|| {
                with(format!(
                    "{}{}{}",
                    &target[..start],
                    &rest[..close],
                    &rest[close + 5..]
                ))
            })?
        }),
        // A code is there twice.
        2 => element("ph")
            .and_then(|(start, end)| with(format!("{}{}", &target[start..end], target))),
        // A code that the text never had.
        3 => with(format!("<ph id=\"99\"/>{target}")),
        // A code without a number.
        4 => element("ph").and_then(|(start, _)| {
            with(target.replacen(&format!("<ph id=\"{}\"", id(start)?), "<ph id=\"x\"", 1))
        }),
        // The original was rewritten.
        5 => Some(unit.replacen("<source>", "<source>Changed ", 1)),
        // The id was rewritten.
        6 => Some(unit.replacen("<unit id=\"u", "<unit id=\"v", 1)),
        // The text came back twice.
        7 => Some(format!("{unit}{unit}")),
        // A code with two ends became one without.
        8 => element("pc").and_then(|(start, end)| {
            let number = id(start)?;
            let rest = &target[end..];
            let inner = rest
                .find("<pc ")
                .is_none_or(|next| rest.find("</pc>").is_some_and(|close| close < next));
            inner.then(|| {
                with(format!(
                    "{}<ph id=\"{number}\"/>{}",
                    &target[..start],
                    rest.replacen("</pc>", "", 1)
                ))
            })?
        }),
        // A code has lost its end.
        9 => with(format!("<sc id=\"1\"/>{target}")),
        // Markup of the tool.
        10 => with(format!("<b>bold</b> {target}")),
        // A sign that no text can hold.
        11 => with(format!("<cp hex=\"0001\"/>{target}")),
        _ => None,
    }
}

const KINDS: usize = 12;

#[test]
fn three_hundred_damaged_texts_are_refused_and_no_sound_one() {
    let before = as_site(&files(&BTreeSet::new(), &BTreeSet::new()));
    let mut export = everything(&before, "no");
    translate(&mut export.document, &|words| words.to_uppercase());
    let text = write_xliff(&export.document, XliffVersion::V21);
    let (start, rest) = text.split_at(text.find("<unit ").unwrap());
    let mut units: Vec<String> = Vec::new();
    for part in rest.split_inclusive("</unit>\n") {
        units.push(part.to_owned());
    }
    let mut seed = Seed(2023);
    let mut damage: BTreeMap<usize, usize> = BTreeMap::new();
    while damage.len() < 300 {
        let (at, kind) = (seed.below(units.len() - 1), damage.len() % KINDS);
        if damage.contains_key(&at) {
            continue;
        }
        // A file may end in the unit.
        let cut = units[at].find("<unit ").unwrap();
        let (lead, unit) = units[at].split_at(cut);
        if let Some(new) = damaged(kind, unit) {
            assert_ne!(new, unit);
            units[at] = format!("{lead}{new}");
            damage.insert(at, kind);
        }
    }
    // Lines at which refusals are expected.
    let (mut line, mut expected) = (start.matches('\n').count() + 1, BTreeMap::new());
    for (at, unit) in units.iter().enumerate() {
        if let Some(kind) = damage.get(&at) {
            for (offset, _) in unit.match_indices("<unit ") {
                expected.insert(line + unit[..offset].matches('\n').count(), *kind);
            }
        }
        line += unit.matches('\n').count();
    }
    let import = import_text(&before, "no", &format!("{start}{}", units.concat()));
    let refused: BTreeSet<usize> = import.rejected.iter().map(|refusal| refusal.line).collect();
    let missed: Vec<_> = expected
        .iter()
        .filter(|(line, _)| !refused.contains(line))
        .collect();
    let wrong: Vec<_> = import
        .rejected
        .iter()
        .filter(|refusal| !expected.contains_key(&refusal.line))
        .collect();
    assert!(
        missed.is_empty() && wrong.is_empty(),
        "{missed:?}\n{wrong:#?}"
    );
    let taken: usize = import.files.iter().map(|file| file.translated).sum();
    assert_eq!(
        taken + import.unchanged + damage.len(),
        export
            .document
            .files
            .iter()
            .map(|file| file.units.len())
            .sum::<usize>()
    );
    assert!(taken > 250, "{taken}");
    assert!(
        import
            .rejected
            .iter()
            .all(|refusal| !refusal.message.is_empty() && refusal.help.ends_with('.'))
    );
}

#[test]
fn what_was_changed_meanwhile_is_not_overwritten() {
    let mut export = everything(&as_site(&files(&BTreeSet::new(), &BTreeSet::new())), "no");
    translate(&mut export.document, &|words| words.to_uppercase());
    let text = write_xliff(&export.document, XliffVersion::V12);
    let ids =
        |list: &[&str]| -> BTreeSet<String> { list.iter().map(|id| (*id).to_owned()).collect() };
    let (originals, translations) = (
        ids(&["p3x1", "p7x2", "p39x3"]),
        ids(&["p3x2", "p8x0", "p9x13"]),
    );
    let after = as_site(&files(&originals, &translations));
    let import = import_text(&after, "no", &text);
    let messages: Vec<&str> = import
        .rejected
        .iter()
        .map(|refusal| refusal.message.as_str())
        .collect();
    assert_eq!(
        messages
            .iter()
            .filter(|message| **message == "the original has changed since the export")
            .count(),
        3
    );
    assert_eq!(
        messages
            .iter()
            .filter(|message| **message == "the translation has changed since the export")
            .count(),
        3
    );
    assert_eq!(messages.len(), 6);
    for (path, id) in [("content/no/p3.md", "p3x2"), ("content/no/p9.md", "p9x13")] {
        let file = import
            .files
            .iter()
            .find(|file| file.path.as_str() == path)
            .unwrap();
        let text = String::from_utf8(file.bytes().to_vec()).unwrap();
        assert!(text.contains(id) && text.contains(" no\n"), "{text}");
    }
    // Once more it changes nothing, and complains of nothing new.
    let again = import_text(&with(&after, &import), "no", &text);
    assert_eq!((again.files.len(), again.rejected.len()), (0, 6));
}
