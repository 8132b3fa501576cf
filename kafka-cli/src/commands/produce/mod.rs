mod input;

use std::collections::HashSet;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use kafka_client::client::Producer;
use kafka_client::config::{Acks, ProducerConfig};
use kafka_client::produce::Record;
use protocol::compress::Compression;
use protocol::records::Header;
use serde::Serialize;

use self::input::{Block, Input};
use crate::app::{App, Session};
use crate::class::Class;
use crate::commands::known;
use crate::error::{CliError, Kind};
use crate::output::{Column, Item, Listing, Progress, Style, Table, Unit, or_dash};
use crate::records::{InputRecord, LineReader, parse_json, unescape};
use crate::signals::Signals;

/// Write records to a topic, from stdin, files or the command line
///
/// Each line is a record's value, unless the flags say otherwise. Every record that was read is confirmed by the
/// brokers before the command ends with 0; Ctrl-C stops reading and still sends what was read.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  seq 1 1000000 | kafkactl produce orders
  kafkactl produce orders -k 42 -v '{\"total\": 9}' -H trace=abc
  kafkactl produce orders --key-separator : @lines.txt -z lz4
  kafkactl produce images -k cat -v @cat.png
  kafkactl consume orders -O jsonl --exit | kafkactl produce copies -i jsonl")]
pub struct Args {
    /// The topic; with -i jsonl the records may name it themselves
    topic: Option<String>,

    /// Files to read instead of stdin, each as @FILE
    #[arg(value_name = "@FILE", value_parser = at_file)]
    files: Vec<PathBuf>,

    /// How the input is read: a record a line, a JSON object a line, or all of it as one value
    #[arg(short, long, value_enum, default_value_t = InputFormat::Lines, value_name = "lines|jsonl|raw", hide_possible_values = true)]
    input: InputFormat,

    /// A record with this value, without reading any input; @FILE takes it from a file
    #[arg(short, long, value_name = "VALUE", conflicts_with_all = ["files", "input"])]
    value: Option<String>,

    /// The key of every record that has none of its own; @FILE takes it from a file
    #[arg(short, long, value_name = "KEY")]
    key: Option<String>,

    /// A header of every record (repeatable)
    #[arg(short = 'H', long = "header", value_name = "NAME=VALUE", value_parser = crate::global::key_value)]
    headers: Vec<(String, String)>,

    /// The partition of every record that names none
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(i32).range(0..))]
    partition: Option<i32>,

    /// The timestamp of every record that has none: RFC 3339, milliseconds since 1970, or -1h
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = timestamp)]
    timestamp: Option<i64>,

    /// What stands between key and value of a line; \t and \xNN are understood
    #[arg(long, value_name = "TEXT", value_parser = separator)]
    key_separator: Option<Separator>,

    /// What stands between a line's headers (name:value,name:value) and the rest
    #[arg(long, value_name = "TEXT", value_parser = separator)]
    headers_separator: Option<Separator>,

    /// A key or value that means null
    #[arg(long, value_name = "TEXT")]
    null_marker: Option<String>,

    /// Empty values mean null
    #[arg(short = 'Z', long, conflicts_with = "null_marker")]
    empty_is_null: bool,

    /// The codec, with a level where it has levels
    #[arg(short = 'z', long, value_name = "none|gzip|snappy|lz4|zstd[:LEVEL]", value_parser = codec)]
    compression: Option<(Compression, Option<i32>)>,

    /// Whose word a record needs to count as written
    #[arg(long, value_name = "0|1|all", value_parser = acks)]
    acks: Option<Acks>,

    /// Let the brokers create a topic that does not exist, with their defaults
    #[arg(long)]
    create: bool,

    /// At most so many records a second
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    rate: Option<u32>,
}

/// How the input is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum InputFormat {
    /// A record a line
    Lines,
    /// A JSON object a line
    Jsonl,
    /// All of it as one value
    Raw,
}

/// The bytes of a separator.
type Separator = Vec<u8>;

/// What was written.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    topic: Option<String>,
    records: u64,
    /// Where a single record went.
    partition: Option<i32>,
    offset: Option<i64>,
}

impl Item for Report {
    const KIND: &'static str = "ProduceReport";

    fn name(&self) -> String {
        self.topic.clone().unwrap_or_default()
    }

    fn table(items: &[Self], _: &Style) -> Table {
        let mut table = Table::new(&[
            Column::text("TOPIC"),
            Column::number("RECORDS"),
            Column::number("PARTITION"),
            Column::number("OFFSET"),
        ]);
        for item in items {
            table.row(vec![
                or_dash(item.topic.as_deref()),
                item.records.to_string(),
                or_dash(item.partition),
                or_dash(item.offset),
            ]);
        }
        table
    }
}

/// Runs the command.
pub async fn run(app: &App, args: Args) -> Result<(), CliError> {
    if args.topic.is_none() && args.input != InputFormat::Jsonl {
        return Err(
            CliError::usage("which topic?").hint("only with -i jsonl may the records name it themselves")
        );
    }
    let defaults = Defaults::new(&args)?;
    let session = app.connect(Class::Write).await?;
    let leaders = match (&args.topic, args.create) {
        (Some(topic), false) => {
            known::partitions(&known::topics(&session, std::slice::from_ref(topic)).await?)
        }
        _ => Vec::new(),
    };
    let producer = session.client.producer().config(args.config(&session)).start()?;
    let work = async {
        match &args.value {
            Some(value) => one(app, &session, producer, &args, &defaults, value).await,
            None => many(app, &session, producer, &args, &defaults).await,
        }
    };
    tokio::select! {
        biased;
        outcome = work => outcome,
        never = known::watch_leaders(app, &session, leaders) => match never {},
    }
}

/// A single record, whose place is told.
async fn one(
    app: &App,
    session: &Session,
    producer: Producer,
    args: &Args,
    defaults: &Defaults,
    value: &str,
) -> Result<(), CliError> {
    let value = text_or_file(value)?;
    let value = if args.empty_is_null && value.is_empty() {
        None
    } else {
        Some(value)
    };
    let record = InputRecord {
        value,
        ..InputRecord::default()
    };
    let written = defaults.send(&producer, &record).await?.await?;
    producer.close(CLOSE_TIMEOUT).await?;
    let topic = args.topic.clone();
    let place = format!(
        "{}[{}]@{}",
        topic.as_deref().unwrap_or_default(),
        written.partition,
        written.offset
    );
    let report = Report {
        topic,
        records: 1,
        partition: Some(written.partition),
        offset: Some(written.offset),
    };
    finish(app, session, report, &format!("Wrote 1 record to {place}."))
}

/// All records of the input.
async fn many(
    app: &App,
    session: &Session,
    producer: Producer,
    args: &Args,
    defaults: &Defaults,
) -> Result<(), CliError> {
    let mut signals = Signals::listen()?;
    let mut input = Input::open(&args.files, args.input == InputFormat::Raw)?;
    let progress = app.output().progress(input.total(), Unit::Bytes);
    let mut sending = Sending {
        session,
        known: HashSet::new(),
        producer: &producer,
        args,
        defaults,
        progress: &progress,
    };
    let mut records = 0;
    let outcome = tokio::select! {
        biased;
        kind = signals.next() => Err(CliError::new(kind, "interrupted: the rest of the input was not sent")),
        outcome = sending.all(&mut input, &mut records) => outcome,
    };
    // Whatever ended the input: what was sent is confirmed, unless a second signal says that it is enough.
    let flushed = tokio::select! {
        biased;
        kind = signals.next() => {
            return Err(CliError::new(kind, format!("interrupted: not all of {records} records are known to be written")));
        }
        flushed = producer.close(CLOSE_TIMEOUT) => flushed,
    };
    progress.end();
    flushed
        .map_err(CliError::from)
        .map_err(|error| error.hint(format!("{records} records had been read")))?;
    let what = format!(
        "Wrote {records} {}{}.",
        if records == 1 { "record" } else { "records" },
        args.topic.as_ref().map_or(String::new(), |t| format!(" to {t}"))
    );
    match outcome {
        Ok(()) => finish(
            app,
            session,
            Report {
                topic: args.topic.clone(),
                records,
                partition: None,
                offset: None,
            },
            &what,
        ),
        Err(error) => {
            app.output().status(&what);
            Err(error)
        }
    }
}

fn finish(app: &App, session: &Session, report: Report, what: &str) -> Result<(), CliError> {
    app.output().status(what);
    // A person reads the message; a script asked for a format.
    if app.output().is_for_people() {
        return Ok(());
    }
    app.output()
        .print(&Listing::of(session.cluster_id.clone(), vec![report]))
}

/// How long the last records may take. Longer than the delivery time-out, which ends them earlier.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(600);

/// Reads the input and sends what it says.
struct Sending<'a> {
    session: &'a Session,
    /// The topics that records named and that are there.
    known: HashSet<String>,
    producer: &'a Producer,
    args: &'a Args,
    defaults: &'a Defaults,
    progress: &'a Progress,
}

impl Sending<'_> {
    async fn all(&mut self, input: &mut Input, records: &mut u64) -> Result<(), CliError> {
        let mut pace = self.args.rate.map(Pace::new);
        while let Some(block) = input.next().await? {
            let bytes = u64::try_from(block.bytes.len()).unwrap_or(u64::MAX);
            self.block(&block, &mut pace, records).await?;
            self.progress.advance(bytes);
        }
        Ok(())
    }

    /// Sends a record of which some things are said by itself. Whether it is written, the flush at the end says.
    async fn send(&mut self, record: &InputRecord) -> Result<(), CliError> {
        if let (Some(topic), None, false) = (&record.topic, &self.args.topic, self.args.create)
            && !self.known.contains(topic)
        {
            known::topics(self.session, std::slice::from_ref(topic)).await?;
            self.known.insert(topic.clone());
        }
        drop(self.defaults.send(self.producer, record).await?);
        Ok(())
    }

    async fn block(
        &mut self,
        block: &Block,
        pace: &mut Option<Pace>,
        records: &mut u64,
    ) -> Result<(), CliError> {
        if self.args.input == InputFormat::Raw {
            let record = InputRecord {
                value: Some(block.bytes.clone()),
                ..InputRecord::default()
            };
            self.send(&record).await?;
            *records += 1;
            return Ok(());
        }
        for (line, number) in block.lines().zip(block.first_line..) {
            if let Some(pace) = pace {
                pace.wait().await;
            }
            let at = |message: String| CliError::usage(format!("{} line {number}: {message}", block.source));
            if self.args.input == InputFormat::Jsonl {
                if line.iter().all(u8::is_ascii_whitespace) {
                    continue;
                }
                let record = parse_json(line).map_err(at)?;
                if record.topic.is_none() && self.args.topic.is_none() {
                    return Err(at("names no topic, and neither does the command line".to_owned()));
                }
                self.send(&record).await?;
            } else if self.defaults.plain {
                // The hot path: nothing is copied but into the batch.
                drop(self.producer.send(self.defaults.record().value(line)).await?);
            } else {
                let record = self.defaults.lines.read(line).map_err(at)?;
                self.send(&record).await?;
            }
            *records += 1;
        }
        Ok(())
    }
}

/// What a record gets that does not say it itself.
#[derive(Debug)]
struct Defaults {
    topic: String,
    key: Option<Vec<u8>>,
    partition: Option<i32>,
    timestamp: Option<i64>,
    headers: Vec<(String, String)>,
    lines: LineReader,
    /// Whether a line is a value and nothing else.
    plain: bool,
}

impl Defaults {
    fn new(args: &Args) -> Result<Self, CliError> {
        let key = args.key.as_deref().map(text_or_file).transpose()?;
        let null_marker = if args.empty_is_null {
            Some(Vec::new())
        } else {
            args.null_marker.clone().map(String::into_bytes)
        };
        let lines = LineReader {
            key_separator: args.key_separator.clone(),
            headers_separator: args.headers_separator.clone(),
            null_marker,
        };
        let plain = lines.takes_lines_whole() && key.is_none() && args.headers.is_empty();
        Ok(Self {
            topic: args.topic.clone().unwrap_or_default(),
            key,
            partition: args.partition,
            timestamp: args.timestamp,
            headers: args.headers.clone(),
            lines,
            plain,
        })
    }

    /// A record with the defaults that need no memory.
    fn record(&self) -> Record<'_> {
        Record {
            partition: self.partition,
            timestamp: self.timestamp,
            ..Record::to(&self.topic)
        }
    }

    async fn send(
        &self,
        producer: &Producer,
        input: &InputRecord,
    ) -> Result<kafka_client::produce::Delivery, CliError> {
        let own = input.headers.iter().map(|(name, value)| Header {
            key: name,
            value: value.as_deref(),
        });
        let common = self.headers.iter().map(|(name, value)| Header {
            key: name.as_bytes(),
            value: Some(value.as_bytes()),
        });
        let headers: Vec<Header<'_>> = own.chain(common).collect();
        let record = Record {
            // The command line's topic wins, so that a copy goes where it is told to.
            topic: if self.topic.is_empty() {
                input.topic.as_deref().unwrap_or_default()
            } else {
                &self.topic
            },
            partition: self
                .partition
                .or_else(|| input.partition.filter(|_| self.topic.is_empty())),
            key: input.key.as_deref().or(self.key.as_deref()),
            value: input.value.as_deref(),
            headers: &headers,
            timestamp: input.timestamp_ms.or(self.timestamp),
        };
        Ok(producer.send(record).await?)
    }
}

/// Spreads records over time.
struct Pace {
    start: tokio::time::Instant,
    sent: u64,
    rate: u32,
}

impl Pace {
    fn new(rate: u32) -> Self {
        Self {
            start: tokio::time::Instant::now(),
            sent: 0,
            rate,
        }
    }

    async fn wait(&mut self) {
        let due = Duration::from_micros(self.sent * 1_000_000 / u64::from(self.rate));
        self.sent += 1;
        tokio::time::sleep_until(self.start + due).await;
    }
}

impl Args {
    fn config(&self, session: &Session) -> ProducerConfig {
        let mut config = session.config.producer.clone();
        if let Some((codec, level)) = self.compression {
            config.compression = codec;
            config.compression_level = level;
        }
        if let Some(acks) = self.acks {
            config.acks = acks;
        }
        config
    }
}

/// A text as it is, or the content of the file that `@FILE` names.
fn text_or_file(text: &str) -> Result<Vec<u8>, CliError> {
    match text.strip_prefix('@') {
        Some(path) => std::fs::read(path)
            .map_err(|error| CliError::new(Kind::NotFound, format!("cannot read {path}")).caused_by(error)),
        None => Ok(text.as_bytes().to_vec()),
    }
}

fn at_file(text: &str) -> Result<PathBuf, String> {
    text.strip_prefix('@')
        .map(PathBuf::from)
        .ok_or_else(|| "a file is named as @FILE".to_owned())
}

fn separator(text: &str) -> Result<Separator, String> {
    match unescape(text)? {
        empty if empty.is_empty() => Err("a separator cannot be empty".to_owned()),
        bytes => Ok(bytes),
    }
}

fn timestamp(text: &str) -> Result<i64, String> {
    crate::records::parse_time(text, jiff::Timestamp::now()).ok_or_else(|| {
        "expected RFC 3339, a date, seconds or milliseconds since 1970, or a duration such as -1h".to_owned()
    })
}

fn codec(text: &str) -> Result<(Compression, Option<i32>), String> {
    let (name, level) = match text.split_once(':') {
        Some((name, level)) => (
            name,
            Some(level.parse().map_err(|_| format!("`{level}` is no level"))?),
        ),
        None => (text, None),
    };
    let codec =
        Compression::from_str(name).map_err(|_| "expected none, gzip, snappy, lz4 or zstd".to_owned())?;
    match (level, codec.levels()) {
        (Some(level), Some(levels)) if levels.contains(&level) => Ok((codec, Some(level))),
        (Some(_), Some(levels)) => Err(format!(
            "{name} has levels {} to {}",
            levels.start(),
            levels.end()
        )),
        (Some(_), None) => Err(format!("{name} has no levels")),
        (None, _) => Ok((codec, None)),
    }
}

fn acks(text: &str) -> Result<Acks, String> {
    match text {
        "0" => Ok(Acks::None),
        "1" => Ok(Acks::Leader),
        "all" | "-1" => Ok(Acks::All),
        _ => Err("expected 0, 1 or all".to_owned()),
    }
}
