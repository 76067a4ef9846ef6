//! `ambiguous-date`: dates that can be read with the day or with the month first, counted once for a site.

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::{SourceId, Span};
use crate::syntax::front_matter::{DateOrder, is_date_key, parse_date};

pub(super) const RULE: Rule = Rule {
    code: Code::AmbiguousDate,
    docs: include_str!("../docs/ambiguous-date.md"),
    run: Some(run),
};

/// What the dates of a site say about their order.
#[derive(Default)]
struct Dates<'a> {
    first: Option<(SourceId, Span, &'a str)>,
    /// Those that both orders make a date of.
    ambiguous: usize,
    /// Those that only the order of the site makes a date of, and only the other.
    in_order: usize,
    in_other: usize,
}

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let order = match site.config.day_first_dates {
        true => DateOrder::DayFirst,
        false => DateOrder::MonthFirst,
    };
    let mut dates = Dates::default();
    for (id, linked) in site.documents() {
        if site.translation_set_of(id).is_none() {
            continue;
        }
        for entry in &linked.document.front_matter.entries {
            if let Some(text) = entry.value.text()
                && is_date_key(&entry.key)
            {
                dates.add(id, entry.value.span, text.trim(), order);
            }
        }
    }
    // Where other dates show the order, these are read like them. A site that says `day-first` has decided.
    let is_known = dates.in_order > 0 && dates.in_other == 0 || order == DateOrder::DayFirst;
    let Some((id, span, text)) = dates.first.filter(|_| !is_known) else {
        return;
    };
    let path = &site.source(id).path;
    let message = match dates.ambiguous {
        1 => message!(
            "`{text}` can be read two ways; it is read with the month first",
            text
        ),
        count => message!(
            "`{text}` can be read two ways, and so can {count} dates in all; they are read with the month first",
            text,
            count
        ),
    };
    let date = parse_date(text, order).map_or_else(String::new, |date| date.to_string());
    let problem = Diagnostic::new(Code::AmbiguousDate, path, span, message);
    checker.report(problem.help(message!(
        "Write dates like `{date}`, or `dates: day-first` in `hjelp.yml` if the day comes first.",
        date
    )));
}

impl<'a> Dates<'a> {
    fn add(&mut self, id: SourceId, span: Span, text: &'a str, order: DateOrder) {
        let [month, day, year] = numbers(text);
        let (Some(month), Some(day), Some(year)) = (month, day, year) else {
            return;
        };
        // Only dates that end with the year have an order; with equal numbers it makes no difference.
        if year < 1000 || month == day || parse_date(text, order).is_none() {
            return;
        }
        let is_day_first = order == DateOrder::DayFirst;
        match (month > 12, day > 12) {
            (false, false) => {
                self.ambiguous += 1;
                self.first.get_or_insert((id, span, text));
            }
            (true, _) if is_day_first => self.in_order += 1,
            (false, true) if !is_day_first => self.in_order += 1,
            _ => self.in_other += 1,
        }
    }
}

/// The first three numbers of a text.
fn numbers(text: &str) -> [Option<u32>; 3] {
    let mut parts = text.split(['.', '/', ' ']);
    [(); 3].map(|()| parts.next().and_then(|part| part.parse().ok()))
}
