//! Which brokers hold a new partition.

use std::collections::BTreeMap;
use std::sync::Arc;

use protocol::ErrorCode;

use super::refusal::Refusal;
use crate::profile::Profile;
use crate::state::State;

/// Spreads the replicas of `count` new partitions over the brokers: each leads its share, a living one leads each, and the
/// replicas of one partition are in different racks where there are enough.
///
/// # Errors
///
/// When there are fewer brokers than replicas.
pub(super) fn place(state: &mut State, count: usize, factor: i16) -> Result<Vec<Vec<i32>>, Refusal> {
    let refuse = |message: String| Refusal::new(ErrorCode::INVALID_REPLICATION_FACTOR, message);
    let registered = state.brokers.iter().count();
    let factor = match usize::try_from(factor) {
        Ok(factor) if factor > 0 => factor,
        _ => {
            return Err(refuse(format!(
                "Invalid replication factor {factor}: the replication factor must be positive."
            )));
        }
    };
    if state.brokers.alive().next().is_none() {
        return Err(refuse("All brokers are currently fenced.".to_owned()));
    }
    if factor > registered {
        let cordoned = if state.configs.profile() >= Profile::V4_4 {
            " or some brokers have all their log directories cordoned"
        } else {
            ""
        };
        return Err(refuse(format!(
            "The target replication factor of {factor} cannot be reached because only {registered} broker(s) are \
             registered{cordoned}."
        )));
    }
    let mut ring = Vec::new();
    let replicas = (0..count).map(|index| {
        let turn = index % registered;
        if turn == 0 {
            // Another order in each round, lest the same brokers always follow the same leader.
            ring = shuffled(state);
        }
        let from_here = ring.iter().cycle().skip(turn).take(registered);
        let leader = from_here.clone().copied().find(|&id| state.brokers.is_alive(id));
        let others = from_here.copied().filter(|&id| Some(id) != leader);
        leader.into_iter().chain(others).take(factor).collect()
    });
    Ok(replicas.collect())
}

/// All brokers in a random order in which neighbours are in different racks as long as there are others.
fn shuffled(state: &mut State) -> Vec<i32> {
    let mut by_rack: BTreeMap<Option<Arc<str>>, Vec<i32>> = BTreeMap::new();
    for broker in state.brokers.iter() {
        by_rack.entry(broker.rack.clone()).or_default().push(broker.id);
    }
    let mut racks: Vec<Vec<i32>> = by_rack.into_values().collect();
    state.rng.shuffle(&mut racks);
    for rack in &mut racks {
        state.rng.shuffle(rack);
    }
    let mut ring = Vec::new();
    while racks.iter().any(|rack| !rack.is_empty()) {
        ring.extend(racks.iter_mut().filter_map(Vec::pop));
    }
    ring
}

/// Checks replicas that a client chose for a partition. `factor` is how many other partitions of the topic have.
///
/// # Errors
///
/// In Kafka's words: none, unknown or equal brokers, another number of them.
pub(super) fn check_chosen(state: &State, replicas: &[i32], factor: Option<usize>) -> Result<(), Refusal> {
    let refuse = |message: String| Err(Refusal::new(ErrorCode::INVALID_REPLICA_ASSIGNMENT, message));
    if replicas.is_empty() {
        return refuse("The manual partition assignment includes an empty replica list.".to_owned());
    }
    let mut sorted = replicas.to_vec();
    sorted.sort_unstable();
    let mut before = None;
    for id in sorted {
        if state.brokers.get(id).is_none() {
            return refuse(format!(
                "The manual partition assignment includes broker {id}, but no such broker is registered."
            ));
        }
        if before == Some(id) {
            return refuse(format!(
                "The manual partition assignment includes the broker {id} more than once."
            ));
        }
        before = Some(id);
    }
    let count = replicas.len();
    match factor {
        Some(factor) if factor != count => refuse(format!(
            "The manual partition assignment includes a partition with {count} replica(s), but this is not consistent \
             with previous partitions, which have {factor} replica(s)."
        )),
        _ => Ok(()),
    }
}

/// Checks that one of the replicas a client chose for partition `index` is alive.
///
/// # Errors
///
/// When none is.
pub(super) fn check_alive(state: &State, replicas: &[i32], index: i32) -> Result<(), Refusal> {
    if replicas.iter().any(|&id| state.brokers.is_alive(id)) {
        return Ok(());
    }
    Err(Refusal::new(
        ErrorCode::INVALID_REPLICA_ASSIGNMENT,
        format!(
            "All brokers specified in the manual partition assignment for partition {index} are fenced or in controlled \
             shutdown."
        ),
    ))
}
