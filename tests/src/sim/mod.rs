//! Whole clients against a whole cluster in one thread, with a network that fails and a clock that only this code moves.
//! Everything is drawn from one number, the seed: the same seed tells the same story, byte for byte.
//!
//! ```text
//! workload ── handles ──▶ engine ── frames ──▶ wire ──▶ net ──▶ sandbox core
//!    │                      ▲                                      │
//!    │                      └────────── net ◀──────────────────────┘
//!    └── events ──▶ trace ──▶ checkers
//! ```
//!
//! | module | |
//! |---|---|
//! | `scenario` | what a seed comes to: the cluster, who uses it, and how |
//! | `world` | the loop: polls tasks, lets engines and core work, moves the clock to the next event |
//! | `executor` | futures, sleeps and signals without a runtime |
//! | `net`, `weather` | connections: latency, pieces, clogs, resets, half-open ends |
//! | `faults` | what goes wrong, drawn as time passes |
//! | `workload` | what processes do with their clients |
//! | `wire`, `trace`, `log` | what is written down: requests, events, and the logs at the end |
//! | `check` | what must hold |

mod batch;
mod check;
mod cluster;
mod executor;
mod faults;
mod log;
mod net;
mod process;
mod scenario;
mod trace;
mod weather;
mod wire;
mod workload;
mod world;

use std::time::Duration;

pub use batch::{Tally, run_all};
pub use check::Violation;

use executor::Executor;
use scenario::Scenario;
use trace::{Event, Trace};
use world::World;

/// How a simulation ended.
#[derive(Debug)]
pub struct Outcome {
    /// The seed it was drawn from.
    pub seed: u64,
    /// What a checker found, if one did.
    pub violation: Option<Violation>,
    /// How much happened.
    pub events: usize,
    /// How much time passed in it.
    pub time: Duration,
    trace: Trace,
}

impl Outcome {
    /// The story, a line for each event: all of it, or its last `count` lines.
    pub fn story(&self, count: Option<usize>) -> String {
        self.trace.lines(count)
    }
}

/// How long everything may take to come right once nothing is wrong any more.
const RECOVERY_MAX: Duration = Duration::from_secs(120);

/// Lives through what a seed comes to.
pub fn run(seed: u64) -> Outcome {
    // The client draws from the thread's own source in places.
    fastrand::seed(seed);
    let scenario = Scenario::draw(seed);
    let executor = Executor::default();
    let trace = Trace::new(executor.clock().clone(), check::all());
    trace.note(format_args!("{scenario:?}"));
    let clock = executor.clock().clone();
    if let Err(error) = live(scenario, executor, &trace) {
        trace.violate("world", error);
    }
    Outcome {
        seed,
        violation: trace.violation(),
        events: trace.len(),
        time: clock.now(),
        trace,
    }
}

fn live(scenario: Scenario, executor: Executor, trace: &Trace) -> Result<(), String> {
    let (storm, every) = (scenario.storm, scenario.fault_every);
    let roles = scenario.roles.len();
    let mut world = World::new(scenario, executor, trace.clone())?;
    for role in 0..roles {
        world.start(role)?;
    }
    while world.now() < storm && trace.violation().is_none() {
        let next = match every {
            Some(every) => (world.now() + every.mul_f64(2.0 * world.rng.f64())).min(storm),
            None => storm,
        };
        world.run(next, |_| false);
        if world.now() < storm {
            world.strike()?;
        }
    }
    world.heal();
    trace.tell(Event::Calm);
    world.calm.give();
    let until = world.now() + RECOVERY_MAX;
    if !world.run(until, |world| world.tasks() == 0) && trace.violation().is_none() {
        let tasks = world.tasks();
        trace.violate(
            "progress",
            format!("{tasks} tasks have not ended {RECOVERY_MAX:?} after the last fault"),
        );
    }
    if trace.violation().is_none() {
        trace.finish(&world.cluster.read(world.now())?);
    }
    Ok(())
}
