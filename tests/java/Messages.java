import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.types.Schema;

/** Reads, writes and makes up messages with the classes that Kafka generates from its schemas. */
final class Messages {
    /** The packages of generated classes, with a class that says in which jar each is. */
    private static final String[][] PACKAGES = {
        {"org.apache.kafka.common.message", "ApiMessageType"},
        {"org.apache.kafka.coordinator.group.generated", "CoordinatorRecordType"},
        {"org.apache.kafka.coordinator.transaction.generated", "CoordinatorRecordType"},
        {"org.apache.kafka.coordinator.share.generated", "CoordinatorRecordType"},
    };

    private static final Map<Class<?>, List<Field>> NESTED = new HashMap<>();

    private Messages() {}

    static void register(Map<String, Witness.Operation> operations) {
        operations.put("messages.list", Messages::list);
        operations.put("messages.record_types", Messages::recordTypes);
        operations.put("messages.recode", Messages::recode);
        operations.put("messages.generate", Messages::generate);
    }

    /** Every generated message: its class, and the versions it has. */
    private static void list(DataInputStream in, DataOutputStream out) throws Exception {
        TreeSet<String> names = new TreeSet<>();
        for (String[] place : PACKAGES) {
            Class<?> neighbour = Class.forName(place[0] + "." + place[1]);
            URL url = neighbour.getResource(place[1] + ".class");
            try (JarFile jar = ((JarURLConnection) url.openConnection()).getJarFile()) {
                String folder = place[0].replace('.', '/') + "/";
                Collections.list(jar.entries()).stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(folder) && name.endsWith(".class") && !name.contains("$"))
                    .forEach(name -> names.add(name.replace('/', '.').substring(0, name.length() - 6)));
            }
        }
        List<Class<?>> messages = new ArrayList<>();
        for (String name : names) {
            Class<?> candidate = Class.forName(name);
            if (Message.class.isAssignableFrom(candidate)) {
                messages.add(candidate);
            }
        }
        out.writeInt(messages.size());
        for (Class<?> message : messages) {
            Wire.put(out, message.getName());
            out.writeShort(message.getField("LOWEST_SUPPORTED_VERSION").getShort(null));
            out.writeShort(message.getField("HIGHEST_SUPPORTED_VERSION").getShort(null));
        }
    }

    /** The numbers and classes of the records of the internal topics of a coordinator. */
    private static void recordTypes(DataInputStream in, DataOutputStream out) throws Exception {
        Class<?> types = Class.forName(Wire.text(in) + ".CoordinatorRecordType");
        Object[] constants = types.getEnumConstants();
        out.writeInt(constants.length);
        for (Object type : constants) {
            out.writeShort((short) types.getMethod("id").invoke(type));
            Wire.put(out, types.getMethod("newRecordKey").invoke(type).getClass().getName());
            Wire.put(out, types.getMethod("newRecordValue").invoke(type).getClass().getName());
        }
    }

    /** Reads instances and writes them again, without the tagged fields that the class does not know. */
    private static void recode(DataInputStream in, DataOutputStream out) throws Exception {
        Class<?> message = Class.forName(Wire.text(in));
        short version = in.readShort();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            byte[] bytes = Wire.bytes(in);
            try {
                byte[] again = recoded(message, version, bytes);
                out.writeByte(1);
                Wire.put(out, again);
            } catch (Exception problem) {
                out.writeByte(0);
                Wire.put(out, problem.toString());
            }
        }
    }

    /** Makes up instances: bytes as a stranger may write them, and as Kafka writes the same. */
    private static void generate(DataInputStream in, DataOutputStream out) throws Exception {
        Class<?> message = Class.forName(Wire.text(in));
        short version = in.readShort();
        RandomBytes random = new RandomBytes(in.readLong());
        int count = in.readInt();
        Schema schema = ((Schema[]) message.getField("SCHEMAS").get(null))[version];
        for (int i = 0; i < count; i++) {
            byte[] bytes = random.instance(schema);
            Wire.put(out, bytes);
            Wire.put(out, recoded(message, version, bytes));
        }
    }

    private static byte[] recoded(Class<?> type, short version, byte[] bytes) throws Exception {
        Message message = (Message) type.getConstructor().newInstance();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        message.read(new ByteBufferAccessor(buffer), version);
        if (buffer.hasRemaining()) {
            throw new IOException(buffer.remaining() + " bytes left over after " + message);
        }
        forgetUnknown(message);
        byte[] again = Wire.array(MessageUtil.toByteBufferAccessor(message, version).buffer());
        Message second = (Message) type.getConstructor().newInstance();
        second.read(new ByteBufferAccessor(ByteBuffer.wrap(again)), version);
        // Compared as bytes, because a message that holds a NaN does not equal itself.
        if (!Arrays.equals(again, Wire.array(MessageUtil.toByteBufferAccessor(second, version).buffer()))) {
            throw new IOException("does not survive its own bytes: " + message);
        }
        return again;
    }

    private static void forgetUnknown(Message message) throws IllegalAccessException {
        message.unknownTaggedFields().clear();
        for (Field field : nested(message.getClass())) {
            Object value = field.get(message);
            if (value instanceof Message) {
                forgetUnknown((Message) value);
            } else if (value instanceof Collection) {
                for (Object element : (Collection<?>) value) {
                    if (!(element instanceof Message)) {
                        break;
                    }
                    forgetUnknown((Message) element);
                }
            }
        }
    }

    /** The fields that can hold messages. */
    private static List<Field> nested(Class<?> type) {
        return NESTED.computeIfAbsent(type, owner -> {
            List<Field> fields = new ArrayList<>();
            for (Field field : owner.getDeclaredFields()) {
                boolean holds = Message.class.isAssignableFrom(field.getType())
                    || Collection.class.isAssignableFrom(field.getType());
                // Elements of hashed collections have places in them, which are numbers.
                if (holds && !Modifier.isStatic(field.getModifiers()) && !field.getName().startsWith("_")) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
            return fields;
        });
    }
}
