//! Tables drawn with `+---+` and `|`, where a site switches them on (Markdig's grid tables): where they are, and which bytes belong to which
//! cell. The content of a cell is Markdown of its own, read where the table is put among the nodes.

use std::ops::Range;

use crate::source::Span;
use crate::syntax::tree::ColumnAlignment;

use super::source_line::SourceLine;

/// A table as drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// The columns from left to right.
    pub columns: Vec<GridColumn>,
    /// The rows from top to bottom.
    pub rows: Vec<GridRow>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridColumn {
    /// How its cells are aligned.
    pub align: ColumnAlignment,
    /// How many characters wide it is drawn.
    pub width: usize,
}

/// A row: the cells that begin in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GridRow {
    /// True above a line of `=`.
    pub head: bool,
    /// From left to right.
    pub cells: Vec<GridCell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridCell {
    /// How many columns it takes.
    pub columns: usize,
    /// How many rows it takes.
    pub rows: usize,
    /// Its bytes, line by line.
    pub lines: Vec<Range<usize>>,
}

/// No author draws more columns; a hostile line has thousands, each of which would be looked at in every line.
const MOST_COLUMNS: usize = 64;

/// All tables of `text` from byte `from` on, with their bytes.
pub(super) fn find(text: &str, from: usize) -> Vec<(Span, Grid)> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(offset) = text[at..].find('+') {
        let start = at + offset;
        let line = SourceLine::around(text, start);
        at = (line.end + 1).min(text.len()).max(start + 1);
        // Four spaces make it code.
        if start != line.content || line.indent_before(text, start) > 3 {
            continue;
        }
        if let Some((end, grid)) = read(text, start) {
            found.push((Span::new(start, end), grid));
            at = end;
        }
        at = text.ceil_char_boundary(at);
    }
    found
}

/// The table whose first line has its `+` at byte `start`, and the byte behind the table.
fn read(text: &str, start: usize) -> Option<(usize, Grid)> {
    let first = SourceLine::around(text, start);
    let prefix = start - first.start;
    let mut reader = GridReader::new(columns(text[start..first.end].trim_end())?);
    let mut end = start;
    let mut at = first.end;
    while let Some(begin) = next_line(text, at) {
        let line = SourceLine::around(text, begin);
        let content = text[line.start..line.end].trim_start_matches([' ', '\t', '>']);
        let content_start = line.end - content.len();
        // Every line begins in the column of the first one.
        if content_start - line.start != prefix {
            break;
        }
        let drawn = content.trim_end();
        match drawn.chars().next() {
            Some('+') => reader.rule_line(content_start, drawn)?,
            Some('|') => reader.content_line(content_start, drawn)?,
            _ => break,
        }
        end = content_start + drawn.len();
        at = line.end;
    }
    (!reader.grid.rows.is_empty()).then_some((end, reader.grid))
}

/// The columns of `+---+:-:+`.
fn columns(line: &str) -> Option<Vec<GridColumn>> {
    let inner = line.strip_prefix('+')?.strip_suffix('+')?;
    let mut columns = Vec::new();
    for part in inner.split('+') {
        if columns.len() == MOST_COLUMNS {
            return None;
        }
        columns.push(GridColumn {
            align: ColumnAlignment::of_delimiter(part)?,
            width: part.len(),
        });
    }
    Some(columns)
}

/// Where the line behind the one that ends at `at` begins.
fn next_line(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let ends = if rest.starts_with("\r\n") { 2 } else { 1 };
    (rest.len() > ends).then_some(at + ends)
}

/// A cell that may go on in the next line: where in `rows` it is, and its first column.
#[derive(Clone, Copy)]
struct OpenCell {
    row: usize,
    cell: usize,
    first: usize,
}

struct GridReader {
    /// Where the columns meet, in characters from the first `+`.
    bounds: Vec<usize>,
    grid: Grid,
    /// The cell that each column is in; none below a rule.
    open: Vec<Option<OpenCell>>,
}

impl GridReader {
    fn new(columns: Vec<GridColumn>) -> GridReader {
        let mut bounds = vec![0];
        let mut bound = 0;
        for column in &columns {
            bound += column.width + 1;
            bounds.push(bound);
        }
        GridReader {
            bounds,
            open: vec![None; columns.len()],
            grid: Grid {
                columns,
                rows: Vec::new(),
            },
        }
    }

    /// A line that begins with `+`: below some columns it ends the cell above, in others it is a line of that cell.
    fn rule_line(&mut self, start: usize, drawn: &str) -> Option<()> {
        let count = self.grid.columns.len();
        let mut is_rule = Vec::with_capacity(count);
        let mut ends_head = true;
        for column in 0..count {
            let part = self.part(drawn, column, column + 1)?;
            let signs = drawn[part].trim_matches(':');
            is_rule.push(!signs.is_empty() && (is_run(signs, b'-') || is_run(signs, b'=')));
            ends_head &= is_run(signs, b'=');
        }
        if ends_head {
            for row in &mut self.grid.rows {
                row.head = true;
            }
        }
        let mut column = 0;
        // A line can end one cell and be content of the next, which spans more rows.
        while column < count {
            let Some(open) = self.open[column] else {
                // A rule below a rule means nothing, but only rules may be there.
                if !is_rule[column] {
                    return None;
                }
                column += 1;
                continue;
            };
            let width = self.cell(open).columns;
            let end = column + width;
            let ended = is_rule[column..end].iter().filter(|rule| **rule).count();
            if ended == 0 {
                let line = self.part(drawn, column, end)?;
                let lines = &mut self.cell_mut(open).lines;
                lines.push(start + line.start..start + line.end);
            } else if ended == width {
                self.open[column..end].fill(None);
            } else {
                return None;
            }
            column = end;
        }
        Some(())
    }

    /// A line that begins with `|`: the next line of each cell, or the first one of cells in a new row.
    fn content_line(&mut self, start: usize, drawn: &str) -> Option<()> {
        let cells = self.cells_of(drawn);
        let (mut goes_on, mut begins_beside) = (true, true);
        for (first, end) in &cells {
            match self.open[*first] {
                Some(open) if open.first == *first && self.cell(open).columns == end - first => {}
                Some(_) => (goes_on, begins_beside) = (false, false),
                None => {
                    goes_on = false;
                    begins_beside &= self.open[*first..*end].iter().all(Option::is_none);
                }
            }
        }
        if !goes_on {
            if !begins_beside {
                self.open.fill(None);
            }
            self.begin_row(&cells);
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
            cells.push(GridCell {
                columns: end - first,
                rows: 1,
                lines: vec![line],
            });
            let open = OpenCell {
                row,
                cell: cells.len() - 1,
                first,
            };
            self.open[first..end].fill(Some(open));
        }
        Some(())
    }

    /// The columns that each cell of a line takes, from the first to the one behind the last.
    fn cells_of(&self, drawn: &str) -> Vec<(usize, usize)> {
        let count = self.grid.columns.len();
        let mut cells = Vec::new();
        let mut first = 0;
        for column in 1..=count {
            let has_bar = match self.byte_of(drawn, column) {
                Some(at) => drawn.as_bytes()[at] == b'|',
                None => false,
            };
            // The last cell may run over, or end without its bar.
            if column == count || has_bar {
                cells.push((first, column));
                first = column;
            }
        }
        cells
    }

    /// Begins a row. A cell that goes on next to the new ones reaches into it.
    fn begin_row(&mut self, cells: &[(usize, usize)]) {
        for (first, _) in cells {
            if let Some(open) = self.open[*first] {
                self.cell_mut(open).rows += 1;
            }
        }
        self.grid.rows.push(GridRow::default());
    }

    fn cell(&self, open: OpenCell) -> &GridCell {
        &self.grid.rows[open.row].cells[open.cell]
    }

    fn cell_mut(&mut self, open: OpenCell) -> &mut GridCell {
        &mut self.grid.rows[open.row].cells[open.cell]
    }

    /// The byte of `drawn` where the column `column` begins; columns count characters.
    fn byte_of(&self, drawn: &str, column: usize) -> Option<usize> {
        let wanted = *self.bounds.get(column)?;
        // Most lines are ASCII, and need no counting.
        if drawn.is_ascii() {
            return (wanted < drawn.len()).then_some(wanted);
        }
        let (at, _) = drawn.char_indices().nth(wanted)?;
        Some(at)
    }

    /// The bytes of `drawn` between two bounds, without the signs on them. The last column takes the rest of the line.
    fn part(&self, drawn: &str, first: usize, end: usize) -> Option<Range<usize>> {
        let from = self.byte_of(drawn, first)? + 1;
        let to = if end == self.grid.columns.len() {
            let has_bar = drawn.len() > from && drawn.ends_with(['|', '+']);
            drawn.len() - usize::from(has_bar)
        } else {
            self.byte_of(drawn, end)?
        };
        (from <= to && drawn.is_char_boundary(from)).then_some(from..to)
    }
}

fn is_run(text: &str, sign: u8) -> bool {
    text.bytes().all(|byte| byte == sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_know_their_place() {
        let text = "+---+---+---+\n| AAAAA | B |\n+---+---+ B +\n| D | E | B |\n+ D +---+---+\n| D | CCCCC |\n+---+---+---+";
        let (end, grid) = read(text, 0).unwrap();
        assert_eq!(end, text.len());
        let mut rows: Vec<Vec<(usize, usize)>> = Vec::new();
        for row in &grid.rows {
            rows.push(
                row.cells
                    .iter()
                    .map(|cell| (cell.columns, cell.rows))
                    .collect(),
            );
        }
        assert_eq!(
            rows,
            [vec![(2, 1), (1, 2)], vec![(1, 2), (1, 1)], vec![(2, 1)]]
        );
        let mut lines = Vec::new();
        for line in &grid.rows[0].cells[1].lines {
            lines.push(text[line.clone()].trim());
        }
        assert_eq!(lines, ["B", "B", "B"]);
    }

    #[test]
    fn odd_drawings_are_no_tables() {
        let broken = "+---+---+---+\n| AAAAA | B |\n+ A +---+ B +\n| A | C | B |\n+---+---+---+";
        assert!(read(broken, 0).is_none());
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
