/// Which leader appended from where on (KIP-101): what `OffsetForLeaderEpoch` is answered from.
#[derive(Debug, Default)]
pub(super) struct Epochs {
    /// Epochs and their first offsets, both ascending.
    entries: Vec<(i32, i64)>,
}

impl Epochs {
    /// Takes note of a batch at `offset`.
    pub(super) fn note(&mut self, epoch: i32, offset: i64) {
        if epoch >= 0 && self.latest().is_none_or(|latest| latest < epoch) {
            self.entries.push((epoch, offset));
        }
    }

    pub(super) fn entries(&self) -> &[(i32, i64)] {
        &self.entries
    }

    pub(super) fn latest(&self) -> Option<i32> {
        self.entries.last().map(|(epoch, _)| *epoch)
    }

    /// The epoch that appended at `offset`.
    pub(super) fn at(&self, offset: i64) -> Option<i32> {
        let behind = self.entries.partition_point(|(_, start)| *start <= offset);
        Some(self.entries.get(behind.checked_sub(1)?)?.0)
    }

    /// The largest epoch that is not above `epoch`, and where it ends; -1 and -1 for an epoch not known yet.
    pub(super) fn end(&self, epoch: i32, end_offset: i64) -> (i32, i64) {
        if epoch == -1 {
            return (-1, -1);
        }
        if self.latest() == Some(epoch) {
            return (epoch, end_offset);
        }
        let higher = self.entries.partition_point(|(known, _)| *known <= epoch);
        let Some((_, end)) = self.entries.get(higher) else {
            return (-1, -1);
        };
        let floor = higher.checked_sub(1).and_then(|at| self.entries.get(at));
        (floor.map_or(epoch, |(known, _)| *known), *end)
    }

    /// Forgets what is before `start`, but the epoch that it is in.
    pub(super) fn forget_before(&mut self, start: i64) {
        let behind = self.entries.partition_point(|(_, at)| *at <= start);
        let Some(first) = behind.checked_sub(1) else {
            return;
        };
        self.entries.drain(..first);
        if let Some(entry) = self.entries.first_mut() {
            entry.1 = start;
        }
    }
}
