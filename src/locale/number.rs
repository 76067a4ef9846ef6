//! A number -> its digits in a language: `1 234,5` in Norwegian, `1,234.5` in English. The separators are CLDR's.

use fluent::FluentValue;
use fluent::memoizer::MemoizerKind;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_locale_core::Locale;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

/// Formats numbers in one language.
pub(super) struct Numbers(DecimalFormatter);

impl Memoizable for Numbers {
    /// Whether digits are grouped by thousands.
    type Args = bool;
    type Error = ();

    fn construct(language: LanguageIdentifier, grouped: bool) -> Result<Self, ()> {
        let locale = Locale::try_from_str(&language.to_string()).map_err(|_| ())?;
        let mut options = DecimalFormatterOptions::default();
        if !grouped {
            // Years and versions: `2 023` is no year.
            options.grouping_strategy = Some(GroupingStrategy::Never);
        }
        DecimalFormatter::try_new((&locale).into(), options)
            .map(Numbers)
            .map_err(|_| ())
    }
}

/// The text of a number in a message; nothing for any other value, which Fluent formats itself.
pub(super) fn in_message(value: &FluentValue, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    // From its text, which has as many decimals as the message asks for.
    let decimal = Decimal::try_from_str(&number.as_string()).ok()?;
    memoizer
        .with_try_get_threadsafe(number.options.use_grouping, |numbers: &Numbers| {
            numbers.0.format(&decimal).to_string()
        })
        .ok()
}
