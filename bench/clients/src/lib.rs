//! What the benchmark's programs share: their arguments, the values they send, and how CPU time is read.

use std::io;
use std::time::{Duration, Instant};

/// The topic; it has [`PARTITIONS`] partitions, all led by the one broker.
pub const TOPIC: &str = "bench";
/// Partitions of the topic.
pub const PARTITIONS: i32 = 6;
/// Bytes of a value.
pub const VALUE_LEN: usize = 100;
/// Distinct values; a power of two.
pub const VALUES: usize = 1024;

/// What a client is asked to do: `produce|consume BOOTSTRAP RECORDS none|lz4 VALUES_FILE`.
pub struct Job {
    /// Whether to consume instead of to produce.
    pub consume: bool,
    /// `host:port` of the broker.
    pub bootstrap: String,
    /// How many records.
    pub records: u64,
    /// The codec's name.
    pub codec: String,
    /// The values, [`VALUES`] times [`VALUE_LEN`] bytes.
    pub values: Vec<u8>,
}

impl Job {
    /// Reads the program's arguments.
    pub fn from_args() -> io::Result<Self> {
        let wrong = || io::Error::other("usage: produce|consume BOOTSTRAP RECORDS CODEC VALUES_FILE");
        let args: Vec<String> = std::env::args().skip(1).collect();
        let [what, bootstrap, records, codec, values] = args.as_slice() else { return Err(wrong()) };
        Ok(Self {
            consume: what == "consume",
            bootstrap: bootstrap.clone(),
            records: records.parse().map_err(|_| wrong())?,
            codec: codec.clone(),
            values: std::fs::read(values)?,
        })
    }

    /// The value of the `index`th record.
    #[inline]
    pub fn value(&self, index: u64) -> &[u8] {
        let place = (index as usize & (VALUES - 1)) * VALUE_LEN;
        &self.values[place..place + VALUE_LEN]
    }
}

/// Values that compress about 2 : 1, as real ones do: half of each is text that recurs, half is noise in hexadecimal.
pub fn values() -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut values = Vec::with_capacity(VALUES * VALUE_LEN);
    for index in 0..VALUES {
        let mut value = format!("{{\"order\":{index:05},\"status\":\"shipped\",\"customer\":\"");
        while value.len() < VALUE_LEN - 2 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            value.push(char::from(b"0123456789abcdef"[(state >> 60) as usize]));
        }
        value.push_str("\"}");
        values.extend_from_slice(value.as_bytes());
    }
    values
}

/// Measures from its creation on.
pub struct Meter {
    cpu: Duration,
    start: Instant,
}

impl Meter {
    /// Starts measuring.
    pub fn start() -> io::Result<Self> {
        Ok(Self { cpu: cpu_time()?, start: Instant::now() })
    }

    /// Prints `cpu_us wall_us`, which is what the runner reads.
    pub fn report(&self) -> io::Result<()> {
        let cpu = cpu_time()? - self.cpu;
        println!("{} {}", cpu.as_micros(), self.start.elapsed().as_micros());
        Ok(())
    }
}

/// User and system time of all threads of this process; the kernel counts it in hundredths of a second.
fn cpu_time() -> io::Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // The second field is the program's name in parentheses, which may hold blanks.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |place: usize| fields.get(place).and_then(|field| field.parse::<u64>().ok());
    match (ticks(11), ticks(12)) {
        (Some(user), Some(system)) => Ok(Duration::from_millis((user + system) * 10)),
        _ => Err(io::Error::other("cannot read /proc/self/stat")),
    }
}
