//! All output formats, one file each. To add one, write its file and add a line to [`FORMATS`].

mod all_pages;
mod contents_json;
mod feed;
mod help_map;
mod home_page;
mod home_redirect;
mod language_choice;
mod llms;
mod markdown;
mod moved_page;
pub(super) mod not_found;
mod page;
mod print;
mod redirect_rules;
mod robots;
mod search_results;
mod sitemap;
mod stylesheet;
mod toc_json;
mod toc_redirect;
mod translations;
mod uid_files;
mod uid_lookup;
mod xref_map;

use super::format::Format;

pub(super) use home_redirect::HOME_REDIRECT;
pub(super) use not_found::NOT_FOUND;
pub(super) use page::PAGE;

/// All formats. Of two files with one path the first counts.
pub(super) static FORMATS: &[&Format] = &[
    &PAGE,
    &moved_page::MOVED_PAGE,
    &toc_redirect::TOC_REDIRECT,
    &NOT_FOUND,
    &all_pages::ALL_PAGES,
    &search_results::SEARCH_RESULTS,
    &translations::TRANSLATIONS,
    &home_page::HOME_PAGE,
    &language_choice::LANGUAGE_CHOICE,
    &HOME_REDIRECT,
    &print::PRINT,
    &stylesheet::STYLESHEET,
    &sitemap::SITEMAP,
    &robots::ROBOTS,
    &redirect_rules::REDIRECT_RULES,
    &xref_map::XREF_MAP,
    &toc_json::TOC_JSON,
    &contents_json::CONTENTS_JSON,
    &uid_lookup::UID_LOOKUP,
    &llms::LLMS,
    &llms::LLMS_INDEX,
    &feed::FEED,
    &help_map::HELP_MAP,
    &uid_files::UID_FILES,
    &markdown::MARKDOWN,
];
