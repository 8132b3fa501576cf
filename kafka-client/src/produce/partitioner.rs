//! Which partition a record goes to.

use std::num::NonZeroU32;

use fastrand::Rng;
use protocol::key_hash;

use crate::config::KeyHash;

/// The partition of a key.
#[inline]
pub(super) fn of_key(hash: KeyHash, key: &[u8], partitions: NonZeroU32) -> u32 {
    let partition = match hash {
        KeyHash::Murmur2 => key_hash::partition_for_key(key, partitions),
        KeyHash::Crc32 => key_hash::crc32_partition(key, partitions),
        KeyHash::Fnv1a => key_hash::fnv1a_partition(key, partitions),
    };
    partition.cast_unsigned()
}

/// Draws a partition (KIP-794). `queues` has, for each, how many batches wait for it, or none when it must be avoided.
///
/// The more wait, the less likely it is drawn: with `max` waiting for the slowest, one with `n` has a weight of
/// `max + 1 - n`. When all must be avoided, one is as good as another.
pub(super) fn draw(queues: impl Iterator<Item = Option<u32>> + Clone, rng: &mut Rng) -> u32 {
    let longest = queues.clone().flatten().max();
    let Some(longest) = longest else {
        let count = u32::try_from(queues.count()).unwrap_or(u32::MAX);
        return rng.u32(0..count.max(1));
    };
    // Lengths change while they are read; one that has grown meanwhile has the least weight.
    let weight = |queue: Option<u32>| queue.map_or(0, |length| u64::from(longest.saturating_sub(length)) + 1);
    let total: u64 = queues.clone().map(weight).sum();
    let mut ticket = rng.u64(0..total.max(1));
    let mut last = 0;
    for (partition, queue) in (0..).zip(queues) {
        let weight = weight(queue);
        if weight > 0 {
            last = partition;
            if ticket < weight {
                break;
            }
            ticket -= weight;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share_of(queues: &[Option<u32>], partition: usize) -> f64 {
        let mut rng = Rng::with_seed(1);
        let mut drawn = vec![0_u32; queues.len()];
        for _ in 0..10_000 {
            let index = usize::try_from(draw(queues.iter().copied(), &mut rng)).expect("a small number");
            drawn[index] += 1;
        }
        f64::from(drawn[partition]) / 10_000.0
    }

    #[test]
    fn p31_the_longer_a_queue_the_fewer_records() {
        assert!((share_of(&[Some(0), Some(0)], 0) - 0.5).abs() < 0.02);
        // Weights 10, 10, 1.
        assert!((share_of(&[Some(0), Some(0), Some(9)], 2) - 1.0 / 21.0).abs() < 0.01);
    }

    #[test]
    fn partitions_without_a_leader_are_avoided_while_there_are_others() {
        assert_eq!(share_of(&[None, Some(3), Some(3)], 0), 0.0);
        assert!(share_of(&[None, None], 1) > 0.4);
    }

    #[test]
    fn p32_each_hash_finds_its_clients_partition() {
        let partitions = NonZeroU32::new(12).expect("not zero");
        let of = |hash| of_key(hash, b"kafka", partitions);
        assert_eq!(
            of(KeyHash::Murmur2),
            key_hash::partition_for_key(b"kafka", partitions).cast_unsigned()
        );
        assert_eq!(of(KeyHash::Crc32), key_hash::crc32(b"kafka") % 12);
        assert_eq!(
            of(KeyHash::Fnv1a),
            key_hash::fnv1a(b"kafka").cast_signed().unsigned_abs() % 12
        );
    }
}
