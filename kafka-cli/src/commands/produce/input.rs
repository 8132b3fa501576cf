//! Reads stdin or files in blocks of whole lines, on a thread of its own: reading blocks, and the runtime must not.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use tokio::sync::mpsc;

use crate::error::{CliError, Kind};

/// Bytes that are read at once.
const BLOCK: usize = 256 * 1024;
/// The longest line, in bytes. No broker takes a record this large.
const LINE_MAX: usize = 1 << 30;
/// Blocks that wait to be sent.
const AHEAD: usize = 4;

/// Whole lines of one source, or all of a source.
#[derive(Debug)]
pub struct Block {
    /// The file's name, or `stdin`.
    pub source: String,
    /// The number of the first line, counted from 1.
    pub first_line: u64,
    /// The lines, the last one with or without its end.
    pub bytes: Vec<u8>,
}

impl Block {
    /// The lines without their ends, `\n` or `\r\n`.
    pub fn lines(&self) -> impl Iterator<Item = &[u8]> {
        let body = self.bytes.strip_suffix(b"\n").unwrap_or(&self.bytes);
        memchr::memchr_iter(b'\n', body)
            .chain(std::iter::once(body.len()))
            .scan(0, |start, end| {
                Some(&body[std::mem::replace(start, end + 1)..end])
            })
            .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
    }
}

/// The input, read ahead.
#[derive(Debug)]
pub struct Input {
    blocks: mpsc::Receiver<io::Result<Block>>,
    total: Option<u64>,
}

impl Input {
    /// Opens the files, or stdin when there are none. `whole` makes one block of each.
    pub fn open(files: &[PathBuf], whole: bool) -> Result<Self, CliError> {
        let mut sources: Vec<(String, Box<dyn Read + Send>)> = Vec::new();
        let mut total = 0;
        for path in files {
            let cannot = || CliError::new(Kind::NotFound, format!("cannot read {}", path.display()));
            let file = File::open(path).map_err(|error| cannot().caused_by(error))?;
            total += file.metadata().map_err(|error| cannot().caused_by(error))?.len();
            sources.push((path.display().to_string(), Box::new(file)));
        }
        if sources.is_empty() {
            sources.push(("stdin".to_owned(), Box::new(io::stdin())));
        }
        let (sender, blocks) = mpsc::channel(AHEAD);
        std::thread::spawn(move || {
            for (name, mut source) in sources {
                let read = if whole {
                    read_whole(&name, &mut source, &sender)
                } else {
                    read_lines(&name, &mut source, &sender)
                };
                if let Err(error) = read {
                    let _ = sender.blocking_send(Err(error));
                    return;
                }
            }
        });
        Ok(Self {
            blocks,
            total: if files.is_empty() { None } else { Some(total) },
        })
    }

    /// Bytes in all, when that is known.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// The next block; none at the end.
    pub async fn next(&mut self) -> Result<Option<Block>, CliError> {
        self.blocks.recv().await.transpose().map_err(CliError::from)
    }
}

type Blocks = mpsc::Sender<io::Result<Block>>;

fn read_whole(name: &str, source: &mut dyn Read, blocks: &Blocks) -> io::Result<()> {
    let mut bytes = Vec::new();
    // One byte more than is taken tells that there is more.
    source.take(LINE_MAX as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > LINE_MAX {
        return Err(io::Error::other(format!(
            "{name} is longer than {LINE_MAX} bytes"
        )));
    }
    hand_over(
        blocks,
        Block {
            source: name.to_owned(),
            first_line: 1,
            bytes,
        },
    );
    Ok(())
}

fn read_lines(name: &str, source: &mut dyn Read, blocks: &Blocks) -> io::Result<()> {
    let mut first_line = 1;
    let mut pending = Vec::with_capacity(BLOCK);
    loop {
        let before = pending.len();
        // A short read is a block of its own: a person who types sees each line sent.
        pending.resize(before + BLOCK, 0);
        let count = loop {
            match source.read(&mut pending[before..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        pending.truncate(before + count);
        if count == 0 {
            if !pending.is_empty() {
                hand_over(
                    blocks,
                    Block {
                        source: name.to_owned(),
                        first_line,
                        bytes: pending,
                    },
                );
            }
            return Ok(());
        }
        let Some(end) = memchr::memrchr(b'\n', &pending[before..]) else {
            if pending.len() > LINE_MAX {
                return Err(io::Error::other(format!(
                    "{name} line {first_line} is longer than {LINE_MAX} bytes"
                )));
            }
            continue;
        };
        let mut rest = Vec::with_capacity(BLOCK);
        rest.extend_from_slice(&pending[before + end + 1..]);
        pending.truncate(before + end + 1);
        let lines = memchr::memchr_iter(b'\n', &pending).count() as u64;
        let block = Block {
            source: name.to_owned(),
            first_line,
            bytes: std::mem::replace(&mut pending, rest),
        };
        if !hand_over(blocks, block) {
            return Ok(());
        }
        first_line += lines;
    }
}

/// Whether anybody still wants blocks.
fn hand_over(blocks: &Blocks, block: Block) -> bool {
    blocks.blocking_send(Ok(block)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives out its parts one by one.
    struct Parts(Vec<&'static [u8]>);

    impl Read for Parts {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            let part = self.0.remove(0);
            buffer[..part.len()].copy_from_slice(part);
            Ok(part.len())
        }
    }

    fn lines(parts: Vec<&'static [u8]>) -> Vec<(u64, String)> {
        let (sender, mut blocks) = mpsc::channel(16);
        read_lines("test", &mut Parts(parts), &sender).expect("memory can be read");
        drop(sender);
        let mut lines = Vec::new();
        while let Some(block) = blocks.blocking_recv() {
            let block = block.expect("no error was sent");
            lines.extend(
                block
                    .lines()
                    .zip(block.first_line..)
                    .map(|(line, number)| (number, String::from_utf8_lossy(line).into_owned())),
            );
        }
        lines
    }

    #[test]
    fn lines_are_whole_wherever_reads_end() {
        let expected = [
            (1, "one".to_owned()),
            (2, String::new()),
            (3, "three".to_owned()),
            (4, "end".to_owned()),
        ];
        assert_eq!(lines(vec![b"one\n\nthr", b"ee\r\nen", b"d"]), expected);
        assert_eq!(lines(vec![b"one", b"\n", b"\n", b"three\nend\n"]), expected);
        assert_eq!(lines(vec![]), []);
        assert_eq!(lines(vec![b"\n"]), [(1, String::new())]);
    }
}
