use std::fs;
use std::process::Command;

use bytes::Bytes;
use protocol::Uuid;

use super::*;

const ID: Uuid = Uuid::from_bytes([3; 16]);

/// The bytes of a segment, read in as many pieces as they come in.
fn all(store: &dyn LogStore, segment: i64, size: usize) -> Vec<u8> {
    let mut read = Vec::new();
    while read.len() < size {
        let at = u64::try_from(read.len()).unwrap();
        read.extend_from_slice(&store.read(segment, at, size - read.len()).unwrap());
    }
    read
}

fn in_both(test: impl Fn(&mut dyn LogStore)) {
    test(&mut MemoryStore::default());
    let dir = tempfile::tempdir().unwrap();
    let mut storage = DirectoryStorage::open(dir.path()).unwrap();
    test(&mut *storage.open("orders", 0, ID).unwrap());
}

fn sizes(store: &dyn LogStore) -> Vec<(i64, u64)> {
    let segments = store.segments().unwrap().into_iter();
    segments
        .map(|segment| (segment.base_offset, segment.size))
        .collect()
}

#[test]
fn segments_grow_and_shrink() {
    in_both(|store| {
        assert_eq!(sizes(store), []);
        store.append(5, 0, &[b"abc", b"", b"def"]).unwrap();
        store.append(5, 6, &[b"ghi"]).unwrap();
        store.append(9, 0, &[b"x"]).unwrap();
        assert_eq!(sizes(store), [(5, 9), (9, 1)]);
        assert_eq!(all(store, 5, 9), b"abcdefghi");
        assert_eq!(&store.read(5, 2, 3).unwrap()[..], b"cde");
        let mut peeked = [0; 20];
        assert_eq!(store.peek(5, 4, &mut peeked).unwrap(), 5);
        assert_eq!(&peeked[..5], b"efghi");
        assert_eq!(store.peek(5, 9, &mut peeked).unwrap(), 0);
        store.truncate(5, 4).unwrap();
        store.append(5, 4, &[b"Z"]).unwrap();
        assert_eq!(all(store, 5, 5), b"abcdZ");
        store.remove(5).unwrap();
        store.remove(5).unwrap();
        assert_eq!(sizes(store), [(9, 1)]);
        assert!(store.read(5, 0, 1).is_err());
        assert!(store.read(9, 1, 1).is_err());
        assert!(store.truncate(5, 0).is_err());
    });
}

#[test]
fn segments_are_replaced() {
    in_both(|store| {
        for base in [0, 10, 20, 30] {
            store.append(base, 0, &[b"old"]).unwrap();
        }
        store
            .replace(
                &[10, 20],
                &[Bytes::from_static(b"ne"), Bytes::from_static(b"w one")],
            )
            .unwrap();
        assert_eq!(sizes(store), [(0, 3), (10, 7), (30, 3)]);
        assert_eq!(all(store, 10, 7), b"new one");
        store.append(10, 7, &[b"!"]).unwrap();
        assert_eq!(all(store, 10, 8), b"new one!");
        store.replace(&[30], &[]).unwrap();
        assert_eq!(sizes(store), [(0, 3), (10, 8), (30, 0)]);
    });
}

#[test]
fn state_is_kept() {
    in_both(|store| {
        assert_eq!(store.load_state().unwrap(), None);
        store.save_state(b"one").unwrap();
        store.save_state(b"two").unwrap();
        assert_eq!(store.load_state().unwrap().unwrap(), "two");
        store.sync().unwrap();
    });
}

#[test]
fn memory_is_read_where_it_is() {
    let mut store = MemoryStore::default();
    let part = vec![7; 10_000];
    let mut held = Vec::new();
    for n in 0..1000u64 {
        store.append(0, n * 10_000, &[&part]).unwrap();
        // Somebody always reads the end.
        held.push(store.read(0, n * 10_000, 10_000).unwrap());
        held.drain(..held.len().saturating_sub(2));
    }
    assert_eq!(sizes(&store), [(0, 10_000_000)]);
    let mut position = 0;
    let mut reads = 0;
    while position < 10_000_000 {
        let read = store.read(0, position, 1 << 20).unwrap();
        assert_eq!(
            read.len() % 10_000,
            0,
            "a read ends where an append ended, unless it has all that was wanted"
        );
        assert!(read.iter().all(|byte| *byte == 7));
        position += u64::try_from(read.len() - read.len() % 10_000).unwrap();
        reads += 1;
    }
    assert!(reads <= 40, "{reads} reads for 10 MB");
    let grown = store.read(0, 0, 10_000).unwrap();
    store.append(0, 10_000_000, &[&part]).unwrap();
    assert_eq!(&grown[..], &part[..]);
    let (first, again) = (
        store.read(0, 0, 10_000).unwrap(),
        store.read(0, 0, 10_000).unwrap(),
    );
    assert_eq!(first.as_ptr(), again.as_ptr());
}

#[test]
fn few_files_are_open() {
    let dir = tempfile::tempdir().unwrap();
    let mut storage = DirectoryStorage::open(dir.path()).unwrap();
    let mut stores: Vec<_> = (0..600).map(|n| storage.open("orders", n, ID).unwrap()).collect();
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "journal and lock");
    for round in 0..2 {
        for store in &mut stores {
            store.append(0, round, &[b"x"]).unwrap();
        }
    }
    assert!(stores.iter().all(|store| all(&**store, 0, 2) == b"xx"));
    let open = fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
    assert!(open < 400, "{open} files are open");
    assert_eq!(storage.list().unwrap().len(), 600);
}

#[test]
fn a_directory_has_one_user_and_legal_names() {
    let dir = tempfile::tempdir().unwrap();
    let mut storage = DirectoryStorage::open(dir.path()).unwrap();
    let error = DirectoryStorage::open(dir.path()).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ResourceBusy);
    for name in ["", "a/b", "..\\x", "é", &"x".repeat(250)] {
        assert!(storage.open(name, 0, ID).is_err(), "{name}");
    }
    assert!(storage.open("a", -1, ID).is_err());
    // Not a way out: the folder's name goes on.
    storage.open("..", 0, ID).unwrap().append(0, 0, &[b"x"]).unwrap();
    assert!(dir.path().join("..-0").is_dir());
    drop(storage);
    DirectoryStorage::open(dir.path()).unwrap();
}

#[test]
fn partitions_belong_to_their_topic() {
    let dir = tempfile::tempdir().unwrap();
    let mut storage = DirectoryStorage::open(dir.path()).unwrap();
    let mut store = storage.open("a-b", 3, ID).unwrap();
    store.append(0, 0, &[b"x"]).unwrap();
    drop(store);
    let stored = StoredPartition {
        topic: "a-b".to_owned(),
        partition: 3,
        topic_id: Some(ID),
    };
    assert_eq!(storage.list().unwrap(), [stored]);
    let other = Uuid::from_bytes([4; 16]);
    assert_eq!(
        storage.open("a-b", 3, other).unwrap_err().kind(),
        std::io::ErrorKind::AlreadyExists
    );
    storage.remove("a-b", 3).unwrap();
    storage.remove("a-b", 3).unwrap();
    assert_eq!(storage.list().unwrap(), []);
    assert_eq!(sizes(&*storage.open("a-b", 3, other).unwrap()), []);
}

#[test]
fn the_longest_names_have_files() {
    let dir = tempfile::tempdir().unwrap();
    let mut storage = DirectoryStorage::open(dir.path()).unwrap();
    for len in [245, 246, 249] {
        let topic = "x".repeat(len);
        for partition in [0, 99_999] {
            let mut store = storage.open(&topic, partition, ID).unwrap();
            store.append(0, 0, &[b"x"]).unwrap();
            store.append(i64::MAX, 0, &[b"x"]).unwrap();
            store.save_state(b"state").unwrap();
            store.set_aside(i64::MAX).unwrap();
            store
                .replace(&[0, i64::MAX], &[Bytes::from_static(b"y")])
                .unwrap();
            store.sync().unwrap();
            drop(store);
            assert_eq!(storage.list().unwrap().len(), 1);
            storage.remove(&topic, partition).unwrap();
            assert_eq!(storage.list().unwrap(), []);
        }
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "journal and lock");
    // What a process left that died while it removed something.
    fs::create_dir(dir.path().join("7.deleted")).unwrap();
    drop(storage);
    drop(DirectoryStorage::open(dir.path()).unwrap());
    assert!(!dir.path().join("7.deleted").exists());
}

#[test]
fn a_replacement_is_finished_after_a_crash() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("orders-0");
    let file = |base: i64, extension: &str| folder.join(format!("{base:020}.{extension}"));
    let mut storage = DirectoryStorage::open(dir.path()).unwrap();
    let mut store = storage.open("orders", 0, ID).unwrap();
    for base in [0, 10, 20, 30] {
        store.append(base, 0, &[b"old"]).unwrap();
    }
    drop(store);
    fs::write(file(0, "cleaned"), b"ne").unwrap();
    assert_eq!(
        sizes(&*storage.open("orders", 0, ID).unwrap()),
        [(0, 3), (10, 3), (20, 3), (30, 3)]
    );
    fs::write(folder.join(format!("{:020}-{:020}.swap", 10, 20)), b"new").unwrap();
    fs::remove_file(file(20, "log")).unwrap();
    let store = storage.open("orders", 0, ID).unwrap();
    assert_eq!(sizes(&*store), [(0, 3), (10, 3), (30, 3)]);
    assert_eq!(all(&*store, 10, 3), b"new");
}

#[test]
fn the_journal_keeps_whole_lines() {
    let dir = tempfile::tempdir().unwrap();
    let mut storage = DirectoryStorage::open(dir.path()).unwrap();
    storage.append_line("{\"a\":1}").unwrap();
    storage.append_line("two").unwrap();
    drop(storage);
    let path = dir.path().join("journal.jsonl");
    let mut raw = fs::read(&path).unwrap();
    raw.extend_from_slice(b"torn");
    fs::write(&path, raw).unwrap();
    let mut storage = DirectoryStorage::open(dir.path()).unwrap();
    assert_eq!(storage.read_lines().unwrap(), ["{\"a\":1}", "two"]);
    storage.append_line("three").unwrap();
    assert_eq!(storage.read_lines().unwrap(), ["{\"a\":1}", "two", "three"]);
    storage
        .rewrite_lines(&["one".to_owned(), "two".to_owned()])
        .unwrap();
    storage.append_line("three").unwrap();
    storage.sync().unwrap();
    drop(storage);
    let storage = DirectoryStorage::open(dir.path()).unwrap();
    assert_eq!(storage.read_lines().unwrap(), ["one", "two", "three"]);
}

/// Runs in a process of its own, whose files may have 4 KiB: see the test below.
#[test]
#[ignore = "needs a limit on the size of files"]
fn child_whose_files_are_limited() {
    let dir = tempfile::tempdir().unwrap();
    let mut storage = DirectoryStorage::open(dir.path()).unwrap();
    let mut store = storage.open("orders", 0, ID).unwrap();
    let part = [1; 1000];
    for n in 0..4 {
        store.append(0, n * 1000, &[&part]).unwrap();
    }
    // 96 bytes fit, and are taken back.
    let error = store.append(0, 4000, &[&part[..50], &part[50..]]).unwrap_err();
    assert!(error.is_full(), "{error:?}");
    assert_eq!(sizes(&*store), [(0, 4000)]);
    store.append(0, 4000, &[&part[..96]]).unwrap();
    store.append(4, 0, &[&part]).unwrap();
    assert_eq!(sizes(&*store), [(0, 4096), (4, 1000)]);
    let line = "x".repeat(1500);
    storage.append_line(&line).unwrap();
    storage.append_line(&line).unwrap();
    assert!(storage.append_line(&line).unwrap_err().is_full());
    storage.append_line("short").unwrap();
    assert_eq!(
        storage.read_lines().unwrap(),
        [line.clone(), line, "short".to_owned()]
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_grow_is_as_it_was() {
    let test = std::env::current_exe().unwrap();
    // A write beyond the limit then fails instead of ending the process. Blocks have 512 bytes or 1 KiB.
    let script = "trap '' XFSZ; ulimit -f 8; [ \"$(ulimit -f)\" = 8 ]; exec \"$0\" --ignored --exact \
                  storage::tests::child_whose_files_are_limited";
    let sh = ["/bin/dash", "/bin/sh"]
        .into_iter()
        .find(|path| fs::exists(path).unwrap_or(false));
    let Some(sh) = sh else {
        return;
    };
    let output = Command::new(sh).args(["-c", script]).arg(test).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}
