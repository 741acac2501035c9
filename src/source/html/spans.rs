//! The cells of a row of a table, with those of other rows and columns that reach into it.
//!
//! Must never let a page multiply its own length: what is repeated is bounded. Invariant: a row has its cells in the order in
//! which they are seen.

use dom_query::NodeRef;

use super::blocks::line;

/// Columns that a cell may reach over, at the most.
const WIDEST: usize = 20;

/// Columns of a table, at the most, that cells of earlier rows are looked for in.
const COLUMNS: usize = 60;

/// Bytes of a cell, at the most, that is told again where it reaches to; a longer one leaves an empty place.
const LABEL: usize = 120;

/// Bytes that the cells of a page may add by being told again.
const ROOM: usize = 1 << 16;

/// Cells of the rows so far that reach further down, by column.
#[derive(Debug)]
pub(super) struct Spans {
    hanging: Vec<Option<(String, usize)>>,
    /// How many bytes may still be added.
    room: usize,
}

impl Default for Spans {
    fn default() -> Self {
        Self { hanging: Vec::new(), room: ROOM }
    }
}

impl Spans {
    /// Begins a table inside another, or the first: what spans rows of one spans none of the other. Answers what to end it with.
    pub(super) fn begin_table(&mut self) -> Vec<Option<(String, usize)>> {
        std::mem::take(&mut self.hanging)
    }

    /// Ends a table.
    pub(super) fn end_table(&mut self, around: Vec<Option<(String, usize)>>) {
        self.hanging = around;
    }

    /// Whether a cell of an earlier row reaches into the next.
    pub(super) fn hangs(&self) -> bool {
        self.hanging.iter().any(Option::is_some)
    }

    /// The cells of a row, empty ones among them.
    pub(super) fn row(&mut self, row: NodeRef) -> Vec<String> {
        let mut cells = Vec::new();
        for cell in row.element_children() {
            self.hang_into(&mut cells);
            let text = line(cell);
            let reach = |name: &str| cell.attr(name).and_then(|count| count.trim().parse::<usize>().ok()).unwrap_or(1);
            let (width, rows) = (reach("colspan").clamp(1, WIDEST), reach("rowspan"));
            for column in 0..width {
                let Some(told) = (if column == 0 { Some(text.clone()) } else { self.again(&text) }) else { break };
                if rows > 1 && cells.len() < COLUMNS {
                    self.hanging.resize(self.hanging.len().max(cells.len() + 1), None);
                    let label = if text.len() <= LABEL { text.clone() } else { String::new() };
                    self.hanging[cells.len()] = Some((label, rows - 1));
                }
                cells.push(told);
            }
        }
        self.hang_into(&mut cells);
        cells
    }

    /// Puts in the cells of earlier rows that stand next.
    fn hang_into(&mut self, cells: &mut Vec<String>) {
        while let Some(Some((text, rows))) = self.hanging.get_mut(cells.len()) {
            let text = text.clone();
            *rows -= 1;
            if *rows == 0 {
                self.hanging[cells.len()] = None;
            }
            let Some(told) = self.again(&text) else { return };
            cells.push(told);
        }
    }

    /// A cell's text once more, or an empty place for a long one, as long as there is room.
    fn again(&mut self, text: &str) -> Option<String> {
        const MARK: usize = 3;
        let text = if text.len() > LABEL { "" } else { text };
        self.room = self.room.checked_sub(text.len() + MARK)?;
        Some(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    fn rows(page: &str) -> Vec<Vec<String>> {
        let document = Document::from(page);
        let mut spans = Spans::default();
        document.select("tr").nodes().iter().map(|row| spans.row(*row)).collect()
    }

    #[test]
    fn a_cell_reaches_over_rows_and_columns_and_is_told_in_each() {
        let page = "<table><tr><td rowspan=3 colspan=2>a<td>b<tr><td>c<td rowspan=2>d<tr><td>e</table>";
        assert_eq!(rows(page), [vec!["a", "a", "b"], vec!["a", "a", "c", "d"], vec!["a", "a", "e", "d"]]);
        assert_eq!(rows("<table><tr><td rowspan=9999999999999999999999>a<td colspan=x>b</table>"), [vec!["a", "b"]]);
    }

    #[test]
    fn a_page_cannot_make_itself_longer_without_end() {
        let row = format!("<tr>{}", "<td colspan=99999 rowspan=99999>a label of some length".repeat(9));
        let page = format!("<table>{}</table>", row.repeat(300));
        let told: usize = rows(&page).iter().flatten().map(String::len).sum();
        assert!(told < page.len() + ROOM, "{told}");
    }
}
