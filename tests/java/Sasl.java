import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.SaslException;
import org.apache.kafka.common.security.auth.SaslExtensions;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerClientInitialResponse;
import org.apache.kafka.common.security.plain.PlainAuthenticateCallback;
import org.apache.kafka.common.security.plain.internals.PlainSaslServer;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.ScramExtensionsCallback;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.apache.kafka.common.security.scram.internals.ScramSaslClient;
import org.apache.kafka.common.security.scram.internals.ScramSaslServer;
import org.apache.kafka.common.security.token.delegation.internals.DelegationTokenCredentialCallback;

/** Both sides of the SASL exchanges, as Kafka's brokers and clients run them. */
final class Sasl {
    private static ScramSaslServer server;
    private static ScramSaslClient client;

    private Sasl() {}

    static void register(Map<String, Witness.Operation> operations) {
        operations.put("sasl.scram_derive", Sasl::scramDerive);
        operations.put("sasl.scram_server_first", Sasl::scramServerFirst);
        operations.put("sasl.scram_server_last", Sasl::scramServerLast);
        operations.put("sasl.scram_client_first", Sasl::scramClientFirst);
        operations.put("sasl.scram_client_next", Sasl::scramClientNext);
        operations.put("sasl.plain_server", Sasl::plainServer);
        operations.put("sasl.bearer_read", Sasl::bearerRead);
        operations.put("sasl.bearer_write", Sasl::bearerWrite);
    }

    private static void scramDerive(DataInputStream in, DataOutputStream out) throws Exception {
        ScramFormatter formatter = new ScramFormatter(ScramMechanism.forMechanismName(Wire.text(in)));
        String password = Wire.text(in);
        byte[] salt = Wire.bytes(in);
        byte[] salted = formatter.saltedPassword(password, salt, in.readInt());
        Wire.put(out, salted);
        Wire.put(out, formatter.storedKey(formatter.clientKey(salted)));
        Wire.put(out, formatter.serverKey(salted));
    }

    /** Answers a client's first message for the only user there is. */
    private static void scramServerFirst(DataInputStream in, DataOutputStream out) throws Exception {
        ScramMechanism mechanism = ScramMechanism.forMechanismName(Wire.text(in));
        String user = Wire.text(in);
        String password = Wire.text(in);
        ScramCredential credential = new ScramFormatter(mechanism).generateCredential(password, in.readInt());
        CallbackHandler handler = callbacks -> {
            boolean isUser = false;
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback) {
                    isUser = ((NameCallback) callback).getDefaultName().equals(user);
                } else if (callback instanceof ScramCredentialCallback && isUser) {
                    ((ScramCredentialCallback) callback).scramCredential(credential);
                    if (callback instanceof DelegationTokenCredentialCallback) {
                        ((DelegationTokenCredentialCallback) callback).tokenOwner("owner of " + user);
                        ((DelegationTokenCredentialCallback) callback).tokenExpiryTimestamp(Long.MAX_VALUE);
                    }
                }
            }
        };
        server = new ScramSaslServer(mechanism, new HashMap<>(), handler);
        Wire.put(out, server.evaluateResponse(Wire.bytes(in)));
    }

    /** Answers a client's last message; the user is null when the server does not accept it. */
    private static void scramServerLast(DataInputStream in, DataOutputStream out) throws Exception {
        byte[] message = Wire.bytes(in);
        try {
            byte[] answer = server.evaluateResponse(message);
            Wire.put(out, answer);
            Wire.put(out, server.getAuthorizationID());
        } catch (SaslException rejected) {
            Wire.put(out, rejected.getMessage());
            Wire.put(out, (byte[]) null);
        }
    }

    private static void scramClientFirst(DataInputStream in, DataOutputStream out) throws Exception {
        ScramMechanism mechanism = ScramMechanism.forMechanismName(Wire.text(in));
        String user = Wire.text(in);
        String password = Wire.text(in);
        boolean token = in.readBoolean();
        CallbackHandler handler = callbacks -> {
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback) {
                    ((NameCallback) callback).setName(user);
                } else if (callback instanceof PasswordCallback) {
                    ((PasswordCallback) callback).setPassword(password.toCharArray());
                } else if (callback instanceof ScramExtensionsCallback) {
                    Map<String, String> extensions = token ? Map.of("tokenauth", "true") : Map.of();
                    ((ScramExtensionsCallback) callback).extensions(extensions);
                }
            }
        };
        client = new ScramSaslClient(mechanism, handler);
        Wire.put(out, client.evaluateChallenge(new byte[0]));
    }

    /** Answers a server's message: what to send, or null at the end. */
    private static void scramClientNext(DataInputStream in, DataOutputStream out) throws Exception {
        byte[] answer = client.evaluateChallenge(Wire.bytes(in));
        Wire.put(out, client.isComplete() ? null : answer);
    }

    private static void plainServer(DataInputStream in, DataOutputStream out) throws Exception {
        String[] heard = new String[2];
        CallbackHandler handler = callbacks -> {
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback) {
                    heard[0] = ((NameCallback) callback).getDefaultName();
                } else if (callback instanceof PlainAuthenticateCallback) {
                    heard[1] = new String(((PlainAuthenticateCallback) callback).password());
                    ((PlainAuthenticateCallback) callback).authenticated(true);
                }
            }
        };
        PlainSaslServer plain = new PlainSaslServer(handler);
        Wire.put(out, plain.evaluateResponse(Wire.bytes(in)));
        Wire.put(out, heard[0]);
        Wire.put(out, heard[1]);
    }

    private static void bearerRead(DataInputStream in, DataOutputStream out) throws Exception {
        OAuthBearerClientInitialResponse heard = new OAuthBearerClientInitialResponse(Wire.bytes(in));
        Wire.put(out, heard.tokenValue());
        Map<String, String> extensions = new TreeMap<>(heard.extensions().map());
        out.writeInt(extensions.size());
        for (Map.Entry<String, String> extension : extensions.entrySet()) {
            Wire.put(out, extension.getKey());
            Wire.put(out, extension.getValue());
        }
    }

    private static void bearerWrite(DataInputStream in, DataOutputStream out) throws Exception {
        String token = Wire.text(in);
        Map<String, String> extensions = new TreeMap<>();
        for (int count = in.readInt(); count > 0; count--) {
            extensions.put(Wire.text(in), Wire.text(in));
        }
        OAuthBearerClientInitialResponse said =
            new OAuthBearerClientInitialResponse(token, new SaslExtensions(extensions));
        Wire.put(out, new String(said.toBytes(), StandardCharsets.UTF_8));
    }
}
