//! A process that appends is killed; what it said was there must be there.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use protocol::Uuid;

use super::*;
use crate::storage::{DirectoryStorage, Storage};

/// Where the child appends.
const DIR: &str = "SANDBOX_KILL_DIR";

fn settings() -> LogSettings {
    LogSettings {
        cleanup: Cleanup {
            delete: false,
            compact: true,
        },
        segment_bytes: 2000,
        min_cleanable_dirty_ratio: 0.1,
        check_interval_ms: 0,
        ..LogSettings::default()
    }
}

fn open(dir: &Path) -> (Log, Recovery, DirectoryStorage) {
    let mut storage = DirectoryStorage::open(dir).unwrap();
    let store = storage.open("orders", 0, Uuid::from_bytes([1; 16])).unwrap();
    let (log, recovery) = Log::open("orders-0", store).unwrap();
    (log, recovery, storage)
}

/// Appends, compacts, deletes and writes to the journal, and says each number when it is written.
#[test]
#[ignore = "runs until it is killed, in the directory that SANDBOX_KILL_DIR names"]
fn child_that_is_killed() {
    let dir = PathBuf::from(std::env::var(DIR).unwrap());
    let (mut log, _, mut storage) = open(&dir);
    let first = storage
        .read_lines()
        .unwrap()
        .last()
        .map_or(0, |line| line.parse::<i32>().unwrap() + 1);
    let mut out = std::io::stdout();
    for n in first.. {
        let key = format!("k{}", n % 100);
        let draft = pairs(&[(&key, Some(&n.to_string())), ("latest", Some(&n.to_string()))]);
        let draft = draft.by(1, 0, (n * 2) & i32::MAX).transactional();
        // The line before may be there although the number after it is not: then it is a duplicate.
        log.append(now(), draft.bytes(), 0, &settings(), Verification::Unchecked)
            .unwrap();
        log.append_marker(now(), marker(1, 0, true), 0, &settings())
            .unwrap();
        storage.append_line(&n.to_string()).unwrap();
        out.write_all(format!("acknowledged {n}\n").as_bytes()).unwrap();
        if n % 20 == 0 {
            log.maintain(now(), &settings()).unwrap();
        }
        if n % 500 == 499 {
            log.delete_before(log.end_offset() - 600).unwrap();
        }
    }
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let dir = directory();
    let seed = 7;
    let mut random = fastrand::Rng::with_seed(seed);
    let mut last: i32 = -1;
    for round in 0..8 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--ignored",
                "--nocapture",
                "--exact",
                "log::tests::kill::child_that_is_killed",
            ])
            .env(DIR, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let acknowledged = lines.map_while(Result::ok).filter_map(|line| {
            // The harness begins the first line.
            line.split_once("acknowledged ")
                .and_then(|(_, n)| n.parse::<i32>().ok())
        });
        let enough = random.usize(1..800);
        let mut killed = false;
        for (count, n) in acknowledged.enumerate() {
            assert_eq!(n, last + 1, "seed {seed}, round {round}");
            last = n;
            if count == enough {
                child.kill().unwrap();
                killed = true;
            }
        }
        child.wait().unwrap();
        assert!(killed, "seed {seed}, round {round}: the child ended by itself");
        let (log, recovery, storage) = open(dir.path());
        assert_eq!(recovery.corrupt, [], "seed {seed}, round {round}");
        let journal = storage.read_lines().unwrap();
        assert!(journal.last().unwrap().parse::<i32>().unwrap() >= last);
        // What was written but not said may be there too, and the next child finds it to be a duplicate.
        last = journal.last().unwrap().parse().unwrap();
        let mut table = BTreeMap::new();
        let mut decompressor = Decompressor::default();
        for batch in log.batches() {
            let batch = batch.unwrap();
            if batch.header().attributes.is_control() {
                continue;
            }
            for record in &batch.records(&mut decompressor).unwrap() {
                let record = record.unwrap();
                let value: i32 = String::from_utf8_lossy(record.value.unwrap()).parse().unwrap();
                let before = table.insert(record.key.unwrap().to_vec(), value);
                assert!(
                    before.is_none_or(|before| before < value),
                    "nothing is there twice"
                );
            }
        }
        // Keys are written in turn, so that the last hundred numbers are the values of the hundred keys.
        for n in (last - 99).max(0)..=last {
            let value = table.get(format!("k{}", n % 100).as_bytes());
            assert!(
                value.is_some_and(|value| *value >= n),
                "seed {seed}, round {round}: {n} is lost"
            );
        }
        assert!(log.last_stable_offset() >= log.end_offset() - 2);
    }
}
