import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What Apache Kafka's own clients do against a cluster of three brokers, whose address is the argument. */
public final class Clients {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static String bootstrap;
    private static List<String> leftOut;

    private interface Step {
        void run() throws Exception;
    }

    public static void main(String[] arguments) {
        bootstrap = arguments[0];
        leftOut = List.of(arguments).subList(1, arguments.length);
        boolean failed = false;
        for (Map.Entry<String, Step> step :
                List.<Map.Entry<String, Step>>of(
                        Map.entry("topics", Clients::topics),
                        Map.entry("transactions", Clients::transactions),
                        Map.entry("fencing", Clients::fencing),
                        Map.entry("offsets_in_transactions", Clients::offsetsInTransactions),
                        Map.entry("classic_group", () -> group("classic")),
                        Map.entry("consumer_group", () -> group("consumer")),
                        Map.entry("group_migration", Clients::groupMigration))) {
            if (leftOut.contains(step.getKey())) {
                continue;
            }
            try {
                step.getValue().run();
                System.out.println("ok " + step.getKey());
            } catch (Exception | AssertionError error) {
                failed = true;
                System.out.println("FAILED " + step.getKey());
                error.printStackTrace(System.out);
            }
        }
        System.exit(failed ? 1 : 0);
    }

    private static void check(boolean holds, Object what) {
        if (!holds) {
            throw new AssertionError(String.valueOf(what));
        }
    }

    private static void create(Admin admin, String name, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 3))).all().get();
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    private static KafkaProducer<String, String> producer(String transactionalId) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "transactional.id", transactionalId),
                new StringSerializer(),
                new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(String group, String isolation, String protocol) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "group.id", group,
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false",
                        "isolation.level", isolation,
                        "group.protocol", protocol),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static List<String> read(String topic, String isolation) {
        try (KafkaConsumer<String, String> consumer = consumer("reader", isolation, "classic")) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<String> values = new ArrayList<>();
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(partition) < end) {
                check(System.nanoTime() < until, "at " + consumer.position(partition) + " of " + end);
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                }
            }
            return values;
        }
    }

    private static void topics() throws Exception {
        try (Admin admin = admin()) {
            create(admin, "java-topics", 4);
            check(admin.describeTopics(List.of("java-topics")).allTopicNames().get().get("java-topics")
                    .partitions().size() == 4, "partitions");
            try {
                create(admin, "java-topics", 4);
                throw new AssertionError("created twice");
            } catch (ExecutionException error) {
                check(error.getCause() instanceof TopicExistsException, error);
            }
            check(admin.describeCluster().nodes().get().size() == 3, "nodes");
            admin.deleteTopics(List.of("java-topics")).all().get();
            check(!admin.listTopics().names().get().contains("java-topics"), "deleted");
        }
    }

    private static void transactions() throws Exception {
        try (Admin admin = admin();
                KafkaProducer<String, String> producer = producer("java-txn")) {
            create(admin, "java-txn", 1);
            producer.initTransactions();
            producer.beginTransaction();
            RecordMetadata first = producer.send(new ProducerRecord<>("java-txn", "a", "committed")).get();
            check(first.offset() == 0, first);
            check(read("java-txn", "read_committed").isEmpty(), "seen before the end");
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("java-txn", "a", "aborted")).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("java-txn", "a", "again"));
            producer.commitTransaction();
            check(read("java-txn", "read_committed").equals(List.of("committed", "again")), "committed");
            check(read("java-txn", "read_uncommitted").equals(List.of("committed", "aborted", "again")), "all");
            if (!leftOut.contains("describe_transactions")) {
                TransactionState state = admin.describeTransactions(List.of("java-txn")).all().get().get("java-txn").state();
                check(state == TransactionState.COMPLETE_COMMIT, state);
            }
        }
    }

    private static void fencing() throws Exception {
        try (Admin admin = admin();
                KafkaProducer<String, String> old = producer("java-fenced");
                KafkaProducer<String, String> next = producer("java-fenced")) {
            create(admin, "java-fenced", 1);
            old.initTransactions();
            old.beginTransaction();
            old.send(new ProducerRecord<>("java-fenced", "a", "fenced")).get();
            // Aborts what the other one began.
            next.initTransactions();
            next.beginTransaction();
            next.send(new ProducerRecord<>("java-fenced", "a", "kept"));
            next.commitTransaction();
            try {
                old.commitTransaction();
                throw new AssertionError("the old producer commits");
            } catch (ProducerFencedException | InvalidProducerEpochException error) {
                // As it must be.
            }
            check(read("java-fenced", "read_committed").equals(List.of("kept")), "kept");
            check(read("java-fenced", "read_uncommitted").equals(List.of("fenced", "kept")), "both");
        }
    }

    private static KafkaConsumer<String, String> member(String protocol) {
        Map<String, Object> settings =
                new HashMap<>(
                        Map.of(
                                "bootstrap.servers", bootstrap,
                                "group.id", "java-migration",
                                "auto.offset.reset", "earliest",
                                "group.protocol", protocol));
        if (protocol.equals("classic")) {
            settings.put("heartbeat.interval.ms", "200");
        }
        KafkaConsumer<String, String> member =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        member.subscribe(List.of("java-migration"));
        return member;
    }

    /** Polls members until each has so many partitions, and nobody the same as another. */
    private static void settle(Map<KafkaConsumer<String, String>, Integer> expected, List<String> values) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Set<TopicPartition> all = new HashSet<>();
            List<Integer> counts = new ArrayList<>();
            boolean holds = true;
            for (Map.Entry<KafkaConsumer<String, String>, Integer> member : expected.entrySet()) {
                for (ConsumerRecord<String, String> record : member.getKey().poll(Duration.ofMillis(20))) {
                    values.add(record.value());
                }
                Set<TopicPartition> owned = member.getKey().assignment();
                all.addAll(owned);
                counts.add(owned.size());
                holds &= owned.size() == member.getValue();
            }
            if (holds && all.size() == 4) {
                return;
            }
            check(System.nanoTime() < until, counts + " of " + expected.values());
        }
    }

    private static void groupMigration() throws Exception {
        try (Admin admin = admin();
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", bootstrap),
                                new StringSerializer(),
                                new StringSerializer())) {
            create(admin, "java-migration", 4);
            for (int number = 0; number < 100; number++) {
                producer.send(new ProducerRecord<>("java-migration", number % 4, "k", "v" + number)).get();
            }
            List<String> values = new ArrayList<>();
            KafkaConsumer<String, String> old = member("classic");
            settle(Map.of(old, 4), values);
            // Up, down, and up again.
            KafkaConsumer<String, String> first = member("consumer");
            settle(Map.of(old, 2, first, 2), values);
            first.close();
            settle(Map.of(old, 4), values);
            KafkaConsumer<String, String> second = member("consumer");
            settle(Map.of(old, 2, second, 2), values);
            old.close();
            settle(Map.of(second, 4), values);
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (new HashSet<>(values).size() < 100) {
                check(System.nanoTime() < until, values.size());
                for (ConsumerRecord<String, String> record : second.poll(Duration.ofMillis(20))) {
                    values.add(record.value());
                }
            }
            check(values.size() == 100, "each once: " + values.size());
            second.close();
        }
    }

    private static void offsetsInTransactions() throws Exception {
        try (Admin admin = admin();
                KafkaProducer<String, String> producer = producer("java-copy");
                KafkaConsumer<String, String> consumer = consumer("java-copy", "read_committed", "classic")) {
            create(admin, "java-in", 1);
            create(admin, "java-out", 1);
            producer.initTransactions();
            producer.beginTransaction();
            for (int number = 0; number < 10; number++) {
                producer.send(new ProducerRecord<>("java-in", "k", "v" + number));
            }
            producer.commitTransaction();
            consumer.subscribe(List.of("java-in"));
            for (String end : List.of("abort", "commit")) {
                int seen = 0;
                long until = System.nanoTime() + PATIENCE.toNanos();
                producer.beginTransaction();
                while (seen < 10) {
                    check(System.nanoTime() < until, seen);
                    for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                        producer.send(new ProducerRecord<>("java-out", record.key(), record.value()));
                        seen++;
                    }
                }
                TopicPartition partition = new TopicPartition("java-in", 0);
                producer.sendOffsetsToTransaction(
                        Map.of(partition, new OffsetAndMetadata(consumer.position(partition), "m")),
                        consumer.groupMetadata());
                if (end.equals("abort")) {
                    producer.abortTransaction();
                    check(consumer.committed(Set.of(partition)).get(partition) == null, "committed by an abort");
                    consumer.seekToBeginning(List.of(partition));
                } else {
                    producer.commitTransaction();
                    OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
                    check(committed.offset() == 11 && committed.metadata().equals("m"), committed);
                }
            }
            check(read("java-out", "read_committed").size() == 10, "copied once");
        }
    }

    private static void group(String protocol) throws Exception {
        String name = "java-" + protocol;
        try (Admin admin = admin();
                KafkaProducer<String, String> producer = producer(name);
                KafkaConsumer<String, String> first = consumer(name, "read_committed", protocol);
                KafkaConsumer<String, String> second = consumer(name, "read_committed", protocol)) {
            create(admin, name, 6);
            producer.initTransactions();
            producer.beginTransaction();
            for (int number = 0; number < 100; number++) {
                producer.send(new ProducerRecord<>(name, "k" + number, "v" + number));
            }
            producer.commitTransaction();
            first.subscribe(List.of(name));
            second.subscribe(List.of(name));
            long until = System.nanoTime() + PATIENCE.toNanos();
            List<String> values = new ArrayList<>();
            while (first.assignment().size() != 3 || second.assignment().size() != 3 || Set.copyOf(values).size() < 100) {
                check(System.nanoTime() < until, first.assignment() + " " + second.assignment() + " " + values.size());
                for (KafkaConsumer<String, String> member : List.of(first, second)) {
                    for (ConsumerRecord<String, String> record : member.poll(Duration.ofMillis(50))) {
                        values.add(record.value());
                    }
                }
            }
            first.commitSync();
            second.commitSync();
            check(admin.describeConsumerGroups(List.of(name)).all().get().get(name).members().size() == 2, "members");
        }
    }
}
