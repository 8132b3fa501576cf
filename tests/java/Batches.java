import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.message.KRaftVersionRecord;
import org.apache.kafka.common.message.LeaderChangeMessage;
import org.apache.kafka.common.message.SnapshotFooterRecord;
import org.apache.kafka.common.message.SnapshotHeaderRecord;
import org.apache.kafka.common.message.VotersRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecords.RecordFilter.BatchRetention;
import org.apache.kafka.common.record.internal.MemoryRecords.RecordFilter.BatchRetentionResult;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.apache.kafka.common.utils.internals.ByteBufferOutputStream;

/** Writes and reads record batches and message sets of every magic and codec. */
final class Batches {
    private Batches() {}

    static void register(Map<String, Witness.Operation> operations) {
        operations.put("batches.read", (in, out) -> describe(Wire.bytes(in), out));
        operations.put("batches.generate", Batches::generate);
        operations.put("batches.build", Batches::build);
        operations.put("batches.end_marker", Batches::endMarker);
        operations.put("batches.control", Batches::control);
    }

    /** Says what is in batches, as a broker or a consumer sees it. */
    private static void describe(byte[] bytes, DataOutputStream out) throws IOException {
        MemoryRecords records = MemoryRecords.readableRecords(ByteBuffer.wrap(bytes));
        int count = 0;
        int size = 0;
        for (MutableRecordBatch batch : records.batches()) {
            count++;
            size += batch.sizeInBytes();
        }
        if (size != bytes.length) {
            throw new IOException((bytes.length - size) + " bytes left over after " + count + " batches");
        }
        out.writeInt(count);
        for (MutableRecordBatch batch : records.batches()) {
            batch.ensureValid();
            out.writeByte(batch.magic());
            out.writeByte(batch.compressionType().id);
            out.writeByte(batch.timestampType().id);
            out.writeLong(batch.lastOffset());
            out.writeLong(batch.maxTimestamp());
            out.writeInt(batch.partitionLeaderEpoch());
            out.writeLong(batch.producerId());
            out.writeShort(batch.producerEpoch());
            out.writeInt(batch.baseSequence());
            out.writeBoolean(batch.isTransactional());
            out.writeBoolean(batch.isControlBatch());
            out.writeBoolean(batch.deleteHorizonMs().isPresent());
            int recordCount = 0;
            for (Record record : batch) {
                record.ensureValid();
                recordCount++;
            }
            out.writeInt(recordCount);
            for (Record record : batch) {
                out.writeLong(record.offset());
                out.writeLong(record.timestamp());
                Wire.put(out, record.key());
                Wire.put(out, record.value());
                out.writeInt(record.headers().length);
                for (Header header : record.headers()) {
                    Wire.put(out, header.key());
                    Wire.put(out, header.value());
                }
            }
        }
    }

    /** Makes up sets of batches: their bytes, and what is in them. */
    private static void generate(DataInputStream in, DataOutputStream out) throws Exception {
        byte magic = in.readByte();
        CompressionType type = CompressionType.forId(in.readByte());
        long seed = in.readLong();
        Random random = new Random(seed);
        RandomBytes values = new RandomBytes(seed);
        for (int count = in.readInt(); count > 0; count--) {
            ByteBufferOutputStream bytes = new ByteBufferOutputStream(512);
            long offset = random.nextInt(4) == 0 ? 0 : random.nextInt(1 << 20);
            for (int batches = 1 + random.nextInt(3); batches > 0; batches--) {
                offset = oneBatch(magic, type, offset, random, values, bytes) + 1;
            }
            byte[] whole = Wire.array(bytes.buffer().flip());
            if (magic == RecordBatch.MAGIC_VALUE_V2 && random.nextInt(3) == 0) {
                whole = compacted(whole, random);
            }
            Wire.put(out, whole);
            describe(whole, out);
        }
    }

    /** Appends a batch and returns its last offset. */
    private static long oneBatch(
            byte magic, CompressionType type, long base, Random random, RandomBytes values,
            ByteBufferOutputStream out) {
        boolean v2 = magic == RecordBatch.MAGIC_VALUE_V2;
        boolean idempotent = v2 && random.nextBoolean();
        TimestampType timestampType = magic == RecordBatch.MAGIC_VALUE_V0 ? TimestampType.NO_TIMESTAMP_TYPE
            : random.nextInt(4) == 0 ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME;
        ByteBufferOutputStream one = new ByteBufferOutputStream(512);
        MemoryRecordsBuilder builder = new MemoryRecordsBuilder(
            one, magic, Compression.of(type).build(), timestampType, base, 1_600_000_000_000L + random.nextInt(),
            idempotent ? random.nextLong() & Long.MAX_VALUE : RecordBatch.NO_PRODUCER_ID,
            idempotent ? (short) random.nextInt(Short.MAX_VALUE) : RecordBatch.NO_PRODUCER_EPOCH,
            idempotent ? random.nextInt(Integer.MAX_VALUE) : RecordBatch.NO_SEQUENCE,
            idempotent && random.nextBoolean(), false,
            v2 ? random.nextInt(100) - 1 : RecordBatch.NO_PARTITION_LEADER_EPOCH, Integer.MAX_VALUE);
        // Now and then more than the codecs take in one block.
        int count = random.nextInt(20) == 0 ? 600 : 1 + random.nextInt(8);
        long offset = base;
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                offset += random.nextInt(10) == 0 ? 1 + random.nextInt(1000) : 1;
            }
            long timestamp = magic == RecordBatch.MAGIC_VALUE_V0 ? RecordBatch.NO_TIMESTAMP
                : random.nextInt(12) == 0 ? random.nextLong() & Long.MAX_VALUE : 1_600_000_000_000L + random.nextInt();
            byte[] key = random.nextInt(3) == 0 ? null : values.bytes();
            byte[] value = random.nextInt(5) == 0 ? null : count > 100 ? blob(random) : values.bytes();
            if (v2) {
                builder.appendWithOffset(offset, timestamp, key, value, headers(random, values));
            } else {
                builder.appendWithOffset(offset, timestamp, key, value);
            }
        }
        out.write(builder.build().buffer());
        return offset;
    }

    private static Header[] headers(Random random, RandomBytes values) {
        Header[] headers = new Header[random.nextInt(2) * random.nextInt(4)];
        for (int i = 0; i < headers.length; i++) {
            String name = new String(values.text(), java.nio.charset.StandardCharsets.UTF_8);
            headers[i] = new RecordHeader(name, random.nextInt(4) == 0 ? null : values.bytes());
        }
        return headers;
    }

    /** Bytes of which about half are redundant. */
    private static byte[] blob(Random random) {
        byte[] blob = new byte[random.nextInt(400)];
        random.nextBytes(blob);
        for (int i = 0; i < blob.length; i += 2) {
            blob[i] = 7;
        }
        return blob;
    }

    /** The batches after compaction has removed some of their records, or all. */
    private static byte[] compacted(byte[] bytes, Random random) {
        int kept = random.nextInt(3);
        boolean horizon = random.nextBoolean();
        MemoryRecords.RecordFilter filter = new MemoryRecords.RecordFilter(1_700_000_000_000L, 1000) {
            @Override
            public BatchRetentionResult checkBatchRetention(RecordBatch batch) {
                return new BatchRetentionResult(BatchRetention.RETAIN_EMPTY, horizon);
            }

            @Override
            public boolean shouldRetainRecord(RecordBatch batch, Record record) {
                return random.nextInt(2) < kept;
            }
        };
        ByteBuffer output = ByteBuffer.allocate(bytes.length * 2 + 1024);
        MemoryRecords.readableRecords(ByteBuffer.wrap(bytes))
            .filterTo(filter, output, BufferSupplier.NO_CACHING, Integer.MAX_VALUE);
        return Wire.array(output.flip());
    }

    /** Builds the batch of given records without compression. */
    private static void build(DataInputStream in, DataOutputStream out) throws Exception {
        ByteBufferOutputStream bytes = new ByteBufferOutputStream(512);
        MemoryRecordsBuilder builder = new MemoryRecordsBuilder(
            bytes, RecordBatch.MAGIC_VALUE_V2, Compression.NONE, TimestampType.CREATE_TIME, 0,
            RecordBatch.NO_TIMESTAMP, in.readLong(), in.readShort(), in.readInt(), in.readBoolean(), false,
            RecordBatch.NO_PARTITION_LEADER_EPOCH, Integer.MAX_VALUE);
        for (int count = in.readInt(); count > 0; count--) {
            long timestamp = in.readLong();
            byte[] key = Wire.bytes(in);
            byte[] value = Wire.bytes(in);
            Header[] headers = new Header[in.readInt()];
            for (int i = 0; i < headers.length; i++) {
                headers[i] = new RecordHeader(Wire.text(in), Wire.bytes(in));
            }
            builder.append(timestamp, key, value, headers);
        }
        Wire.put(out, builder.build().buffer());
    }

    private static void endMarker(DataInputStream in, DataOutputStream out) throws Exception {
        ControlRecordType type = in.readBoolean() ? ControlRecordType.COMMIT : ControlRecordType.ABORT;
        long offset = in.readLong();
        long timestamp = in.readLong();
        int leaderEpoch = in.readInt();
        long producerId = in.readLong();
        short producerEpoch = in.readShort();
        EndTransactionMarker marker = new EndTransactionMarker(type, in.readInt());
        Wire.put(out, MemoryRecords
            .withEndTransactionMarker(offset, timestamp, leaderEpoch, producerId, producerEpoch, marker)
            .buffer());
    }

    /** A control batch of each kind but the ends of transactions, with the kind's number. */
    private static void control(DataInputStream in, DataOutputStream out) throws Exception {
        List<MemoryRecords> batches = List.of(
            MemoryRecords.withLeaderChangeMessage(7, 8, 9, ByteBuffer.allocate(512), new LeaderChangeMessage()),
            MemoryRecords.withSnapshotHeaderRecord(7, 8, 9, ByteBuffer.allocate(512), new SnapshotHeaderRecord()),
            MemoryRecords.withSnapshotFooterRecord(7, 8, 9, ByteBuffer.allocate(512), new SnapshotFooterRecord()),
            MemoryRecords.withKRaftVersionRecord(7, 8, 9, ByteBuffer.allocate(512), new KRaftVersionRecord()),
            MemoryRecords.withVotersRecord(7, 8, 9, ByteBuffer.allocate(512), new VotersRecord()));
        out.writeInt(batches.size());
        for (MemoryRecords batch : batches) {
            Record record = batch.batches().iterator().next().iterator().next();
            out.writeShort(ControlRecordType.parse(record.key()).type());
            byte[] bytes = Wire.array(batch.buffer());
            Wire.put(out, bytes);
            describe(bytes, out);
        }
    }
}
