//! A date -> its text in a language: `22. september 2023`. The patterns and month names are CLDR's.

use icu_datetime::fieldsets::YMD;
use icu_datetime::input::Date;
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_locale_core::Locale;

/// Formats dates in one language.
pub(super) struct Dates(Option<DateTimeFormatter<YMD>>);

impl Dates {
    /// A formatter for the BCP 47 tag `tag`.
    pub(super) fn new(tag: &str) -> Self {
        // CLDR's plain `en` is American. Readers of English outside America expect the day first.
        let tag = if tag == "en" { "en-GB" } else { tag };
        Dates(formatter(tag))
    }

    /// The date in long form; as `2023-09-22` if the language is unknown.
    pub(super) fn format(&self, date: jiff::civil::Date) -> String {
        let iso = Date::try_new_iso(date.year().into(), date.month() as u8, date.day() as u8);
        match (&self.0, iso) {
            // ISO 8601 is understood in every language.
            (Some(formatter), Ok(iso)) => formatter.format(&iso).to_string(),
            _ => date.to_string(),
        }
    }
}

fn formatter(tag: &str) -> Option<DateTimeFormatter<YMD>> {
    let locale = Locale::try_from_str(tag).ok()?;
    DateTimeFormatter::try_new(DateTimeFormatterPreferences::from(&locale), YMD::long()).ok()
}
