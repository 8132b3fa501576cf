//! What comes before an API is reached: frames, headers, versions.

use protocol::frame::decode_response;
use protocol::messages::api_versions::ApiVersionsRequest;
use protocol::messages::api_versions::ApiVersionsResponse;
use protocol::messages::metadata::MetadataRequest;
use protocol::messages::metadata::MetadataResponse;

use super::verdict::Verdict;
use super::{Replay, ground};

impl Replay {
    /// Sends bytes on a connection of their own. An answer is in version 1 of Metadata or version 0 of ApiVersions.
    fn raw(&mut self, api: &str, version: i16, situation: &str, bytes: Vec<u8>) {
        let verdict = match self.node(1).exchange(&bytes) {
            Err(_) => Verdict::Closed,
            Ok(answer) if api == "Metadata" => {
                let (_, response): (_, MetadataResponse) = decode_response(&answer, 1).unwrap();
                assert!(response.topics.is_empty(), "{response:?}");
                Verdict::Answer("NONE".to_owned(), None)
            }
            Ok(answer) => {
                let (_, response): (_, ApiVersionsResponse) = decode_response(&answer, 0).unwrap();
                Verdict::of(&response)
            }
        };
        self.note(api, version, situation, verdict);
    }
}

/// A request with its header, and its length before it.
fn framed(key: i16, version: i16, flexible: bool, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0; 4];
    bytes.extend(key.to_be_bytes());
    bytes.extend(version.to_be_bytes());
    // A correlation id, and no client id.
    bytes.extend(7_i32.to_be_bytes());
    bytes.extend((-1_i16).to_be_bytes());
    if flexible {
        bytes.push(0);
    }
    bytes.extend(body);
    let length = u32::try_from(bytes.len() - 4).unwrap();
    bytes[..4].copy_from_slice(&length.to_be_bytes());
    bytes
}

#[test]
fn frames_and_versions_answer_as_kafka() {
    let (mut run, _, _) = ground();
    let av = |n: &str, v: &str, c: Option<&str>, id| ApiVersionsRequest {
        client_software_name: n.into(),
        client_software_version: v.into(),
        cluster_id: c.map(Into::into),
        node_id: id,
    };
    for (w, n, v) in [
        ("the empty software name", "", "1"),
        ("the empty software version", "a", ""),
        ("a software name with a blank", "a b", "1"),
        ("a software name that begins with -", "-a", "1"),
        ("a software version with a blank", "a", "1 2"),
    ] {
        let k = &mut run.node(1);
        run.say_in(k, 3, w, av(n, v, None, -1));
    }
    for (w, c, id) in [
        ("another cluster id", Some("wrong"), 1),
        ("another node id", None, 99),
        ("another cluster id, no node id", Some("wrong"), -1),
    ] {
        let k = &mut run.node(1);
        run.say_in(k, 5, w, av("a", "1", c, id));
    }
    let k = &mut run.node(1);
    let m = k.ask(&MetadataRequest {
        topics: Some(vec![]),
        ..Default::default()
    });
    let cid = m.cluster_id.unwrap();
    let k = &mut run.node(1);
    run.say_in(
        k,
        5,
        "the right cluster id, another node id",
        av("a", "1", Some(&cid), 99),
    );
    let k = &mut run.node(1);
    run.say_in(
        k,
        5,
        "the right cluster id and node id",
        av("a", "1", Some(&cid), 1),
    );
    let k = &mut run.node(1);
    run.say_in(
        k,
        5,
        "the right node id, another cluster id",
        av("a", "1", Some("wrong"), 1),
    );
    let k = &mut run.node(1);
    run.say_in(
        k,
        5,
        "the right cluster id, no node id",
        av("a", "1", Some(&cid), -1),
    );
    let k = &mut run.node(1);
    run.say(
        k,
        "a second time",
        ApiVersionsRequest {
            client_software_name: "a".into(),
            client_software_version: "1".into(),
            ..Default::default()
        },
    );
    run.raw(
        "Metadata",
        14,
        "a version that is too high",
        framed(3, 14, true, &[1, 0, 0, 0]),
    );
    run.raw(
        "CreateTopics",
        0,
        "a version that 4.0 removed",
        framed(19, 0, false, &[0, 0, 0, 0, 0, 0, 0, 1]),
    );
    run.raw(
        "Produce",
        2,
        "a version that is offered but not served",
        framed(0, 2, false, &[0, 1, 0, 0, 0, 1, 0, 0, 0, 0]),
    );
    run.raw(
        "ApiVersions",
        99,
        "a version that is too high",
        framed(18, 99, true, &[0]),
    );
    run.raw(
        "Metadata",
        1,
        "a body that is too short",
        framed(3, 1, false, &[0, 0]),
    );
    run.raw(
        "Metadata",
        1,
        "a body that is too long",
        framed(3, 1, false, &[0, 0, 0, 0, 9, 9, 9]),
    );
    run.raw(
        "Metadata",
        1,
        "an array longer than the request",
        framed(3, 1, false, &[0x7f, 0, 0, 0]),
    );
    run.raw("Vote", 0, "a controller's API", framed(52, 0, true, &[0, 1, 0]));
    run.raw("-", -1, "an unknown API key", framed(1000, 0, false, &[]));
    run.raw("-", -1, "a negative length", vec![0xff, 0xff, 0xff, 0xff, 0, 0]);
    run.raw("-", -1, "a length of 0", vec![0, 0, 0, 0]);
    run.raw(
        "-",
        -1,
        "a length of 100 MiB and one byte",
        104_857_601_i32.to_be_bytes().to_vec(),
    );

    run.finish();
}
