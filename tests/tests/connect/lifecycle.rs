use kafka_client::client::{Client, Topics};
use kafka_client::error::RequestError;
use kafka_client::io::Runtime;

use crate::support::{run, shared};

/// Threads of clients in this process.
#[cfg(target_os = "linux")]
fn threads(client: &str) -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").expect("the threads of this process");
    tasks
        .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok())
        .filter(|name| name.trim() == client)
        .count()
}

#[test]
#[cfg(target_os = "linux")]
fn l1_nothing_is_left_of_many_clients() {
    // Other scenarios have clients of their own: count what these add, under their own process.
    if std::env::var_os("LIFECYCLE_CHILD").is_none() {
        let Some(cluster) = shared("what is left of clients") else {
            return;
        };
        let program = std::env::current_exe().expect("this program");
        let child = std::process::Command::new(program)
            .args([
                "--exact",
                "connect::lifecycle::l1_nothing_is_left_of_many_clients",
                "--nocapture",
            ])
            .env("LIFECYCLE_CHILD", cluster.bootstrap())
            .output()
            .expect("this program runs");
        assert!(
            child.status.success(),
            "{}",
            String::from_utf8_lossy(&child.stderr)
        );
        return;
    }
    let bootstrap = std::env::var("LIFECYCLE_CHILD").expect("the bootstrap servers");
    let sockets = || {
        let open = std::fs::read_dir("/proc/self/fd").expect("the open files");
        open.filter_map(|file| std::fs::read_link(file.ok()?.path()).ok())
            .filter(|target| target.to_string_lossy().starts_with("socket:"))
            .count()
    };
    run(async {
        let before = sockets();
        let mut clients = Vec::new();
        for _ in 0..10 {
            clients.push(Client::connect(&bootstrap).await.unwrap());
        }
        assert_eq!(threads("kafka-client"), 10);
        assert!(sockets() >= before + 10);
        let dropped = clients.split_off(5);
        for client in &clients {
            client.close().await;
        }
        assert_eq!(threads("kafka-client"), 5, "a closed client has no thread");
        // Dropping does not wait: the threads end by themselves.
        drop(dropped);
        let patience = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while (threads("kafka-client") > 0 || sockets() > before) && std::time::Instant::now() < patience {
            tokio::task::yield_now().await;
        }
        assert_eq!((threads("kafka-client"), sockets()), (0, before));
    });
}

#[test]
fn calls_after_close_say_so() {
    let Some(cluster) = shared("calls after close") else {
        return;
    };
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        let clone = client.clone();
        client.close().await;
        let error = clone.metadata(Topics::None).await.expect_err("it is closed");
        assert!(matches!(error, RequestError::Closed), "{error:?}");
        client.close().await;
    });
}

#[test]
fn a_client_on_the_callers_runtime() {
    let Some(cluster) = shared("the caller's runtime") else {
        return;
    };
    run(async {
        let runtime = Runtime::Tokio(tokio::runtime::Handle::current());
        let client = Client::builder()
            .bootstrap(cluster.bootstrap())
            .runtime(runtime)
            .connect()
            .await
            .unwrap();
        assert!(!client.metadata(Topics::None).await.unwrap().brokers.is_empty());
        client.close().await;
    });
}

#[test]
fn l2_a_runtime_that_ends_fails_who_waits() {
    let Some(cluster) = shared("a runtime that ends") else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let builder = Client::builder()
        .bootstrap(cluster.bootstrap())
        .runtime(Runtime::Tokio(runtime.handle().clone()));
    let client = runtime.block_on(builder.connect()).unwrap();
    runtime.shutdown_background();
    run(async {
        let error = client
            .metadata(Topics::None)
            .await
            .expect_err("its runtime is gone");
        assert!(matches!(error, RequestError::Closed), "{error:?}");
    });
}
