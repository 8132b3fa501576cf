/// Names that the Java clients know and that mean nothing here, each with the reason. They are accepted with a
/// warning, so that one file can serve both. A name that ends in `.` stands for all that begin with it.
pub const FOREIGN: &[(&str, &str)] = &[
    ("auto.include.jmx.reporter", JVM),
    ("client.dns.lookup", "every address of a name is tried in turn"),
    ("bootstrap.resolve.timeout.ms", "`connect.timeout.ms` bounds it"),
    ("enable.metrics.push", "this client pushes no metrics"),
    (
        "group.remote.assignor",
        "the classic group protocol assigns partitions itself",
    ),
    ("interceptor.classes", CLASSES),
    ("key.deserializer", BYTES),
    ("key.serializer", BYTES),
    ("metric.reporters", JVM),
    ("metrics.num.samples", JVM),
    ("metrics.recording.level", JVM),
    ("metrics.sample.window.ms", JVM),
    (
        "partitioner.rack.aware",
        "partitions are chosen without regard to racks",
    ),
    ("receive.buffer.bytes", SOCKET),
    ("sasl.kerberos.", "Kerberos is not spoken"),
    ("sasl.login.connect.timeout.ms", LOGIN),
    ("sasl.login.read.timeout.ms", LOGIN),
    ("sasl.login.refresh.", LOGIN),
    ("sasl.login.retry.", LOGIN),
    ("security.providers", JVM),
    ("send.buffer.bytes", SOCKET),
    ("share.acknowledgement.mode", "it concerns share consumers"),
    ("share.acquire.mode", "it concerns share consumers"),
    ("socket.receive.buffer.bytes", SOCKET),
    ("socket.send.buffer.bytes", SOCKET),
    ("ssl.cipher.suites", TLS),
    ("ssl.keymanager.algorithm", JVM),
    ("ssl.protocol", "TLS 1.2 and 1.3 are spoken"),
    ("ssl.provider", JVM),
    ("ssl.secure.random.implementation", JVM),
    ("ssl.trustmanager.algorithm", JVM),
    ("transaction.timeout.ms", TRANSACTIONS),
    ("transaction.two.phase.commit.enable", TRANSACTIONS),
    ("value.deserializer", BYTES),
    ("value.serializer", BYTES),
];

const BYTES: &str = "keys and values are bytes here";
const CLASSES: &str = "Java classes cannot be loaded";
const JVM: &str = "it concerns the Java virtual machine";
const LOGIN: &str = "tokens are renewed by the client's own plan";
const SOCKET: &str = "the system sizes socket buffers better";
const TRANSACTIONS: &str = "it concerns transactions, and `transactional.id` is not supported";
const TLS: &str = "the TLS library offers strong suites only";

/// Why a Java setting has no meaning here; none when it is not such a setting.
pub(in crate::config) fn foreign(name: &str) -> Option<&'static str> {
    lookup(FOREIGN, name)
}

/// Names that Java or librdkafka know and that would change what the client does in a way that it cannot, each with
/// the remedy. They are errors, because going on without them would not be what was asked for.
pub const UNSUPPORTED: &[(&str, &str)] = &[
    (
        "enable.ssl.certificate.verification",
        "trust the broker's certificate by `ssl.truststore.location`",
    ),
    ("sasl.client.callback.handler.class", HANDLER),
    ("sasl.login.callback.handler.class", HANDLER),
    ("sasl.login.class", HANDLER),
    (
        "sasl.oauthbearer.",
        "give the client a `TokenProvider` that asks the identity provider",
    ),
    ("ssl.engine.factory.class", CLASSES),
    ("transactional.id", "transactions are not supported"),
];

const HANDLER: &str = "Java classes cannot be loaded; give the client a `TokenProvider` for OAUTHBEARER";

/// Why a setting is refused; none when it is not known to be.
pub(in crate::config) fn unsupported(name: &str) -> Option<&'static str> {
    lookup(UNSUPPORTED, name)
}

fn lookup(table: &'static [(&str, &str)], name: &str) -> Option<&'static str> {
    table
        .iter()
        .find(|(known, _)| *known == name || known.ends_with('.') && name.starts_with(known))
        .map(|&(_, reason)| reason)
}
