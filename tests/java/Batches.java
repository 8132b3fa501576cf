import java.util.Map;

/** Record batches. */
final class Batches {
    private Batches() {}

    static void register(Map<String, Witness.Operation> operations) {}
}
