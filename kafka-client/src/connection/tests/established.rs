use std::io;
use std::time::Duration;

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::frame::{FrameDecoder, encode_response};
use protocol::messages::metadata::MetadataResponse;
use protocol::messages::produce::{
    PartitionProduceResponse, ProduceRequest, ProduceResponse, TopicProduceResponse,
};

use super::script::{Script, at, metadata, secs};
use crate::connection::{Fault, FaultKind, LinkEvent, Ticket, throttle_time};
use crate::error::{RequestError, TransportError, TransportPhase};

/// What a decoder says of `bytes`, and the link of that.
fn bad_frame(bytes: &[u8], encrypted: bool) -> Fault {
    let mut decoder = FrameDecoder::default();
    decoder.space().extend_from_slice(bytes);
    let error = decoder.next_frame().expect_err("no frame");
    let mut script = Script::with(None, |settings, _| settings.encrypted = encrypted);
    script.link.handle_bad_frame(&error);
    script.ended()
}

#[test]
fn c8_c9_c10_impossible_lengths_end_the_link_and_what_is_in_flight() {
    for length in [-1, 0, i32::MIN, i32::MAX] {
        let mut decoder = FrameDecoder::default();
        decoder.space().extend_from_slice(&i32::to_be_bytes(length));
        let error = decoder.next_frame().expect_err("no frame");
        let mut script = Script::ready();
        script.ask(1, secs(30));
        script.link.handle_bad_frame(&error);
        let (tag, outcome) = script.answered();
        assert!(tag == 1 && outcome.is_err_and(|error| error.may_have_been_applied()));
        assert_eq!(script.ended().kind, FaultKind::Lost);
    }
}

#[test]
fn c10_a_frame_that_is_shorter_than_its_header() {
    for length in 0..4 {
        let mut script = Script::ready();
        script.ask(1, secs(30));
        script.link.handle_frame(at(1), Bytes::from(vec![0; length]));
        assert!(script.answered().1.is_err());
        assert!(
            script
                .ended()
                .reason
                .contains("cannot read the reply to Metadata")
        );
    }
}

#[test]
fn other_peers_are_recognised_by_their_first_bytes() {
    let alert = bad_frame(&[0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x50], false);
    assert_eq!(alert.kind, FaultKind::Permanent);
    assert!(alert.reason.contains("security.protocol=SSL"), "{}", alert.reason);
    let http = bad_frame(b"HTTP/1.1 400 Bad Request\r\n", false);
    assert_eq!(http.kind, FaultKind::Permanent);
    assert!(http.reason.contains("HTTP server"), "{}", http.reason);
    let ssh = bad_frame(b"SSH-2.0-OpenSSH_9.2\r\n", true);
    assert!(ssh.reason.contains("`SSH-`"), "{}", ssh.reason);
}

#[test]
fn c14_a_wrong_correlation_id_ends_the_link() {
    let mut script = Script::ready();
    script.ask(1, secs(30));
    script.ask(2, secs(30));
    let asked = script.all_written();
    script.reply(&asked[1], &metadata());
    for expected in [1, 2] {
        let (tag, outcome) = script.answered();
        assert_eq!(tag, expected);
        assert!(matches!(
            outcome,
            Err(RequestError::Transport(TransportError { sent: true, .. }))
        ));
    }
    assert!(
        script
            .ended()
            .reason
            .contains("replied to request 2 when 1 was due")
    );
}

#[test]
fn c14_a_reply_without_a_request_ends_the_link() {
    let mut script = Script::ready();
    script.reply_as(3, 13, &metadata());
    assert!(script.ended().reason.contains("not sent"));
}

#[test]
fn c15_what_is_in_flight_fails_when_the_connection_breaks() {
    let mut script = Script::ready();
    script.ask(1, secs(30));
    let asked = script.written();
    script.reply(&asked, &metadata());
    assert!(script.answered().1.is_ok());
    script.ask(2, secs(30));
    script
        .link
        .handle_closed(Some(io::ErrorKind::ConnectionReset.into()));
    let (tag, outcome) = script.answered();
    assert_eq!(tag, 2);
    let error = outcome.unwrap_err();
    assert!(error.may_have_been_applied());
    assert_eq!(error.to_string(), "b1:9092: the broker reset the connection");
    script.ended();
}

#[test]
fn c16_half_open_closes_the_connection() {
    let mut script = Script::ready();
    script.ask(1, secs(30));
    script.now = at(5000);
    script.ask(2, secs(10));
    script.wait_until(at(15_000));
    let (tag, outcome) = script.answered();
    assert_eq!(tag, 1);
    assert!(matches!(
        outcome,
        Err(RequestError::Transport(TransportError { sent: true, .. }))
    ));
    let (tag, outcome) = script.answered();
    assert_eq!(tag, 2);
    assert!(matches!(outcome, Err(RequestError::Timeout { sent: true, after, .. }) if after == secs(10)));
    assert_eq!(script.ended().kind, FaultKind::Lost);
}

#[test]
fn c23_an_idle_connection_ends_without_a_word() {
    let mut script = Script::ready();
    script.ask(1, secs(30));
    let asked = script.written();
    script.now = at(1000);
    script.reply(&asked, &metadata());
    assert!(script.answered().1.is_ok());
    script.wait_until(at(541_000));
    assert_eq!(script.ended().kind, FaultKind::Idle);
}

#[test]
fn c32_throttling_mutes_the_link_after_the_reply() {
    let mut script = Script::ready();
    script.ask(1, secs(30));
    let asked = script.written();
    script.reply(
        &asked,
        &MetadataResponse {
            throttle_time_ms: 700,
            ..metadata()
        },
    );
    assert!(script.answered().1.is_ok());
    assert!(matches!(script.event(), LinkEvent::Throttled(time) if time == Duration::from_millis(700)));
    assert!(!script.link.is_ready());
    script.wait_until(at(700));
    assert!(matches!(script.event(), LinkEvent::Ready));
    assert!(script.link.is_ready());
}

#[test]
fn c32_the_throttle_time_is_found_behind_the_topics_of_a_produce_reply() {
    let partition = PartitionProduceResponse {
        error_code: ErrorCode::NOT_LEADER_OR_FOLLOWER.0,
        error_message: Some("moved".to_owned()),
        ..PartitionProduceResponse::default()
    };
    let topic = TopicProduceResponse {
        name: "orders".to_owned(),
        partition_responses: vec![partition; 3],
        ..TopicProduceResponse::default()
    };
    for version in 3..=12 {
        let mut response = ProduceResponse {
            responses: vec![topic.clone(); 2],
            throttle_time_ms: 1234,
            ..ProduceResponse::default()
        };
        if version < 8 {
            let partitions = response
                .responses
                .iter_mut()
                .flat_map(|topic| &mut topic.partition_responses);
            partitions.for_each(|partition| partition.error_message = None);
        }
        let frame = encode_response(0, version, &response).unwrap().to_bytes();
        let header = if version >= 9 { 9 } else { 8 };
        let found = throttle_time(protocol::ApiKey::PRODUCE, version, &frame.slice(header..));
        assert_eq!(found, Duration::from_millis(1234), "version {version}");
    }
}

#[test]
fn c32_malformed_replies_throttle_nobody() {
    for info in protocol::ApiInfo::ALL {
        for version in info.versions.iter() {
            for length in 0..40 {
                let body = Bytes::from(vec![0xff; length]);
                assert_eq!(
                    throttle_time(info.key, version, &body),
                    Duration::ZERO,
                    "{} v{version}",
                    info.name
                );
            }
        }
    }
}

#[test]
fn a_request_without_an_answer_is_answered_when_it_was_written() {
    let mut script = Script::ready();
    let ticket = Ticket { owner: 7, tag: 9 };
    script
        .link
        .send(
            at(1),
            ticket,
            &ProduceRequest::default(),
            at(1000),
            secs(1),
            false,
        )
        .unwrap();
    let output = script.link.poll_output().unwrap();
    assert!(output.report);
    script.no_event();
    script.link.handle_written(at(2));
    let (tag, outcome) = script.answered();
    assert!(tag == 9 && outcome.unwrap().body.is_empty());
    assert_eq!(script.link.in_flight(), 0);
}

#[test]
fn no_more_requests_than_allowed_are_on_the_wire() {
    let mut script = Script::ready();
    for tag in 0..5 {
        assert!(script.link.is_ready());
        script.ask(tag, secs(30));
    }
    assert!(!script.link.is_ready());
    let asked = script.all_written();
    script.reply(&asked[0], &metadata());
    assert!(script.answered().1.is_ok());
    assert!(matches!(script.event(), LinkEvent::Ready));
    assert!(script.link.is_ready());
}

#[test]
fn a_listener_that_wants_authentication_is_told_apart() {
    let mut script = Script::ready();
    script.ask(1, secs(30));
    script.link.handle_closed(None);
    assert!(script.answered().1.is_err());
    let fault = script.ended();
    assert_eq!(fault.phase, TransportPhase::Established);
    assert!(
        fault.reason.contains("security.protocol=SASL_PLAINTEXT"),
        "{}",
        fault.reason
    );
}

#[test]
fn written_requests_without_an_answer_make_room() {
    let mut script = Script::ready();
    for tag in 0..5 {
        let ticket = Ticket { owner: 7, tag };
        let request = ProduceRequest::default();
        script
            .link
            .send(at(1), ticket, &request, at(1000), secs(1), false)
            .unwrap();
    }
    assert!(!script.link.is_ready());
    script.link.handle_written(at(2));
    script.answered().1.unwrap();
    assert!(matches!(script.event(), LinkEvent::Ready));
    assert!(script.link.is_ready());
}
