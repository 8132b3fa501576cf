import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers questions about Kafka's protocol with Apache Kafka's own classes.
 *
 * <p>A question on stdin is a length (int32) and that many bytes: the name of the operation (as of
 * {@link DataOutputStream#writeUTF}) and its arguments. The answer on stdout is a length, a byte that is 1 for success
 * and 0 for failure, and the result or the stack trace. The end of stdin ends the process.
 */
public final class Witness {
    /** Reads the arguments of an operation and writes its result. */
    interface Operation {
        void run(DataInputStream in, DataOutputStream out) throws Exception;
    }

    private static final Map<String, Operation> OPERATIONS = new HashMap<>();

    public static void main(String[] arguments) throws Exception {
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 16));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 16));
        // Nothing that a library prints may get between the answers.
        System.setOut(System.err);
        Facts.register(OPERATIONS);
        Messages.register(OPERATIONS);
        Batches.register(OPERATIONS);
        Sasl.register(OPERATIONS);
        while (true) {
            byte[] question;
            try {
                question = new byte[in.readInt()];
            } catch (EOFException end) {
                return;
            }
            in.readFully(question);
            byte[] answer = answer(question);
            out.writeInt(answer.length);
            out.write(answer);
            out.flush();
        }
    }

    private static byte[] answer(byte[] question) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(question));
            String name = in.readUTF();
            Operation operation = OPERATIONS.get(name);
            if (operation == null) {
                throw new IllegalArgumentException("no operation " + name);
            }
            out.writeByte(1);
            operation.run(in, out);
            if (in.available() > 0) {
                throw new IllegalArgumentException(in.available() + " bytes of arguments left over");
            }
        } catch (Exception | StackOverflowError problem) {
            bytes.reset();
            StringWriter trace = new StringWriter();
            problem.printStackTrace(new PrintWriter(trace));
            out.writeByte(0);
            out.write(trace.toString().getBytes("UTF-8"));
        }
        return bytes.toByteArray();
    }
}
