//! `cargo xtask kafka up`.

use std::{
    error::Error,
    fmt::Write,
    fs::File,
    io::Read,
    os::unix::process::CommandExt,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use real_kafka::{KafkaCluster, Mechanism, Security};

use super::{UpArgs, state::Place};
use crate::{Outcome, talk};

const LOOK_EVERY: Duration = Duration::from_millis(50);

pub(crate) fn run(args: &UpArgs) -> Outcome {
    if args.detach { detach(args) } else { stay(args) }
}

/// Starts a cluster and keeps it until this process is ended; its guard then ends the cluster.
fn stay(args: &UpArgs) -> Outcome {
    let place = Place::of(&args.name.name);
    let occupied = if args.background { place.move_in()? } else { None };
    if args.background && occupied.is_none() {
        return Err(
            "a cluster of that name is running already: end it with `kafka down`, or name another".into(),
        );
    }
    if let Some(why) = real_kafka::unavailable_reason() {
        return Err(why.into());
    }
    let begin = Instant::now();
    talk::say(format_args!("Starting Apache Kafka {} ...", args.version));
    let cluster = start(args)?;
    let description = describe(&cluster, args)?;
    talk::say(format_args!(
        "Ready after {:.1} s.\n{}",
        begin.elapsed().as_secs_f64(),
        description.trim_end()
    ));
    if args.background {
        place.announce(&cluster.bootstrap(), &description)?;
    } else {
        talk::data(cluster.bootstrap());
        talk::say(format_args!(
            "\n{}\nCtrl-C ends the cluster.",
            next_steps(&cluster)
        ));
    }
    loop {
        thread::park();
    }
}

fn start(args: &UpArgs) -> Result<KafkaCluster, Box<dyn Error>> {
    let mut builder = KafkaCluster::builder()
        .version(&args.version)
        .brokers(args.brokers);
    if args.port != 0 {
        builder = builder.first_port(args.port);
    }
    for security in listeners(args) {
        builder = builder.listener(security);
    }
    for (name, password) in &args.sasl {
        builder = builder.user(name, password);
    }
    for (name, value) in &args.properties {
        builder = builder.property(name, value);
    }
    Ok(builder.start()?)
}

fn listeners(args: &UpArgs) -> Vec<Security> {
    let mut listeners = vec![Security::Plaintext];
    listeners.extend(args.tls.then_some(Security::Tls));
    listeners.extend(args.mtls.then_some(Security::MutualTls));
    if !args.sasl.is_empty() {
        listeners.push(Security::SaslPlaintext);
        // The TLS listener's certificates serve both.
        listeners.push(Security::SaslTls);
    }
    listeners
}

/// Returns a line for each way in, with the file of properties that a client needs for it.
fn describe(cluster: &KafkaCluster, args: &UpArgs) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    for security in listeners(args) {
        let address = cluster.bootstrap_of(security)?;
        let mut line =
            |properties: &real_kafka::ClientProperties, what: String| -> Result<(), Box<dyn Error>> {
                let file = cluster.write_properties(&what.replace([' ', ','], "-"), properties)?;
                writeln!(text, "  {address}  {what}: -F {}", file.display())?;
                Ok(())
            };
        match security {
            Security::Plaintext => writeln!(text, "  {address}  plaintext")?,
            _ if security.uses_sasl() => {
                for (user, _) in &args.sasl {
                    for mechanism in Mechanism::WITH_PASSWORD {
                        let properties = cluster.sasl_properties(security, mechanism, user)?;
                        line(&properties, format!("{} {mechanism} {user}", security.protocol()))?;
                    }
                }
            }
            Security::MutualTls => line(
                &cluster.client_properties(security)?,
                "SSL with client certificate".into(),
            )?,
            _ => line(&cluster.client_properties(security)?, security.protocol().into())?,
        }
    }
    Ok(text)
}

/// Leaves a process behind that keeps the cluster.
fn detach(args: &UpArgs) -> Outcome {
    let place = Place::of(&args.name.name);
    if place.occupy()?.is_none() {
        return Err(match place.running()? {
            Some(running) => format!(
                "a cluster is running already at {}: cargo xtask kafka down{} ends it",
                running.bootstrap(),
                name_option(args)
            )
            .into(),
            None => "a cluster is just ending: try again".into(),
        });
    }
    place.clear()?;
    let log = File::options().create(true).append(true).open(place.log())?;
    let mut background = Command::new(std::env::current_exe()?)
        .args(["kafka", "up", "--background"])
        .args(same(args))
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        // Ctrl-C in this terminal is not meant for it.
        .process_group(0)
        .spawn()?;
    // Its progress goes to a file, not to our stderr, which it would hold open after us.
    let mut log = File::open(place.log())?;
    loop {
        let ended = background.try_wait()?;
        let mut news = Vec::new();
        log.read_to_end(&mut news)?;
        talk::pass_on(&news);
        if let Some(status) = ended {
            return Err(format!("the cluster did not start ({status})").into());
        }
        // Not before, for to ask is to hold the place for a moment.
        if place.is_announced()
            && let Some(running) = Place::of(&args.name.name).running()?
        {
            talk::data(running.bootstrap());
            let cluster = KafkaCluster::external(running.bootstrap());
            talk::say(format_args!(
                "\n{}\ncargo xtask kafka down{} ends the cluster.",
                next_steps(&cluster),
                name_option(args)
            ));
            return Ok(0.into());
        }
        thread::sleep(LOOK_EVERY);
    }
}

/// Returns the arguments again, for the process in the background.
fn same(args: &UpArgs) -> Vec<String> {
    let mut same = vec![
        format!("--version={}", args.version),
        format!("--brokers={}", args.brokers),
        format!("--port={}", args.port),
        format!("--name={}", args.name.name),
    ];
    same.extend(args.tls.then(|| "--tls".into()));
    same.extend(args.mtls.then(|| "--mtls".into()));
    same.extend(
        args.sasl
            .iter()
            .map(|(user, password)| format!("--sasl={user}:{password}")),
    );
    same.extend(
        args.properties
            .iter()
            .map(|(name, value)| format!("--property={name}={value}")),
    );
    same
}

fn name_option(args: &UpArgs) -> String {
    if args.name.name == "default" {
        String::new()
    } else {
        format!(" --name {}", args.name.name)
    }
}

fn next_steps(cluster: &KafkaCluster) -> String {
    let bootstrap = cluster.bootstrap();
    let option = if bootstrap == "127.0.0.1:9092" {
        String::new()
    } else {
        format!(" -b {bootstrap}")
    };
    format!(
        "Next, with `cargo install --path kafka-cli` or `cargo run --release --bin kafkactl --` in its place:\n  \
         kafkactl{option} topics create orders\n  \
         seq 1 1000 | kafkactl{option} produce orders\n  \
         kafkactl{option} consume orders --group billing --from-beginning --exit\n  \
         kafkactl{option} groups describe billing"
    )
}
