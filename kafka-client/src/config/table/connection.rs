use super::{Clients, Kind, Setting};

const fn row(name: &'static str, default: &'static str, kind: Kind, doc: &'static str) -> Setting {
    Setting::new(Clients::All, name, default, kind, doc)
}

/// What Java's type for these has room for.
const LONGEST: i64 = 2_147_483_647;

pub(super) const ROWS: &[Setting] = &[
    row(
        "bootstrap.servers",
        "",
        Kind::List(|draft| &mut draft.connection.bootstrap),
        "`host:port` of some brokers, parted by commas; the client learns the others from any of \
         them. Give more than one, so that it can start while one is down. An IPv6 address stands in \
         brackets.",
    )
    .also(&["metadata.broker.list"]),
    row(
        "client.id",
        "kafka-client",
        Kind::Other(
            "text",
            |draft, value| {
                value.clone_into(&mut draft.connection.client_id);
                Ok(())
            },
            |draft| draft.connection.client_id.clone(),
        ),
        "The name under which brokers log this client and count it for quotas.",
    ),
    row(
        "connect.timeout.ms",
        "10000",
        Kind::Millis(1, LONGEST, |draft| &mut draft.connection.connect_timeout),
        "How long the client tries to reach a first broker when it starts. A fault that trying again \
         cannot mend, such as a wrong password, ends it earlier. Java has no such setting.",
    ),
    row(
        "request.timeout.ms",
        "30000",
        Kind::Millis(1, LONGEST, |draft| &mut draft.connection.request_timeout),
        "How long a broker may take to answer one request. When it passes, the connection is closed, \
         because a broker answers in order; the request is sent again while the time of its call \
         lasts.",
    )
    .also(&["socket.timeout.ms"]),
    row(
        "default.api.timeout.ms",
        "60000",
        Kind::Millis(1, LONGEST, |draft| &mut draft.connection.api_timeout),
        "How long a call may take with all its retries, where the call has no timeout of its own.",
    ),
    row(
        "socket.connection.setup.timeout.ms",
        "10000",
        Kind::Millis(1, LONGEST, |draft| &mut draft.connection.setup_timeout),
        "How long one connection may take until requests can be sent over it: socket, TLS, versions \
         and authentication. Doubles at each failure in a row (KIP-601).",
    ),
    row(
        "socket.connection.setup.timeout.max.ms",
        "30000",
        Kind::Millis(1, LONGEST, |draft| &mut draft.connection.setup_timeout_max),
        "What `socket.connection.setup.timeout.ms` grows to.",
    ),
    row(
        "reconnect.backoff.ms",
        "50",
        Kind::Millis(0, LONGEST, |draft| &mut draft.connection.reconnect_backoff),
        "The pause before a broker is tried again that could not be reached. Doubles at each failure \
         in a row, varied by 20 %.",
    ),
    row(
        "reconnect.backoff.max.ms",
        "1000",
        Kind::Millis(0, LONGEST, |draft| &mut draft.connection.reconnect_backoff_max),
        "What `reconnect.backoff.ms` grows to.",
    ),
    row(
        "retry.backoff.ms",
        "100",
        Kind::Millis(0, LONGEST, |draft| &mut draft.connection.retry_backoff),
        "The pause before a request is repeated that failed for a passing reason. Doubles at each \
         failure in a row, varied by 20 % (KIP-580).",
    ),
    row(
        "retry.backoff.max.ms",
        "1000",
        Kind::Millis(0, LONGEST, |draft| &mut draft.connection.retry_backoff_max),
        "What `retry.backoff.ms` grows to.",
    ),
    row(
        "connections.max.idle.ms",
        "540000",
        Kind::MillisOrNever(i64::MAX, |draft| &mut draft.connection.idle_timeout),
        "After which time without use a connection is closed. Brokers close theirs after ten minutes, \
         so less than that spares a request that meets a closing connection. A negative number means \
         never.",
    ),
    row(
        "metadata.max.age.ms",
        "300000",
        Kind::Millis(0, i64::MAX, |draft| &mut draft.connection.metadata_max_age),
        "After which time metadata is refreshed without a cause; so long it may take to notice new \
         partitions and topics. Errors refresh it at once.",
    )
    .also(&["topic.metadata.refresh.interval.ms"]),
    row(
        "metadata.recovery.strategy",
        "rebootstrap",
        Kind::Choice(
            &["rebootstrap", "none"],
            |draft, word| draft.rebootstrap = word == "rebootstrap",
            |draft| {
                if draft.rebootstrap {
                    "rebootstrap".to_owned()
                } else {
                    "none".to_owned()
                }
            },
        ),
        "What to do when no known broker can be reached: `rebootstrap` starts over from \
         `bootstrap.servers`, `none` goes on trying the known ones (KIP-899).",
    ),
    row(
        "metadata.recovery.rebootstrap.trigger.ms",
        "300000",
        Kind::Millis(0, LONGEST, |draft| &mut draft.rebootstrap_trigger),
        "For how long metadata may fail to come before the client starts over from \
         `bootstrap.servers` (KIP-1102).",
    ),
    row(
        "metadata.cluster.check.enable",
        "true",
        Kind::Bool(|draft| &mut draft.connection.cluster_check),
        "Whether brokers are told which cluster and broker the client believes to speak to, so that a \
         misrouted connection is noticed (KIP-1242).",
    ),
    row(
        "receive.message.max.bytes",
        "104857600",
        Kind::Size(1000, 2_147_483_647, |draft| &mut draft.connection.frame_max),
        "The longest reply that is accepted, in bytes. It must exceed `fetch.max.bytes` and the \
         largest batch of records. Java accepts any length.",
    ),
];
