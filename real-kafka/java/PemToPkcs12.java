import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns PEM files into PKCS 12 stores: {@code PemToPkcs12 PASSWORD (PEM P12)...}.
 *
 * A file with a private key (PKCS 8, elliptic curve) becomes a key store, one with a certificate alone a trust store.
 */
public final class PemToPkcs12 {
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final Pattern CERTIFICATE =
        Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

    public static void main(String[] arguments) throws Exception {
        char[] password = arguments[0].toCharArray();
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            KeyStore store = read(Files.readString(Path.of(arguments[i])), password);
            try (OutputStream out = Files.newOutputStream(Path.of(arguments[i + 1]))) {
                store.store(out, password);
            }
        }
    }

    private static KeyStore read(String pem, char[] password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Matcher found = CERTIFICATE.matcher(pem);
        if (!found.find()) {
            throw new IllegalArgumentException("no certificate");
        }
        byte[] text = found.group().getBytes(StandardCharsets.US_ASCII);
        Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(text));
        Matcher key = KEY.matcher(pem);
        if (key.find()) {
            byte[] encoded = Base64.getMimeDecoder().decode(key.group(1));
            PrivateKey secret = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            store.setKeyEntry("key", secret, password, new Certificate[] {certificate});
        } else {
            store.setCertificateEntry("authority", certificate);
        }
        return store;
    }
}
