//! A date that is none, or is read otherwise than the site's dates are -> what was probably meant. Dates are read by `front_matter`.

use jiff::civil::Date;

use super::front_matter::{DateOrder, parse_date};
use crate::message;
use crate::source::Message;

/// What is wrong with a date, and the date to write instead if it is certain.
pub(super) struct DateAdvice {
    pub message: Message,
    pub help: Message,
    pub date: Option<Date>,
}

/// The beginnings of the names of months in the languages that sites here are written in, by month.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb"],
    &["mar", "mär", "maa", "mrt"],
    &["apr"],
    &["mai", "maj", "may", "mei"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["okt", "oct"],
    &["nov"],
    &["des", "dec", "dez"],
];

/// Advice for the value of a date key; nothing if it is a date like the others.
pub(super) fn date_advice(text: &str, order: DateOrder) -> Option<DateAdvice> {
    let text = text.trim();
    if let Some(date) = parse_date(text, order) {
        return read_in_other_order(text, order, date);
    }
    let message = message!("invalid date: `{text}`", text);
    if let Some(date) = with_month_name(text) {
        return Some(DateAdvice {
            message,
            help: message!("Write `{date}`.", date = date.to_string()),
            date: Some(date),
        });
    }
    let help = match days_of_month(text) {
        Some(days) => message!(
            "That month has {days} days. Write year, month and day as `2023-09-22`.",
            days
        ),
        None => {
            "Write year, month and day as `2023-09-22`, or month, day and year as `09/22/2023`."
                .into()
        }
    };
    Some(DateAdvice {
        message,
        help,
        date: None,
    })
}

/// A date whose numbers are in the other order than those of the site, which only a day above 12 shows.
fn read_in_other_order(text: &str, order: DateOrder, date: Date) -> Option<DateAdvice> {
    let other = match order {
        DateOrder::MonthFirst => DateOrder::DayFirst,
        DateOrder::DayFirst => DateOrder::MonthFirst,
    };
    // Read alike in both orders: either year first, or only one order makes a date.
    let first = text.split(['.', '/', '-']).next()?;
    let first: u32 = first.trim().parse().ok()?;
    let is_day_first = first > 12;
    let is_other = match order {
        DateOrder::MonthFirst => is_day_first,
        DateOrder::DayFirst => !is_day_first,
    };
    let is_iso = first > 31;
    if is_iso || !is_other || parse_date(text, other) != Some(date) {
        return None;
    }
    Some(DateAdvice {
        message: message!("`{text}` is read as {date}", text, date = date.to_string()),
        help: message!("Write `{date}`.", date = date.to_string()),
        date: Some(date),
    })
}

/// `30. november 2026`, `30 November 2026`, `November 30, 2026`.
fn with_month_name(text: &str) -> Option<Date> {
    let mut words = Vec::new();
    for word in text.split([' ', ',', '.']) {
        if !word.is_empty() {
            words.push(word);
        }
    }
    let [one, two, year] = words[..] else {
        return None;
    };
    let (day, name) = match month_of(one) {
        Some(_) => (two, one),
        None => (one, two),
    };
    let day = day.trim_end_matches(|char: char| char.is_ascii_alphabetic());
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month_of(name)?, day.parse().ok()?).ok()
}

fn month_of(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    if !word.chars().all(char::is_alphabetic) {
        return None;
    }
    for (at, names) in MONTHS.iter().enumerate() {
        if names.iter().any(|name| word.starts_with(name)) {
            return i8::try_from(at + 1).ok();
        }
    }
    None
}

/// How many days the month has of a date like `2026-02-30`, whose day is too large.
fn days_of_month(text: &str) -> Option<u8> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || day.parse::<u8>().is_err() || parts.next().is_some() {
        return None;
    }
    let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
    u8::try_from(first.days_in_month()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_months_are_read_in_several_languages() {
        for (text, date) in [
            ("30. november 2026", Some("2026-11-30")),
            ("1. mai 2026", Some("2026-05-01")),
            ("3 October 2025", Some("2025-10-03")),
            ("March 14, 2026", Some("2026-03-14")),
            ("2nd June 2026", Some("2026-06-02")),
            ("24. Dezember 2026", Some("2026-12-24")),
            ("31. februar 2026", None),
            ("høsten 2026", None),
            ("versjon 3 2026", None),
        ] {
            let found = with_month_name(text).map(|date| date.to_string());
            assert_eq!(found.as_deref(), date, "{text}");
        }
    }

    #[test]
    fn only_dates_in_the_other_order_are_mentioned() {
        let read = |text, order| date_advice(text, order).is_some();
        for text in ["30.11.2026", "21/04/2022", "13.1.2026"] {
            assert!(read(text, DateOrder::MonthFirst), "{text}");
            assert!(!read(text, DateOrder::DayFirst), "{text}");
        }
        for text in ["2026-11-30", "11/30/2026", "01.02.2026", "2026/3/14"] {
            assert!(!read(text, DateOrder::MonthFirst), "{text}");
        }
        assert!(read("11/30/2026", DateOrder::DayFirst));
    }
}
