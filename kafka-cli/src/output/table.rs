use comfy_table::{CellAlignment, ContentArrangement, presets};

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Upper case with `-`, no blanks, so that awk can count columns.
    pub name: &'static str,
    /// Whether only `-o wide` shows it. Wide columns stand at the right.
    pub wide: bool,
    /// Whether its cells are numbers.
    pub number: bool,
}

impl Column {
    /// A column of text.
    pub const fn text(name: &'static str) -> Self {
        Self {
            name,
            wide: false,
            number: false,
        }
    }

    /// A column of numbers.
    pub const fn number(name: &'static str) -> Self {
        Self {
            name,
            wide: false,
            number: true,
        }
    }

    /// The column, shown by `-o wide` alone.
    #[must_use]
    pub const fn wide(self) -> Self {
        Self { wide: true, ..self }
    }
}

/// Rows under columns. Each row has a cell for every column.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The columns, wide ones last.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// A part of a description: a title, facts about the thing, and a table of its parts.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// The heading, if there is one.
    pub title: Option<String>,
    /// Names and values, one a line.
    pub facts: Vec<(&'static str, String)>,
    /// The parts.
    pub table: Option<Table>,
}

impl Table {
    /// An empty table.
    pub fn new(columns: &[Column]) -> Self {
        Self {
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<String>) {
        debug_assert_eq!(cells.len(), self.columns.len());
        self.rows.push(cells);
    }

    /// Keeps only the columns that `keep` names, in its order; fails with the name that is not there.
    pub fn select(&mut self, keep: &[String]) -> Result<(), String> {
        let mut places = Vec::with_capacity(keep.len());
        for name in keep {
            let place = self
                .columns
                .iter()
                .position(|column| column.name.eq_ignore_ascii_case(name));
            places.push(place.ok_or_else(|| name.clone())?);
        }
        self.columns = places
            .iter()
            .map(|&place| Column {
                wide: false,
                ..self.columns[place]
            })
            .collect();
        for row in &mut self.rows {
            *row = places.iter().map(|&place| row[place].clone()).collect();
        }
        Ok(())
    }

    /// Drops the columns that only `wide` shows.
    pub fn narrow(&mut self) {
        let keep: Vec<bool> = self.columns.iter().map(|column| !column.wide).collect();
        self.columns.retain(|column| !column.wide);
        for row in &mut self.rows {
            let mut keep = keep.iter();
            row.retain(|_| keep.next().copied().unwrap_or(true));
        }
    }

    /// Sorts by a column, numbers as numbers; fails when there is no such column.
    pub fn sort_by(&mut self, name: &str, descending: bool) -> Result<(), String> {
        let place = self
            .columns
            .iter()
            .position(|column| column.name.eq_ignore_ascii_case(name));
        let place = place.ok_or_else(|| name.to_owned())?;
        self.rows.sort_by(|a, b| {
            let (a, b) = (&a[place], &b[place]);
            match (a.parse::<f64>(), b.parse::<f64>()) {
                (Ok(a), Ok(b)) => a.total_cmp(&b),
                _ => a.cmp(b),
            }
        });
        if descending {
            self.rows.reverse();
        }
        Ok(())
    }

    /// The names of the columns.
    pub fn names(&self) -> Vec<&'static str> {
        self.columns.iter().map(|column| column.name).collect()
    }

    /// Text with aligned columns.
    pub fn to_text(&self, headers: bool) -> String {
        let mut table = comfy_table::Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Disabled);
        if headers {
            table.set_header(self.names());
        }
        for row in &self.rows {
            table.add_row(row);
        }
        for (place, column) in self.columns.iter().enumerate() {
            if let Some(shown) = table.column_mut(place) {
                shown.set_padding((0, 2));
                if column.number {
                    shown.set_cell_alignment(CellAlignment::Right);
                }
            }
        }
        let mut text = String::new();
        for line in table.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

impl Section {
    /// The section as text.
    pub fn to_text(&self, headers: bool) -> String {
        let mut text = String::new();
        if let Some(title) = &self.title {
            text.push_str(title);
            text.push('\n');
        }
        let width = self
            .facts
            .iter()
            .map(|(name, _)| name.len() + 1)
            .max()
            .unwrap_or(0);
        let indent = if self.title.is_some() { "  " } else { "" };
        for (name, value) in &self.facts {
            let name = format!("{name}:");
            text.push_str(format!("{indent}{name:<width$}  {value}").trim_end());
            text.push('\n');
        }
        if let Some(table) = &self.table {
            if !self.facts.is_empty() {
                text.push('\n');
            }
            text.push_str(&table.to_text(headers));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Table {
        let mut table = Table::new(&[
            Column::text("TOPIC"),
            Column::number("LAG"),
            Column::text("ID").wide(),
        ]);
        table.row(vec!["b".into(), "9".into(), "x".into()]);
        table.row(vec!["a".into(), "10".into(), "y".into()]);
        table
    }

    #[test]
    fn numbers_sort_as_numbers_and_stand_at_the_right() {
        let mut table = sample();
        table.narrow();
        table.sort_by("lag", true).expect("the column is there");
        assert_eq!(table.to_text(true), "TOPIC  LAG\na       10\nb        9\n");
        assert_eq!(table.sort_by("size", false), Err("size".to_owned()));
    }

    #[test]
    fn columns_come_in_the_order_asked_for() {
        let mut table = sample();
        table
            .select(&["ID".to_owned(), "topic".to_owned()])
            .expect("both are there");
        assert_eq!(table.to_text(false), "x  b\ny  a\n");
    }
}
