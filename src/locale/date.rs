//! Turns a civil date into the words of a language: `22. september 2023`. The patterns and month names are CLDR's.

use icu_datetime::fieldsets::YMD;
use icu_datetime::input::Date;
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_locale_core::Locale;

/// Writes dates in one language.
pub(super) struct Dates(Option<DateTimeFormatter<YMD>>);

impl Dates {
    /// For the BCP 47 tag `tag`. Plain `en` writes the day first, as most readers of English outside America do; `en-US` doesn't.
    pub(super) fn new(tag: &str) -> Self {
        let tag = if tag == "en" { "en-GB" } else { tag };
        let formatter = Locale::try_from_str(tag).ok().and_then(|locale| {
            DateTimeFormatter::try_new(DateTimeFormatterPreferences::from(&locale), YMD::long())
                .ok()
        });
        Dates(formatter)
    }

    /// The date in long form; as `2023-09-22` if the language is unknown.
    pub(super) fn write(&self, date: jiff::civil::Date) -> String {
        let written = self
            .0
            .as_ref()
            .zip(Date::try_new_iso(date.year().into(), date.month() as u8, date.day() as u8).ok());
        match written {
            Some((formatter, date)) => formatter.format(&date).to_string(),
            None => date.to_string(),
        }
    }
}
