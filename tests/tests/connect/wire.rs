//! What the wire and the callers do to a client.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::task::{Context, Waker};
use std::time::Duration;

use kafka_client::client::{Client, ConnectError, Topics};
use kafka_client::cluster::{Metadata, Target};
use kafka_client::connection::Answer;
use kafka_client::error::RequestError;
use kafka_client::machine::{Machine, TopicInterest, Wish};
use kafka_client::time::Moment;
use protocol::messages::describe_log_dirs::DescribeLogDirsRequest;

use crate::support::{run, shared};

/// Passes on what comes in as it is, and what goes out in pieces of `piece` bytes.
fn proxy(broker: String, piece: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        while let Ok((client, _)) = listener.accept() {
            let broker = TcpStream::connect(&broker).expect("the broker");
            client.set_nodelay(true).expect("no delay");
            let (mut requests, mut towards) = (
                client.try_clone().expect("a socket"),
                broker.try_clone().expect("a socket"),
            );
            std::thread::spawn(move || {
                let _ = std::io::copy(&mut requests, &mut towards);
                let _ = towards.shutdown(std::net::Shutdown::Both);
            });
            std::thread::spawn(move || deliver(broker, client, piece));
        }
    });
    address
}

fn deliver(mut from: TcpStream, mut to: TcpStream, piece: usize) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        for bytes in buffer[..read].chunks(piece) {
            if to.write_all(bytes).is_err() {
                return;
            }
        }
    }
    let _ = to.shutdown(std::net::Shutdown::Both);
}

#[test]
fn c35_replies_in_pieces_of_one_byte() {
    let Some(cluster) = shared("replies in pieces") else {
        return;
    };
    run(async {
        let whole = Client::connect(cluster.bootstrap()).await.unwrap();
        let first = cluster
            .bootstrap()
            .split(',')
            .next()
            .expect("a broker")
            .to_owned();
        let pieces = Client::connect(proxy(first, 1)).await.unwrap();
        let expected = whole.metadata(Topics::None).await.unwrap();
        let metadata = pieces.metadata(Topics::None).await.unwrap();
        assert_eq!(
            (metadata.cluster_id, metadata.brokers),
            (expected.cluster_id, expected.brokers)
        );
        whole.close().await;
        pieces.close().await;
    });
}

#[test]
fn c34_calls_that_are_dropped_at_any_point_disturb_nobody() {
    let Some(cluster) = shared("dropped calls") else {
        return;
    };
    run(async {
        let builder = Client::builder()
            .bootstrap(cluster.bootstrap())
            .configure(|config| config.in_flight_max = 2);
        let client = builder.start().unwrap();
        // Dropped before it began, before the connection, and with requests on the wire.
        while client.known().is_empty() {
            drop(client.metadata(Topics::All));
            let mut polled = Box::pin(client.metadata(Topics::All));
            let _ = polled.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            drop(polled);
            tokio::task::yield_now().await;
        }
        let node = *client.known().brokers.first_key_value().expect("a broker").0;
        for round in 0..200 {
            let mut polled =
                Box::pin(client.call(Target::Node(node), DescribeLogDirsRequest::default(), |_| None));
            let _ = polled.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            for _ in 0..round % 7 {
                tokio::task::yield_now().await;
            }
        }
        let response = client
            .call(Target::Node(node), DescribeLogDirsRequest::default(), |_| None)
            .await
            .unwrap();
        assert!(
            !response.results.is_empty(),
            "the reply of another request would not decode"
        );
        client.close().await;
    });
}

/// A machine with a bug.
#[derive(Debug)]
struct Faulty;

impl Machine for Faulty {
    fn handle_wakeup(&mut self, _: Moment, _: &Metadata) {
        panic!("a bug in a machine");
    }
    fn handle_metadata(&mut self, _: Moment, _: &Metadata) {}
    fn handle_answer(&mut self, _: Moment, _: &Metadata, _: Answer) {}
    fn handle_deadline(&mut self, _: Moment, _: &Metadata) {}
    fn poll_wish(&mut self, _: Moment, _: &Metadata) -> Option<Wish> {
        None
    }
    fn next_deadline(&self) -> Option<Moment> {
        None
    }
    fn topics(&self) -> TopicInterest {
        TopicInterest::None
    }
    fn is_done(&self) -> bool {
        false
    }
}

#[test]
fn l3_a_panic_fails_who_waits() {
    // Nobody answers here, so that the call is still waiting.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    run(async {
        let client = Client::builder()
            .bootstrap(listener.local_addr().unwrap().to_string())
            .start()
            .unwrap();
        let waiting = client.metadata(Topics::None);
        let (outcome, ()) = tokio::join!(waiting, async {
            client.engine().install(Box::new(Faulty));
        });
        assert!(matches!(outcome, Err(RequestError::Closed)), "{outcome:?}");
        let Err(ConnectError::Ended(why)) = client.connected().await else {
            panic!("it has ended")
        };
        assert_eq!(why, "a bug in a machine");
        let late = tokio::time::timeout(Duration::from_secs(5), client.metadata(Topics::None)).await;
        assert!(matches!(late, Ok(Err(RequestError::Closed))));
        client.close().await;
    });
}
