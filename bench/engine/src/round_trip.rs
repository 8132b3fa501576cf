use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Instant;

use bytes::Bytes;
use kafka_client::client::Client;
use kafka_client::cluster::{NodeId, Target};
use protocol::messages::heartbeat::HeartbeatRequest;

use crate::{broker, count};

const ROUNDS: u32 = 20_000;

fn serve(mut stream: TcpStream, port: u16) {
    stream.set_nodelay(true).expect("no delay");
    let mut length = [0; 4];
    while stream.read_exact(&mut length).is_ok() {
        let mut request = vec![0; u32::from_be_bytes(length) as usize];
        stream.read_exact(&mut request).expect("a request");
        let reply = broker::reply(&Bytes::from(request), port);
        stream.write_all(&reply.to_bytes()).expect("a reply");
    }
}

pub fn run() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        while let Ok((stream, _)) = listener.accept() {
            std::thread::spawn(move || serve(stream, port));
        }
    });
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let client = Client::connect(format!("127.0.0.1:{port}")).await.expect("a client");
        let call = || client.call(Target::Node(NodeId(1)), HeartbeatRequest::default(), |_| None);
        for _ in 0..100 {
            call().await.expect("a reply");
        }
        let (start, before) = (Instant::now(), count::allocations());
        for _ in 0..ROUNDS {
            call().await.expect("a reply");
        }
        let allocations = f64::from(u32::try_from(count::allocations() - before).expect("few")) / f64::from(ROUNDS);
        println!(
            "one call after the other through sockets: {:.1} µs, {allocations:.1} allocations with the broker's",
            start.elapsed().as_micros() as f64 / f64::from(ROUNDS),
        );
        client.close().await;
    });
}
