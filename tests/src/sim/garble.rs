//! Answers that arrive damaged.

use bytes::{Bytes, BytesMut};
use protocol::ApiKey;
use protocol::frame::decode_response;
use protocol::messages::fetch::FetchResponse;

use super::wire::Received;

/// What is damaged of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// The number that says which request it answers.
    Correlation,
    /// What the checksum of a batch of records covers, or the checksum itself.
    Records,
}

/// Where the checksum of a batch lies, which covers everything behind it.
const CHECKSUM: usize = 17;

/// Inverts a bit of an answer, if it has what is to be damaged.
pub(crate) fn damage(rng: &mut fastrand::Rng, damage: Damage, answer: &Received) -> Option<Bytes> {
    let frame = &answer.frame;
    let place = match damage {
        Damage::Correlation => rng.usize(..4),
        Damage::Records => {
            let (from, to) = records(rng, answer)?;
            rng.usize(from + CHECKSUM..to)
        }
    };
    let mut damaged = BytesMut::from(&frame[..]);
    *damaged.get_mut(place)? ^= 1 << rng.u8(..8);
    Some(damaged.freeze())
}

/// Where a batch of records begins and ends in an answer to a fetch.
fn records(rng: &mut fastrand::Rng, answer: &Received) -> Option<(usize, usize)> {
    if answer.api != ApiKey::FETCH {
        return None;
    }
    let (_, response) = decode_response::<FetchResponse>(&answer.frame, answer.version).ok()?;
    let partitions = response.responses.into_iter().flat_map(|topic| topic.partitions);
    let records = partitions.filter_map(|partition| partition.records);
    let records: Vec<Bytes> = records.filter(|records| records.len() > CHECKSUM).collect();
    let records = rng.choice(records)?;
    let length = i32::from_be_bytes(*records.get(8..)?.first_chunk()?);
    let length = usize::try_from(length)
        .ok()?
        .saturating_add(12)
        .min(records.len());
    // What was decoded lies in the frame.
    let from = records
        .as_ptr()
        .addr()
        .checked_sub(answer.frame.as_ptr().addr())?;
    let to = from.checked_add(length)?;
    (from + CHECKSUM < to && to <= answer.frame.len()).then_some((from, to))
}
