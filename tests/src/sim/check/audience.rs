use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use kafka_client::cluster::TopicPartition;

use super::Check;
use crate::sim::event::{Audience, Event, RecordId};
use crate::sim::log::{Entry, Log};
use crate::sim::scenario::Scenario;

/// What each audience has been handed, and what it has to wait for still. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Audiences(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    members: BTreeMap<usize, Audience>,
    seen: BTreeSet<Seen>,
    missing: Option<BTreeSet<Seen>>,
    /// Where the next record of each reader is.
    stands: BTreeMap<(usize, TopicPartition), i64>,
    /// What readers left out, because they were told to go elsewhere: from, to.
    skipped: BTreeSet<(Audience, TopicPartition, i64, i64)>,
}

/// A record, where it is, and who was handed it.
type Seen = (Audience, TopicPartition, i64, RecordId);

impl Audiences {
    /// From here on each audience waits for what is in the logs: all of it, or what is committed.
    /// Nobody waits for more of a partition that something was taken away of than `scenario` lets readers notice.
    pub(crate) fn expect(&self, log: &Log, scenario: &Scenario) {
        let mut state = self.0.borrow_mut();
        let mut missing = BTreeSet::new();
        for (audience, committed_only) in scenario.audiences() {
            let is_group = scenario.is_group(audience);
            for partition in log.partitions.keys() {
                if log.is_disturbed(partition) && !scenario.notices_losses(is_group) {
                    continue;
                }
                let visible = log.visible(partition, committed_only);
                let seen = |entry: &Entry| (audience, partition.clone(), entry.offset, entry.record);
                missing.extend(visible.map(seen));
            }
        }
        for (audience, partition, from, to) in &state.skipped {
            missing.retain(|(who, place, offset, _)| {
                who != audience || place != partition || !(from..to).contains(&offset)
            });
        }
        for seen in &state.seen {
            missing.remove(seen);
        }
        state.missing = Some(missing);
    }

    /// What an audience still waits for, and how much that is.
    pub(crate) fn missing(&self) -> Option<(usize, String)> {
        let state = self.0.borrow();
        let missing = state.missing.as_ref()?;
        let (audience, partition, offset, _) = missing.first()?;
        Some((
            missing.len(),
            format!("audience {audience} was never handed {partition} at {offset}"),
        ))
    }
}

impl Check for Audiences {
    fn name(&self) -> &'static str {
        "audience"
    }

    fn see(&mut self, _: Duration, event: &Event) -> Result<(), String> {
        let mut state = self.0.borrow_mut();
        match event {
            Event::ConsumerStarted {
                process, audience, ..
            } => {
                state.members.insert(*process, *audience);
            }
            Event::Handed {
                process,
                partition,
                records,
                next,
            } => {
                let Some(&audience) = state.members.get(process) else {
                    return Err(format!("process {process} reads and is no consumer"));
                };
                for (offset, record) in records {
                    let place = (audience, partition.clone(), *offset, *record);
                    if let Some(missing) = &mut state.missing {
                        missing.remove(&place);
                    }
                    state.seen.insert(place);
                }
                state.stands.insert((*process, partition.clone()), *next);
            }
            Event::Sought {
                process,
                partition,
                to,
            } => {
                let from = state.stands.insert((*process, partition.clone()), *to);
                if let (Some(from), Some(&audience)) = (from, state.members.get(process))
                    && from < *to
                {
                    state.skipped.insert((audience, partition.clone(), from, *to));
                }
            }
            _ => {}
        }
        Ok(())
    }
}
