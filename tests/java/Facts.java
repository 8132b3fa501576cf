import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.utils.Utils;

/** Error codes, hashes, identifiers, and what the members of a group tell each other. */
final class Facts {
    private Facts() {}

    static void register(Map<String, Witness.Operation> operations) {
        operations.put("facts.errors", Facts::errors);
        operations.put("facts.murmur2", Facts::murmur2);
        operations.put("facts.uuid_parse", Facts::uuidParse);
        operations.put("facts.uuid_print", Facts::uuidPrint);
        operations.put("facts.subscription_write", Facts::subscriptionWrite);
        operations.put("facts.subscription_read", Facts::subscriptionRead);
        operations.put("facts.assignment_write", Facts::assignmentWrite);
        operations.put("facts.assignment_read", Facts::assignmentRead);
    }

    /** Every code with its name and the names of the classes of its exception, most special first. */
    private static void errors(DataInputStream in, DataOutputStream out) throws IOException {
        out.writeInt(Errors.values().length);
        for (Errors error : Errors.values()) {
            out.writeShort(error.code());
            Wire.put(out, error.name());
            StringBuilder classes = new StringBuilder();
            Class<?> type = error.exception() == null ? null : error.exception().getClass();
            while (type != null) {
                classes.append(type.getSimpleName()).append(' ');
                type = type.getSuperclass();
            }
            Wire.put(out, classes.toString());
        }
    }

    private static void murmur2(DataInputStream in, DataOutputStream out) throws IOException {
        for (int count = in.readInt(); count > 0; count--) {
            out.writeInt(Utils.murmur2(Wire.bytes(in)));
        }
    }

    private static void uuidParse(DataInputStream in, DataOutputStream out) throws IOException {
        for (int count = in.readInt(); count > 0; count--) {
            String text = Wire.text(in);
            String printed;
            try {
                printed = Uuid.fromString(text).toString();
            } catch (IllegalArgumentException refused) {
                printed = null;
            }
            Wire.put(out, printed);
        }
    }

    private static void uuidPrint(DataInputStream in, DataOutputStream out) throws IOException {
        for (int count = in.readInt(); count > 0; count--) {
            Wire.put(out, new Uuid(in.readLong(), in.readLong()).toString());
        }
    }

    private static void subscriptionWrite(DataInputStream in, DataOutputStream out) throws IOException {
        short version = in.readShort();
        List<String> topics = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            topics.add(Wire.text(in));
        }
        byte[] userData = Wire.bytes(in);
        List<TopicPartition> owned = partitions(in);
        int generation = in.readInt();
        Optional<String> rack = Optional.ofNullable(Wire.text(in));
        Subscription subscription = new Subscription(topics, buffer(userData), owned, generation, rack);
        Wire.put(out, ConsumerProtocol.serializeSubscription(subscription, version));
    }

    private static void subscriptionRead(DataInputStream in, DataOutputStream out) throws IOException {
        Subscription read = ConsumerProtocol.deserializeSubscription(ByteBuffer.wrap(Wire.bytes(in)));
        out.writeInt(read.topics().size());
        for (String topic : read.topics()) {
            Wire.put(out, topic);
        }
        Wire.put(out, read.userData());
        partitions(out, read.ownedPartitions());
        out.writeInt(read.generationId().orElse(-1));
        Wire.put(out, read.rackId().orElse(null));
    }

    private static void assignmentWrite(DataInputStream in, DataOutputStream out) throws IOException {
        short version = in.readShort();
        List<TopicPartition> partitions = partitions(in);
        Assignment assignment = new Assignment(partitions, buffer(Wire.bytes(in)));
        Wire.put(out, ConsumerProtocol.serializeAssignment(assignment, version));
    }

    private static void assignmentRead(DataInputStream in, DataOutputStream out) throws IOException {
        Assignment read = ConsumerProtocol.deserializeAssignment(ByteBuffer.wrap(Wire.bytes(in)));
        partitions(out, read.partitions());
        Wire.put(out, read.userData());
    }

    private static List<TopicPartition> partitions(DataInputStream in) throws IOException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            partitions.add(new TopicPartition(Wire.text(in), in.readInt()));
        }
        return partitions;
    }

    private static void partitions(DataOutputStream out, List<TopicPartition> partitions) throws IOException {
        out.writeInt(partitions.size());
        for (TopicPartition partition : partitions) {
            Wire.put(out, partition.topic());
            out.writeInt(partition.partition());
        }
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
