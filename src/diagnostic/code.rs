//! The codes of all problems, each with its kebab-case name and the level it is reported at by default. The only place that holds either;
//! what a code means is documented next to the checks.

use std::fmt;

use super::level::Level;
use crate::source::{MessageArg, ToMessageArg};

macro_rules! codes {
    ($($code:ident $name:literal $level:ident,)*) => {
        /// What kind of problem it is. The order is that of the names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(
                #[doc = concat!("`", $name, "`")]
                $code,
            )*
        }

        impl Code {
            /// All codes, in the order of their names.
            pub const ALL: &[Code] = &[$(Code::$code),*];

            /// The name in kebab case, for example `broken-link`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Code::$code => $name,)*
                }
            }

            /// The level a problem of this kind has unless the configuration sets another.
            pub const fn level(self) -> Level {
                match self {
                    $(Code::$code => Level::$level,)*
                }
            }
        }
    };
}

// Alphabetical, so that sorting by code is sorting by name.
codes! {
    AddressLost "address-lost" Error,
    AmbiguousDate "ambiguous-date" Note,
    AmbiguousTranslation "ambiguous-translation" Warning,
    BadGlob "bad-glob" Error,
    BrokenAnchor "broken-anchor" Error,
    BrokenInclude "broken-include" Error,
    BrokenLandingLink "broken-landing-link" Error,
    BrokenLink "broken-link" Error,
    BrokenMessage "broken-message" Warning,
    BrokenRedirect "broken-redirect" Error,
    BrokenTocEntry "broken-toc-entry" Error,
    BrokenXref "broken-xref" Error,
    CaseMismatch "case-mismatch" Warning,
    DamagedTranslation "damaged-translation" Warning,
    DeadExternalLink "dead-external-link" Warning,
    DifferentTabs "different-tabs" Note,
    DocfxDiffers "docfx-differs" Note,
    DuplicateAnchor "duplicate-anchor" Warning,
    DuplicateKey "duplicate-key" Error,
    DuplicateLocale "duplicate-locale" Error,
    DuplicateMessage "duplicate-message" Warning,
    DuplicateReference "duplicate-reference" Warning,
    DuplicateTab "duplicate-tab" Warning,
    DuplicateUid "duplicate-uid" Warning,
    EmptyContent "empty-content" Warning,
    EmptyPage "empty-page" Warning,
    Encoding "encoding" Error,
    FrontMatter "front-matter" Warning,
    GrammarError "grammar-error" Warning,
    HeadingSkip "heading-skip" Note,
    HiddenTabs "hidden-tabs" Warning,
    IncludeCycle "include-cycle" Error,
    IncludeTooLarge "include-too-large" Error,
    InvalidAddress "invalid-address" Error,
    InvalidDate "invalid-date" Warning,
    InvalidDirective "invalid-directive" Warning,
    InvalidFrontMatter "invalid-front-matter" Warning,
    InvalidJson "invalid-json" Error,
    InvalidLock "invalid-lock" Error,
    InvalidMessage "invalid-message" Warning,
    InvalidOutputName "invalid-output-name" Warning,
    InvalidRedirect "invalid-redirect" Error,
    InvalidSynonyms "invalid-synonyms" Warning,
    InvalidTab "invalid-tab" Warning,
    InvalidToc "invalid-toc" Error,
    InvalidYaml "invalid-yaml" Error,
    InvisiblePlaceholder "invisible-placeholder" Warning,
    LinkLeavesLanguage "link-leaves-language" Warning,
    LinkToGone "link-to-gone" Error,
    LinkToRedirect "link-to-redirect" Warning,
    ListRestarts "list-restarts" Warning,
    LiteralAlert "literal-alert" Warning,
    LiteralEmphasis "literal-emphasis" Warning,
    LiteralHeading "literal-heading" Warning,
    LiteralLink "literal-link" Warning,
    LiteralList "literal-list" Warning,
    LiteralMarkup "literal-markup" Warning,
    LiteralTable "literal-table" Warning,
    MergeConflict "merge-conflict" Error,
    MisnamedFile "misnamed-file" Warning,
    MissingAltText "missing-alt-text" Warning,
    MissingFile "missing-file" Error,
    MissingImage "missing-image" Error,
    MissingKey "missing-key" Error,
    MissingRepository "missing-repository" Warning,
    MissingSnippetRegion "missing-snippet-region" Error,
    MissingXrefMap "missing-xref-map" Note,
    MisspelledKey "misspelled-key" Warning,
    MovedExternalLink "moved-external-link" Note,
    NeedlessFragment "needless-fragment" Warning,
    NoContent "no-content" Error,
    OrphanPage "orphan-page" Note,
    OutputCollision "output-collision" Error,
    OutsideSite "outside-site" Error,
    RedirectChain "redirect-chain" Warning,
    RedirectLeavesLanguage "redirect-leaves-language" Warning,
    RedirectLoop "redirect-loop" Error,
    ScriptAddress "script-address" Warning,
    ShadowedRedirect "shadowed-redirect" Warning,
    StaleBaseline "stale-baseline" Note,
    StructureDiffers "structure-differs" Note,
    TemplateError "template-error" Error,
    TextAfterAlert "text-after-alert" Warning,
    TocCycle "toc-cycle" Error,
    TooManyLocales "too-many-locales" Error,
    TooManyRedirects "too-many-redirects" Warning,
    TranslationLost "translation-lost" Error,
    UnclosedBlock "unclosed-block" Warning,
    UnclosedFence "unclosed-fence" Warning,
    UnclosedHtml "unclosed-html" Error,
    UndefinedReference "undefined-reference" Error,
    UndrawnDiagram "undrawn-diagram" Warning,
    UnexpectedValue "unexpected-value" Error,
    UnknownAlert "unknown-alert" Warning,
    UnknownCode "unknown-code" Warning,
    UnknownDirective "unknown-directive" Warning,
    UnknownKey "unknown-key" Error,
    UnknownLanguage "unknown-language" Error,
    UnknownLinkKind "unknown-link-kind" Warning,
    UnknownLocale "unknown-locale" Error,
    UnknownPageType "unknown-page-type" Warning,
    UnlistedLocale "unlisted-locale" Warning,
    UnnamedTocEntry "unnamed-toc-entry" Warning,
    UnpairedPage "unpaired-page" Note,
    UnportableName "unportable-name" Warning,
    UnreadableFile "unreadable-file" Error,
    UnsupportedExtension "unsupported-extension" Note,
    UntranslatedInterfaceString "untranslated-interface-string" Note,
    UnusableImage "unusable-image" Warning,
    UnusedDisable "unused-disable" Note,
    UnusedImage "unused-image" Note,
    UnusedInclude "unused-include" Note,
    UnusedReference "unused-reference" Note,
}

impl Code {
    /// The code with this name.
    pub fn from_name(name: &str) -> Option<Code> {
        // The list is in the order of names, which a test makes sure of.
        let at = Code::ALL
            .binary_search_by(|code| code.name().cmp(name))
            .ok()?;
        Some(Code::ALL[at])
    }
}

impl ToMessageArg for Code {
    fn to_arg(&self) -> MessageArg {
        self.name().to_arg()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `pad` and not `write_str`: lists of codes are printed in columns.
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_listed_by_name_and_found_by_it() {
        assert!(Code::ALL.is_sorted_by_key(|code| code.name()));
        for code in Code::ALL {
            assert_eq!(Code::from_name(code.name()), Some(*code));
        }
        assert_eq!(Code::from_name("broken"), None);
        assert_eq!(format!("{:12}|", Code::BrokenLink), "broken-link |");
    }
}
