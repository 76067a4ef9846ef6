//! Tables drawn with `+---+` and `|`, where a site switches them on: where they stand, and which bytes belong to which cell. What a cell
//! says is Markdown of its own, read where the table is put among the nodes.

use std::ops::Range;

use crate::source::Span;
use crate::syntax::tree::ColumnAlignment;

use super::{Directive, Found, Hide, Line};

/// A table as drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// The rows from top to bottom.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// How its cells are set.
    pub align: ColumnAlignment,
    /// How many signs wide it is drawn.
    pub width: usize,
}

/// A row: the cells that begin in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// True above a line of `=`.
    pub head: bool,
    /// From left to right.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// How many columns it takes.
    pub columns: usize,
    /// How many rows it takes.
    pub rows: usize,
    /// Its bytes, line by line.
    pub lines: Vec<Range<usize>>,
}

/// Nobody draws more columns; a hostile line has as many as it likes.
const MOST_COLUMNS: usize = 64;

/// All tables of `text` from byte `from` on.
pub(super) fn find(text: &str, from: usize, found: &mut Vec<Found>) {
    let mut at = from;
    while let Some(start) = text[at..].find('+').map(|offset| at + offset) {
        let line = Line::around(text, start);
        at = (line.end + 1).min(text.len()).max(start + 1);
        let indent = text[line.start..start]
            .bytes()
            .rev()
            .take_while(|byte| *byte == b' ')
            .count();
        if start != line.content || indent > 3 {
            continue;
        }
        if let Some((end, grid)) = read(text, start) {
            found.push(Found {
                span: Span::new(start, end),
                directive: Directive::Grid(grid.into()),
                hide: Hide::Drawn,
            });
            at = end;
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
}

/// A cell that may go on in the next line: where in `rows` it is, and its first column.
#[derive(Clone, Copy)]
struct Open {
    row: usize,
    cell: usize,
    first: usize,
}

struct Reader {
    /// Where the columns meet, in signs from the first `+`.
    bounds: Vec<usize>,
    grid: Grid,
    /// The cell that each column is in; none below a line.
    open: Vec<Option<Open>>,
}

fn read(text: &str, start: usize) -> Option<(usize, Grid)> {
    let first = Line::around(text, start);
    let prefix = start - first.start;
    let columns = columns(text[start..first.end].trim_end())?;
    let mut bounds = vec![0];
    for column in &columns {
        bounds.push(bounds.last()? + column.width + 1);
    }
    let open = vec![None; columns.len()];
    let mut reader = Reader {
        bounds,
        grid: Grid {
            columns,
            rows: Vec::new(),
        },
        open,
    };
    let mut end = first.start + text[first.start..first.end].trim_end().len();
    let mut at = first.end;
    while let Some(begin) = next_line(text, at) {
        let line = Line::around(text, begin);
        let content = text[line.start..line.end].trim_start_matches([' ', '\t', '>']);
        let content_start = line.end - content.len();
        if content_start - line.start != prefix || !content.starts_with(['+', '|']) {
            break;
        }
        let drawn = content.trim_end();
        match drawn.starts_with('+') {
            true => reader.line(content_start, drawn)?,
            false => reader.content(content_start, drawn)?,
        }
        end = content_start + drawn.len();
        at = line.end;
    }
    (!reader.grid.rows.is_empty()).then_some((end, reader.grid))
}

/// The columns of `+---+:-:+`.
fn columns(line: &str) -> Option<Vec<Column>> {
    let inner = line.strip_prefix('+')?.strip_suffix('+')?;
    let columns: Vec<Column> = inner
        .split('+')
        .map(|part| {
            let dashes = part.trim_start_matches(':').trim_end_matches(':');
            let sound = !dashes.is_empty()
                && dashes.bytes().all(|byte| byte == b'-')
                && part.len() <= dashes.len() + 2;
            let align = match (part.starts_with(':'), part.ends_with(':')) {
                (true, true) => ColumnAlignment::Center,
                (true, false) => ColumnAlignment::Left,
                (false, true) => ColumnAlignment::Right,
                (false, false) => ColumnAlignment::None,
            };
            sound.then_some(Column {
                align,
                width: part.len(),
            })
        })
        .collect::<Option<_>>()?;
    (columns.len() <= MOST_COLUMNS).then_some(columns)
}

/// Where the line behind the one that ends at `at` begins.
fn next_line(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let ends = if rest.starts_with("\r\n") { 2 } else { 1 };
    (rest.len() > ends).then_some(at + ends)
}

impl Reader {
    /// A line that begins with `+`: below some columns it ends what is above, in others it is a line of the cell.
    fn line(&mut self, start: usize, drawn: &str) -> Option<()> {
        let count = self.grid.columns.len();
        let parts: Vec<Range<usize>> = (0..count)
            .map(|column| self.part(drawn, column, column + 1))
            .collect::<Option<_>>()?;
        let rule = |part: &str| {
            !part.is_empty()
                && (part.bytes().all(|byte| byte == b'-') || part.bytes().all(|byte| byte == b'='))
        };
        let is_rule: Vec<bool> = parts
            .iter()
            .map(|part| rule(drawn[part.clone()].trim_matches(':')))
            .collect();
        if parts.iter().all(|part| {
            drawn[part.clone()]
                .trim_matches(':')
                .bytes()
                .all(|byte| byte == b'=')
        }) {
            self.grid.rows.iter_mut().for_each(|row| row.head = true);
        }
        let mut column = 0;
        while column < count {
            let Some(open) = self.open[column] else {
                // A line below a line says nothing, but only lines may stand there.
                is_rule[column].then_some(())?;
                column += 1;
                continue;
            };
            let width = self.cell(open).columns;
            let ended = (column..column + width).filter(|at| is_rule[*at]).count();
            match ended {
                0 => {
                    let line = self.part(drawn, column, column + width)?;
                    self.cell_mut(open)
                        .lines
                        .push(start + line.start..start + line.end);
                }
                _ if ended == width => self.open[column..column + width].fill(None),
                _ => return None,
            }
            column += width;
        }
        Some(())
    }

    /// A line that begins with `|`: the next line of each cell, or the first one of cells in a new row.
    fn content(&mut self, start: usize, drawn: &str) -> Option<()> {
        let count = self.grid.columns.len();
        let bar = |column: usize| {
            self.at(drawn, column)
                .is_some_and(|at| drawn.as_bytes()[at] == b'|')
        };
        let mut cells = Vec::new();
        let mut first = 0;
        for column in 1..=count {
            // The last cell may run over, or end without its bar.
            if column == count || bar(column) {
                cells.push((first, column));
                first = column;
            }
        }
        let goes_on = cells.iter().all(|&(first, end)| match self.open[first] {
            Some(open) => open.first == first && self.cell(open).columns == end - first,
            None => false,
        });
        let begins_beside = cells.iter().all(|&(first, end)| match self.open[first] {
            Some(open) => open.first == first && self.cell(open).columns == end - first,
            None => self.open[first..end].iter().all(Option::is_none),
        });
        if !goes_on {
            if !begins_beside {
                self.open.fill(None);
            }
            // What goes on beside the new cells reaches into their row.
            let going: Vec<Open> = cells
                .iter()
                .filter_map(|&(first, _)| self.open[first])
                .collect();
            for open in going {
                self.cell_mut(open).rows += 1;
            }
            self.grid.rows.push(Row::default());
        }
        let row = self.grid.rows.len().checked_sub(1)?;
        for (first, end) in cells {
            let line = self.part(drawn, first, end)?;
            let line = start + line.start..start + line.end;
            if let Some(open) = self.open[first] {
                self.cell_mut(open).lines.push(line);
                continue;
            }
            let cells = &mut self.grid.rows[row].cells;
            cells.push(Cell {
                columns: end - first,
                rows: 1,
                lines: vec![line],
            });
            let open = Open {
                row,
                cell: cells.len() - 1,
                first,
            };
            self.open[first..end].fill(Some(open));
        }
        Some(())
    }

    fn cell(&self, open: Open) -> &Cell {
        &self.grid.rows[open.row].cells[open.cell]
    }

    fn cell_mut(&mut self, open: Open) -> &mut Cell {
        &mut self.grid.rows[open.row].cells[open.cell]
    }

    /// The byte of `drawn` where the column `column` begins; columns count characters.
    fn at(&self, drawn: &str, column: usize) -> Option<usize> {
        let wanted = *self.bounds.get(column)?;
        if drawn.is_ascii() {
            return (wanted < drawn.len()).then_some(wanted);
        }
        drawn.char_indices().nth(wanted).map(|(at, _)| at)
    }

    /// The bytes of `drawn` between two bounds, without the signs on them. The last column takes the rest of the line.
    fn part(&self, drawn: &str, first: usize, end: usize) -> Option<Range<usize>> {
        let from = self.at(drawn, first)? + 1;
        let last = end == self.grid.columns.len();
        let to = match self.at(drawn, end) {
            Some(at) if !last => at,
            _ if last => {
                drawn.len() - usize::from(drawn.len() > from && drawn.ends_with(['|', '+']))
            }
            _ => return None,
        };
        (from <= to && drawn.is_char_boundary(from)).then_some(from..to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_know_their_place() {
        let text = "+---+---+---+\n| AAAAA | B |\n+---+---+ B +\n| D | E | B |\n+ D +---+---+\n| D | CCCCC |\n+---+---+---+";
        let (end, grid) = read(text, 0).unwrap();
        assert_eq!(end, text.len());
        let rows: Vec<Vec<(usize, usize)>> = grid
            .rows
            .iter()
            .map(|row| {
                row.cells
                    .iter()
                    .map(|cell| (cell.columns, cell.rows))
                    .collect()
            })
            .collect();
        assert_eq!(
            rows,
            [vec![(2, 1), (1, 2)], vec![(1, 2), (1, 1)], vec![(2, 1)]]
        );
        assert_eq!(
            grid.rows[0].cells[1]
                .lines
                .iter()
                .map(|line| text[line.clone()].trim())
                .collect::<Vec<_>>(),
            ["B", "B", "B"]
        );
        assert!(
            read(
                "+---+---+---+\n| AAAAA | B |\n+ A +---+ B +\n| A | C | B |\n+---+---+---+",
                0
            )
            .is_none()
        );
        for odd in [
            "+",
            "+-",
            "++\n||",
            "+-+\n",
            "+-+\n|",
            "+--+\n|å|\n+--+",
            "+-+\n|x|y|z\n+-+",
        ] {
            _ = read(odd, 0);
        }
    }
}
