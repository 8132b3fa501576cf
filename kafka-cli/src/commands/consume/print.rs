use std::io::Write;

use kafka_client::consume::ConsumerRecord;
use protocol::records::TimestampType;

use crate::error::CliError;
use crate::output::{Format, Output, Style};
use crate::records::{RecordFormat, RecordView, write_json};

/// How records are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum RecordOutput {
    /// The value and a line end
    Value,
    /// A JSON object a line; `produce -i jsonl` reads it back byte for byte
    Jsonl,
    /// One JSON document
    Json,
    /// Partition, offset, time, key and value in columns
    Table,
    /// A dump of key and value in hexadecimal
    Hex,
    /// Values with nothing between them
    Raw,
}

/// Turns records into text.
#[derive(Debug)]
pub struct Printer {
    shape: Shape,
    style: Style,
}

#[derive(Debug)]
enum Shape {
    Format(RecordFormat),
    Output(RecordOutput),
}

impl Printer {
    /// Decides by the flags.
    pub fn new(
        format: Option<&str>,
        chosen: Option<RecordOutput>,
        output: &Output,
    ) -> Result<Self, CliError> {
        let shape = match (format, chosen, output.format) {
            (Some(format), _, _) => Shape::Format(
                RecordFormat::parse(format)
                    .map_err(|reason| CliError::usage(format!("-f {format}: {reason}")))?,
            ),
            (None, Some(chosen), _) => Shape::Output(chosen),
            (None, None, Format::Table) => Shape::Output(RecordOutput::Value),
            (None, None, Format::Wide) => Shape::Output(RecordOutput::Table),
            (None, None, Format::Json) => Shape::Output(RecordOutput::Json),
            (None, None, Format::Jsonl) => Shape::Output(RecordOutput::Jsonl),
            (None, None, other) => {
                return Err(CliError::usage(
                    format!("records cannot be printed as {other:?}").to_lowercase(),
                )
                .hint("-O takes value, jsonl, json, table, hex and raw; -f takes a format"));
            }
        };
        Ok(Self {
            shape,
            style: output.style.clone(),
        })
    }

    /// Appends the text of the `count`th record, counted from 1.
    pub fn print(&self, out: &mut Vec<u8>, record: &ConsumerRecord<'_>, count: u64) -> Result<(), CliError> {
        let headers: Vec<(&[u8], Option<&[u8]>)> = record
            .headers()
            .iter()
            .map(|header| (header.key, header.value))
            .collect();
        let batch = record.log_batch();
        let view = RecordView {
            topic: record.topic(),
            partition: record.partition(),
            offset: record.offset(),
            timestamp_ms: record.timestamp(),
            log_append_time: batch.attributes.timestamp_type() == TimestampType::LogAppendTime,
            leader_epoch: batch.partition_leader_epoch,
            producer_id: batch.producer_id,
            producer_epoch: batch.producer_epoch,
            compression: batch
                .attributes
                .compression()
                .map_or("unknown", |codec| codec.name()),
            transactional: batch.attributes.is_transactional(),
            key: record.key(),
            value: record.value(),
            headers: &headers,
        };
        match &self.shape {
            Shape::Format(format) => format.write(out, &view, count)?,
            Shape::Output(RecordOutput::Value) => {
                out.extend_from_slice(view.value.unwrap_or_default());
                out.push(b'\n');
            }
            Shape::Output(RecordOutput::Raw) => out.extend_from_slice(view.value.unwrap_or_default()),
            Shape::Output(RecordOutput::Jsonl) => {
                write_json(out, &view)?;
                out.push(b'\n');
            }
            Shape::Output(RecordOutput::Json) => {
                out.extend_from_slice(if count == 1 { JSON_HEAD } else { b",\n" });
                write_json(out, &view)?;
            }
            Shape::Output(RecordOutput::Table) => self.row(out, &view, count)?,
            Shape::Output(RecordOutput::Hex) => dump(out, &view)?,
        }
        Ok(())
    }

    /// What follows the last of `count` records.
    pub fn tail(&self, count: u64) -> Vec<u8> {
        match (&self.shape, count) {
            (Shape::Output(RecordOutput::Json), 0) => self.empty(),
            (Shape::Output(RecordOutput::Json), _) => JSON_TAIL.to_vec(),
            _ => Vec::new(),
        }
    }

    /// What is printed when there is no record.
    pub fn empty(&self) -> Vec<u8> {
        match &self.shape {
            Shape::Output(RecordOutput::Json) => [JSON_HEAD, JSON_TAIL].concat(),
            _ => Vec::new(),
        }
    }

    /// A line of columns whose widths are fixed, since nothing is known of the records to come.
    fn row(&self, out: &mut Vec<u8>, view: &RecordView<'_>, count: u64) -> Result<(), CliError> {
        if count == 1 {
            writeln!(
                out,
                "{:>9}  {:>12}  {:24}  {:16}  VALUE",
                "PARTITION", "OFFSET", "TIMESTAMP", "KEY"
            )?;
        }
        let text = |bytes: Option<&[u8]>| {
            bytes
                .map_or_else(|| "-".into(), String::from_utf8_lossy)
                .replace(['\n', '\r', '\t'], " ")
        };
        let time = self.style.time(view.timestamp_ms);
        writeln!(
            out,
            "{:>9}  {:>12}  {time:24}  {:16}  {}",
            view.partition,
            view.offset,
            text(view.key),
            text(view.value)
        )?;
        Ok(())
    }
}

const JSON_HEAD: &[u8] = b"{\"apiVersion\":\"kafkactl/v1\",\"kind\":\"RecordList\",\"items\":[\n";
const JSON_TAIL: &[u8] = b"\n],\"errors\":[]}\n";

/// Key and value, 16 bytes a line.
fn dump(out: &mut Vec<u8>, view: &RecordView<'_>) -> std::io::Result<()> {
    writeln!(out, "{}[{}]@{}", view.topic, view.partition, view.offset)?;
    for (name, bytes) in [("key", view.key), ("value", view.value)] {
        let Some(bytes) = bytes else {
            writeln!(out, "  {name}: null")?;
            continue;
        };
        writeln!(out, "  {name}: {} bytes", bytes.len())?;
        for (place, line) in (0..).step_by(16).zip(bytes.chunks(16)) {
            let hex: String = line.iter().map(|byte| format!("{byte:02x} ")).collect();
            let text: String = line
                .iter()
                .map(|&b| {
                    if b.is_ascii_graphic() || b == b' ' {
                        char::from(b)
                    } else {
                        '.'
                    }
                })
                .collect();
            writeln!(out, "    {place:08x}  {hex:48} {text}")?;
        }
    }
    Ok(())
}
