//! A sandbox of one broker in a process of its own, which keeps records in memory or in the folder that is named: prints
//! its address and runs until stdin ends.

use std::error::Error;
use std::io::{self, Read};

use kafka_sandbox::Sandbox;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut builder = Sandbox::builder().brokers(1);
    if let Some(folder) = std::env::args().nth(1) {
        builder = builder.data_dir(folder);
    }
    let sandbox = builder.start().await?;
    println!("{}", sandbox.bootstrap_servers());
    io::stdin().read_to_end(&mut Vec::new())?;
    sandbox.shutdown().await;
    Ok(())
}
