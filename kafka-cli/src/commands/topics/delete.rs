use kafka_client::admin::TopicKey;
use protocol::{ErrorCode, Uuid};
use serde::Serialize;

use super::names;
use crate::app::App;
use crate::class::Class;
use crate::commands::outcome;
use crate::error::CliError;
use crate::output::{Column, Item, Style, Table};

/// Delete topics and all their records
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl topics delete orders
  kafkactl topics delete --regex 'test-.*' --dry-run
  kafkactl topics delete a b c --if-exists --yes")]
pub struct Args {
    /// Names of the topics
    #[arg(required_unless_present_any = ["regex", "id"])]
    names: Vec<String>,

    /// Delete the topics whose whole names match
    #[arg(long, value_name = "REGEX", conflicts_with = "names")]
    regex: Option<String>,

    /// Delete the topic with this id (repeatable)
    #[arg(long, value_name = "ID", conflicts_with_all = ["names", "regex"])]
    id: Vec<Uuid>,

    /// Take a topic that does not exist for deleted
    #[arg(long)]
    if_exists: bool,

    /// Say what would be deleted, and delete nothing
    #[arg(long)]
    dry_run: bool,
}

/// A topic that was deleted.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Deleted {
    name: String,
    existed: bool,
}

impl Item for Deleted {
    const KIND: &'static str = "TopicDeletionList";

    fn name(&self) -> String {
        self.name.clone()
    }

    fn table(items: &[Self], _: &Style) -> Table {
        let mut table = Table::new(&[Column::text("NAME")]);
        for item in items {
            table.row(vec![item.name.clone()]);
        }
        table
    }
}

/// Runs the command.
pub async fn run(app: &App, args: Args) -> Result<(), CliError> {
    let session = app
        .connect(if args.dry_run { Class::Read } else { Class::Destroy })
        .await?;
    let admin = session.client.admin();
    let names = names::given_or_matching(&admin, &args.names, args.regex.as_deref()).await?;
    let keys: Vec<TopicKey> = names
        .into_iter()
        .map(TopicKey::Name)
        .chain(args.id.iter().copied().map(TopicKey::Id))
        .collect();
    let listed = keys
        .iter()
        .map(TopicKey::to_string)
        .collect::<Vec<_>>()
        .join(", ");
    if args.dry_run {
        let would = keys.iter().map(|key| {
            (
                key.to_string(),
                Ok(Deleted {
                    name: key.to_string(),
                    existed: true,
                }),
            )
        });
        return outcome::report(app, &session, "topic", would, |deleted| {
            format!("Would delete topic {}.", deleted.name)
        });
    }
    app.confirm_on(
        &session,
        &format!("Delete {} with all records: {listed}?", count(keys.len())),
    )?;
    let results = admin.delete_topics(keys).await.into_iter().map(|(key, result)| {
        let name = key.to_string();
        let missing = |code: Option<ErrorCode>| {
            matches!(
                code,
                Some(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION | ErrorCode::UNKNOWN_TOPIC_ID)
            )
        };
        match result {
            Ok(()) => (name.clone(), Ok(Deleted { name, existed: true })),
            Err(error) if args.if_exists && missing(error.code()) => {
                (name.clone(), Ok(Deleted { name, existed: false }))
            }
            Err(error) => (name, Err(error.into())),
        }
    });
    outcome::report(app, &session, "topic", results, |deleted| match deleted.existed {
        true => format!("Deleted topic {}.", deleted.name),
        false => format!("There was no topic {}.", deleted.name),
    })
}

fn count(topics: usize) -> String {
    match topics {
        1 => "1 topic".to_owned(),
        many => format!("{many} topics"),
    }
}
