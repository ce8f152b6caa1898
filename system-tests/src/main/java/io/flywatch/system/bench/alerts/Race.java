package io.flywatch.system.bench.alerts;

import io.flywatch.system.stand.alerts.Inbox;
import io.flywatch.system.stand.alerts.Inbox.Letter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The same alerts to one who takes them by Alertmanager's v2 API. */
record Race(Inbox inbox, String url, Process process, List<Stages.Seen> seen) {

    private static final int RATE = 200;
    private static final int WARM_UP = 12_000;
    private static final int WARM_UP_AT_ONCE = 16;
    private static final int MANY = 1000;
    private static final int POSTS = 10;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    List<String> run(String name, long seconds) throws Exception {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            warmUp(http, name + "-warm");
            Duration before = processorTime();
            double[] took = rate(http, name + "-rate", Math.toIntExact(seconds * RATE));
            double processor = processorTime().minus(before).toNanos() / 1e6 / took.length;
            burst(http, name + "-small", 1);
            double one = burst(http, name + "-one", 1).seconds();
            Burst all = burst(http, name + "-all", POSTS);
            return List.of(
                    name,
                    String.format(Locale.ROOT, "%.2f ms", took[took.length / 2]),
                    String.format(Locale.ROOT, "%.2f ms", took[(int) (took.length * 0.99)]),
                    String.format(Locale.ROOT, "%.2f ms", processor),
                    String.format(Locale.ROOT, "%.2f s", one),
                    String.format(Locale.ROOT, "%,d", all.delivered()),
                    String.format(Locale.ROOT, "%.2f s", all.seconds()),
                    memory());
        }
    }

    /** What a process needs that has run for a while: so many posts as fast as they are taken, and a pause. */
    private void warmUp(HttpClient http, String prefix) throws InterruptedException {
        inbox.clear();
        AtomicInteger next = new AtomicInteger();
        List<Thread> under = IntStream.range(0, WARM_UP_AT_ONCE)
                .mapToObj(it -> Thread.ofVirtual().start(() -> {
                    for (int i = next.getAndIncrement(); i < WARM_UP; i = next.getAndIncrement()) {
                        post(http, body(List.of(prefix + "-" + i)));
                    }
                }))
                .toList();
        for (Thread thread : under) {
            thread.join();
        }
        await(WARM_UP);
        rate(http, prefix + "-slow", RATE);
    }

    private Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Posts one after the other, evenly, each on time even if the one before has no answer yet; how long each took, in order. */
    private double[] rate(HttpClient http, String prefix, int alerts) throws InterruptedException {
        inbox.clear();
        Map<String, Long> posted = new ConcurrentHashMap<>();
        Map<String, Long> answered = new ConcurrentHashMap<>();
        Instant startedAt = Instant.now();
        long start = System.nanoTime();
        List<Thread> under = new ArrayList<>();
        for (int i = 0; i < alerts; i++) {
            long due = start + i * 1_000_000_000L / RATE;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            String name = prefix + "-" + i;
            under.add(Thread.ofVirtual().start(() -> {
                posted.put(name, System.nanoTime());
                post(http, body(List.of(name)));
                answered.put(name, System.nanoTime());
            }));
        }
        for (Thread thread : under) {
            thread.join();
        }
        await(alerts);
        Map<String, Long> came = new HashMap<>();
        for (Letter letter : inbox.letters()) {
            came.putIfAbsent(letter.name(), letter.at());
        }
        seen.clear();
        for (int i = 0; i < alerts; i++) {
            String name = prefix + "-" + i;
            long from = posted.getOrDefault(name, start);
            seen.add(new Stages.Seen(
                    name,
                    i * 1000.0 / RATE,
                    startedAt.plusNanos(from - start),
                    (answered.getOrDefault(name, from) - from) / 1e6,
                    (came.getOrDefault(name, from) - from) / 1e6));
        }
        double[] took = posted.entrySet().stream()
                .filter(entry -> came.containsKey(entry.getKey()))
                .mapToDouble(entry -> (came.getOrDefault(entry.getKey(), 0L) - entry.getValue()) / 1e6)
                .toArray();
        if (took.length < alerts) {
            throw new IllegalStateException((alerts - took.length) + " of " + alerts + " were not delivered");
        }
        Arrays.sort(took);
        return took;
    }

    private record Burst(long delivered, double seconds) {}

    private Burst burst(HttpClient http, String prefix, int posts) throws InterruptedException {
        inbox.clear();
        List<String> bodies = IntStream.range(0, posts)
                .mapToObj(post -> body(IntStream.range(0, MANY)
                        .mapToObj(i -> prefix + "-" + post + "-" + i)
                        .toList()))
                .toList();
        long start = System.nanoTime();
        List<Thread> under = bodies.stream()
                .map(body -> Thread.ofVirtual().start(() -> post(http, body)))
                .toList();
        for (Thread thread : under) {
            thread.join();
        }
        await(posts * MANY);
        long last = inbox.letters().stream().mapToLong(Letter::at).max().orElse(start);
        long delivered = inbox.letters().stream().map(Letter::name).distinct().count();
        return new Burst(delivered, (last - start) / 1e9);
    }

    private void await(int letters) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (inbox.size() < letters && System.nanoTime() < end) {
            Thread.sleep(5);
        }
    }

    private static String body(List<String> names) {
        Instant later = Instant.now().plusSeconds(3600);
        return names.stream()
                .map(name -> "{\"labels\":{\"alertname\":\"Bench\",\"severity\":\"warning\",\"n\":\"" + name
                        + "\"},\"annotations\":{\"summary\":\"disk " + name + " fills up\"},\"endsAt\":\"" + later
                        + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private void post(HttpClient http, String body) {
        try {
            int status = http.send(
                            HttpRequest.newBuilder(URI.create(url + "/api/v2/alerts"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                throw new IllegalStateException("a post was answered " + status);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String memory() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return "–";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MiB")
                .findFirst()
                .orElse("–");
    }
}
