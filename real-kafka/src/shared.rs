//! Clusters that the tests of a process share, and what tests say when there is none.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::PathBuf,
    sync::OnceLock,
};

use crate::{Error, KafkaCluster, cache};

/// Returns a cluster of one broker with a plaintext listener, started at the first call and shared by all tests of
/// this process.
///
/// With `KAFKACTL_TEST_BOOTSTRAP` set it is the cluster at that address instead. Tests give their topics and groups
/// names of their own and leave the nodes alone.
///
/// # Errors
/// When it could not be started; the same error at every call.
pub fn shared() -> Result<&'static KafkaCluster, &'static Error> {
    static CLUSTER: OnceLock<Result<KafkaCluster, Error>> = OnceLock::new();
    CLUSTER.get_or_init(|| start(1)).as_ref()
}

/// Returns a cluster of three brokers, as [`shared`] does one of one.
///
/// # Errors
/// As [`shared`].
pub fn shared3() -> Result<&'static KafkaCluster, &'static Error> {
    static CLUSTER: OnceLock<Result<KafkaCluster, Error>> = OnceLock::new();
    CLUSTER.get_or_init(|| start(3)).as_ref()
}

fn start(brokers: i32) -> Result<KafkaCluster, Error> {
    match external_bootstrap() {
        Some(bootstrap) => Ok(KafkaCluster::external(bootstrap)),
        None => KafkaCluster::builder().brokers(brokers).start(),
    }
}

/// Returns `KAFKACTL_TEST_BOOTSTRAP`, if it is set and not empty.
#[must_use]
pub fn external_bootstrap() -> Option<String> {
    std::env::var("KAFKACTL_TEST_BOOTSTRAP")
        .ok()
        .filter(|bootstrap| !bootstrap.is_empty())
}

/// Records that a test could not be run, and says so on stderr at once.
///
/// `cargo xtask test` repeats what was recorded in its last lines.
///
/// # Panics
/// When `CI` is `true`: there, what is not tested is a failure.
pub fn not_tested(what: &str, why: &str) {
    let line = format!("not tested: {what}: {why}\n");
    // Not through print!, which a passing test's run swallows.
    let _ = io::stderr().write_all(line.as_bytes());
    let path = not_tested_record();
    let recorded = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
        // One write of one line: processes that append at once do not mix.
        File::options()
            .create(true)
            .append(true)
            .open(&path)?
            .write_all(line.as_bytes())
    });
    if let Err(error) = recorded {
        let _ = writeln!(io::stderr(), "cannot write {}: {error}", path.display());
    }
    assert!(
        std::env::var("CI").as_deref() != Ok("true"),
        "CI=true, but {line}"
    );
}

/// Returns the file that [`not_tested`] appends to.
#[must_use]
pub fn not_tested_record() -> PathBuf {
    cache::target().join("not-tested.txt")
}

/// Ends the test here, recorded as not tested, where no Kafka can be started.
///
/// `require!()` asks for Java and Maven, or an external cluster; `require!(own)` for Java and Maven in any case, as tests
/// need that start clusters of their own or run Kafka's tools.
#[macro_export]
macro_rules! require {
    () => {
        if $crate::external_bootstrap().is_none() {
            $crate::require!(own);
        }
    };
    (own) => {
        if let Some(why) = $crate::unavailable_reason() {
            let test = ::std::thread::current().name().unwrap_or("main").to_owned();
            $crate::not_tested(&format!("{}::{test}", env!("CARGO_PKG_NAME")), why);
            return;
        }
    };
}
