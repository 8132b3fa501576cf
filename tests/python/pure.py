"""What the Python client without C code does against a cluster of three brokers."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient, NewPartitions, NewTopic
from kafka.errors import TopicAlreadyExistsError, UnknownTopicOrPartitionError
from kafka.structs import OffsetAndMetadata

from steps import main, step

PATIENCE = 20


def admin(bootstrap):
    return KafkaAdminClient(bootstrap_servers=bootstrap)


def create(bootstrap, name, partitions=3, configs=None):
    client = admin(bootstrap)
    client.create_topics([NewTopic(name, partitions, 3, topic_configs=configs or {})])
    client.close()


def produce(bootstrap, topic, values, **config):
    producer = KafkaProducer(bootstrap_servers=bootstrap, **config)
    sent = [producer.send(topic, value) for value in values]
    producer.flush(PATIENCE)
    found = [future.get(PATIENCE) for future in sent]
    producer.close()
    return found


def consumer(bootstrap, **config):
    return KafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest", enable_auto_commit=False, **config)


def read(reader, count):
    records = []
    until = time.monotonic() + PATIENCE
    while len(records) < count and time.monotonic() < until:
        for batch in reader.poll(timeout_ms=200).values():
            records += batch
    assert len(records) == count, f"{len(records)} records, not {count}"
    return records


@step
def topics(bootstrap):
    client = admin(bootstrap)
    create(bootstrap, "kp-topics", 2)
    assert "kp-topics" in client.list_topics()
    (found,) = client.describe_topics(["kp-topics"])
    assert len(found["partitions"]) == 2, found
    try:
        create(bootstrap, "kp-topics")
        raise AssertionError("created twice")
    except TopicAlreadyExistsError:
        pass
    client.create_partitions({"kp-topics": NewPartitions(4)})
    (found,) = client.describe_topics(["kp-topics"])
    assert len(found["partitions"]) == 4, found
    client.delete_topics(["kp-topics"])
    assert "kp-topics" not in client.list_topics()
    try:
        client.delete_topics(["kp-topics"])
        raise AssertionError("deleted twice")
    except UnknownTopicOrPartitionError:
        pass
    client.close()


@step
def cluster(bootstrap):
    client = admin(bootstrap)
    found = client.describe_cluster()
    assert sorted(node["node_id" if "node_id" in node else "broker_id"] for node in found["brokers"]) == [1, 2, 3], found
    client.close()


@step
def configs(bootstrap):
    create(bootstrap, "kp-configs", 1, {"retention.ms": "3600000"})
    client = admin(bootstrap)
    resource = ConfigResource(ConfigResourceType.TOPIC, "kp-configs")
    assert "3600000" in str(client.describe_configs([resource]))
    client.alter_configs([ConfigResource(ConfigResourceType.TOPIC, "kp-configs", configs={"retention.ms": "7200000"})])
    found = str(client.describe_configs([resource]))
    assert "7200000" in found and "3600000" not in found
    client.close()


@step
def records(bootstrap):
    create(bootstrap, "kp-records", 1)
    producer = KafkaProducer(bootstrap_servers=bootstrap)
    headers = [("a", b"1"), ("a", b""), ("b", b"\x00\xff")]
    sent = producer.send("kp-records", b"value", b"key", headers=headers, timestamp_ms=1_700_000_000_123).get(PATIENCE)
    assert (sent.partition, sent.offset) == (0, 0)
    producer.send("kp-records", None, b"tombstone").get(PATIENCE)
    producer.close()
    reader = consumer(bootstrap)
    partition = TopicPartition("kp-records", 0)
    reader.assign([partition])
    first, second = read(reader, 2)
    assert (first.key, first.value, list(first.headers)) == (b"key", b"value", headers), first
    assert first.timestamp == 1_700_000_000_123
    assert (second.key, second.value) == (b"tombstone", None)
    assert reader.beginning_offsets([partition])[partition] == 0
    assert reader.end_offsets([partition])[partition] == 2
    assert reader.offsets_for_times({partition: 1_700_000_000_124})[partition].offset == 1
    reader.close()


@step
def codecs(bootstrap):
    create(bootstrap, "kp-codecs", 1)
    written = []
    for codec in [None, "gzip", "snappy", "lz4", "zstd"]:
        values = [f"{codec} {number} ".encode() * 20 for number in range(100)]
        produce(bootstrap, "kp-codecs", values, compression_type=codec)
        written += values
    reader = consumer(bootstrap)
    reader.assign([TopicPartition("kp-codecs", 0)])
    assert [record.value for record in read(reader, len(written))] == written
    reader.close()


@step
def acknowledgements(bootstrap):
    create(bootstrap, "kp-acks", 1)
    for acks in [1, "all"]:
        produce(bootstrap, "kp-acks", [b"x"] * 10, acks=acks, enable_idempotence=False)
    produce(bootstrap, "kp-acks", [b"x"] * 10, enable_idempotence=True)
    reader = consumer(bootstrap)
    reader.assign([TopicPartition("kp-acks", 0)])
    assert [record.offset for record in read(reader, 30)] == list(range(30))
    reader.close()


@step
def groups(bootstrap):
    run_group(bootstrap, "kp-groups", 1)


@step
def group_of_two(bootstrap):
    run_group(bootstrap, "kp-two", 2)


def run_group(bootstrap, name, count):
    create(bootstrap, name, 4)
    values = {str(number).encode() for number in range(100)}
    produce(bootstrap, name, values)
    members = [consumer(bootstrap, group_id=name, heartbeat_interval_ms=300) for _ in range(count)]
    seen = set()
    reached = [0] * count
    done = threading.Event()

    def run(index):
        member = members[index]
        member.subscribe([name])
        # kafka-python 3.0.12 has to know the partitions before it joins. Otherwise it joins once more when it learns of them,
        # and where poll() runs out of time while that join is under way it takes the group for settled and drops the
        # assignment: no partitions, no heartbeats. The same happens with Apache Kafka.
        assert len(member.partitions_for_topic(name)) == 4
        while not done.is_set():
            seen.update(record.value for batch in member.poll(timeout_ms=100).values() for record in batch)
            mine = member.assignment()
            reached[index] = sum(map(member.position, mine)) if len(mine) == 4 // count else 0
        member.commit()

    with ThreadPoolExecutor(count) as pool:
        runs = [pool.submit(run, index) for index in range(count)]
        until = time.monotonic() + PATIENCE
        while sum(reached) != 100 and time.monotonic() < until and not any(run.done() for run in runs):
            time.sleep(0.02)
        done.set()
    for run in runs:
        run.result()
    assert sum(reached) == 100, ([member.assignment() for member in members], reached)
    assert seen == values
    client = admin(bootstrap)
    assert name in str(client.list_groups())
    assert name in str(client.describe_groups([name]))
    for member in members:
        member.close()
    found = client.list_group_offsets({name: None})
    assert sum_of_offsets(found) == 100, found
    client.delete_groups([name])
    assert name not in str(client.list_groups())
    client.close()


def sum_of_offsets(found):
    """Adds the offsets in whatever the answer is made of."""
    if isinstance(found, OffsetAndMetadata):
        return found.offset
    if isinstance(found, dict):
        return sum(sum_of_offsets(inner) for inner in found.values())
    return 0


@step
def transactions(bootstrap):
    create(bootstrap, "kp-txn", 1)
    producer = KafkaProducer(bootstrap_servers=bootstrap, transactional_id="kp-txn")
    producer.init_transactions()
    for value, end in [(b"committed", producer.commit_transaction), (b"aborted", producer.abort_transaction)]:
        producer.begin_transaction()
        producer.send("kp-txn", value).get(PATIENCE)
        end()
    producer.close()
    for isolation, expected in [("read_committed", [b"committed"]), ("read_uncommitted", [b"committed", b"aborted"])]:
        reader = consumer(bootstrap, isolation_level=isolation)
        reader.assign([TopicPartition("kp-txn", 0)])
        assert [record.value for record in read(reader, len(expected))] == expected
        reader.close()


if __name__ == "__main__":
    main()
