//! A tour in four steps, on a cluster in this very process.

mod steps;
mod story;
mod tour;

use std::io;
use std::time::{Duration, Instant};

use kafka_client::client::Client;
use kafka_sandbox::{Sandbox, StartError};

use self::story::Story;
use self::tour::{Hint, Step, Tour};
use crate::app::App;
use crate::error::CliError;
use crate::output::{Item, Listing};
use crate::signals::Signals;

/// See in a moment what Kafka does: a tour on a cluster in this process
///
/// Starts a cluster, creates a topic, writes records, reads them as a group, shows how far the group is behind, and says
/// the command for each step. Needs nothing but this binary, and leaves nothing behind.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl quickstart
  kafkactl quickstart --stay")]
pub struct Args {
    /// Keep the cluster up until Ctrl-C, to try commands in another terminal; at port 9092 when it is free
    #[arg(long)]
    stay: bool,
}

/// The port at which commands look for a cluster that are not told of another.
const DEFAULT_PORT: u16 = 9092;
/// The servers that they then connect to.
const DEFAULT_SERVERS: &str = "localhost:9092";

/// Runs the command.
pub async fn run(app: &App, args: Args) -> Result<(), CliError> {
    let mut signals = Signals::listen()?;
    let tour = async {
        let began = Instant::now();
        let sandbox = start(&args).await?;
        let started = began.elapsed();
        let done = tour(app, &args, &sandbox, started).await;
        done.map(|()| sandbox)
    };
    let sandbox = tokio::select! {
        sandbox = tour => sandbox?,
        kind = signals.next() => return Err(CliError::new(kind, "")),
    };
    if args.stay {
        signals.next().await;
    }
    sandbox.shutdown().await;
    Ok(())
}

/// Starts the cluster, where commands find it by themselves if it is to stay.
async fn start(args: &Args) -> Result<Sandbox, CliError> {
    if args.stay {
        match Sandbox::builder().port(DEFAULT_PORT).start().await {
            Err(StartError::Listen { source, .. }) if source.kind() == io::ErrorKind::AddrInUse => {}
            other => return Ok(other?),
        }
    }
    Ok(Sandbox::builder().start().await?)
}

async fn tour(app: &App, args: &Args, sandbox: &Sandbox, started: Duration) -> Result<(), CliError> {
    let kafkactl = kafkactl(app, args, sandbox);
    let story = Story::new(app.output());
    story.begin(sandbox, started)?;
    let client = Client::connect(sandbox.bootstrap_servers()).await?;
    let mut tour = Tour {
        bootstrap_servers: sandbox.bootstrap_servers(),
        brokers: sandbox.brokers().count(),
        started_ms: started.as_millis(),
        steps: Vec::new(),
        lag: Vec::new(),
        total_lag: 0,
        next: hints(args, &kafkactl),
    };

    let mut began = Instant::now();
    let mut step = |title, command: String, result: String| -> Result<(), CliError> {
        let took_ms = began.elapsed().as_millis();
        let step = Step {
            title,
            command,
            result,
            took_ms,
        };
        story.step(tour.steps.len() + 1, &step)?;
        tour.steps.push(step);
        began = Instant::now();
        Ok(())
    };

    let result = steps::create(&client).await?;
    let command = format!("{kafkactl} topics create orders -p 3 -r 3");
    step("Create a topic", command, result)?;

    let result = steps::produce(&client).await?;
    let lines = "seq 1000 | sed 's/.*/customer-&:order &/'";
    let command = format!("{lines} | {kafkactl} produce orders --key-separator :");
    step("Write a thousand records, each with a key", command, result)?;

    let result = steps::consume(&client).await?;
    let command = format!("{kafkactl} consume orders --group billing --from-beginning -n 600");
    step("Read some of them as a group", command, result)?;

    let (lag, result) = steps::lag(&client).await?;
    let command = format!("{kafkactl} groups describe billing");
    step("See how far the group is behind", command, result)?;

    tour.total_lag = lag.iter().filter_map(|lag| lag.lag).sum();
    tour.lag = lag;
    client.close().await;
    if !app.output().is_for_people() {
        let cluster_id = Some(sandbox.cluster_id());
        return app.output().print(&Listing::of(cluster_id, vec![tour]));
    }
    story.table(&Tour::table(std::slice::from_ref(&tour), &app.output().style))?;
    story.end(&tour.next, args.stay)
}

/// How kafkactl is called so that it finds the cluster.
fn kafkactl(app: &App, args: &Args, sandbox: &Sandbox) -> String {
    let asked = app.settings().ok().and_then(|settings| {
        let servers = settings.properties.get("bootstrap.servers");
        servers.map(|(servers, _)| servers.clone())
    });
    let is_default = asked.as_deref() == Some(DEFAULT_SERVERS);
    let is_there = sandbox.broker(1).port() == DEFAULT_PORT;
    // A cluster that does not stay is nowhere to be found: its commands are to be read, not typed.
    if !args.stay || (is_default && is_there) {
        "kafkactl".to_owned()
    } else {
        format!("kafkactl -b {}", sandbox.broker(1).address())
    }
}

fn hints(args: &Args, kafkactl: &str) -> Vec<Hint> {
    let hint = |command: String, why| Hint { command, why };
    if !args.stay {
        return vec![
            hint(
                "kafkactl quickstart --stay".to_owned(),
                "the same, and the cluster stays up to try these commands on",
            ),
            hint(
                "kafkactl sandbox up".to_owned(),
                "a cluster of your own, for as long as you like",
            ),
            hint("kafkactl --help".to_owned(), "all there is"),
        ];
    }
    vec![
        hint(
            format!("{kafkactl} consume orders --group billing -n 400"),
            "reads what is left",
        ),
        hint(
            format!("{kafkactl} groups describe billing"),
            "now nothing is left",
        ),
        hint(
            format!("{kafkactl} consume orders --tail 2 --exit -f '%p:%o %k=%v\\n'"),
            "the last two records of each partition",
        ),
        hint(
            format!("{kafkactl} sandbox faults add kill=2"),
            "a broker ends, and the others take over",
        ),
        hint(
            format!("{kafkactl} topics describe orders"),
            "who leads which partition now",
        ),
        hint("kafkactl --help".to_owned(), "all there is"),
    ]
}
