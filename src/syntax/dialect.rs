//! Which of the optional constructs a text is parsed with. A small value the caller makes from configuration: together with the text it is
//! a complete key for a document.

/// One construct that can be on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Feature {
    /// `[!...]` and `:::` directives, tabs, `@uid`, anchors in headings: what DocFX itself adds, and cannot be switched off.
    DocFx,
    /// Tables of cells between `|`.
    PipeTables,
    /// `\|` in code in a cell of a table is `|`, as in GFM.
    CodePipes,
    /// Tables that have as many columns as their head.
    HeaderColumns,
    /// Bare addresses as links.
    AutoLinks,
    /// `:smile:`
    Emoji,
    /// `:)`
    Smileys,
    /// `$x$` and `$$` blocks.
    Math,
    /// `~~x~~`
    Strikethrough,
    /// `~x~`
    Subscript,
    /// `^x^`
    Superscript,
    /// `++x++`
    Inserted,
    /// `==x==`
    Marked,
    /// Ids of headings in the way of GitHub.
    HeadingIds,
    /// Ids of headings in the way of Markdig.
    PlainHeadingIds,
    /// `- [ ] task`
    TaskLists,
    /// `a. item` and `iv. item`
    ListExtras,
    /// Tables drawn with `+---+`.
    GridTables,
    /// `""quoted work""`
    Citations,
    /// `term` and `: definition`
    DefinitionLists,
    /// `text[^1]`
    Footnotes,
    /// Curly quotes, dashes and dots.
    SmartyPants,
    /// Every line break is rendered as one.
    HardBreaks,
    /// `{#id .class key=value}`
    Attributes,
    /// `*[label]: text`
    Abbreviations,
    /// `:::name` ... `:::` with any name.
    CustomContainers,
    /// Metadata between `---` above the text.
    FrontMatter,
    /// `03/04/2026` in metadata is the third of April.
    DayFirstDates,
    /// Reference documentation in YAML is read, because the site has a template for it.
    ReferencePages,
}

/// A set of [`Feature`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dialect(u32);

/// The extensions of Markdig by the names that a `docfx.json` uses, with the features each switches on. Some have options: see
/// [`Dialect::extended`].
const EXTENSIONS: [(&str, &[Feature]); 21] = [
    (
        "gfm-pipetables",
        &[Feature::PipeTables, Feature::HeaderColumns],
    ),
    ("smartypants", &[Feature::SmartyPants]),
    ("autolinks", &[Feature::AutoLinks]),
    ("mathematics", &[Feature::Math]),
    ("tasklists", &[Feature::TaskLists]),
    ("listextras", &[Feature::ListExtras]),
    ("gridtables", &[Feature::GridTables]),
    ("citations", &[Feature::Citations]),
    ("definitionlists", &[Feature::DefinitionLists]),
    ("footnotes", &[Feature::Footnotes]),
    ("hardlinebreak", &[Feature::HardBreaks]),
    ("abbreviations", &[Feature::Abbreviations]),
    ("attributes", &[Feature::Attributes]),
    ("customcontainers", &[Feature::CustomContainers]),
    ("yaml", &[Feature::FrontMatter]),
    // On in DocFX anyway, or without a meaning for the text.
    ("common", &[]),
    ("diagrams", &[]),
    ("medialinks", &[]),
    ("nonascii-noescape", &[]),
    ("pipetables", &[Feature::PipeTables]),
    ("emojis", &[Feature::Emoji]),
];

/// The options of Markdig's `EmphasisExtras`.
const EMPHASIS_EXTRAS: [(&str, Feature); 5] = [
    ("strikethrough", Feature::Strikethrough),
    ("subscript", Feature::Subscript),
    ("superscript", Feature::Superscript),
    ("inserted", Feature::Inserted),
    ("marked", Feature::Marked),
];

impl Dialect {
    /// The dialect that DocFX reads by default.
    pub const DOCFX: Dialect = Dialect::of(&[
        Feature::DocFx,
        Feature::PipeTables,
        Feature::AutoLinks,
        Feature::Emoji,
        Feature::Math,
        Feature::Strikethrough,
        Feature::HeadingIds,
        Feature::FrontMatter,
    ]);

    /// CommonMark with these features.
    pub const fn of(features: &[Feature]) -> Dialect {
        let mut dialect = Dialect(0);
        let mut at = 0;
        // A constant can't use iterators.
        while at < features.len() {
            dialect = dialect.with(features[at]);
            at += 1;
        }
        dialect
    }

    /// The same with `feature`.
    pub const fn with(self, feature: Feature) -> Dialect {
        Dialect(self.0 | 1 << feature as u8)
    }

    /// The same without `feature`.
    pub const fn without(self, feature: Feature) -> Dialect {
        Dialect(self.0 & !(1 << feature as u8))
    }

    /// True if `feature` is on.
    pub const fn has(self, feature: Feature) -> bool {
        self.0 & 1 << feature as u8 != 0
    }

    /// The same with the Markdig extension that a `docfx.json` calls `name` switched on, in the way `options` say; nothing if hjelp does
    /// not have it.
    pub fn extended(self, name: &str, options: &[&str]) -> Option<Dialect> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "emphasisextras" => return Some(self.with_emphasis(options)),
            "autoidentifiers" if has_option(options, "github") => {
                return Some(self.with(Feature::HeadingIds));
            }
            // GitHub's way wins where both are on.
            "autoidentifiers" => {
                let other = self.without(Feature::HeadingIds);
                return Some(other.with(Feature::PlainHeadingIds));
            }
            _ => {}
        }
        let (_, features) = EXTENSIONS.iter().find(|(known, _)| *known == name)?;
        let mut dialect = self;
        for feature in *features {
            dialect = dialect.with(*feature);
        }
        match name.as_str() {
            "pipetables" => dialect = dialect.without(Feature::HeaderColumns),
            // With options Markdig's emoji are without smileys.
            "emojis" if options.is_empty() => dialect = dialect.with(Feature::Smileys),
            _ => {}
        }
        Some(dialect)
    }

    /// Without options all kinds of emphasis are on, with options those that are named.
    fn with_emphasis(self, options: &[&str]) -> Dialect {
        let all = options.is_empty() || has_option(options, "default");
        let mut dialect = self;
        for (name, feature) in EMPHASIS_EXTRAS {
            dialect = if all || has_option(options, name) {
                dialect.with(feature)
            } else {
                dialect.without(feature)
            };
        }
        dialect
    }
}

fn has_option(options: &[&str], name: &str) -> bool {
    let mut options = options.iter();
    options.any(|option| option.eq_ignore_ascii_case(name))
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect::DOCFX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_switch_features_on_and_off() {
        let none = Dialect::of(&[]);
        let emphasis = none.extended("EmphasisExtras", &["Marked"]).unwrap();
        assert!(emphasis.has(Feature::Marked) && !emphasis.has(Feature::Inserted));
        let emoji = none.extended("emojis", &[]).unwrap();
        assert!(emoji.has(Feature::Smileys));
        let ids = Dialect::DOCFX.extended("autoidentifiers", &[]).unwrap();
        assert!(!ids.has(Feature::HeadingIds) && ids.has(Feature::PlainHeadingIds));
        let tables = none.extended("gfm-pipetables", &[]).unwrap();
        let tables = tables.extended("pipetables", &[]).unwrap();
        assert!(tables.has(Feature::PipeTables) && !tables.has(Feature::HeaderColumns));
        assert_eq!(none.extended("unknown", &[]), None);
    }
}
