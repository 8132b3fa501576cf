use serde::Serialize;

use crate::app::App;
use crate::error::CliError;
use crate::output::{Column, Item, Listing, Style, Table};

/// A context in a list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    name: String,
    current: bool,
    bootstrap: Vec<String>,
    read_only: bool,
    protected: bool,
    file: String,
}

impl Item for Row {
    const KIND: &'static str = "ContextList";

    fn name(&self) -> String {
        self.name.clone()
    }

    fn table(items: &[Self], _: &Style) -> Table {
        let mut table = Table::new(&[
            Column::text("CURRENT"),
            Column::text("NAME"),
            Column::text("BOOTSTRAP"),
            Column::text("GUARD"),
            Column::text("FILE").wide(),
        ]);
        for item in items {
            let guard = match (item.read_only, item.protected) {
                (true, _) => "read-only",
                (false, true) => "protected",
                (false, false) => "-",
            };
            table.row(vec![
                if item.current { "*" } else { "" }.to_owned(),
                item.name.clone(),
                item.bootstrap.join(","),
                guard.to_owned(),
                item.file.clone(),
            ]);
        }
        table
    }
}

/// Runs the command.
pub fn run(app: &App) -> Result<(), CliError> {
    let files = app.files()?;
    let read = files.read()?;
    let current = app.context_name(&files, &read);
    let mut rows: Vec<Row> = Vec::new();
    for (path, file) in &read {
        for (name, context) in &file.contexts {
            // A stronger file's context hides one of the same name in a weaker file.
            if rows.iter().all(|row| row.name != *name) {
                rows.push(Row {
                    name: name.clone(),
                    current: current.as_ref() == Some(name),
                    bootstrap: context.bootstrap.clone(),
                    read_only: context.read_only,
                    protected: context.protected,
                    file: path.display().to_string(),
                });
            }
        }
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    if rows.is_empty() && app.output().is_for_people() {
        app.output().status(
            "There are no contexts yet. Add one with `kafkactl contexts add NAME --servers HOST:PORT`.",
        );
    }
    app.output().print(&Listing::of(None, rows))
}
