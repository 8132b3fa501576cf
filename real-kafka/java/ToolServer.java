import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.common.utils.Exit;

/**
 * Runs the main methods of Kafka's tools, one after the other, in a virtual machine that is already warm.
 *
 * <p>A request is a count of arguments, the class, the arguments, and the bytes of standard input; a response is the exit
 * code, standard output and standard error. Every text and byte string has its length before it (four bytes, big-endian).
 * The machine ends when its standard input does.
 */
public final class ToolServer {
    /** What a call to exit throws: an Error, because tools catch Exception. */
    private static final class Ended extends Error {
        private static final long serialVersionUID = 1L;

        Ended() {
            super("the tool has ended", null, false, false);
        }
    }

    /** A stream that tools may hold on to for ever and that leads to the call being served. */
    private static final class Switch extends OutputStream {
        private ByteArrayOutputStream target = new ByteArrayOutputStream();

        synchronized void reset() {
            target = new ByteArrayOutputStream();
        }

        synchronized int length() {
            return target.size();
        }

        synchronized byte[] bytes() {
            return target.toByteArray();
        }

        @Override
        public synchronized void write(int b) {
            target.write(b);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            target.write(bytes, offset, length);
        }
    }

    /** The standard input of the call being served. */
    private static final class Input extends InputStream {
        private volatile InputStream source = new ByteArrayInputStream(new byte[0]);

        @Override
        public int read() throws IOException {
            return source.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return source.read(bytes, offset, length);
        }

        @Override
        public int available() throws IOException {
            return source.available();
        }
    }

    private record Request(String main, String[] arguments, byte[] input) {}

    /** How a tool ended: by its first call to exit, whatever it does while it is unwound. */
    private static final class Outcome {
        int code;
        int outLength = -1;
        int errLength = -1;

        boolean isSet() {
            return outLength >= 0;
        }
    }

    private static final Switch OUT = new Switch();
    private static final Switch ERR = new Switch();
    private static final Input IN = new Input();
    private static final List<Runnable> HOOKS = new ArrayList<>();
    private static final long HOOK_PATIENCE_MS = 30_000;
    private static Outcome outcome = new Outcome();

    public static void main(String[] arguments) throws Exception {
        DataInputStream requests = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream responses = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        System.setOut(new PrintStream(OUT, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(ERR, true, StandardCharsets.UTF_8));
        System.setIn(IN);
        Exit.setExitProcedure((code, message) -> end(code));
        Exit.setHaltProcedure((code, message) -> end(code));
        Exit.setShutdownHookAdder((name, hook) -> {
            synchronized (HOOKS) {
                HOOKS.add(hook);
            }
        });

        // Reading never stops, so that the end of our parent is seen while a tool runs.
        LinkedBlockingQueue<Request> queue = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(requests, queue), "requests");
        reader.setDaemon(true);
        reader.start();
        while (true) {
            serve(queue.take(), responses);
        }
    }

    private static void read(DataInputStream requests, LinkedBlockingQueue<Request> queue) {
        try {
            while (true) {
                String[] arguments = new String[requests.readInt()];
                String main = new String(bytes(requests), StandardCharsets.UTF_8);
                for (int i = 0; i < arguments.length; i++) {
                    arguments[i] = new String(bytes(requests), StandardCharsets.UTF_8);
                }
                queue.add(new Request(main, arguments, bytes(requests)));
            }
        } catch (EOFException end) {
            Runtime.getRuntime().halt(0);
        } catch (IOException failure) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    private static void serve(Request request, DataOutputStream responses) throws Exception {
        OUT.reset();
        ERR.reset();
        IN.source = new ByteArrayInputStream(request.input());
        synchronized (ToolServer.class) {
            outcome = new Outcome();
        }
        Thread tool = new Thread(() -> run(request), "main");
        tool.start();
        tool.join();
        runHooks();
        System.out.flush();
        System.err.flush();
        synchronized (ToolServer.class) {
            responses.writeInt(outcome.code);
            write(responses, OUT.bytes(), outcome.outLength);
            write(responses, ERR.bytes(), outcome.errLength);
        }
        responses.flush();
    }

    private static void write(DataOutputStream out, byte[] bytes, int limit) throws IOException {
        int length = limit < 0 ? bytes.length : Math.min(limit, bytes.length);
        out.writeInt(length);
        out.write(bytes, 0, length);
    }

    private static void run(Request request) {
        try {
            Class.forName(request.main()).getMethod("main", String[].class).invoke(null, (Object) request.arguments());
        } catch (InvocationTargetException thrown) {
            fail(thrown.getCause());
        } catch (Throwable thrown) {
            fail(thrown);
        }
    }

    /** What the launcher of Java does with what main throws. */
    private static void fail(Throwable thrown) {
        synchronized (ToolServer.class) {
            if (thrown instanceof Ended || outcome.isSet()) {
                return;
            }
            System.err.print("Exception in thread \"main\" ");
            thrown.printStackTrace();
            outcome.code = 1;
        }
    }

    /** A console producer sends what it has left in its hook; what hooks print counts until the tool's own exit. */
    private static void runHooks() throws InterruptedException {
        List<Runnable> hooks;
        synchronized (HOOKS) {
            hooks = new ArrayList<>(HOOKS);
            HOOKS.clear();
        }
        for (Runnable hook : hooks) {
            Thread runner = new Thread(hook, "hook");
            runner.setDaemon(true);
            runner.start();
            runner.join(HOOK_PATIENCE_MS);
        }
    }

    private static void end(int code) {
        System.out.flush();
        System.err.flush();
        synchronized (ToolServer.class) {
            if (!outcome.isSet()) {
                outcome.code = code;
                outcome.outLength = OUT.length();
                outcome.errLength = ERR.length();
            }
        }
        throw new Ended();
    }
}
