use serde::Serialize;

use super::names;
use crate::app::App;
use crate::class::Class;
use crate::error::CliError;
use crate::output::{Column, Item, Listing, Style, Table, or_dash};

/// List topics
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl topics list
  kafkactl topics list 'orders-.*' --sort-by PARTITIONS:desc
  kafkactl topics list -o name | xargs -n1 kafkactl topics describe")]
pub struct Args {
    /// Only topics whose whole names match
    #[arg(value_name = "REGEX")]
    pattern: Option<String>,

    /// Kafka's own topics, too
    #[arg(long)]
    internal: bool,
}

/// A topic in a list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    name: String,
    id: Option<String>,
    partitions: usize,
    replication_factor: usize,
    internal: bool,
}

impl Item for Row {
    const KIND: &'static str = "TopicList";

    fn name(&self) -> String {
        self.name.clone()
    }

    fn table(items: &[Self], _: &Style) -> Table {
        let mut table = Table::new(&[
            Column::text("NAME"),
            Column::number("PARTITIONS"),
            Column::number("REPLICAS"),
            Column::text("ID").wide(),
            Column::text("INTERNAL").wide(),
        ]);
        for item in items {
            table.row(vec![
                item.name.clone(),
                item.partitions.to_string(),
                item.replication_factor.to_string(),
                or_dash(item.id.as_deref()),
                item.internal.to_string(),
            ]);
        }
        table
    }
}

/// Runs the command.
pub async fn run(app: &App, args: Args) -> Result<(), CliError> {
    let session = app.connect(Class::Read).await?;
    let pattern = args.pattern.as_deref().unwrap_or(".*");
    let topics = names::matching(&session.client.admin(), pattern, args.internal).await?;
    let mut rows: Vec<Row> = topics
        .into_iter()
        .map(|topic| Row {
            name: topic.name,
            id: topic.id.map(|id| id.to_string()),
            partitions: topic.partitions,
            replication_factor: topic.replication_factor,
            internal: topic.internal,
        })
        .collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    app.output().print(&Listing::of(session.cluster_id, rows))
}
