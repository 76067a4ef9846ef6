//! Problems -> a table for spreadsheets (RFC 4180), one row for each.

use super::format::{Report, ReportFormat};
use super::positions::Positions;

/// A table with a head.
pub(super) static CSV: ReportFormat = ReportFormat {
    name: "csv",
    about: "A table for spreadsheets",
    is_for_terminals: false,
    write: csv,
};

fn csv(report: &Report<'_>) -> String {
    let mut positions = Positions::new(report.sources);
    let mut text = "level,code,file,line,column,message,help\r\n".to_owned();
    for problem in report.problems {
        let region = positions.region(&problem.location);
        let cells = [
            problem.level.name().to_owned(),
            problem.code.name().to_owned(),
            format!("{}{}", report.options.base, problem.location.path),
            region.line.to_string(),
            region.column.to_string(),
            problem.message.to_string(),
            problem
                .help
                .iter()
                .map(|help| &**help)
                .collect::<Vec<&str>>()
                .join(" "),
        ];
        let cells = cells.map(|cell| field(&cell));
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell. One that begins like a formula gets a quote before it: spreadsheets would calculate what an author typed.
fn field(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = match is_formula {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    };
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn cells_are_quoted_where_needed() {
        assert_eq!(field("a b"), "a b");
        assert_eq!(field("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(field("=1+1"), "'=1+1");
    }
}
