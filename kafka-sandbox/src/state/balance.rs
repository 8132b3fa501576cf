//! Leaders that return to the first replica of each partition, which is to lead, some time after it is back.

use std::time::Duration;

use super::State;
use crate::time::Now;

impl State {
    /// Has leaders looked after at the next turn of the controller, if any is not where it is to be.
    pub(crate) fn note_imbalance(&mut self, now: Now) {
        let may_differ = std::mem::take(&mut self.balance_may_differ);
        if !may_differ
            || self.balancing.is_some()
            || !self.configs.broker_flag("auto.leader.rebalance.enable")
        {
            return;
        }
        let name = "leader.imbalance.check.interval.seconds";
        let seconds = self.configs.broker_number(name, 300).max(1).unsigned_abs();
        if self.is_imbalanced() {
            let turns = now.elapsed.as_secs() / seconds + 1;
            self.balancing = Some(Duration::from_secs(turns.saturating_mul(seconds)));
        }
    }

    fn is_imbalanced(&self) -> bool {
        let mut partitions = self.topics.iter().flat_map(|topic| &topic.partitions);
        partitions.any(|partition| partition.preferred(&self.brokers).is_some())
    }

    /// Gives partitions the leaders that they are to have, if it is time.
    pub(super) fn balance_leaders(&mut self, now: Now) {
        if self.balancing.is_none_or(|at| at > now.elapsed) {
            return;
        }
        self.balancing = None;
        let mut highest = None;
        for topic in self.topics.iter_mut() {
            for partition in &mut topic.partitions {
                if let Some(id) = partition.preferred(&self.brokers) {
                    partition.lead(Some(id));
                    highest = highest.max(Some(partition.leader_epoch));
                }
            }
        }
        if let Some(epoch) = highest {
            self.vouch_for_epoch(epoch);
            self.touch_all();
        }
    }
}
