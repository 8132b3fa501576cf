//! How long a broker asks the client to be silent (KIP-219), read from replies that nobody has decoded yet.

use std::time::Duration;

use bytes::Bytes;
use protocol::ApiKey;
use protocol::wire::{DecodeError, Reader};

/// Returns the throttle time in a reply's `body`; zero when the reply has none or is malformed, which whoever decodes
/// the reply will notice.
pub fn throttle_time(key: ApiKey, version: i16, body: &Bytes) -> Duration {
    let millis = match place(key, version) {
        Place::At(offset) => i32_at(body, offset),
        Place::BehindTopics => behind_topics(version, body).ok(),
        Place::BehindVersions => behind_versions(version, body).ok(),
        // Behind it there are only unknown tagged fields; without any of them it ends one byte before the end.
        Place::Last { flexible: true } if body.last() == Some(&0) => {
            body.len().checked_sub(5).and_then(|at| i32_at(body, at))
        }
        Place::Last { flexible: false } => body.len().checked_sub(4).and_then(|at| i32_at(body, at)),
        Place::Last { flexible: true } | Place::Nowhere => None,
    };
    Duration::from_millis(millis.and_then(|millis| u64::try_from(millis).ok()).unwrap_or(0))
}

/// Where in a reply the throttle time stands.
enum Place {
    /// This many bytes from the start.
    At(usize),
    /// Behind the topics of a produce reply.
    BehindTopics,
    /// Behind the versions of an ApiVersions reply.
    BehindVersions,
    /// The last field.
    Last { flexible: bool },
    /// The reply has none.
    Nowhere,
}

fn place(key: ApiKey, version: i16) -> Place {
    let first_with_it = match key {
        ApiKey::PRODUCE => return Place::BehindTopics,
        ApiKey::API_VERSIONS if version >= 1 => return Place::BehindVersions,
        ApiKey::CREATE_DELEGATION_TOKEN | ApiKey::DESCRIBE_DELEGATION_TOKEN => {
            return Place::Last {
                flexible: key.is_flexible(version),
            };
        }
        // Behind the error code and the expiry.
        ApiKey::RENEW_DELEGATION_TOKEN | ApiKey::EXPIRE_DELEGATION_TOKEN => return Place::At(10),
        // Behind the error code.
        ApiKey::OFFSET_DELETE => return Place::At(2),
        ApiKey::API_VERSIONS
        | ApiKey::SASL_HANDSHAKE
        | ApiKey::SASL_AUTHENTICATE
        | ApiKey::WRITE_TXN_MARKERS
        | ApiKey::VOTE
        | ApiKey::BEGIN_QUORUM_EPOCH
        | ApiKey::END_QUORUM_EPOCH
        | ApiKey::DESCRIBE_QUORUM
        | ApiKey::ENVELOPE => return Place::Nowhere,
        ApiKey::METADATA | ApiKey::OFFSET_COMMIT | ApiKey::OFFSET_FETCH => 3,
        ApiKey::LIST_OFFSETS
        | ApiKey::JOIN_GROUP
        | ApiKey::CREATE_TOPICS
        | ApiKey::OFFSET_FOR_LEADER_EPOCH => 2,
        ApiKey::FIND_COORDINATOR
        | ApiKey::HEARTBEAT
        | ApiKey::LEAVE_GROUP
        | ApiKey::SYNC_GROUP
        | ApiKey::DESCRIBE_GROUPS
        | ApiKey::LIST_GROUPS
        | ApiKey::DELETE_TOPICS => 1,
        _ => 0,
    };
    if version >= first_with_it {
        Place::At(0)
    } else {
        Place::Nowhere
    }
}

fn i32_at(body: &[u8], at: usize) -> Option<i32> {
    body.get(at..)?
        .first_chunk::<4>()
        .map(|bytes| i32::from_be_bytes(*bytes))
}

/// Skips what a produce reply says of its partitions; decoding it all a second time would cost an allocation each.
fn behind_topics(version: i16, body: &Bytes) -> Result<i32, DecodeError> {
    let flexible = ApiKey::PRODUCE.is_flexible(version);
    let mut r = Reader::new(body);
    for _ in 0..r.array_length(flexible, 4)?.unwrap_or(0) {
        if version >= 13 {
            r.take(16)?;
        } else {
            skip_string(&mut r, flexible)?;
        }
        for _ in 0..r.array_length(flexible, 22)?.unwrap_or(0) {
            // Index, error code, base offset and append time; then the start of the log.
            r.take(if version >= 5 { 30 } else { 22 })?;
            if version >= 8 {
                for _ in 0..r.array_length(flexible, 5)?.unwrap_or(0) {
                    r.i32()?;
                    skip_string(&mut r, flexible)?;
                    skip_tags(&mut r, flexible)?;
                }
                skip_string(&mut r, flexible)?;
            }
            skip_tags(&mut r, flexible)?;
        }
        skip_tags(&mut r, flexible)?;
    }
    r.i32()
}

fn behind_versions(version: i16, body: &Bytes) -> Result<i32, DecodeError> {
    let flexible = ApiKey::API_VERSIONS.is_flexible(version);
    let mut r = Reader::new(body);
    if r.i16()? != 0 {
        // A rejection is in the layout of version 0, which has no throttle time.
        return Ok(0);
    }
    for _ in 0..r.array_length(flexible, 6)?.unwrap_or(0) {
        r.take(6)?;
        skip_tags(&mut r, flexible)?;
    }
    r.i32()
}

fn skip_string(r: &mut Reader<'_>, flexible: bool) -> Result<(), DecodeError> {
    if let Some(length) = r.string_length(flexible)? {
        r.take(length)?;
    }
    Ok(())
}

fn skip_tags(r: &mut Reader<'_>, flexible: bool) -> Result<(), DecodeError> {
    if flexible {
        for _ in 0..r.varint()? {
            r.varint()?;
            let length = r.varint()?;
            r.take(usize::try_from(length).unwrap_or(usize::MAX))?;
        }
    }
    Ok(())
}
