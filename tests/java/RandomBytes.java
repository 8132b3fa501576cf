import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.Field;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;

/**
 * Makes up the bytes of messages from their schemas, with a liking for extremes.
 *
 * <p>Tagged fields are there as often as not, with their default values too, and among them some that nobody knows.
 */
final class RandomBytes {
    private static final int[] LETTERS = {'a', 'Z', '0', '-', '.', 0, 0xe9, 0x416, 0x6f22, 0x1f980};

    private final Random random;
    /** How many arrays deep the next value lies. */
    private int depth;

    RandomBytes(long seed) {
        random = new Random(seed);
    }

    byte[] instance(Schema schema) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        struct(schema, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private void struct(Schema schema, DataOutputStream out) throws IOException {
        for (BoundField field : schema.fields()) {
            value(field.def.type, out);
        }
    }

    private void value(Type type, DataOutputStream out) throws IOException {
        value(type, false, out);
    }

    private void value(Type type, boolean inTags, DataOutputStream out) throws IOException {
        if (type instanceof TaggedFields) {
            tagged(((TaggedFields) type).fields(), out);
        } else if (type instanceof Schema) {
            if (type.isNullable()) {
                boolean isNull = random.nextInt(4) == 0;
                // In a tagged field Kafka's classes write a varint, whatever the schema says.
                out.writeByte(isNull ? (inTags ? 0 : -1) : 1);
                if (isNull) {
                    return;
                }
            }
            struct((Schema) type, out);
        } else if (type.isArray()) {
            array(type, out);
        } else if (type == Type.BOOLEAN) {
            out.writeByte(random.nextInt(3));
        } else if (type == Type.INT8) {
            out.writeByte((int) (bits() >> 56));
        } else if (type == Type.INT16 || type == Type.UINT16) {
            out.writeShort((int) (bits() >> 48));
        } else if (type == Type.INT32 || type == Type.UNSIGNED_INT32) {
            out.writeInt((int) (bits() >> 32));
        } else if (type == Type.INT64) {
            out.writeLong(bits());
        } else if (type == Type.FLOAT64) {
            double number = Double.longBitsToDouble(bits());
            out.writeDouble(Double.isNaN(number) ? Double.NEGATIVE_INFINITY : number);
        } else if (type == Type.UUID) {
            boolean none = random.nextInt(8) == 0;
            out.writeLong(none ? 0 : random.nextLong());
            out.writeLong(none ? 0 : random.nextLong());
        } else {
            lengthy(type, out);
        }
    }

    /** A text, bytes or records. */
    private void lengthy(Type type, DataOutputStream out) throws IOException {
        String name = type.toString();
        boolean compact = name.startsWith("COMPACT");
        boolean isText = name.endsWith("STRING");
        if (!isText && !name.endsWith("BYTES") && !name.endsWith("RECORDS")) {
            throw new IllegalArgumentException("no values for the type " + name);
        }
        byte[] value = isText ? text() : bytes();
        if (type.isNullable() && random.nextInt(4) == 0) {
            value = null;
        }
        int length = value == null ? -1 : value.length;
        if (compact) {
            varint(length + 1, out);
        } else if (isText) {
            out.writeShort(length);
        } else {
            out.writeInt(length);
        }
        if (value != null) {
            out.write(value);
        }
    }

    private void array(Type type, DataOutputStream out) throws IOException {
        Type element = type.arrayElementType().get();
        int count = random.nextInt(depth < 2 ? 4 : 3);
        boolean many = depth == 0 && random.nextInt(40) == 0;
        if (many) {
            count = 127 + random.nextInt(6);
        }
        if (type.isNullable() && random.nextInt(4) == 0) {
            count = -1;
        }
        if (type.getClass().getSimpleName().startsWith("Compact")) {
            varint(count + 1, out);
        } else {
            out.writeInt(count);
        }
        int deeper = many ? 2 : 1;
        depth += deeper;
        for (int i = 0; i < count; i++) {
            value(element, out);
        }
        depth -= deeper;
    }

    private void tagged(Map<Integer, Field> known, DataOutputStream out) throws IOException {
        TreeSet<Integer> tags = new TreeSet<>();
        for (int tag : known.keySet()) {
            if (random.nextBoolean()) {
                tags.add(tag);
            }
        }
        for (int i = random.nextInt(8) - 5; i > 0; i--) {
            int tag = random.nextInt(4) == 0 ? random.nextInt(Integer.MAX_VALUE) : random.nextInt(300);
            // Whether a tag is known depends on the version; one that is known to no version lies higher.
            if (tag > 20) {
                tags.add(tag);
            }
        }
        varint(tags.size(), out);
        for (int tag : tags) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (known.containsKey(tag)) {
                value(known.get(tag).type, true, new DataOutputStream(bytes));
            } else {
                bytes.write(bytes());
            }
            varint(tag, out);
            varint(bytes.size(), out);
            bytes.writeTo(out);
        }
    }

    /** 64 bits that are an extreme (in 8, 16, 32 and 64 bits alike), small, or anything. */
    long bits() {
        switch (random.nextInt(6)) {
            case 0:
                return 0;
            case 1:
                return -1;
            case 2:
                return Long.MAX_VALUE;
            case 3:
                return Long.MIN_VALUE;
            case 4:
                return random.nextInt(256);
            default:
                return random.nextLong();
        }
    }

    byte[] text() {
        int length = length(130);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        byte[] bytes = new byte[length(520)];
        random.nextBytes(bytes);
        return bytes;
    }

    private int length(int many) {
        switch (random.nextInt(16)) {
            case 0:
            case 1:
            case 2:
                return 0;
            case 3:
                return many + random.nextInt(40);
            default:
                return 1 + random.nextInt(12);
        }
    }

    private static void varint(int value, DataOutputStream out) throws IOException {
        while ((value & ~0x7f) != 0) {
            out.writeByte(value & 0x7f | 0x80);
            value >>>= 7;
        }
        out.writeByte(value);
    }
}
