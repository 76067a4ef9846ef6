//! Which of the optional constructs a text is read with. A small value the caller makes from configuration: together with the text it is a
//! complete key for a reading.

/// One construct that can be on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Feature {
    /// `[!...]` and `:::` directives, tabs, `@uid`, anchors in headings: what DocFX itself adds, and cannot be switched off.
    DocFx,
    /// Tables of cells between `|`.
    PipeTables,
    /// Tables whose head says how many columns there are.
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
    /// Ids of headings as GitHub makes them.
    HeadingIds,
    /// Ids of headings as Markdig makes them.
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
    /// Every line break shows.
    HardBreaks,
    /// `{#id .class key=value}`
    Attributes,
    /// `*[label]: text`
    Abbreviations,
    /// Metadata between `---` above the text.
    FrontMatter,
}

/// A set of [`Feature`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dialect(u32);

impl Dialect {
    /// Plain CommonMark.
    pub const COMMONMARK: Dialect = Dialect(0);

    /// What DocFX reads without being told otherwise.
    pub const DOCFX: Dialect = Dialect::COMMONMARK
        .with(Feature::DocFx)
        .with(Feature::PipeTables)
        .with(Feature::AutoLinks)
        .with(Feature::Emoji)
        .with(Feature::Math)
        .with(Feature::Strikethrough)
        .with(Feature::HeadingIds)
        .with(Feature::FrontMatter);

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
        use Feature as F;
        const EXTRAS: [(&str, Feature); 5] = [
            ("strikethrough", F::Strikethrough),
            ("subscript", F::Subscript),
            ("superscript", F::Superscript),
            ("inserted", F::Inserted),
            ("marked", F::Marked),
        ];
        let all = |features: &[Feature]| {
            features
                .iter()
                .fold(self, |dialect, feature| dialect.with(*feature))
        };
        Some(match name.to_ascii_lowercase().as_str() {
            "pipetables" => self.with(F::PipeTables).without(F::HeaderColumns),
            "gfm-pipetables" => all(&[F::PipeTables, F::HeaderColumns]),
            "emphasisextras" => {
                let wanted = |key: &str| {
                    options.is_empty()
                        || options
                            .iter()
                            .any(|option| option.eq_ignore_ascii_case(key))
                };
                EXTRAS.iter().fold(self, |dialect, (key, feature)| {
                    match wanted(key) || wanted("default") {
                        true => dialect.with(*feature),
                        false => dialect.without(*feature),
                    }
                })
            }
            "emojis" if options.is_empty() => all(&[F::Emoji, F::Smileys]),
            "emojis" => self.with(F::Emoji),
            "smartypants" => self.with(F::SmartyPants),
            "autoidentifiers" => match options
                .iter()
                .any(|option| option.eq_ignore_ascii_case("github"))
            {
                true => self.with(F::HeadingIds),
                false => self.without(F::HeadingIds).with(F::PlainHeadingIds),
            },
            "autolinks" => self.with(F::AutoLinks),
            "mathematics" => self.with(F::Math),
            "tasklists" => self.with(F::TaskLists),
            "listextras" => self.with(F::ListExtras),
            "gridtables" => self.with(F::GridTables),
            "citations" => self.with(F::Citations),
            "definitionlists" => self.with(F::DefinitionLists),
            "footnotes" => self.with(F::Footnotes),
            "hardlinebreak" => self.with(F::HardBreaks),
            "abbreviations" => self.with(F::Abbreviations),
            "attributes" => self.with(F::Attributes),
            "yaml" => self.with(F::FrontMatter),
            // On in DocFX anyway, or without a meaning for the text.
            "common" | "diagrams" | "medialinks" | "nonascii-noescape" => self,
            _ => return None,
        })
    }
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect::DOCFX
    }
}
