"""What the Python client over librdkafka does against a cluster of three brokers."""

import functools
import time

from confluent_kafka import (
    Consumer,
    ConsumerGroupTopicPartitions,
    IsolationLevel,
    KafkaError,
    KafkaException,
    Producer,
    TopicPartition,
)
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    NewTopic,
    OffsetSpec,
    ResourceType,
)

from steps import main, step

PATIENCE = 20


@functools.cache
def admin(bootstrap):
    # Dropped, it gives up what it was asked.
    return AdminClient({"bootstrap.servers": bootstrap})


def create(bootstrap, name, partitions=3, config=None):
    topics = [NewTopic(name, num_partitions=partitions, replication_factor=3, config=config or {})]
    for future in admin(bootstrap).create_topics(topics).values():
        future.result(PATIENCE)


def produce(bootstrap, topic, values, **config):
    problems = []
    producer = Producer({"bootstrap.servers": bootstrap, "linger.ms": 1, **config})
    for value in values:
        producer.produce(topic, value, key=value, on_delivery=lambda error, _: error and problems.append(error))
        producer.poll(0)
    assert producer.flush(PATIENCE) == 0, "records left over"
    assert not problems, problems


def consumer(bootstrap, group, **config):
    settings = {
        "bootstrap.servers": bootstrap,
        "group.id": group,
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
        # The default is 3 s, for which others wait who join.
        "heartbeat.interval.ms": 300,
        **config,
    }
    return Consumer({name: value for name, value in settings.items() if value is not None})


def read(reader, count):
    """Reads so many messages, and then sees that there are no more."""
    messages = []
    until = time.monotonic() + PATIENCE
    while len(messages) < count and time.monotonic() < until:
        message = reader.poll(0.2)
        if message is not None:
            assert message.error() is None, message.error()
            messages.append(message)
    assert len(messages) == count, f"{len(messages)} messages, not {count}"
    extra = reader.poll(0.2)
    assert extra is None, (extra.value(), extra.offset())
    return messages


def error_of(action):
    try:
        action()
    except KafkaException as error:
        return error.args[0].code()
    raise AssertionError("no error")


@step
def cluster(bootstrap):
    found = admin(bootstrap).list_topics(timeout=PATIENCE)
    assert sorted(found.brokers) == [1, 2, 3], found.brokers
    described = admin(bootstrap).describe_cluster().result(PATIENCE)
    assert len(described.nodes) == 3 and described.cluster_id == found.cluster_id
    assert described.controller.id in found.brokers


@step
def topics(bootstrap):
    client = admin(bootstrap)
    create(bootstrap, "py-topics", 2, {"retention.ms": "3600000"})
    found = client.list_topics("py-topics", timeout=PATIENCE).topics["py-topics"]
    assert sorted(found.partitions) == [0, 1]
    assert len(found.partitions[0].replicas) == 3 and len(found.partitions[0].isrs) == 3
    assert error_of(lambda: create(bootstrap, "py-topics")) == KafkaError.TOPIC_ALREADY_EXISTS
    client.create_partitions([NewPartitions("py-topics", 5)])["py-topics"].result(PATIENCE)
    code = error_of(lambda: client.create_partitions([NewPartitions("py-topics", 1)])["py-topics"].result(PATIENCE))
    assert code == KafkaError.INVALID_PARTITIONS, code
    assert len(client.list_topics("py-topics", timeout=PATIENCE).topics["py-topics"].partitions) == 5
    client.delete_topics(["py-topics"])["py-topics"].result(PATIENCE)
    assert "py-topics" not in client.list_topics(timeout=PATIENCE).topics
    code = error_of(lambda: client.delete_topics(["py-topics"])["py-topics"].result(PATIENCE))
    assert code == KafkaError.UNKNOWN_TOPIC_OR_PART, code


@step
def configs(bootstrap):
    create(bootstrap, "py-configs", 1, {"retention.ms": "3600000"})
    client = admin(bootstrap)

    def described():
        resource = ConfigResource(ResourceType.TOPIC, "py-configs")
        return client.describe_configs([resource])[resource].result(PATIENCE)

    before = described()
    assert before["retention.ms"].value == "3600000"
    assert before["cleanup.policy"].value == "delete" and before["cleanup.policy"].is_default
    changed = ConfigResource(ResourceType.TOPIC, "py-configs", set_config={"retention.ms": "7200000"})
    client.alter_configs([changed])[changed].result(PATIENCE)
    assert described()["retention.ms"].value == "7200000"
    wrong = ConfigResource(ResourceType.TOPIC, "py-configs", set_config={"retention.ms": "soon"})
    code = error_of(lambda: client.alter_configs([wrong])[wrong].result(PATIENCE))
    assert code == KafkaError.INVALID_CONFIG, code
    broker = ConfigResource(ResourceType.BROKER, "1")
    assert client.describe_configs([broker])[broker].result(PATIENCE)["log.retention.hours"].value == "168"


@step
def incremental_configs(bootstrap):
    create(bootstrap, "py-increments", 1)
    client = admin(bootstrap)
    entries = [
        ConfigEntry("retention.ms", "1000", incremental_operation=AlterConfigOpType.SET),
        ConfigEntry("cleanup.policy", "compact", incremental_operation=AlterConfigOpType.APPEND),
    ]
    resource = ConfigResource(ResourceType.TOPIC, "py-increments", incremental_configs=entries)
    client.incremental_alter_configs([resource])[resource].result(PATIENCE)
    found = client.describe_configs([resource])[resource].result(PATIENCE)
    assert found["retention.ms"].value == "1000"
    assert sorted(found["cleanup.policy"].value.split(",")) == ["compact", "delete"], found["cleanup.policy"].value


@step
def records(bootstrap):
    create(bootstrap, "py-records", 1)
    producer = Producer({"bootstrap.servers": bootstrap})
    headers = [("a", b"1"), ("a", None), ("", b"\x00\xff")]
    producer.produce("py-records", b"value", b"key", headers=headers, timestamp=1_700_000_000_123)
    producer.produce("py-records", None, b"tombstone")
    producer.produce("py-records", b"no key")
    assert producer.flush(PATIENCE) == 0
    reader = consumer(bootstrap, "py-records")
    reader.assign([TopicPartition("py-records", 0, 0)])
    first, second, third = read(reader, 3)
    assert (first.key(), first.value(), first.headers()) == (b"key", b"value", headers), first.headers()
    assert first.timestamp()[1] == 1_700_000_000_123 and first.offset() == 0
    assert (second.key(), second.value()) == (b"tombstone", None)
    assert (third.key(), third.value(), third.headers()) == (None, b"no key", None)
    assert reader.get_watermark_offsets(TopicPartition("py-records", 0), timeout=PATIENCE) == (0, 3)
    at = reader.offsets_for_times([TopicPartition("py-records", 0, 1_700_000_000_124)], timeout=PATIENCE)
    assert at[0].offset == 1, at
    reader.close()


@step
def codecs(bootstrap):
    create(bootstrap, "py-codecs", 1)
    written = []
    for codec in ["none", "gzip", "snappy", "lz4", "zstd"]:
        values = [f"{codec} {number} ".encode() * 20 for number in range(200)]
        produce(bootstrap, "py-codecs", values, **{"compression.type": codec})
        written += values
    reader = consumer(bootstrap, "py-codecs")
    reader.assign([TopicPartition("py-codecs", 0, 0)])
    assert [message.value() for message in read(reader, len(written))] == written
    reader.close()


@step
def acknowledgements(bootstrap):
    create(bootstrap, "py-acks", 1)
    for acks in ["0", "1", "all"]:
        produce(bootstrap, "py-acks", [b"x"] * 10, acks=acks)
    produce(bootstrap, "py-acks", [b"x"] * 10, **{"enable.idempotence": True})
    reader = consumer(bootstrap, "py-acks")
    reader.assign([TopicPartition("py-acks", 0, 0)])
    read(reader, 40)
    reader.close()


def group_of_two(bootstrap, topic, group, **config):
    """Two members share six partitions; one leaves, and the other one has all."""
    create(bootstrap, topic, 6)
    first, second = (consumer(bootstrap, group, **config) for _ in range(2))
    first.subscribe([topic])
    second.subscribe([topic])
    until = time.monotonic() + PATIENCE
    while [len(first.assignment()), len(second.assignment())] != [3, 3]:
        assert time.monotonic() < until, (first.assignment(), second.assignment())
        first.poll(0.1)
        second.poll(0.1)
    produce(bootstrap, topic, [str(number).encode() for number in range(300)])
    seen = []
    until = time.monotonic() + PATIENCE
    while len(seen) < 300:
        assert time.monotonic() < until, len(seen)
        seen += [message.value() for member in (first, second) for message in member.consume(100, 0.1)]
    assert len(set(seen)) == 300
    first.commit(asynchronous=False)
    second.commit(asynchronous=False)
    described = admin(bootstrap).describe_consumer_groups([group])[group].result(PATIENCE)
    assert described.state.name == "STABLE" and len(described.members) == 2, described.state
    second.close()
    until = time.monotonic() + PATIENCE
    while len(first.assignment()) != 6:
        assert time.monotonic() < until, first.assignment()
        first.poll(0.1)
    committed = first.committed([TopicPartition(topic, index) for index in range(6)], timeout=PATIENCE)
    assert sum(max(partition.offset, 0) for partition in committed) == 300, committed
    first.close()


@step
def classic_group(bootstrap):
    group_of_two(bootstrap, "py-classic", "py-classic")


@step
def cooperative_group(bootstrap):
    group_of_two(
        bootstrap, "py-cooperative", "py-cooperative", **{"partition.assignment.strategy": "cooperative-sticky"}
    )


@step
def consumer_group(bootstrap):
    # There the broker says how often.
    config = {"group.protocol": "consumer", "heartbeat.interval.ms": None}
    group_of_two(bootstrap, "py-consumer", "py-consumer", **config)


@step
def groups(bootstrap):
    create(bootstrap, "py-groups", 1)
    produce(bootstrap, "py-groups", [b"x"] * 10)
    reader = consumer(bootstrap, "py-groups")
    reader.subscribe(["py-groups"])
    read(reader, 10)
    reader.commit(asynchronous=False)
    reader.close()
    client = admin(bootstrap)
    listed = client.list_consumer_groups().result(PATIENCE)
    assert not listed.errors and "py-groups" in [group.group_id for group in listed.valid]

    def offset():
        asked = [ConsumerGroupTopicPartitions("py-groups")]
        found = client.list_consumer_group_offsets(asked)["py-groups"].result(PATIENCE)
        return [partition.offset for partition in found.topic_partitions]

    assert offset() == [10]
    changed = [ConsumerGroupTopicPartitions("py-groups", [TopicPartition("py-groups", 0, 4)])]
    client.alter_consumer_group_offsets(changed)["py-groups"].result(PATIENCE)
    assert offset() == [4]
    client.delete_consumer_groups(["py-groups"])["py-groups"].result(PATIENCE)
    code = error_of(lambda: client.delete_consumer_groups(["py-groups"])["py-groups"].result(PATIENCE))
    assert code == KafkaError.GROUP_ID_NOT_FOUND, code


@step
def offsets(bootstrap):
    create(bootstrap, "py-offsets", 1)
    produce(bootstrap, "py-offsets", [b"x"] * 10)
    partition = TopicPartition("py-offsets", 0)
    client = admin(bootstrap)

    def listed(spec):
        result = client.list_offsets({partition: spec}, isolation_level=IsolationLevel.READ_UNCOMMITTED)
        return result[partition].result(PATIENCE).offset

    assert listed(OffsetSpec.earliest()) == 0
    assert listed(OffsetSpec.latest()) == 10
    deleted = client.delete_records([TopicPartition("py-offsets", 0, 6)])
    (low,) = [future.result(PATIENCE).low_watermark for future in deleted.values()]
    assert low == 6 and listed(OffsetSpec.earliest()) == 6


@step
def newest_record(bootstrap):
    create(bootstrap, "py-newest", 1)
    producer = Producer({"bootstrap.servers": bootstrap})
    for timestamp in [1_700_000_000_000, 1_700_000_005_000, 1_700_000_001_000]:
        producer.produce("py-newest", b"x", timestamp=timestamp)
        assert producer.flush(PATIENCE) == 0
    partition = TopicPartition("py-newest", 0)
    result = admin(bootstrap).list_offsets({partition: OffsetSpec.max_timestamp()})[partition].result(PATIENCE)
    assert result.offset == 1, result.offset


@step
def transactions(bootstrap):
    create(bootstrap, "py-txn", 1)
    create(bootstrap, "py-txn-in", 1)
    produce(bootstrap, "py-txn-in", [b"in"] * 4)

    def producer():
        made = Producer({"bootstrap.servers": bootstrap, "transactional.id": "py-txn"})
        made.init_transactions(PATIENCE)
        return made

    old = producer()
    old.begin_transaction()
    old.produce("py-txn", b"committed")
    old.commit_transaction(PATIENCE)
    old.begin_transaction()
    old.produce("py-txn", b"aborted")
    assert old.flush(PATIENCE) == 0
    old.abort_transaction(PATIENCE)
    reader = consumer(bootstrap, "py-txn-in")
    reader.subscribe(["py-txn-in"])
    read(reader, 4)
    old.begin_transaction()
    old.produce("py-txn", b"with offsets")
    positions = reader.position(reader.assignment())
    old.send_offsets_to_transaction(positions, reader.consumer_group_metadata(), PATIENCE)
    old.commit_transaction(PATIENCE)
    assert [found.offset for found in reader.committed(reader.assignment(), timeout=PATIENCE)] == [4]
    reader.close()

    old.begin_transaction()
    old.produce("py-txn", b"fenced")
    assert old.flush(PATIENCE) == 0
    new = producer()
    try:
        old.commit_transaction(PATIENCE)
        raise AssertionError("the old producer commits")
    except KafkaException as error:
        assert error.args[0].code() in (KafkaError._FENCED, KafkaError.PRODUCER_FENCED), error
    new.begin_transaction()
    new.produce("py-txn", b"last")
    new.commit_transaction(PATIENCE)

    for isolation, expected in [
        ("read_committed", [b"committed", b"with offsets", b"last"]),
        ("read_uncommitted", [b"committed", b"aborted", b"with offsets", b"fenced", b"last"]),
    ]:
        reader = consumer(bootstrap, f"py-txn-{isolation}", **{"isolation.level": isolation})
        reader.assign([TopicPartition("py-txn", 0, 0)])
        assert [message.value() for message in read(reader, len(expected))] == expected
        reader.close()


if __name__ == "__main__":
    main()
