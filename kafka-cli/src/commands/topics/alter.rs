use kafka_client::admin::{Admin, ConfigChange, ConfigResource, NewPartitions};
use serde::Serialize;

use super::names;
use crate::app::App;
use crate::class::Class;
use crate::commands::outcome;
use crate::error::{CliError, Kind};
use crate::global::key_value;
use crate::output::{Column, Item, Style, Table, or_dash};

/// Change partitions and settings of topics
///
/// A topic can be given more partitions, never fewer. Records with a key go to other partitions afterwards.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl topics alter orders -p 12
  kafkactl topics alter orders -c retention.ms=86400000 --unset cleanup.policy
  kafkactl topics alter --regex 'logs-.*' --append cleanup.policy=compact")]
#[command(group(
    clap::ArgGroup::new("change")
        .required(true)
        .multiple(true)
        .args(["partitions", "configs", "unset", "append", "subtract"])
))]
pub struct Args {
    /// Names of the topics
    #[arg(required_unless_present = "regex")]
    names: Vec<String>,

    /// Topics whose whole names match
    #[arg(long, value_name = "REGEX", conflicts_with = "names")]
    regex: Option<String>,

    /// Number of partitions afterwards
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(i32).range(1..))]
    partitions: Option<i32>,

    /// A setting to set (repeatable)
    #[arg(short, long = "config", value_name = "KEY=VALUE", value_parser = key_value)]
    configs: Vec<(String, String)>,

    /// A setting to give its default back (repeatable)
    #[arg(long, value_name = "KEY")]
    unset: Vec<String>,

    /// Values to add to a setting that is a list (repeatable)
    #[arg(long, value_name = "KEY=VALUES", value_parser = key_value)]
    append: Vec<(String, String)>,

    /// Values to take from a setting that is a list (repeatable)
    #[arg(long, value_name = "KEY=VALUES", value_parser = key_value)]
    subtract: Vec<(String, String)>,

    /// Let the brokers check, but change nothing
    #[arg(long)]
    dry_run: bool,
}

/// A topic that was changed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Altered {
    name: String,
    partitions: Option<i32>,
    configs: usize,
}

impl Item for Altered {
    const KIND: &'static str = "TopicAlterationList";

    fn name(&self) -> String {
        self.name.clone()
    }

    fn table(items: &[Self], _: &Style) -> Table {
        let mut table = Table::new(&[
            Column::text("NAME"),
            Column::number("PARTITIONS"),
            Column::number("CONFIGS-CHANGED"),
        ]);
        for item in items {
            table.row(vec![
                item.name.clone(),
                or_dash(item.partitions),
                item.configs.to_string(),
            ]);
        }
        table
    }
}

/// Runs the command.
pub async fn run(app: &App, args: Args) -> Result<(), CliError> {
    let session = app.connect(Class::Admin).await?;
    let admin = session.client.admin();
    let names = names::given_or_matching(&admin, &args.names, args.regex.as_deref()).await?;
    let mut failed = Vec::new();
    let mut remaining = names;
    // Settings first: they can be taken back, partitions cannot.
    for step in [Step::Configs, Step::Partitions] {
        let results = step.run(&admin, &args, &remaining).await;
        remaining.clear();
        for (name, result) in results {
            match result {
                Ok(()) => remaining.push(name),
                Err(error) => failed.push((name, Err(error))),
            }
        }
    }
    let done = remaining.into_iter().map(|name| {
        let altered = Altered {
            name: name.clone(),
            partitions: args.partitions,
            configs: args.changes().len(),
        };
        (name, Ok(altered))
    });
    let verb = if args.dry_run { "Would alter" } else { "Altered" };
    outcome::report(app, &session, "topic", done.chain(failed), |altered| {
        format!("{verb} topic {}.", altered.name)
    })
}

#[derive(Clone, Copy)]
enum Step {
    Configs,
    Partitions,
}

impl Step {
    async fn run(self, admin: &Admin, args: &Args, names: &[String]) -> Vec<(String, Result<(), CliError>)> {
        let changes = args.changes();
        match (self, args.partitions) {
            (Self::Configs, _) if !changes.is_empty() => {
                let wanted = names
                    .iter()
                    .map(|name| (ConfigResource::topic(name), changes.clone()));
                let results = admin.alter_configs(wanted, args.dry_run).await;
                results
                    .into_iter()
                    .map(|(resource, result)| (resource.name, result.map_err(CliError::from)))
                    .collect()
            }
            (Self::Partitions, Some(total)) => {
                let wanted = names
                    .iter()
                    .map(|name| (name.clone(), NewPartitions::up_to(total)));
                let results = admin.create_partitions(wanted, args.dry_run).await;
                results
                    .into_iter()
                    .map(|(name, result)| (name, result.map_err(refused)))
                    .collect()
            }
            _ => names.iter().map(|name| (name.clone(), Ok(()))).collect(),
        }
    }
}

/// Fewer partitions, or as many as there are, is what a topic's state forbids.
fn refused(error: kafka_client::admin::AdminError) -> CliError {
    let is_count = error.code() == Some(protocol::ErrorCode::INVALID_PARTITIONS);
    let mut failure = CliError::from(error);
    if is_count {
        failure.kind = Kind::Refused;
        failure
            .hints
            .push("a topic can be given more partitions, never fewer".to_owned());
    }
    failure
}

impl Args {
    fn changes(&self) -> Vec<ConfigChange> {
        let set = self
            .configs
            .iter()
            .map(|(key, value)| ConfigChange::set(key, value));
        let delete = self.unset.iter().map(ConfigChange::delete);
        let append = self
            .append
            .iter()
            .map(|(key, values)| ConfigChange::append(key, values));
        let subtract = self
            .subtract
            .iter()
            .map(|(key, values)| ConfigChange::subtract(key, values));
        set.chain(delete).chain(append).chain(subtract).collect()
    }
}
