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
//! | `net`, `weather`, `garble` | connections: latency, pieces, clogs, resets, half-open ends, damage |
//! | `faults` | what goes wrong, drawn as time passes |
//! | `workload` | what processes do with their clients |
//! | `lines`, `transactions` | a process without a client of ours: it writes transactions |
//! | `wire`, `trace`, `log` | what is written down: requests, events, and the logs at the end |
//! | `check` | what must hold |

mod batch;
mod check;
mod cluster;
mod event;
mod executor;
mod faults;
mod garble;
mod lines;
mod log;
mod net;
mod process;
mod scenario;
mod trace;
mod transactions;
mod weather;
mod wire;
mod workload;
mod world;

use std::time::Duration;

pub use batch::{Tally, run_all};
pub use check::Violation;
pub use kafka_client::mutant::Mutant;

use kafka_client::mutant;

use check::Audiences;
use event::Event;
use executor::Executor;
use scenario::Scenario;
use trace::Trace;
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
    run_with(seed, None)
}

/// Lives through what a seed comes to, with clients that make a mistake.
pub fn run_with(seed: u64, mutant: Option<Mutant>) -> Outcome {
    mutant::activate(mutant);
    // The client draws from the thread's own source in places.
    fastrand::seed(seed);
    let scenario = Scenario::draw(seed);
    let executor = Executor::default();
    let audiences = Audiences::default();
    let checks = check::all(&scenario, audiences.clone());
    let trace = Trace::new(executor.clock().clone(), checks);
    trace.note(format_args!("{scenario:?}"));
    let clock = executor.clock().clone();
    let outcome = live(scenario, executor, &trace, &audiences);
    mutant::activate(None);
    if let Err(error) = outcome {
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

/// Lives through the faults, and what comes after.
fn live(scenario: Scenario, executor: Executor, trace: &Trace, audiences: &Audiences) -> Result<(), String> {
    let (storm, every) = (scenario.storm, scenario.fault_every);
    let (roles, writers) = (scenario.roles.len(), scenario.writers);
    let mut world = World::new(scenario, executor, trace.clone())?;
    if every.is_some() {
        world.begin_badly();
    }
    for role in 0..roles {
        world.start(role)?;
    }
    for writer in 0..writers {
        world.start_writer(writer);
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
    settle_down(&mut world, trace, audiences)
}

/// Demands that everything comes right: what is to be written is, everybody is handed everything, and all end.
fn settle_down(world: &mut World, trace: &Trace, audiences: &Audiences) -> Result<(), String> {
    let until = world.now() + RECOVERY_MAX;
    demand(
        world,
        until,
        "a producer or writer has not ended",
        World::have_producers_ended,
    );
    if trace.violation().is_some() {
        return Ok(());
    }
    let log = world.cluster.read(world.now())?;
    audiences.expect(&log, &world.scenario);
    world.run(until, |_| audiences.missing().is_none());
    if let Some((count, first)) = audiences.missing() {
        trace.violate("progress", format!("{first}, and {count} records in all"));
    }
    world.done.give();
    demand(world, until, "a task has not ended", |world| world.tasks() == 0);
    if trace.violation().is_none() {
        trace.finish(&world.cluster.read(world.now())?);
    }
    Ok(())
}

/// Lets time pass until something has come true, and takes note if it does not.
fn demand(world: &mut World, until: Duration, otherwise: &str, done: impl Fn(&World) -> bool) {
    if !world.run(until, |world| done(world)) {
        let what = format!("{otherwise} {RECOVERY_MAX:?} after the last fault");
        world.trace.clone().violate("progress", what);
    }
}
