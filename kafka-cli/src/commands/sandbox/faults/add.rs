use std::path::PathBuf;

use kafka_client::admin::ConfigChange;
use kafka_sandbox::fault::Fault;

use super::{CONFIG, Shown, alter, connect, line, read, rules};
use crate::app::App;
use crate::class::Class;
use crate::commands::outcome;
use crate::error::CliError;

/// Put a rule in force, or do something to the cluster
///
/// A rule is an API, or * for all, then which requests it is for, then what happens to them. A command stands alone and is done
/// at once.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Which requests:
  broker=2  topic=orders  partition=0  client=app   those that agree with all of these
  skip=10   times=3   once                          let 10 pass first, strike 3, strike one

What happens to them:
  reply=NOT_LEADER_OR_FOLLOWER   answered with an error, and not applied
  reply-after=REQUEST_TIMED_OUT  applied, then answered with the error
  drop=before  drop=after        the connection closes; after: the request was applied
  hold=200ms   delay=200ms       the request waits, the answer waits
  throttle=1s                    the client is told to stay quiet
  truncate=10  corrupt=5         the answer is cut short, has a wrong byte
  split=7  every=1ms             the answer comes in pieces, with time between them

One rule strikes a request: the oldest that matches. Those behind it wait for the next.

Commands, alone or behind a rule:
  kill=2  restart=2  pause=2  resume=2           a broker ends, starts, stands still, goes on
  move=orders-0:3                                another broker leads a partition
  coordinator=billing:2  txn-coordinator=ID:2    another coordinates a group, a transactional id
  recreate=orders  cut=orders-0:100              a topic anew, records from 100 on lost
  expire=billing:MEMBER                          a session over (groups describe names members)
  expire-transaction=ID  markers=2s              a transaction timed out, markers late
  forget-sessions=2                              a broker forgets its fetch sessions
  profile=2:2.8                                  a broker of an older Kafka

A name with a blank or a comma is quoted twice, once for the shell: 'client=\"my app\"'.

Examples:
  kafkactl sandbox faults add produce broker=2 times=3 reply=NOT_LEADER_OR_FOLLOWER
  kafkactl sandbox faults add fetch topic=orders delay=500ms
  kafkactl sandbox faults add produce skip=100 once kill=1
  kafkactl sandbox faults add kill=2
  kafkactl sandbox faults add --file faults.txt")]
pub struct Args {
    /// The fault, as one argument or as words
    #[arg(required_unless_present = "file", value_name = "FAULT")]
    words: Vec<String>,

    /// A file of faults, a line each
    #[arg(short, long, conflicts_with = "words")]
    file: Option<PathBuf>,
}

/// Runs the command.
pub async fn run(app: &App, args: Args) -> Result<(), CliError> {
    let faults = match &args.file {
        Some(file) => read(file)?,
        None => {
            let fault: Result<Fault, _> = line(&args.words).parse();
            vec![fault.map_err(|error| {
                CliError::usage(error.to_string()).hint("see kafkactl sandbox faults add --help")
            })?]
        }
    };
    let session = connect(app, Class::Admin).await?;
    rules(&session).await?;
    alter(&session, ConfigChange::append(CONFIG, Fault::join(&faults))).await?;
    let added = faults
        .iter()
        .map(|fault| (fault.to_string(), Ok(Shown::of(fault))));
    outcome::report(app, &session, "fault", added, |shown| {
        let done = if shown.is_command { "Done" } else { "Added" };
        format!("{done}: {}.", shown.fault)
    })
}
