use std::collections::BTreeMap;

use protocol::Uuid;

use super::{Assignment, Subscriber, share};

/// Cuts each topic into as many runs as it has readers, the first of them one longer where it does not come out even.
///
/// Readers stand in the order of their instances, those without behind them in the order of their ids: topics with the
/// same readers are cut alike.
pub(super) fn assign(members: &[Subscriber<'_>], partitions: &BTreeMap<Uuid, i32>) -> Vec<Assignment> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|&index| {
        let member = &members[index];
        (member.instance.is_none(), member.instance, member.id)
    });
    let mut shares = vec![Assignment::new(); members.len()];
    for (topic, &count) in partitions {
        let readers: Vec<usize> = order
            .iter()
            .copied()
            .filter(|&index| members[index].topics.contains(topic))
            .collect();
        let mut next = 0..count.max(0);
        let total = next.len();
        for (place, &reader) in readers.iter().enumerate() {
            let run: std::collections::BTreeSet<i32> =
                next.by_ref().take(share(total, readers.len(), place)).collect();
            if !run.is_empty() {
                shares[reader].insert(*topic, run);
            }
        }
    }
    shares
}
