use kafka_client::admin::{GroupFilter, GroupKind, GroupState};
use serde::Serialize;

use crate::app::App;
use crate::class::Class;
use crate::error::CliError;
use crate::output::{Column, Item, ItemError, Listing, Style, Table, or_dash};

/// List groups
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl groups list
  kafkactl groups list --state Empty,Dead
  kafkactl groups list --type consumer,share -o json")]
pub struct Args {
    /// Only groups in these states, e.g. Stable, Empty
    #[arg(long, value_name = "STATE,…", value_delimiter = ',')]
    state: Vec<String>,

    /// Only groups of these types: classic, consumer, share, streams
    #[arg(long = "type", value_name = "TYPE,…", value_delimiter = ',')]
    kinds: Vec<String>,
}

/// A group in a list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    group: String,
    r#type: Option<String>,
    state: Option<String>,
    protocol: String,
}

impl Item for Row {
    const KIND: &'static str = "GroupList";

    fn name(&self) -> String {
        self.group.clone()
    }

    fn table(items: &[Self], _: &Style) -> Table {
        let mut table = Table::new(&[
            Column::text("GROUP"),
            Column::text("TYPE"),
            Column::text("STATE"),
            Column::text("PROTOCOL").wide(),
        ]);
        for item in items {
            table.row(vec![
                item.group.clone(),
                or_dash(item.r#type.as_deref()),
                or_dash(item.state.as_deref()),
                item.protocol.clone(),
            ]);
        }
        table
    }
}

/// Runs the command.
pub async fn run(app: &App, args: Args) -> Result<(), CliError> {
    let session = app.connect(Class::Read).await?;
    let filter = GroupFilter {
        states: args
            .state
            .iter()
            .map(|state| GroupState::from(state.as_str()))
            .collect(),
        kinds: args
            .kinds
            .iter()
            .map(|kind| GroupKind::from(kind.as_str()))
            .collect(),
    };
    let list = session.client.admin().list_groups(&filter).await?;
    let items = list
        .groups
        .into_iter()
        .map(|group| Row {
            group: group.id,
            r#type: group.kind.map(|kind| kind.name().to_owned()),
            state: group.state.map(|state| state.name().to_owned()),
            protocol: group.protocol_type,
        })
        .collect();
    let failed: Vec<(String, CliError)> = list
        .failed
        .into_iter()
        .map(|(node, error)| (format!("broker {node}"), error.into()))
        .collect();
    let errors: Vec<ItemError> = failed
        .iter()
        .map(|(broker, error)| ItemError::of(broker, error))
        .collect();
    app.output().print(&Listing {
        cluster_id: session.cluster_id,
        items,
        errors,
    })?;
    // The groups of the brokers that answered are worth showing; that some are missing is not to be overlooked.
    match failed.into_iter().next() {
        None => Ok(()),
        Some((broker, error)) => Err(CliError {
            message: format!("{broker}: {}", error.message),
            ..error
        }
        .hint("the groups that this broker coordinates are not in the list")),
    }
}
