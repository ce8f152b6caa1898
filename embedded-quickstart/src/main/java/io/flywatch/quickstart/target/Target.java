package io.flywatch.quickstart.target;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.flywatch.quickstart.Refusal;
import io.flywatch.quickstart.trouble.TcpProxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Where the data goes. The services reach it through a proxy where that is possible, so that it can be made slow. */
public final class Target implements AutoCloseable {

    private static final Pattern INNERMOST = Pattern.compile(".*caused by \\{[\\w.]+: ([^{}]*)}");
    private static final String MARK = "flywatch_quickstart";
    private static final int SECONDS_TO_ANSWER = 8;

    private final String uri;
    private final String database;
    private final String description;
    private final @Nullable TcpProxy proxy;
    private final MongoClient client;

    private Target(String uri, String database, String description, @Nullable TcpProxy proxy) {
        this.uri = uri;
        this.database = database;
        this.description = description;
        this.proxy = proxy;
        this.client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(SECONDS_TO_ANSWER, TimeUnit.SECONDS))
                .build());
    }

    /** The stand-in in memory. */
    public static Target standIn(String uri, String database) {
        ConnectionString address = new ConnectionString(uri);
        return new Target(uri, database, "MongoDB stand-in", proxy(address).orElseThrow());
    }

    /**
     * A server of one's own. Its database has to be empty, or to hold what an earlier quickstart left there, which is dropped.
     *
     * @param defaultDatabase the database if the address names none
     */
    public static Target own(String uri, String defaultDatabase) {
        ConnectionString address = understand(uri);
        String database = address.getDatabase() == null ? defaultDatabase : address.getDatabase();
        String description = "MongoDB at " + String.join(",", address.getHosts());
        Target target = new Target(uri, database, description, proxy(address).orElse(null));
        try {
            target.takeDatabase();
        } catch (MongoException e) {
            target.close();
            throw new Refusal(
                    "The target, " + description + ", can't be used: " + reason(e)
                            + ". Look at --target-uri or FLYWATCH_MONGODB_URI.",
                    e);
        } catch (Refusal e) {
            target.close();
            throw e;
        }
        return target;
    }

    private static String reason(MongoException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof MongoTimeoutException) {
            Matcher cause = INNERMOST.matcher(message);
            return "nobody answers within " + SECONDS_TO_ANSWER + " s"
                    + (cause.find() ? " (" + cause.group(1) + ")" : "");
        }
        return message;
    }

    private static ConnectionString understand(String uri) {
        try {
            return new ConnectionString(uri);
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    "The target's address is not understood. It looks like mongodb://user:password@host:27017/database.",
                    e);
        }
    }

    // Several hosts, or one with TLS, can't be reached under another name.
    private static Optional<TcpProxy> proxy(ConnectionString address) {
        if (address.isSrvProtocol()
                || address.getHosts().size() != 1
                || Boolean.TRUE.equals(address.getSslEnabled())
                || address.getHosts().getFirst().endsWith(".sock")) {
            return Optional.empty();
        }
        String host = address.getHosts().getFirst();
        int colon = host.lastIndexOf(':');
        boolean port = colon > host.lastIndexOf(']');
        return Optional.of(TcpProxy.start(
                port ? host.substring(0, colon) : host, port ? Integer.parseInt(host.substring(colon + 1)) : 27017));
    }

    private void takeDatabase() {
        MongoDatabase mine = client.getDatabase(database);
        List<String> collections = mine.listCollectionNames().into(new ArrayList<>());
        if (collections.contains(MARK)) {
            mine.drop();
        } else if (!collections.isEmpty()) {
            throw new Refusal(
                    ("The database '%s' of the target holds something already (%s). Name another one in the address, "
                                    + "mongodb://…/<database>, or drop it.")
                            .formatted(
                                    database,
                                    String.join(", ", collections.subList(0, Math.min(4, collections.size())))));
        }
        mine.getCollection(MARK).insertOne(new Document("madeBy", "./quickstart").append("at", Instant.now()));
    }

    /** The address for the services. */
    public String serviceUri() {
        if (proxy == null) {
            return uri;
        }
        ConnectionString address = new ConnectionString(uri);
        String through = uri.replaceFirst(Pattern.quote(address.getHosts().getFirst()), "127.0.0.1:" + proxy.port());
        if (uri.contains("directConnection=")) {
            return through;
        }
        boolean path = through.substring("mongodb://".length()).contains("/");
        return through + (through.contains("?") ? "&" : path ? "?" : "/?") + "directConnection=true";
    }

    /** The database that the rows go to. */
    public MongoDatabase database() {
        return client.getDatabase(database);
    }

    /** The name of that database. */
    public String databaseName() {
        return database;
    }

    /** What it is, for a person. */
    public String description() {
        return description;
    }

    /** What can make it slow, if something can. */
    public Optional<TcpProxy> proxy() {
        return Optional.ofNullable(proxy);
    }

    @Override
    public void close() {
        client.close();
        if (proxy != null) {
            proxy.close();
        }
    }
}
