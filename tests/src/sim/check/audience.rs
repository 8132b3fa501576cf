use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use kafka_client::cluster::TopicPartition;

use super::Check;
use crate::sim::log::Log;
use crate::sim::trace::Event;

/// Those who read together: a group, or a consumer of its own.
pub(crate) type Audience = usize;

/// What each audience has been handed, and what it has to wait for still. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Audiences(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    members: BTreeMap<usize, Audience>,
    seen: BTreeSet<(Audience, TopicPartition, i64)>,
    missing: Option<BTreeSet<(Audience, TopicPartition, i64)>>,
}

impl Audiences {
    /// From here on each audience waits for what is in the logs: all of it, or what is committed.
    pub(crate) fn expect(&self, log: &Log, audiences: &BTreeMap<Audience, bool>) {
        let mut state = self.0.borrow_mut();
        let mut missing = BTreeSet::new();
        for (&audience, &committed_only) in audiences {
            for partition in log.partitions.keys() {
                let visible = log.visible(partition, committed_only);
                missing.extend(visible.map(|entry| (audience, partition.clone(), entry.offset)));
            }
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
        let (audience, partition, offset) = missing.first()?;
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
                ..
            } => {
                let Some(&audience) = state.members.get(process) else {
                    return Err(format!("process {process} reads and is no consumer"));
                };
                for (offset, _) in records {
                    let place = (audience, partition.clone(), *offset);
                    if let Some(missing) = &mut state.missing {
                        missing.remove(&place);
                    }
                    state.seen.insert(place);
                }
            }
            _ => {}
        }
        Ok(())
    }
}
