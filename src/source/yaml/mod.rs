//! YAML text -> a tree of [`YamlNode`]s with their positions and their spelling. No value is resolved to a type: `no` stays the text `no`, and
//! `12.10` does not become a number. Configuration, front matter, tables of contents and landing pages are all read by this module, which
//! doesn't know any key.

mod explain;
mod node;
mod parser;
mod plain;
pub mod scalar;

pub use node::{Scalar, ScalarStyle, YamlEntry, YamlError, YamlNode, YamlValue};

/// Reads the first document of `text`, which starts `base` bytes into its source. The tree is missing if the text is empty or too
/// damaged; the problems say why.
pub fn parse(text: &str, base: usize) -> (Option<YamlNode>, Vec<YamlError>) {
    if let Some(node) = plain::read(text, base) {
        return (Some(node), Vec::new());
    }
    parser::parse_events(text, base)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    /// Ten values, each of which refers to the one before nine times.
    fn laughs() -> String {
        let mut text = "a0: &a0 [ha]\n".to_owned();
        for level in 1..10 {
            let before = format!("*a{}, ", level - 1).repeat(9);
            text.push_str(&format!("a{level}: &a{level} [{before}]\n"));
        }
        text
    }

    fn read(text: &str) -> YamlNode {
        let (node, problems) = parse(text, 0);
        assert_eq!(problems, []);
        node.unwrap()
    }

    #[test]
    fn values_keep_their_spelling_and_their_place() {
        let text = "language: no\nversion: 12.10\nso.date: 09.22.2023\nlist: [yes, 'på']\nempty:\nnot: ~\n";
        let node = read(text);
        for (key, expected) in [
            ("language", "no"),
            ("version", "12.10"),
            ("so.date", "09.22.2023"),
        ] {
            let value = node.get(key).unwrap();
            assert_eq!(value.text(), Some(expected));
            assert_eq!(value.span.of(text), expected);
        }
        let list = node.get("list").unwrap();
        assert_eq!(list.span.of(text), "[yes, 'på']");
        assert_eq!(list.items()[1].text(), Some("på"));
        assert_eq!(list.items()[1].span.of(text), "'på'");
        assert!(node.get("empty").unwrap().is_null() && node.get("not").unwrap().is_null());
        assert_eq!(node.entries()[2].key_span.of(text), "so.date");
    }

    #[test]
    fn block_scalars_and_nested_maps() {
        let text = "items:\n- title: A\n  content: |\n    one\n\n    two\n- title: B\n";
        let node = read(text);
        let items = node.get("items").unwrap();
        assert_eq!(
            items.items()[0].get("content").unwrap().text(),
            Some("one\n\ntwo\n")
        );
        let span = items.items()[0].get("content").unwrap().span;
        assert!(
            span.of(text).contains("one\n\n    two"),
            "{:?}",
            span.of(text)
        );
        assert_eq!(items.items()[1].span.of(text), "title: B");
    }

    #[test]
    fn references_are_the_values_they_refer_to() {
        let text = "title: &t Salg\nagain: *t\nbase: &b {x: *t}\nlist: [*b, *b]\n<<: *b\n&t title2: &t Lager\nlast: *t\n";
        let node = read(text);
        assert_eq!(node.get("again").unwrap().text(), Some("Salg"));
        assert_eq!(node.get("again").unwrap().span.of(text), "Salg");
        for item in node.get("list").unwrap().items() {
            assert_eq!(item.get("x").unwrap().text(), Some("Salg"));
        }
        // As in DocFX, `<<` is a key like any other.
        assert!(node.get("<<").is_some() && node.get("x").is_none());
        assert_eq!(node.get("last").unwrap().text(), Some("Lager"));
    }

    #[test]
    fn of_equal_keys_the_last_counts() {
        let (node, problems) = parse("a: 1\nb: 2\na: 3\nc: {d: 1, d: 2}\na: 4\n", 0);
        let node = node.unwrap();
        assert_eq!(node.entries().len(), 3);
        assert_eq!(node.get("a").unwrap().text(), Some("4"));
        assert_eq!(node.get("c").unwrap().get("d").unwrap().text(), Some("2"));
        assert_eq!(problems.len(), 3);
    }

    #[test]
    fn what_yaml_forbids_is_a_problem_with_a_place() {
        let (node, problems) = parse("a: 1\nb: 2\na: 3\n", 10);
        assert_eq!(node.unwrap().get("a").unwrap().text(), Some("3"));
        assert_eq!(
            (problems[0].span, problems[0].earlier),
            (Span::new(20, 21), Some(Span::new(10, 11)))
        );
        let (node, problems) = parse("title: Slik: gjør du\n", 0);
        assert!(node.is_none());
        assert_eq!(problems.len(), 1);
        assert!(
            problems[0].span.start > 0 && !problems[0].message.is_empty(),
            "{problems:?}"
        );
        for bomb in [
            "[".repeat(100_000),
            "- ".repeat(10_000),
            "{a: ".repeat(5_000),
            "a: &x [*x]\n".into(),
            laughs(),
        ] {
            assert!(!parse(&bomb, 0).1.is_empty());
        }
    }
}
