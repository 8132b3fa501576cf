//! Credentials, quotas, features, access control, the quorum, telemetry.

use bytes::Bytes;
use kafka_sandbox::Sandbox;
use protocol::Uuid;
use protocol::messages::alter_user_scram_credentials::AlterUserScramCredentialsRequest;
use protocol::messages::delete_acls::{self, DeleteAclsRequest};
use protocol::messages::describe_acls::DescribeAclsRequest;
use protocol::messages::describe_client_quotas::{self, DescribeClientQuotasRequest};
use protocol::messages::describe_quorum::*;
use protocol::messages::describe_user_scram_credentials::{self, DescribeUserScramCredentialsRequest};
use protocol::messages::get_telemetry_subscriptions::GetTelemetrySubscriptionsRequest;
use protocol::messages::push_telemetry::PushTelemetryRequest;

use super::super::requests::*;
use super::{Replay, ZERO, ground};

#[test]
fn scram_credentials_answer_as_kafka() {
    let (mut run, mut link, _) = ground();
    let k = &mut link;

    let sc = |dl, u| AlterUserScramCredentialsRequest {
        deletions: dl,
        upsertions: u,
    };
    run.say(k, "4095 iterations", sc(vec![], vec![upsertion("u", 1, 4095)]));
    run.say(k, "20000 iterations", sc(vec![], vec![upsertion("u", 1, 20000)]));
    run.say(
        k,
        "an unknown mechanism",
        sc(vec![], vec![upsertion("u", 9, 8192)]),
    );
    run.say(k, "mechanism 0", sc(vec![], vec![upsertion("u", 0, 8192)]));
    run.say(k, "the empty user", sc(vec![], vec![upsertion("", 1, 8192)]));
    run.say(
        k,
        "the same user and mechanism twice",
        sc(vec![], vec![upsertion("u", 1, 8192), upsertion("u", 1, 8192)]),
    );
    run.say(
        k,
        "deletion and upsertion of the same",
        sc(vec![deletion("u", 1)], vec![upsertion("u", 1, 8192)]),
    );
    run.say(
        k,
        "deletion of an unknown user",
        sc(vec![deletion("nobody", 1)], vec![]),
    );
    run.say(
        k,
        "deletion with an unknown mechanism",
        sc(vec![deletion("nobody", 9)], vec![]),
    );
    run.say(k, "deletion of the empty user", sc(vec![deletion("", 1)], vec![]));
    run.say(
        k,
        "an unknown user",
        DescribeUserScramCredentialsRequest {
            users: Some(vec![describe_user_scram_credentials::UserName {
                name: "nobody".into(),
            }]),
        },
    );
    run.say(
        k,
        "the same user twice",
        DescribeUserScramCredentialsRequest {
            users: Some(vec![
                describe_user_scram_credentials::UserName {
                    name: "nobody".into(),
                },
                describe_user_scram_credentials::UserName {
                    name: "nobody".into(),
                },
            ]),
        },
    );
    run.say(
        k,
        "the empty user",
        DescribeUserScramCredentialsRequest {
            users: Some(vec![describe_user_scram_credentials::UserName {
                name: "".into(),
            }]),
        },
    );

    run.finish();
}

#[test]
fn quotas_answer_as_kafka() {
    let (mut run, mut link, _) = ground();
    let k = &mut link;
    for (w, e, kk, v, rm) in [
        (
            "an unknown key",
            vec![("user", Some("u"))],
            "nonsense",
            1.0,
            false,
        ),
        (
            "an unknown entity type",
            vec![("nonsense", Some("u"))],
            "producer_byte_rate",
            1.0,
            false,
        ),
        ("no entity", vec![], "producer_byte_rate", 1.0, false),
        (
            "the empty name",
            vec![("user", Some(""))],
            "producer_byte_rate",
            1.0,
            false,
        ),
        (
            "rate 0",
            vec![("user", Some("u"))],
            "producer_byte_rate",
            0.0,
            false,
        ),
        (
            "rate -1",
            vec![("user", Some("u"))],
            "producer_byte_rate",
            -1.0,
            false,
        ),
        (
            "rate 1.5",
            vec![("user", Some("u"))],
            "producer_byte_rate",
            1.5,
            false,
        ),
        (
            "rate NaN",
            vec![("user", Some("u"))],
            "producer_byte_rate",
            f64::NAN,
            false,
        ),
        (
            "rate 1e30",
            vec![("user", Some("u"))],
            "producer_byte_rate",
            1e30,
            false,
        ),
        (
            "the same type twice",
            vec![("user", Some("u")), ("user", Some("w"))],
            "producer_byte_rate",
            1.0,
            false,
        ),
        (
            "ip with user",
            vec![("user", Some("u")), ("ip", Some("1.2.3.4"))],
            "producer_byte_rate",
            1.0,
            false,
        ),
        (
            "ip that is none",
            vec![("ip", Some("1.2.3.4.5.6"))],
            "connection_creation_rate",
            1.0,
            false,
        ),
        (
            "a key of users for ip",
            vec![("ip", Some("1.2.3.4"))],
            "producer_byte_rate",
            1.0,
            false,
        ),
        (
            "connection_creation_rate for a user",
            vec![("user", Some("u"))],
            "connection_creation_rate",
            1.0,
            false,
        ),
        (
            "removal of what is not set",
            vec![("user", Some("u"))],
            "producer_byte_rate",
            0.0,
            true,
        ),
        (
            "request_percentage 1.5",
            vec![("user", Some("u"))],
            "request_percentage",
            1.5,
            false,
        ),
    ] {
        run.say(k, w, quota(e, kk, v, rm));
    }
    let dq = |c: Vec<(&str, i8, Option<&str>)>| DescribeClientQuotasRequest {
        components: c
            .into_iter()
            .map(|(t, m, n)| describe_client_quotas::ComponentData {
                entity_type: t.into(),
                match_type: m,
                r#match: n.map(Into::into),
            })
            .collect(),
        strict: false,
    };
    run.say(k, "an unknown entity type", dq(vec![("nonsense", 2, None)]));
    run.say(k, "an unknown match type", dq(vec![("user", 9, None)]));
    run.say(k, "exact without a name", dq(vec![("user", 0, None)]));
    run.say(
        k,
        "the same type twice",
        dq(vec![("user", 2, None), ("user", 2, None)]),
    );
    run.say(k, "the empty type", dq(vec![("", 2, None)]));
    run.say(k, "user and ip", dq(vec![("user", 2, None), ("ip", 2, None)]));
    run.say(k, "default with a name", dq(vec![("user", 1, Some("u"))]));

    run.finish();
}

#[test]
fn features_answer_as_kafka() {
    let (mut run, mut link, _) = ground();
    let k = &mut link;
    for (w, f, l, ty) in [
        ("an unknown feature", "nonsense", 1, 1),
        ("a level above the supported", "group.version", 9, 1),
        ("an upgrade to a lower level", "transaction.version", 1, 1),
        ("a downgrade to a higher level", "metadata.version", 34, 2),
        (
            "a safe downgrade of transaction.version to 0",
            "transaction.version",
            0,
            2,
        ),
        ("deletion by upgrade", "group.version", 0, 1),
        ("level -1", "group.version", -1, 1),
        ("metadata.version 1", "metadata.version", 1, 2),
        ("metadata.version 30, safe downgrade", "metadata.version", 30, 2),
        ("metadata.version 21, unsafe downgrade", "metadata.version", 21, 3),
        ("upgrade type 0", "group.version", 1, 0),
        ("kraft.version 1", "kraft.version", 1, 1),
        ("the same level", "group.version", 1, 1),
        ("the empty name", "", 1, 1),
    ] {
        run.say(k, w, update_feature(f, l, ty));
    }

    run.finish();
}

#[test]
fn the_quorum_answers_as_kafka() {
    let (mut run, mut link, _) = ground();
    let (k, t) = (&mut link, "e");
    let qu = |t: &str, p| DescribeQuorumRequest {
        topics: vec![RequestTopicData {
            topic_name: t.into(),
            partitions: vec![RequestPartitionData { partition_index: p }],
        }],
    };
    run.say(k, "good", qu("__cluster_metadata", 0));
    run.say(k, "another topic", qu(t, 0));
    run.say(k, "another partition", qu("__cluster_metadata", 1));
    run.say(k, "no topics", DescribeQuorumRequest { topics: vec![] });

    run.finish();
}

#[test]
fn without_an_authorizer_it_answers_as_kafka() {
    let (mut run, mut link, _) = ground();
    let k = &mut link;
    run.say(k, "no authorizer", create_acl(2, "t", 3, "User:u", "*", 3, 3));
    run.say(
        k,
        "no authorizer",
        DescribeAclsRequest {
            resource_type_filter: 1,
            pattern_type_filter: 1,
            operation: 1,
            permission_type: 1,
            ..Default::default()
        },
    );
    run.say(
        k,
        "no authorizer",
        DeleteAclsRequest {
            filters: vec![delete_acls::DeleteAclsFilter {
                resource_type_filter: 1,
                pattern_type_filter: 1,
                operation: 1,
                permission_type: 1,
                ..Default::default()
            }],
        },
    );

    run.finish();
}

#[test]
fn telemetry_answers_as_kafka() {
    let (mut run, _, _) = ground();
    let gt = |id| GetTelemetrySubscriptionsRequest {
        client_instance_id: id,
    };
    let pt = |id, sub, ct, m: &'static [u8], term| PushTelemetryRequest {
        client_instance_id: id,
        subscription_id: sub,
        terminating: term,
        compression_type: ct,
        metrics: Bytes::from_static(m),
    };
    let k = &mut run.node(1);
    let r = run.say_in(k, 0, "no id: one is given", gt(ZERO));
    let ci = r.client_instance_id;
    run.say_in(k, 0, "the same id again, too soon", gt(ci));
    run.say_in(
        k,
        0,
        "an unknown subscription",
        pt(ci, r.subscription_id + 1, 0, b"", false),
    );
    run.say_in(
        k,
        0,
        "too soon after a push",
        pt(ci, r.subscription_id, 0, b"", false),
    );
    let k = &mut run.node(1);
    let r = k.ask(&gt(ZERO));
    run.say_in(
        k,
        0,
        "an unknown compression",
        pt(r.client_instance_id, r.subscription_id, 77, b"x", false),
    );
    let k = &mut run.node(1);
    let r = k.ask(&gt(ZERO));
    run.say_in(
        k,
        0,
        "metrics that are none",
        pt(r.client_instance_id, r.subscription_id, 0, b"xyz", false),
    );
    let k = &mut run.node(1);
    let r = k.ask(&gt(ZERO));
    run.say_in(
        k,
        0,
        "nothing",
        pt(r.client_instance_id, r.subscription_id, 0, b"", false),
    );
    let k = &mut run.node(1);
    let r = k.ask(&gt(ZERO));
    run.say_in(
        k,
        0,
        "terminating",
        pt(r.client_instance_id, r.subscription_id, 0, b"", true),
    );
    run.say_in(
        k,
        0,
        "terminating twice",
        pt(r.client_instance_id, r.subscription_id, 0, b"", true),
    );
    let k = &mut run.node(1);
    run.say_in(
        k,
        0,
        "an id that was not given",
        pt(Uuid::from_bytes([7; 16]), 0, 0, b"", false),
    );
    run.say_in(k, 0, "no id", pt(ZERO, 0, 0, b"", false));
    let k = &mut run.node(1);
    let r = k.ask(&gt(ZERO));
    let big: &'static [u8] = Box::leak(vec![0; 2_000_000].into_boxed_slice());
    run.say_in(
        k,
        0,
        "2000000 bytes",
        pt(r.client_instance_id, r.subscription_id, 0, big, false),
    );
    run.finish();
}

#[test]
fn access_control_answers_as_kafka() {
    let mut run = Replay::on(Sandbox::builder().acls(["User:ANONYMOUS"]));
    let k = &mut run.node(1);

    for (w, a) in [
        ("resource type 0", create_acl(0, "t", 3, "User:u", "*", 3, 3)),
        ("resource type any", create_acl(1, "t", 3, "User:u", "*", 3, 3)),
        ("pattern type any", create_acl(2, "t", 1, "User:u", "*", 3, 3)),
        ("pattern type match", create_acl(2, "t", 2, "User:u", "*", 3, 3)),
        ("operation any", create_acl(2, "t", 3, "User:u", "*", 1, 3)),
        ("operation 0", create_acl(2, "t", 3, "User:u", "*", 0, 3)),
        ("permission any", create_acl(2, "t", 3, "User:u", "*", 3, 1)),
        ("permission 0", create_acl(2, "t", 3, "User:u", "*", 3, 0)),
        (
            "a principal without a type",
            create_acl(2, "t", 3, "u", "*", 3, 3),
        ),
        ("the empty principal", create_acl(2, "t", 3, "", "*", 3, 3)),
        ("the empty name", create_acl(2, "", 3, "User:u", "*", 3, 3)),
        (
            "another cluster's name",
            create_acl(4, "nonsense", 3, "User:u", "*", 3, 3),
        ),
        ("the empty host", create_acl(2, "t", 3, "User:u", "", 3, 3)),
        (
            "an operation the resource does not have",
            create_acl(2, "t", 3, "User:u", "*", 12, 3),
        ),
        ("good", create_acl(2, "t", 3, "User:u", "*", 3, 3)),
        ("the same again", create_acl(2, "t", 3, "User:u", "*", 3, 3)),
    ] {
        run.say(k, w, a);
    }
    run.say(
        k,
        "pattern type 0",
        DescribeAclsRequest {
            resource_type_filter: 1,
            pattern_type_filter: 0,
            operation: 1,
            permission_type: 1,
            ..Default::default()
        },
    );
    run.say(
        k,
        "unknown resource type",
        DescribeAclsRequest {
            resource_type_filter: 99,
            pattern_type_filter: 1,
            operation: 1,
            permission_type: 1,
            ..Default::default()
        },
    );
    run.say(
        k,
        "nothing matches",
        DeleteAclsRequest {
            filters: vec![delete_acls::DeleteAclsFilter {
                resource_type_filter: 1,
                pattern_type_filter: 1,
                principal_filter: Some("User:zz".into()),
                operation: 1,
                permission_type: 1,
                ..Default::default()
            }],
        },
    );

    run.finish();
}
