//! The replicas of a partition: how far each of them is, which are in sync, and which of them leads.
//!
//! They share one log. A replica whose broker runs has all of it; one whose broker is paused or down stands still where it
//! was, and has it all again once it can follow a leader. When one leads that stood still, the log is cut to what it has:
//! what others had beyond is lost, as it is in Kafka.

use super::replication::Replication;
use super::{Broker, BrokerStatus, Brokers, Partition};

impl Partition {
    /// Whether so many replicas are in sync that a writer who waits for all of them may write.
    pub(crate) fn has_in_sync(&self, replication: Replication) -> bool {
        self.isr.len() >= self.needed(replication)
    }

    fn needed(&self, replication: Replication) -> usize {
        if replication.strict {
            replication.min_insync_replicas.min(self.replicas.len())
        } else {
            replication.min_insync_replicas
        }
    }

    /// Whether the coordinator of transactions may write a marker: it waits until all replicas in sync have it, and goes on
    /// waiting through changes of the leader.
    pub(crate) fn takes_markers(&self, replication: Replication) -> bool {
        self.has_in_sync(replication) && self.reached() == self.log.end_offset()
    }

    /// The end of what consumers may read: of what all replicas in sync have.
    pub(crate) fn high_watermark(&self) -> i64 {
        let reached = self.reached();
        self.standing.held.map_or(reached, |held| held.min(reached))
    }

    /// The end of what consumers may read that are to see no open transaction.
    pub(crate) fn last_stable_offset(&self) -> i64 {
        self.log.last_stable_offset().min(self.high_watermark())
    }

    /// The replicas that may lead though they are not in sync (KIP-966).
    pub(crate) fn eligible(&self) -> &[i32] {
        &self.standing.eligible
    }

    /// Who led last, while nobody does.
    pub(crate) fn last_leader(&self) -> Option<i32> {
        self.standing.last_leader
    }

    /// Whether the leader does not know yet what counted before it led.
    pub(crate) fn is_unsure(&self, end: i64) -> bool {
        self.standing.epoch_start > end
    }

    /// Whether a replica has what is at an offset, or what will be there next.
    pub(crate) fn has(&self, replica: i32, offset: i64) -> bool {
        (self.log.start_offset()..=self.position(replica)).contains(&offset)
    }

    fn reached(&self) -> i64 {
        let end = self.log.end_offset();
        if self.standing.behind.is_empty() {
            return end;
        }
        let positions = self.isr.iter().map(|&id| self.position(id));
        positions.min().unwrap_or(end)
    }

    /// The end of what a replica has.
    fn position(&self, id: i32) -> i64 {
        let behind = self.standing.behind.iter().find(|(replica, _)| *replica == id);
        behind.map_or_else(|| self.log.end_offset(), |&(_, position)| position)
    }

    /// Gives the partition another leader, and the log that this one has.
    pub(crate) fn lead(&mut self, leader: Option<i32>) {
        self.leader = leader;
        self.leader_epoch = self.leader_epoch.saturating_add(1);
        if let Some(id) = leader {
            self.cut(self.position(id));
        }
        self.note_cut();
    }

    fn cut(&mut self, end: i64) {
        if end < self.log.end_offset()
            && let Err(error) = self.log.truncate(end)
        {
            tracing::error!("a log could not be cut to what its leader has: {error}");
        }
    }

    /// Takes note of that the log may end earlier.
    pub(super) fn note_cut(&mut self) {
        let end = self.log.end_offset();
        self.standing.epoch_start = end;
        for (_, position) in &mut self.standing.behind {
            *position = end.min(*position);
        }
    }

    /// Follows what became of the brokers: those that are gone, or that lag, leave the in-sync replicas, those that run
    /// return to them, and one of them leads.
    pub(crate) fn follow(&mut self, brokers: &Brokers, replication: Replication) {
        self.follow_as(brokers, replication, Election::Needed);
    }

    /// Elects one of the replicas that are alive, be it in sync or not, if nobody leads (KIP-460).
    pub(crate) fn force(&mut self, brokers: &Brokers, replication: Replication) {
        self.follow_as(brokers, replication, Election::AtAnyRate);
    }

    /// Forgets that a replica may lead: its broker was not shut down in order, and may have lost what it had not flushed.
    pub(crate) fn doubt(&mut self, broker: i32) {
        self.standing.eligible.retain(|&id| id != broker);
    }

    /// The first replica, if it can lead and does not.
    pub(crate) fn preferred(&self, brokers: &Brokers) -> Option<i32> {
        let first = self.replicas.first().copied();
        first.filter(|&id| self.leader != first && brokers.is_alive(id) && self.isr.contains(&id))
    }

    fn follow_as(&mut self, brokers: &Brokers, replication: Replication, election: Election) {
        let high_watermark = self.high_watermark();
        self.note_standstill(brokers);
        let leader = self.leader;
        let is_out = |id: &i32| {
            let lags = || {
                let lags = brokers.get(*id).is_some_and(|broker| broker.lags);
                lags && leader != Some(*id) && self.position(*id) < self.log.end_offset()
            };
            !brokers.is_alive(*id) || lags()
        };
        let mut isr: Vec<i32> = self.isr.iter().copied().filter(|id| !is_out(id)).collect();
        if replication.keeps_eligible {
            self.note_eligible(&isr, replication);
        } else if isr.is_empty() {
            // The last one that was in sync stays so.
            isr.extend(self.isr.first());
        }
        self.set_isr(isr);
        if !self.leader.is_some_and(|id| brokers.is_alive(id)) {
            self.elect(brokers, replication, election);
        }
        if self.leader.is_some_and(|id| is_running(brokers.get(id))) {
            self.catch_up(brokers);
        }
        if !replication.strict || self.has_in_sync(replication) {
            self.standing.held = None;
        } else if self.standing.held.is_none() {
            self.standing.held = Some(high_watermark);
        }
        if self.has_in_sync(replication) {
            self.standing.eligible.clear();
        }
        self.complete_reassignment(brokers);
    }

    /// Takes note of the replicas that do not follow. Brokers' own topics are written with all replicas at once.
    fn note_standstill(&mut self, brokers: &Brokers) {
        let end = self.log.end_offset();
        let replicas = &self.replicas;
        let behind = &mut self.standing.behind;
        behind.retain(|(id, _)| replicas.contains(id));
        for &id in replicas {
            let is_known = behind.iter().any(|(known, _)| *known == id);
            if !is_known && !self.in_step && !is_running(brokers.get(id)) {
                behind.push((id, end));
            }
        }
    }

    /// Those that fall out while too few are in sync have all that counts.
    fn note_eligible(&mut self, isr: &[i32], replication: Replication) {
        if isr.len() >= self.needed(replication) {
            self.standing.eligible.clear();
            return;
        }
        let left = self.isr.iter().filter(|id| !isr.contains(id));
        for id in left {
            if !self.standing.eligible.contains(id) {
                self.standing.eligible.push(*id);
            }
        }
        if isr.is_empty() && self.leader.is_some() {
            self.standing.last_leader = self.leader;
        }
    }

    fn set_isr(&mut self, mut isr: Vec<i32>) {
        let place = |id: &i32| self.replicas.iter().position(|replica| replica == id);
        isr.sort_by_key(place);
        self.isr = isr;
    }

    fn elect(&mut self, brokers: &Brokers, replication: Replication, election: Election) {
        let find = |may: &dyn Fn(i32) -> bool| {
            let mut replicas = self.replicas.iter().copied();
            replicas.find(|&id| brokers.is_alive(id) && may(id))
        };
        let in_sync = find(&|id| self.isr.contains(&id));
        let nobody = self.isr.is_empty();
        let eligible = || find(&|id| nobody && self.standing.eligible.contains(&id));
        let last = || {
            let is_last = |id| self.standing.last_leader == Some(id);
            find(&|id| nobody && self.standing.eligible.is_empty() && is_last(id))
        };
        let at_any_rate = replication.unclean_election || election == Election::AtAnyRate;
        let any = || find(&|_| at_any_rate);
        let heir = in_sync.or_else(eligible).or_else(last).or_else(any);
        if let Some(id) = heir {
            if in_sync.is_none() {
                self.standing.eligible.retain(|&other| other != id);
                self.set_isr(vec![id]);
            }
            self.standing.last_leader = None;
        }
        if self.leader != heir {
            self.lead(heir);
        }
    }

    /// Those that run have all that the leader has.
    fn catch_up(&mut self, brokers: &Brokers) {
        let runs = |id: i32| is_running(brokers.get(id));
        self.standing.behind.retain(|&(id, _)| !runs(id));
        let in_sync = |id: &i32| self.isr.contains(id) || runs(*id);
        let isr = self.replicas.iter().copied().filter(in_sync).collect();
        self.set_isr(isr);
    }
}

/// When one may be elected that is not in sync.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Election {
    /// When the topic says so.
    Needed,
    /// When there is no other.
    AtAnyRate,
}

/// Whether a broker reads and writes.
fn is_running(broker: Option<&Broker>) -> bool {
    broker.is_some_and(|broker| broker.status == BrokerStatus::Up)
}
