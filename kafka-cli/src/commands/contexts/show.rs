use serde::Serialize;

use crate::app::App;
use crate::error::CliError;
use crate::output::{Column, Item, Listing, Style, Table};

/// A setting in force.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    key: String,
    value: String,
    source: String,
}

impl Item for Row {
    const KIND: &'static str = "SettingList";

    fn name(&self) -> String {
        self.key.clone()
    }

    fn table(items: &[Self], _: &Style) -> Table {
        let mut table = Table::new(&[
            Column::text("SETTING"),
            Column::text("VALUE"),
            Column::text("FROM"),
        ]);
        for item in items {
            table.row(vec![item.key.clone(), item.value.clone(), item.source.clone()]);
        }
        table
    }
}

/// Runs the command.
pub fn run(app: &App) -> Result<(), CliError> {
    let settings = app.settings()?;
    let rows = settings
        .properties
        .iter()
        .map(|(key, (value, source))| Row {
            key: key.clone(),
            value: if is_secret(key) {
                "********".to_owned()
            } else {
                value.clone()
            },
            source: source.to_string(),
        })
        .collect();
    app.output().print(&Listing::of(None, rows))
}

/// Whether a setting's value is never to be shown. Unknown settings are taken for secrets when they sound like it.
fn is_secret(key: &str) -> bool {
    ["password", "secret", "jaas", "token", "keystore.key"]
        .iter()
        .any(|word| key.contains(word))
}
