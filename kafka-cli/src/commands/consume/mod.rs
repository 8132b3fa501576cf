mod args;
mod filter;
mod plan;
mod print;
mod sink;

use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use kafka_client::client::{Consumer, ConsumerEvent};
use kafka_client::cluster::TopicPartition;
use kafka_client::config::{AssignorKind, IsolationLevel, OffsetReset};
use kafka_client::consume::{Batch, CommittedOffset, ConsumeError};
use kafka_client::error::Class as ErrorClass;
use tokio::time::Instant;

pub use self::args::Args;
use self::plan::{Ends, Plan};
use self::print::Printer;
use self::sink::Sink;
use crate::app::{App, Session};
use crate::class::Class;
use crate::commands::known;
use crate::error::{CliError, Kind};
use crate::output::{Progress, Unit};
use crate::signals::Signals;

/// How often what was printed is committed.
const COMMIT_INTERVAL: Duration = Duration::from_secs(5);
/// How often the ends are looked at while no record comes: a partition may end in records that are never shown.
const LOOK_INTERVAL: Duration = Duration::from_millis(50);

/// Runs the command.
pub async fn run(app: &App, args: Args) -> Result<(), CliError> {
    let printer = Printer::new(args.format.as_deref(), args.record_output, app.output())?;
    let writes = args.group.is_some() && !args.no_commit;
    let session = app
        .connect(if writes { Class::Write } else { Class::Read })
        .await?;
    let mut signals = Signals::listen()?;
    let plan = tokio::select! {
        biased;
        kind = signals.next() => return Err(CliError::new(kind, "interrupted")),
        plan = Plan::make(&session, &args) => plan?,
    };
    if plan.is_over() {
        return Sink::open(args.out.as_deref())?.finish(printer.empty()).await;
    }
    let consumer = consumer(&session, &args, &plan).await?;
    let progress = match args.out {
        Some(_) => app.output().progress(plan.records(), Unit::Records),
        None => app.output().no_progress(),
    };
    let mut reading = Reading {
        app,
        args: &args,
        consumer,
        ends: plan.ends,
        sink: Sink::open(args.out.as_deref())?,
        printer,
        progress,
        printed: 0,
        seen: 0,
        chunk: Vec::new(),
        covered: BTreeMap::new(),
        last_commit: Instant::now(),
    };
    let outcome = tokio::select! {
        biased;
        kind = signals.next() => Err(CliError::new(kind, "")),
        outcome = reading.run() => outcome,
        never = known::watch_leaders(app, &session, plan.not_asked) => match never {},
    };
    reading.end(outcome).await
}

async fn consumer(session: &Session, args: &Args, plan: &Plan) -> Result<Consumer, CliError> {
    let mut config = session.config.consumer.clone();
    config.group_id.clone_from(&args.group);
    // What was printed is committed, not what was delivered.
    config.enable_auto_commit = false;
    if args.instance_id.is_some() {
        config.group_instance_id.clone_from(&args.instance_id);
    }
    if !session
        .settings
        .properties
        .contains_key("partition.assignment.strategy")
    {
        config.assignors = vec![AssignorKind::CooperativeSticky];
    }
    if args.from_beginning {
        config.auto_offset_reset = OffsetReset::Earliest;
    }
    if args.read_committed {
        config.isolation_level = IsolationLevel::ReadCommitted;
    }
    if args.rack.is_some() {
        config.client_rack.clone_from(&args.rack);
    }
    config.allow_auto_create_topics = false;
    if args.group.is_none() && !session.settings.properties.contains_key("auto.offset.reset") {
        // The place was found when the plan was made; when it is gone since, the oldest record is nearest.
        config.auto_offset_reset = OffsetReset::Earliest;
    }
    let builder = session.client.consumer_with(config);
    let builder = match (&args.group, &args.regex) {
        (None, _) => builder.assign(plan.starts.clone()),
        (Some(_), Some(pattern)) => builder.pattern(pattern.clone()),
        (Some(_), None) => builder.topics(args.topics.iter().map(String::as_str)),
    };
    builder
        .start()
        .await
        .map_err(|error| CliError::usage("cannot consume").caused_by(error))
}

/// Reading in progress.
struct Reading<'a> {
    app: &'a App,
    args: &'a Args,
    consumer: Consumer,
    ends: Option<Ends>,
    sink: Sink,
    printer: Printer,
    progress: Progress,
    /// Records printed.
    printed: u64,
    /// Records read, those that the filters left out included.
    seen: u64,
    /// What is to be printed next.
    chunk: Vec<u8>,
    /// Up to where each partition is printed once the chunk is.
    covered: BTreeMap<TopicPartition, i64>,
    last_commit: Instant,
}

impl Reading<'_> {
    async fn run(&mut self) -> Result<(), CliError> {
        let mut last_record = Instant::now();
        loop {
            if self.is_over() {
                return Ok(());
            }
            let looks = self.ends.is_some() || self.args.idle_timeout.is_some();
            let event = {
                let mut next = pin!(self.consumer.next_event());
                let ready = poll_fn(|cx| match next.as_mut().poll(cx) {
                    Poll::Ready(event) => Poll::Ready(Some(event)),
                    Poll::Pending => Poll::Ready(None),
                });
                match ready.await {
                    Some(event) => Some(event),
                    None => {
                        // Nothing lies ready: a reader at the other end shall see what there is.
                        self.sink.write(&mut self.chunk, &mut self.covered).await?;
                        if looks {
                            tokio::time::timeout(LOOK_INTERVAL, next).await.ok()
                        } else {
                            Some(next.await)
                        }
                    }
                }
            };
            match event {
                Some(Ok(Some(ConsumerEvent::Batch(batch)))) => {
                    last_record = Instant::now();
                    self.batch(&batch).await?;
                }
                Some(Ok(Some(event))) => self.rebalance(event).await?,
                Some(Ok(None)) => return Ok(()),
                Some(Err(error)) => self.trouble(error)?,
                None => {}
            }
            if self
                .args
                .idle_timeout
                .is_some_and(|bound| last_record.elapsed() >= bound)
            {
                return self.idle();
            }
            if self.last_commit.elapsed() >= COMMIT_INTERVAL {
                self.commit().await;
            }
        }
    }

    /// Nothing came for too long: the end, and a failure where so many records were asked for.
    fn idle(&self) -> Result<(), CliError> {
        match self.args.max_records {
            Some(max) => Err(CliError::new(
                Kind::Unsatisfied,
                format!(
                    "only {} of {max} records came before the idle timeout",
                    self.printed
                ),
            )),
            None => Ok(()),
        }
    }

    fn is_over(&self) -> bool {
        self.args.max_records.is_some_and(|max| self.printed >= max)
            || self
                .ends
                .as_ref()
                .is_some_and(|ends| ends.are_reached(&self.consumer))
    }

    async fn batch(&mut self, batch: &Batch) -> Result<(), CliError> {
        let end = self
            .ends
            .as_ref()
            .and_then(|ends| ends.of(batch.topic_partition()));
        let mut next = batch.next_offset();
        for record in batch {
            if end.is_some_and(|end| record.offset() >= end)
                || self.args.max_records.is_some_and(|max| self.printed >= max)
            {
                next = record.offset();
                break;
            }
            self.seen += 1;
            if self.args.filters.iter().all(|filter| filter.admits(&record)) {
                self.printed += 1;
                self.printer.print(&mut self.chunk, &record, self.printed)?;
            }
        }
        self.covered.insert(batch.topic_partition().clone(), next);
        if end.is_some_and(|end| next >= end) {
            // Nothing more is wanted of it; it may have been revoked, which serves as well.
            let _ = self.consumer.pause(batch.topic_partition());
        }
        self.progress.at(self.seen);
        if self.chunk.len() >= sink::CHUNK {
            self.sink.write(&mut self.chunk, &mut self.covered).await?;
        }
        Ok(())
    }

    async fn rebalance(&mut self, event: ConsumerEvent) -> Result<(), CliError> {
        match event {
            ConsumerEvent::Assigned(partitions) => {
                if let Some(ends) = &mut self.ends {
                    ends.assigned();
                }
                tracing::info!(count = partitions.len(), "partitions assigned");
            }
            ConsumerEvent::Revoked(_) => {
                self.sink.write(&mut self.chunk, &mut self.covered).await?;
                self.sink.settle().await?;
                self.commit().await;
            }
            ConsumerEvent::Lost(partitions) => {
                self.sink.forget(&partitions);
                self.app.output().warn(&format!(
                    "{} partitions were lost to other members of the group",
                    partitions.len()
                ));
            }
            _ => {}
        }
        Ok(())
    }

    /// What passes is told and tried again; the rest ends the command.
    fn trouble(&self, error: ConsumeError) -> Result<(), CliError> {
        match error.class() {
            ErrorClass::Retry | ErrorClass::Reroute => {
                self.app.output().warn(
                    &CliError::new(Kind::Failed, error.to_string())
                        .caused_by(error)
                        .to_line(),
                );
                Ok(())
            }
            _ => Err(error.into()),
        }
    }

    /// Commits what is printed and not committed yet. A failure is told; the records will be read again.
    async fn commit(&mut self) {
        self.last_commit = Instant::now();
        if self.args.group.is_none() || self.args.no_commit {
            return;
        }
        let written = self.sink.take_written();
        if written.is_empty() {
            return;
        }
        let offsets = written
            .into_iter()
            .map(|(partition, next)| (partition, CommittedOffset::from(next)))
            .collect();
        if let Err(error) = self.consumer.commit_offsets(offsets).await {
            self.app.output().warn(
                &CliError::new(Kind::Failed, "cannot commit")
                    .caused_by(error)
                    .to_line(),
            );
        }
    }

    /// Prints what is left, commits and leaves the group.
    async fn end(mut self, outcome: Result<(), CliError>) -> Result<(), CliError> {
        self.progress.end();
        let printed = match self.sink.write(&mut self.chunk, &mut self.covered).await {
            Ok(()) => self.sink.end(self.printer.tail(self.printed)).await,
            failed => failed,
        };
        self.commit().await;
        self.consumer.close().await;
        if self.args.out.is_some() {
            self.app
                .output()
                .status(&format!("Read {} records.", self.printed));
        }
        outcome.and(printed)
    }
}
