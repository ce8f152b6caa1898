package io.flywatch.alerts;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/** A mail server that offers STARTTLS with a certificate of its own, until it forgets how. */
final class TlsMailServer implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    private final Path store;
    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private SMTPServer server;

    /** What it took. */
    record Mail(boolean encrypted, String text) {}

    private TlsMailServer(Path store) throws Exception {
        this.store = store;
        this.server = listen(0, true);
    }

    static TlsMailServer start(Path folder) throws Exception {
        Path store = folder.resolve("mail.p12");
        if (!Files.exists(store)) {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keyalg",
                            "EC",
                            "-alias",
                            "mail",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "SAN=dns:localhost,ip:127.0.0.1",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IllegalStateException("keytool made no certificate");
            }
        }
        return new TlsMailServer(store);
    }

    private SMTPServer listen(int port, boolean tls) throws Exception {
        SMTPServer.Builder builder = SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .messageHandler((context, from, to, data) -> mails.add(
                        new Mail(((Session) context).isTLSStarted(), new String(data, StandardCharsets.UTF_8))));
        SMTPServer next = tls
                ? builder.startTlsSocketFactory(context())
                        .enableTLS()
                        .requireTLS()
                        .build()
                : builder.build();
        next.start();
        return next;
    }

    private SSLContext context() throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** How the service is told to speak to it, and to trust it. */
    Map<String, String> settings() {
        return Map.of(
                "QUARKUS_MAILER_HOST", "localhost",
                "QUARKUS_MAILER_PORT", String.valueOf(server.getPortAllocated()),
                "QUARKUS_MAILER_START_TLS", "REQUIRED");
    }

    /** How its certificate is trusted: with a TLS configuration of its own the mailer would speak TLS from the first byte. */
    List<String> trust() {
        return List.of("-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    /** The same address without TLS from now on. */
    void forgetTls() throws Exception {
        int port = server.getPortAllocated();
        server.stop();
        server = listen(port, false);
    }

    List<Mail> mails() {
        return List.copyOf(mails);
    }

    @Override
    public void close() {
        server.stop();
    }
}
