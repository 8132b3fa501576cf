//! Runs the clients in turn against one instant broker and prints CPU per record, each figure the median of the rounds.
//!
//! `cargo run --release --bin bench-clients -- [RECORDS] [ROUNDS]`, in `bench/clients`; franz-go needs `go` on the path.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use bench_clients::values;

const CLIENTS: [&str; 3] = ["ours", "librdkafka", "franz-go"];

/// The broker's process; it ends with this value.
struct Broker(Child, String);

impl Drop for Broker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn main() -> io::Result<()> {
    let mut args = std::env::args().skip(1).filter_map(|arg| arg.parse::<u64>().ok());
    let records = args.next().unwrap_or(5_000_000);
    let rounds = args.next().unwrap_or(3);
    let binaries = std::env::current_exe()?.parent().map(Path::to_path_buf).unwrap_or_default();
    let values_file = binaries.join("bench-values");
    std::fs::write(&values_file, values())?;
    let franz = build_franz(&binaries)?;

    println!("{records} records of 100 bytes without a key, 6 partitions, median of {rounds} rounds");
    println!("{:10} {:6} {:>12} {:>10} {:>12} {:>8}", "what", "codec", "client", "CPU µs", "records/s", "ours is");
    for what in ["produce", "consume"] {
        for codec in ["none", "lz4"] {
            let broker = start_broker(&binaries, codec)?;
            let mut figures: [Vec<(f64, f64)>; 3] = Default::default();
            for _ in 0..rounds {
                for (client, figures) in CLIENTS.iter().zip(&mut figures) {
                    let program = if *client == "franz-go" { franz.clone() } else { binaries.join(client) };
                    figures.push(run(&program, what, &broker.1, records, codec, &values_file)?);
                }
            }
            let medians = figures.map(|mut runs| {
                runs.sort_by(|a, b| a.0.total_cmp(&b.0));
                runs[runs.len() / 2]
            });
            for (client, (cpu, wall)) in CLIENTS.iter().zip(medians) {
                println!(
                    "{what:10} {codec:6} {client:>12} {:>10.3} {:>12.0} {:>8.2}",
                    cpu / records as f64,
                    records as f64 / wall * 1e6,
                    medians[0].0 / cpu,
                );
            }
        }
    }
    Ok(())
}

fn build_franz(binaries: &Path) -> io::Result<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("franz");
    let program = binaries.join("franz");
    let built = Command::new("go").args(["build", "-o"]).arg(&program).arg(".").current_dir(source).status()?;
    if built.success() { Ok(program) } else { Err(io::Error::other("go build failed")) }
}

fn start_broker(binaries: &Path, codec: &str) -> io::Result<Broker> {
    let mut child = Command::new(binaries.join("instant-broker")).arg(codec).stdout(Stdio::piped()).spawn()?;
    let mut address = String::new();
    match child.stdout.take() {
        Some(stdout) => BufReader::new(stdout).read_line(&mut address)?,
        None => 0,
    };
    Ok(Broker(child, address.trim().to_owned()))
}

/// CPU and wall time in microseconds.
fn run(program: &Path, what: &str, broker: &str, records: u64, codec: &str, values: &Path) -> io::Result<(f64, f64)> {
    let output = Command::new(program)
        .args([what, broker, &records.to_string(), codec])
        .arg(values)
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut numbers = text.split_whitespace().filter_map(|number| number.parse::<f64>().ok());
    match (output.status.success(), numbers.next(), numbers.next()) {
        (true, Some(cpu), Some(wall)) => Ok((cpu, wall)),
        _ => Err(io::Error::other(format!("{} {what} {codec} failed: {}", program.display(), output.status))),
    }
}
