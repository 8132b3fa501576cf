//! Figures, not tests: `cargo test --release -p kafka-sandbox --lib -- --ignored --nocapture speed`.

use protocol::Uuid;

use super::*;
use crate::storage::{DirectoryStorage, Storage};

/// What this thread has used of a processor, so that others on the machine do not count.
struct Instant(u64);

impl Instant {
    fn now() -> Self {
        let used = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
        Self(
            used.split(' ')
                .next()
                .and_then(|nanos| nanos.parse().ok())
                .unwrap_or(0),
        )
    }

    fn elapsed(&self) -> Duration {
        Duration::from_nanos(Self::now().0 - self.0)
    }
}

/// A batch of about 16 KiB.
fn batch(value_len: usize, compression: Compression) -> (Draft, usize) {
    let value = "The quick brown fox 0123456789 ".repeat(value_len / 31 + 1);
    let count = 16_000 / (value_len + 8);
    (
        values(&vec![&value[..value_len]; count]).compressed(compression),
        count,
    )
}

fn fill(log: &mut Log, draft: &Draft, rounds: usize) -> f64 {
    let raw = draft.bytes();
    let settings = LogSettings::default();
    let begin = Instant::now();
    for _ in 0..rounds {
        log.append(now(), raw.clone(), 0, &settings, Verification::Unchecked)
            .unwrap();
    }
    begin.elapsed().as_secs_f64()
}

/// Reads all in pieces of 1 MiB, as a consumer does; returns the seconds it took and how many reads.
fn drain(log: &Log) -> (f64, usize) {
    let begin = Instant::now();
    let (mut next, mut reads) = (0, 0);
    while next < log.end_offset() {
        let bytes = log.read(next, 1 << 20, true, log.end_offset()).unwrap();
        // The last batch tells where to go on; a reader that looks at all of it is not measured here.
        let size = bytes.len();
        assert!(size > 0);
        next = Batches::new(bytes)
            .last()
            .unwrap()
            .unwrap()
            .header()
            .next_offset();
        reads += 1;
    }
    (begin.elapsed().as_secs_f64(), reads)
}

#[test]
#[ignore = "a measurement"]
fn speed_of_append_and_read() {
    let dir = tempfile::tempdir().unwrap();
    let mut storage = DirectoryStorage::open(dir.path()).unwrap();
    for (what, value_len, compression) in [
        ("100 B", 100, Compression::None),
        ("1 KiB", 1024, Compression::None),
        ("100 B lz4", 100, Compression::Lz4),
    ] {
        let (draft, count) = batch(value_len, compression);
        let rounds = if compression == Compression::None {
            16_000
        } else {
            4000
        };
        for disk in [false, true] {
            let mut log = if disk {
                let store = storage.open(
                    &format!("t{value_len}{compression}"),
                    0,
                    Uuid::from_bytes([1; 16]),
                );
                Log::open("t-0", store.unwrap()).unwrap().0
            } else {
                memory()
            };
            let cold = fill(&mut log, &draft, rounds);
            let size = log.size();
            // Once more, in memory that the process has already, where it is in memory.
            log.truncate(0).unwrap();
            let seconds = fill(&mut log, &draft, rounds);
            assert_eq!(log.size(), size);
            #[allow(clippy::cast_precision_loss, reason = "figures for people")]
            let (mb, records) = (log.size() as f64 / 1e6, (count * rounds) as f64);
            let (read, reads) = drain(&log);
            println!(
                "{what:>9} {}: append {:.0} MB/s, the second time {:.0} MB/s, {:.1} ns a record; read {:.0} MB/s in {reads} reads",
                if disk { "disk  " } else { "memory" },
                mb / cold,
                mb / seconds,
                seconds * 1e9 / records,
                mb / read,
            );
        }
    }
}

#[test]
#[ignore = "a measurement"]
fn speed_of_small_appends_and_reads_at_the_end() {
    let mut log = memory();
    let raw = values(&["x".repeat(100).as_str()]).bytes();
    let settings = LogSettings::default();
    let rounds: u32 = 500_000;
    let begin = Instant::now();
    let mut held = [Bytes::new(), Bytes::new()];
    for n in 0..rounds {
        let appended = log
            .append(now(), raw.clone(), 0, &settings, Verification::Unchecked)
            .unwrap();
        // Two readers hold what they read last, as connections do.
        let reader = if n % 2 == 0 { 0 } else { 1 };
        held[reader] = log
            .read(appended.base_offset, 1 << 20, true, log.end_offset())
            .unwrap();
    }
    drop(held);
    println!(
        "a batch of one record, appended and read: {:?}",
        begin.elapsed() / rounds
    );
    let (read, reads) = drain(&log);
    println!("read back: {read:.3} s in {reads} reads for {} bytes", log.size());
}

#[test]
#[ignore = "a measurement"]
fn cost_of_many_logs() {
    let rss = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS"))
            .map(ToOwned::to_owned);
        line.and_then(|line| {
            line.split_whitespace()
                .nth(1)
                .and_then(|kib| kib.parse::<usize>().ok())
        })
        .unwrap_or(0)
    };
    let dir = tempfile::tempdir().unwrap();
    let mut storage = DirectoryStorage::open(dir.path()).unwrap();
    for disk in [false, true] {
        let (before, begin) = (rss(), Instant::now());
        let logs: Vec<_> = (0..30_000)
            .map(|n| {
                let store = if disk {
                    storage.open("many", n, Uuid::from_bytes([1; 16])).unwrap()
                } else {
                    Box::new(MemoryStore::default())
                };
                Log::open("many-0", store).unwrap().0
            })
            .collect();
        println!(
            "30 000 empty logs, disk {disk}: {:?}, {} bytes each; a Log is {} bytes",
            begin.elapsed(),
            (rss() - before) * 1024 / logs.len(),
            size_of::<Log>()
        );
    }
}

#[test]
#[ignore = "a measurement"]
fn speed_of_opening() {
    let dir = tempfile::tempdir().unwrap();
    let open = || {
        let mut storage = DirectoryStorage::open(dir.path()).unwrap();
        let store = storage.open("orders", 0, Uuid::from_bytes([1; 16])).unwrap();
        Log::open("orders-0", store).unwrap().0
    };
    let mut log = open();
    fill(&mut log, &batch(100, Compression::None).0, 32_000);
    let size = log.size();
    drop(log);
    let begin = Instant::now();
    let log = open();
    assert_eq!(log.size(), size);
    println!("opening {} MB: {:?}", size / 1_000_000, begin.elapsed());
}
