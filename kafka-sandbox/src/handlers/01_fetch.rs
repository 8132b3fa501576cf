//! Fetch: reads batches from the logs of partitions, in sessions that remember which (KIP-227), and waits for them if need
//! be.

use std::sync::Arc;
use std::time::Duration;

use protocol::ErrorCode;
use protocol::frame::encode_response;
use protocol::messages::fetch::{
    FetchPartition, FetchRequest, FetchResponse, FetchTopic, FetchableTopicResponse, NodeEndpoint,
    PartitionData,
};

use super::fetching::{Found, Round, reads_committed};
use super::{Call, Handle, Reply};
use crate::answers::Ticket;
use crate::fault::Subject;
use crate::security::acl::Operation;
use crate::state::{Asking, Fetch, FetchKind, Reader, Slot, State, Terms, Wanted};
use crate::time::{Now, millis};

impl Handle for FetchRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<FetchResponse> {
        let wait = millis(self.max_wait_ms.into()).unwrap_or_default();
        let mut fetch = match begin(self, call) {
            Ok(fetch) => fetch,
            Err(code) => return Reply::Now(failed(code)),
        };
        if !call.injected.errors.is_empty() || call.is_restricted() {
            fetch.reader.mark_all();
        }
        let round = Round::look(call.state, &mut fetch, &|topic, partition| {
            let denied = call.require_topic(Operation::Read, topic).err();
            denied.or_else(|| call.injected(topic, partition))
        });
        resolve(call.state, &mut fetch, &round);
        let Some(ticket) = call.take_ticket() else {
            return Reply::Now(finish(call.state, fetch, round));
        };
        if round.is_enough(&fetch) || wait.is_zero() || !call.state.fetches.may_wait(&fetch) {
            give(call.now, call.state, fetch, round, ticket);
            return Reply::Later;
        }
        park(call.state, fetch, &round, ticket, call.now.elapsed + wait);
        Reply::Later
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> FetchResponse {
        failed(code)
    }

    /// What the request names, and what its session remembers unless that is much and nobody asks for it.
    fn subjects(&self, state: &State) -> Vec<Subject> {
        let named = self.topics.iter().filter_map(|asked| {
            let topic = state.topics.find(&asked.topic, asked.topic_id).ok()?;
            let partitions = asked.partitions.iter().map(|asked| asked.partition);
            Some(Subject::partitions(topic.name.clone(), partitions))
        });
        let mut subjects: Vec<Subject> = named.flatten().collect();
        let remembered = (self.session_epoch > 0)
            .then(|| state.fetches.session(self.session_id))
            .flatten();
        if let Some(reader) = remembered
            && (reader.len() <= SUBJECTS_MAX || !state.rules.is_empty())
        {
            let others = reader.slots().filter_map(|(_, slot)| {
                Some(Subject {
                    topic: slot.name.clone()?,
                    partition: Some(slot.partition),
                })
            });
            subjects.extend(others);
            subjects.sort_by(|a, b| (&a.topic, a.partition).cmp(&(&b.topic, b.partition)));
            subjects.dedup();
        }
        subjects
    }
}

/// Answers one of the fetches for which something happened, or that have waited long enough. Returns whether there was one.
pub(crate) fn retry(now: Now, state: &mut State) -> bool {
    while let Some((mut fetch, ticket, deadline)) = state.fetches.take_ready(now.elapsed) {
        if deadline > now.elapsed {
            let round = Round::weigh(state, &mut fetch);
            resolve(state, &mut fetch, &round);
            if !round.is_enough(&fetch) {
                park(state, fetch, &round, ticket, deadline);
                continue;
            }
            round.mark_again(&mut fetch);
        }
        if !matches!(fetch.terms.kind, FetchKind::In(_)) {
            // All of it is told, not only where something happened.
            fetch.reader.mark_all();
        }
        let round = Round::look(state, &mut fetch, &|_, _| None);
        resolve(state, &mut fetch, &round);
        give(now, state, fetch, round, ticket);
        return true;
    }
    false
}

/// Answers a fetch, and charges its client for the answer. One that had too much gets none of it (KIP-219): a session goes
/// on and tells it the next time, none is opened.
fn give(now: Now, state: &mut State, mut fetch: Fetch, round: Round, mut ticket: Ticket) {
    let (mut response, told) = compose(state, &fetch, round);
    let is_throttled = ticket.account.is_some() && {
        let size = encode_response(0, fetch.terms.version, &response).map_or(0, |frame| frame.len());
        state.charge_fetched(now, &mut ticket, size)
    };
    if !is_throttled {
        note(&mut fetch, told);
        response.session_id = settle(state, fetch);
        state.answers.give(ticket, response);
        return;
    }
    response = FetchResponse::default();
    if let FetchKind::In(_) = fetch.terms.kind {
        told.iter().for_each(|told| fetch.reader.mark(told.place));
        response.session_id = settle(state, fetch);
    } else {
        state.fetches.drop_fetch(fetch);
    }
    state.answers.give(ticket, response);
}

/// The fetch that a request stands for.
fn begin(request: FetchRequest, call: &mut Call<'_>) -> Result<Fetch, ErrorCode> {
    let (session, epoch) = (request.session_id, request.session_epoch);
    let committed = reads_committed(request.isolation_level)?;
    let asking = Asking {
        now: call.now.elapsed,
        broker: call.broker,
        broker_epoch: call.asked().map_or(0, |broker| broker.epoch),
        by_topic_id: call.version >= 13,
    };
    let most = call.state.configs.broker_number("fetch.max.bytes", i64::MAX);
    let most = most.min(request.max_bytes.into());
    let bytes = |number: i64| usize::try_from(number).unwrap_or(0);
    let terms = Terms {
        asking,
        version: call.version,
        kind: match epoch {
            OPENING => FetchKind::Opening,
            ALONE => FetchKind::Alone,
            _ => FetchKind::In(session),
        },
        min_bytes: bytes(most.min(request.min_bytes.into())),
        max_bytes: most,
        committed,
        rack: (!request.rack_id.is_empty()).then(|| Arc::from(request.rack_id)),
    };
    let mut fetch = match terms.kind {
        FetchKind::Alone | FetchKind::Opening => {
            if session != 0 {
                let given_up = call.state.fetches.close_session(call.broker, session);
                give_up(call.state, given_up, ErrorCode::NONE);
            }
            call.state.fetches.begin(terms, Reader::default())
        }
        FetchKind::In(_) => {
            let (fetch, given_up) = call.state.fetches.resume(terms, session, epoch)?;
            give_up(call.state, given_up, ErrorCode::INVALID_FETCH_SESSION_EPOCH);
            fetch
        }
    };
    for topic in request.topics {
        add(call.state, &mut fetch, topic);
    }
    for topic in request.forgotten_topics_data {
        let name = name_of(call.state, &topic.topic, topic.topic_id).unwrap_or_else(|| Arc::from(""));
        for partition in topic.partitions {
            call.state
                .fetches
                .forget(&mut fetch, &name, topic.topic_id, partition);
        }
    }
    Ok(fetch)
}

/// Adds the partitions of a topic to a fetch, or changes what is wanted of them.
fn add(state: &mut State, fetch: &mut Fetch, topic: FetchTopic) {
    let name = name_of(state, &topic.topic, topic.topic_id);
    for asked in topic.partitions {
        let FetchPartition {
            partition,
            current_leader_epoch,
            fetch_offset,
            last_fetched_epoch,
            partition_max_bytes,
            ..
        } = asked;
        let wanted = Wanted {
            leader_epoch: current_leader_epoch,
            fetch_offset,
            last_fetched_epoch,
            max_bytes: partition_max_bytes,
        };
        let slot = Slot::new(name.clone(), topic.topic_id, partition, wanted);
        state.fetches.put(fetch, slot);
    }
}

/// The name of a topic: none when it was given by an id that no topic has. Versions that give ids give no names.
fn name_of(state: &State, name: &str, id: protocol::Uuid) -> Option<Arc<str>> {
    if !id.is_zero() || name.is_empty() {
        return state.topics.name_of(id).cloned();
    }
    let known = state.topics.get(name).map(|topic| topic.name.clone());
    Some(known.unwrap_or_else(|| Arc::from(name)))
}

/// Ends a request that its client has given up.
fn give_up(state: &mut State, ticket: Option<Ticket>, code: ErrorCode) {
    if let Some(ticket) = ticket {
        state.answers.give(ticket, failed(code));
    }
}

fn resolve(state: &mut State, fetch: &mut Fetch, round: &Round) {
    for (place, topic) in &round.resolved {
        state.fetches.resolve(fetch, *place, topic);
    }
}

/// Lets a fetch wait. What was found stays marked: it counts at the next look.
fn park(state: &mut State, mut fetch: Fetch, round: &Round, ticket: Ticket, deadline: Duration) {
    for found in &round.found {
        // In a session, whatever differs from what the client was told last is told when the time is up.
        if found.more || is_news(&fetch, found) {
            fetch.reader.mark(found.place);
        }
    }
    state.fetches.park(fetch, ticket, deadline);
}

/// The answer of a fetch that is over.
fn finish(state: &mut State, mut fetch: Fetch, round: Round) -> FetchResponse {
    let (mut response, told) = compose(state, &fetch, round);
    note(&mut fetch, told);
    response.session_id = settle(state, fetch);
    response
}

/// What an answer makes of a partition.
struct Told {
    place: usize,
    /// The high watermark and the start of the log, if the client was told of the partition; -1 for the former in an error.
    told: Option<(i64, i64)>,
    has_records: bool,
    more: bool,
}

/// The answer to a fetch as its partitions are, and what it makes of them. It has no session yet.
fn compose(state: &State, fetch: &Fetch, round: Round) -> (FetchResponse, Vec<Told>) {
    let mut response = FetchResponse::default();
    let version = fetch.terms.version;
    let in_session = matches!(fetch.terms.kind, FetchKind::In(_));
    let mut found = round.found;
    if !in_session {
        found.sort_by_key(|found| found.place);
    }
    // What does not exist is told last.
    found.sort_by_key(|found| !found.is_there);
    let mut all_told = Vec::with_capacity(found.len());
    for found in found {
        let news = !in_session || is_news(fetch, &found);
        let mut told = Told {
            place: found.place,
            told: None,
            has_records: has_records(&found.data),
            more: found.more,
        };
        if let Some(slot) = fetch.reader.slot(found.place).filter(|_| news) {
            let data = &found.data;
            let high_watermark = if data.error_code == 0 {
                data.high_watermark
            } else {
                -1
            };
            told.told = Some((high_watermark, data.log_start_offset));
            push(&mut response, version, slot, found.data);
        }
        all_told.push(told);
    }
    if version >= 16 {
        name_endpoints(state, &mut response);
    }
    (response, all_told)
}

/// Notes what the client knows by an answer, and where there is more for the next one.
fn note(fetch: &mut Fetch, all_told: Vec<Told>) {
    let mut with_records = Vec::new();
    for told in all_told {
        if told.more && !told.has_records {
            fetch.reader.mark(told.place);
        } else if told.more {
            with_records.push(told.place);
        }
        if let Some(slot) = fetch.reader.slot_mut(told.place)
            && let Some((high_watermark, log_start)) = told.told
        {
            slot.told_high_watermark = high_watermark;
            slot.told_log_start = log_start;
        }
    }
    // Those that had something come last at the next look.
    for place in with_records {
        fetch.reader.mark(place);
    }
}

/// Lets a fetch go, or keeps it for the next request of its session, whose id is returned.
fn settle(state: &mut State, fetch: Fetch) -> i32 {
    let broker = fetch.terms.asking.broker;
    match fetch.terms.kind {
        FetchKind::In(session) if fetch.reader.is_empty() => {
            let given_up = state.fetches.close_session(broker, session);
            give_up(state, given_up, ErrorCode::NONE);
            state.fetches.drop_fetch(fetch);
            0
        }
        FetchKind::In(session) => {
            state.fetches.keep(fetch, session);
            session
        }
        FetchKind::Opening => {
            let slots = state
                .configs
                .broker_number("max.incremental.fetch.session.cache.slots", 1000);
            let slots = usize::try_from(slots).unwrap_or(0);
            let State { fetches, rng, .. } = state;
            let (session, given_up) = fetches.open_session(fetch, slots, || rng.i32(1..));
            for ticket in given_up {
                give_up(state, Some(ticket), ErrorCode::NONE);
            }
            session
        }
        FetchKind::Alone => {
            state.fetches.drop_fetch(fetch);
            0
        }
    }
}

fn has_records(data: &PartitionData) -> bool {
    data.records.as_ref().is_some_and(|records| !records.is_empty())
}

/// Whether a client that was told of the partition before is to be told again.
fn is_news(fetch: &Fetch, found: &Found) -> bool {
    let data = &found.data;
    let Some(slot) = fetch.reader.slot(found.place) else {
        return false;
    };
    has_records(data)
        || data.error_code != 0
        || data.preferred_read_replica >= 0
        || data.diverging_epoch.epoch >= 0
        || data.high_watermark != slot.told_high_watermark
        || data.log_start_offset != slot.told_log_start
}

/// Adds a partition to an answer, under its topic if that came just before.
fn push(response: &mut FetchResponse, version: i16, slot: &Slot, data: PartitionData) {
    let by_id = version >= 13;
    let name = slot.name.as_deref().filter(|_| !by_id).unwrap_or_default();
    let same = |topic: &&mut FetchableTopicResponse| topic.topic_id == slot.id && topic.topic == name;
    match response.responses.last_mut().filter(same) {
        Some(topic) => topic.partitions.push(data),
        None => response.responses.push(FetchableTopicResponse {
            topic: name.to_owned(),
            topic_id: slot.id,
            partitions: vec![data],
        }),
    }
}

fn failed(code: ErrorCode) -> FetchResponse {
    FetchResponse {
        error_code: code.0,
        ..FetchResponse::default()
    }
}

/// Says where the leaders are that the answer names (KIP-951).
fn name_endpoints(state: &State, response: &mut FetchResponse) {
    let partitions = response.responses.iter().flat_map(|topic| &topic.partitions);
    let mut leaders: Vec<i32> = partitions
        .map(|partition| partition.current_leader.leader_id)
        .filter(|&id| id >= 0)
        .collect();
    leaders.sort_unstable();
    leaders.dedup();
    let brokers = leaders.into_iter().filter_map(|id| state.brokers.get(id));
    response.node_endpoints = brokers
        .map(|broker| NodeEndpoint {
            node_id: broker.id,
            host: broker.host.to_string(),
            port: broker.port.into(),
            rack: broker.rack.as_deref().map(str::to_owned),
        })
        .collect();
}

/// The session epoch that opens a session.
const OPENING: i32 = 0;
/// The session epoch of a request outside of sessions.
const ALONE: i32 = -1;

/// So many partitions of a session are named to the log of requests.
const SUBJECTS_MAX: usize = 100;
