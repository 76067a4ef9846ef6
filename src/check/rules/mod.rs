//! The table of all rules, one line each. A rule with a check of its own is a file named like its code; the others are reported by a
//! related check or by another room. The documentation of all of them is in `docs`.

mod ambiguous_date;
mod ambiguous_translation;
mod broken_anchor;
mod broken_include;
mod broken_link;
mod broken_toc_entry;
mod broken_xref;
mod case_mismatch;
mod different_tabs;
mod duplicate_anchor;
mod duplicate_tab;
mod duplicate_uid;
mod empty_page;
mod encoding;
mod front_matter;
mod heading_skip;
mod invalid_address;
mod invalid_output_name;
mod invalid_redirect;
mod link_leaves_language;
mod link_to_gone;
mod link_to_redirect;
mod literal;
mod merge_conflict;
mod misnamed_file;
mod missing_alt_text;
mod missing_repository;
mod missing_snippet_region;
mod missing_xref_map;
mod misspelled_key;
mod needless_fragment;
mod orphan_page;
mod output_collision;
mod redirect_chain;
mod redirect_leaves_language;
mod redirect_loop;
mod script_address;
mod shadowed_redirect;
mod too_many_redirects;
mod unclosed_html;
mod undefined_reference;
mod undrawn_diagram;
mod unknown_alert;
pub mod unknown_code;
mod unknown_page_type;
mod unnamed_toc_entry;
mod unpaired_page;
mod unportable_name;
mod unusable_image;
mod unused_image;
mod unused_include;

use super::rule::Rule;
use crate::diagnostic::Code;

/// All rules, in the order of their codes.
pub static RULES: &[Rule] = &[
    Rule::reported_elsewhere(Code::AddressLost, include_str!("../docs/address-lost.md")),
    ambiguous_date::RULE,
    ambiguous_translation::RULE,
    Rule::reported_elsewhere(Code::BadGlob, include_str!("../docs/bad-glob.md")),
    broken_anchor::RULE,
    broken_include::RULE,
    broken_link::BROKEN_LANDING_LINK,
    broken_link::RULE,
    Rule::reported_elsewhere(
        Code::BrokenMessage,
        include_str!("../docs/broken-message.md"),
    ),
    broken_link::BROKEN_REDIRECT,
    broken_toc_entry::RULE,
    broken_xref::RULE,
    case_mismatch::RULE,
    Rule::reported_elsewhere(
        Code::DamagedTranslation,
        include_str!("../docs/damaged-translation.md"),
    ),
    Rule::reported_elsewhere(
        Code::DeadExternalLink,
        include_str!("../docs/dead-external-link.md"),
    ),
    different_tabs::RULE,
    literal::DOCFX_DIFFERS,
    duplicate_anchor::RULE,
    Rule::reported_elsewhere(Code::DuplicateKey, include_str!("../docs/duplicate-key.md")),
    Rule::reported_elsewhere(
        Code::DuplicateLocale,
        include_str!("../docs/duplicate-locale.md"),
    ),
    Rule::reported_elsewhere(
        Code::DuplicateMessage,
        include_str!("../docs/duplicate-message.md"),
    ),
    undefined_reference::DUPLICATE_REFERENCE,
    duplicate_tab::RULE,
    duplicate_uid::RULE,
    Rule::reported_elsewhere(Code::EmptyContent, include_str!("../docs/empty-content.md")),
    empty_page::RULE,
    encoding::RULE,
    front_matter::RULE,
    Rule::reported_elsewhere(Code::GrammarError, include_str!("../docs/grammar-error.md")),
    heading_skip::RULE,
    different_tabs::HIDDEN_TABS,
    broken_include::INCLUDE_CYCLE,
    broken_include::INCLUDE_TOO_LARGE,
    invalid_address::RULE,
    Rule::reported_elsewhere(Code::InvalidDate, include_str!("../docs/invalid-date.md")),
    Rule::reported_elsewhere(
        Code::InvalidDirective,
        include_str!("../docs/invalid-directive.md"),
    ),
    Rule::reported_elsewhere(
        Code::InvalidFrontMatter,
        include_str!("../docs/invalid-front-matter.md"),
    ),
    Rule::reported_elsewhere(Code::InvalidJson, include_str!("../docs/invalid-json.md")),
    Rule::reported_elsewhere(Code::InvalidLock, include_str!("../docs/invalid-lock.md")),
    Rule::reported_elsewhere(
        Code::InvalidMessage,
        include_str!("../docs/invalid-message.md"),
    ),
    invalid_output_name::RULE,
    invalid_redirect::RULE,
    Rule::reported_elsewhere(
        Code::InvalidSynonyms,
        include_str!("../docs/invalid-synonyms.md"),
    ),
    literal::INVALID_TAB,
    Rule::reported_elsewhere(Code::InvalidToc, include_str!("../docs/invalid-toc.md")),
    Rule::reported_elsewhere(Code::InvalidYaml, include_str!("../docs/invalid-yaml.md")),
    literal::INVISIBLE_PLACEHOLDER,
    link_leaves_language::RULE,
    link_to_gone::RULE,
    link_to_redirect::RULE,
    literal::LIST_RESTARTS,
    literal::LITERAL_ALERT,
    literal::LITERAL_EMPHASIS,
    literal::LITERAL_HEADING,
    literal::LITERAL_LINK,
    literal::LITERAL_LIST,
    literal::LITERAL_MARKUP,
    literal::LITERAL_TABLE,
    merge_conflict::RULE,
    misnamed_file::RULE,
    missing_alt_text::RULE,
    Rule::reported_elsewhere(Code::MissingFile, include_str!("../docs/missing-file.md")),
    broken_link::MISSING_IMAGE,
    Rule::reported_elsewhere(Code::MissingKey, include_str!("../docs/missing-key.md")),
    missing_repository::RULE,
    missing_snippet_region::RULE,
    missing_xref_map::RULE,
    misspelled_key::RULE,
    Rule::reported_elsewhere(
        Code::MovedExternalLink,
        include_str!("../docs/moved-external-link.md"),
    ),
    needless_fragment::RULE,
    Rule::reported_elsewhere(Code::NoContent, include_str!("../docs/no-content.md")),
    orphan_page::RULE,
    output_collision::RULE,
    Rule::reported_elsewhere(Code::OutsideSite, include_str!("../docs/outside-site.md")),
    redirect_chain::RULE,
    redirect_leaves_language::RULE,
    redirect_loop::RULE,
    script_address::RULE,
    shadowed_redirect::RULE,
    Rule::reported_elsewhere(
        Code::StaleBaseline,
        include_str!("../docs/stale-baseline.md"),
    ),
    Rule::reported_elsewhere(
        Code::StructureDiffers,
        include_str!("../docs/structure-differs.md"),
    ),
    Rule::reported_elsewhere(
        Code::TemplateError,
        include_str!("../docs/template-error.md"),
    ),
    Rule::reported_elsewhere(
        Code::TextAfterAlert,
        include_str!("../docs/text-after-alert.md"),
    ),
    broken_toc_entry::TOC_CYCLE,
    Rule::reported_elsewhere(
        Code::TooManyLocales,
        include_str!("../docs/too-many-locales.md"),
    ),
    too_many_redirects::RULE,
    Rule::reported_elsewhere(
        Code::TranslationLost,
        include_str!("../docs/translation-lost.md"),
    ),
    Rule::reported_elsewhere(
        Code::UnclosedBlock,
        include_str!("../docs/unclosed-block.md"),
    ),
    literal::UNCLOSED_FENCE,
    unclosed_html::RULE,
    undefined_reference::RULE,
    undrawn_diagram::RULE,
    Rule::reported_elsewhere(
        Code::UnexpectedValue,
        include_str!("../docs/unexpected-value.md"),
    ),
    unknown_alert::RULE,
    unknown_code::RULE,
    Rule::reported_elsewhere(
        Code::UnknownDirective,
        include_str!("../docs/unknown-directive.md"),
    ),
    Rule::reported_elsewhere(Code::UnknownKey, include_str!("../docs/unknown-key.md")),
    Rule::reported_elsewhere(
        Code::UnknownLanguage,
        include_str!("../docs/unknown-language.md"),
    ),
    Rule::reported_elsewhere(
        Code::UnknownLinkKind,
        include_str!("../docs/unknown-link-kind.md"),
    ),
    Rule::reported_elsewhere(
        Code::UnknownLocale,
        include_str!("../docs/unknown-locale.md"),
    ),
    unknown_page_type::RULE,
    Rule::reported_elsewhere(
        Code::UnlistedLocale,
        include_str!("../docs/unlisted-locale.md"),
    ),
    unnamed_toc_entry::RULE,
    unpaired_page::RULE,
    unportable_name::RULE,
    Rule::reported_elsewhere(
        Code::UnreadableFile,
        include_str!("../docs/unreadable-file.md"),
    ),
    Rule::reported_elsewhere(
        Code::UnsupportedExtension,
        include_str!("../docs/unsupported-extension.md"),
    ),
    Rule::reported_elsewhere(
        Code::UntranslatedInterfaceString,
        include_str!("../docs/untranslated-interface-string.md"),
    ),
    unusable_image::RULE,
    Rule::reported_elsewhere(
        Code::UnusedDisable,
        include_str!("../docs/unused-disable.md"),
    ),
    unused_image::RULE,
    unused_include::RULE,
    undefined_reference::UNUSED_REFERENCE,
];

/// The rule of this code.
pub fn rule(code: Code) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::problem_texts::MessageLanguage;

    #[test]
    fn every_code_has_one_rule() {
        let codes: Vec<Code> = RULES.iter().map(|rule| rule.code).collect();
        assert_eq!(codes, Code::ALL);
    }

    #[test]
    fn every_documentation_has_the_outline_in_both_languages() {
        for rule in RULES {
            let code = rule.code.name();
            assert!(rule.docs.starts_with(&format!("# {code}\n\n")), "{code}");
            for language in [MessageLanguage::English, MessageLanguage::Bokmal] {
                let docs = rule.docs_in(language);
                for text in [docs.about(), docs.why(), docs.fix()] {
                    let is_paragraph = text.ends_with('.') && !text.contains('\n');
                    assert!(is_paragraph, "{code}: {text}");
                }
                assert!(!docs.example().contains("```"), "{code}");
                assert_eq!(
                    docs.example().is_empty(),
                    rule.example().is_empty(),
                    "{code}"
                );
            }
        }
    }
}
