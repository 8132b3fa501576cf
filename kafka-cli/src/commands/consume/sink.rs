//! Where records are printed. Writing may block for as long as the reader at the other end likes, so it happens on a
//! thread of its own, and Ctrl-C works all the while.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use kafka_client::cluster::TopicPartition;
use tokio::sync::mpsc;

use crate::error::{CliError, Kind};

/// Bytes that are written at once.
pub const CHUNK: usize = 64 * 1024;
/// Chunks that wait to be written.
const AHEAD: usize = 4;

type Offsets = BTreeMap<TopicPartition, i64>;

/// Printed text, and up to where each partition is printed by it.
struct Chunk {
    text: Vec<u8>,
    covers: Offsets,
}

/// Prints, and knows what is printed.
#[derive(Debug)]
pub struct Sink {
    chunks: Option<mpsc::Sender<Chunk>>,
    done: mpsc::UnboundedReceiver<io::Result<Offsets>>,
    /// Chunks handed over and not done.
    pending: usize,
    /// What is printed and was not taken to be committed.
    written: Offsets,
}

impl Sink {
    /// Opens the file, or stdout.
    pub fn open(path: Option<&Path>) -> Result<Self, CliError> {
        let mut out: Box<dyn Write + Send> = match path {
            None => Box::new(io::stdout()),
            Some(path) => {
                let cannot = |error| {
                    CliError::new(Kind::Failed, format!("cannot write {}", path.display())).caused_by(error)
                };
                Box::new(File::create(path).map_err(cannot)?)
            }
        };
        let (chunks, mut waiting) = mpsc::channel::<Chunk>(AHEAD);
        let (report, done) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            while let Some(chunk) = waiting.blocking_recv() {
                let outcome = out.write_all(&chunk.text).and_then(|()| out.flush());
                let failed = outcome.is_err();
                if report.send(outcome.map(|()| chunk.covers)).is_err() || failed {
                    return;
                }
            }
        });
        Ok(Self {
            chunks: Some(chunks),
            done,
            pending: 0,
            written: Offsets::new(),
        })
    }

    /// Hands over what is to be printed, and up to where that goes; leaves both empty. Waits when much is waiting.
    pub async fn write(&mut self, text: &mut Vec<u8>, covers: &mut Offsets) -> Result<(), CliError> {
        while let Ok(outcome) = self.done.try_recv() {
            self.take(outcome)?;
        }
        if text.is_empty() && covers.is_empty() {
            return Ok(());
        }
        let chunk = Chunk {
            text: std::mem::replace(text, Vec::with_capacity(CHUNK * 2)),
            covers: std::mem::take(covers),
        };
        let sent = match &self.chunks {
            Some(chunks) => chunks.send(chunk).await.is_ok(),
            None => false,
        };
        if sent {
            self.pending += 1;
            return Ok(());
        }
        // The thread has ended, and told why.
        self.settle().await?;
        Err(CliError::from(io::Error::from(io::ErrorKind::BrokenPipe)))
    }

    /// Waits until all that was handed over is printed.
    pub async fn settle(&mut self) -> Result<(), CliError> {
        while self.pending > 0 {
            match self.done.recv().await {
                Some(outcome) => self.take(outcome)?,
                None => return Err(CliError::from(io::Error::from(io::ErrorKind::BrokenPipe))),
            }
        }
        Ok(())
    }

    fn take(&mut self, outcome: io::Result<Offsets>) -> Result<(), CliError> {
        self.pending = self.pending.saturating_sub(1);
        self.written.extend(outcome?);
        Ok(())
    }

    /// Prints `text` and waits until everything is printed.
    pub async fn end(&mut self, mut text: Vec<u8>) -> Result<(), CliError> {
        self.write(&mut text, &mut Offsets::new()).await?;
        self.settle().await
    }

    /// As [`Sink::end`], for a command that has nothing else to print.
    pub async fn finish(mut self, text: Vec<u8>) -> Result<(), CliError> {
        self.end(text).await
    }

    /// Up to where each partition is printed, as far as that was not taken before.
    pub fn take_written(&mut self) -> Offsets {
        std::mem::take(&mut self.written)
    }

    /// Forgets what is printed of partitions that are another member's.
    pub fn forget(&mut self, partitions: &[TopicPartition]) {
        for partition in partitions {
            self.written.remove(partition);
        }
    }
}
