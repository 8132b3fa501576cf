use std::path::PathBuf;
use std::time::Duration;

use super::filter::Filter;
use super::print::RecordOutput;
use crate::records::OffsetRange;

/// Read records from topics
///
/// Without a group every partition is read from the end on, or from where the flags say. With --group the topics are
/// shared with the group's other members, reading goes on where the group stopped, and what was printed is committed.
/// Ctrl-C commits, leaves the group and ends with 130.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl consume orders --from-beginning -n 10
  kafkactl consume orders --tail 5 --exit -f '%p:%o %d{rfc3339} %k=%v\\n'
  kafkactl consume orders --offset @-1h:end -O jsonl > last-hour.jsonl
  kafkactl consume orders --group billing
  kafkactl consume orders --from-beginning --exit --grep k:^user-42$

Offsets (--offset): start, end, N, +N (N after the start), -N (N before the end), FROM:TO, and @TIME, @TIME:TIME with
RFC 3339, a date, seconds or milliseconds since 1970, or a duration back from now such as -1h.

Formats (-f): %t topic, %p partition, %o offset, %k key, %v value, %d timestamp, %h{%k=%v } headers, %e leader epoch,
%T %K %V lengths, %a codec, %x producer id, %i count; %k{hex}, %v{base64}, %d{rfc3339}, %d{strftime[%F]}, \\n, \\t, \\x00, %%.")]
pub struct Args {
    /// Topics to read
    #[arg(required_unless_present = "regex")]
    pub(super) topics: Vec<String>,

    /// Read all topics whose names match, new ones included when there is a group
    #[arg(long, value_name = "REGEX", conflicts_with = "topics")]
    pub(super) regex: Option<String>,

    /// Read as a member of this group, and commit what was printed
    #[arg(short, long, value_name = "GROUP")]
    pub(super) group: Option<String>,

    /// A name for this member that outlives it (static membership)
    #[arg(long, value_name = "ID", requires = "group")]
    pub(super) instance_id: Option<String>,

    /// Do not commit
    #[arg(long, requires = "group")]
    pub(super) no_commit: bool,

    /// Only these partitions
    #[arg(short, long, value_name = "0,2-5", value_parser = partitions, conflicts_with = "group")]
    pub(super) partitions: Option<Partitions>,

    /// Where to begin, and where to end
    #[arg(short = 's', long, visible_alias = "start", value_name = "SPEC", allow_hyphen_values = true, conflicts_with_all = ["from_beginning", "tail", "group"])]
    pub(super) offset: Option<OffsetRange>,

    /// Begin with the oldest record; with a group, only where it has committed nothing
    #[arg(long, visible_alias = "earliest")]
    pub(super) from_beginning: bool,

    /// Begin so many records before the end of each partition
    #[arg(long, value_name = "N", conflicts_with_all = ["from_beginning", "group"], value_parser = clap::value_parser!(i64).range(0..))]
    pub(super) tail: Option<i64>,

    /// End after so many records
    #[arg(short = 'n', long, value_name = "N")]
    pub(super) max_records: Option<u64>,

    /// End where the partitions ended when the command began
    #[arg(short, long)]
    pub(super) exit: bool,

    /// End when no record came for so long; with -n that is a failure
    #[arg(long, value_name = "DURATION", value_parser = crate::global::duration)]
    pub(super) idle_timeout: Option<Duration>,

    /// Print each record by this format
    #[arg(short, long, value_name = "FORMAT", conflicts_with = "record_output")]
    pub(super) format: Option<String>,

    /// How records are printed [default: value, or as -o says]
    #[arg(
        short = 'O',
        long,
        value_enum,
        value_name = "value|jsonl|json|table|hex|raw",
        hide_possible_values = true
    )]
    pub(super) record_output: Option<RecordOutput>,

    /// Only records in which k:REGEX, v:REGEX or h:NAME=REGEX matches; ! in front turns it around (repeatable)
    #[arg(short = 'G', long = "grep", value_name = "FILTER", value_parser = Filter::parse)]
    pub(super) filters: Vec<Filter>,

    /// Print records of committed transactions only
    #[arg(long)]
    pub(super) read_committed: bool,

    /// Read from replicas in this rack where the brokers allow it
    #[arg(long, value_name = "RACK")]
    pub(super) rack: Option<String>,

    /// Write to this file instead of stdout
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

/// Numbers of partitions.
pub(super) type Partitions = Vec<std::ops::RangeInclusive<i32>>;

/// Reads `0,2-5`.
fn partitions(text: &str) -> Result<Partitions, String> {
    let bad = || format!("`{text}` names no partitions: say 0,2-5");
    let number = |text: &str| text.trim().parse::<i32>().ok().filter(|n| *n >= 0);
    text.split(',')
        .map(|part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            match (number(first), number(last)) {
                (Some(first), Some(last)) if first <= last => Ok(first..=last),
                _ => Err(bad()),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_partitions() {
        assert_eq!(partitions("0,2-5"), Ok(vec![0..=0, 2..=5]));
        for bad in ["", "a", "5-2", "-1", "1-"] {
            assert!(partitions(bad).is_err(), "{bad}");
        }
    }
}
