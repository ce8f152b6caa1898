package io.flywatch.alerts.adapter.template;

import io.flywatch.alerts.AlertsConfig.TemplatesConfig;
import io.flywatch.alerts.notice.Links;
import io.flywatch.alerts.notice.Message;
import io.flywatch.alerts.notice.Story;
import io.flywatch.alerts.notice.Text;
import io.flywatch.alerts.notice.Words;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.Variant;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Words by templates. A file of the same name in the templates' folder replaces the built-in one, without a restart; one that can't be
 * rendered is told in the log, and the built-in words are taken: a slip in a template must not keep an alert back.
 */
@Singleton
final class TemplateWords implements Words {
    private static final Logger LOG = Logger.getLogger(TemplateWords.class);

    private final Engine engine;
    private final Links links;
    private final @Nullable Path folder;
    private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();

    TemplateWords(Engine engine, Links links, TemplatesConfig config) {
        this.engine = engine;
        this.links = links;
        this.folder = config.location().map(Path::of).orElse(null);
    }

    private record Parsed(String source, Template template) {}

    @Override
    public Message of(Story story) {
        Message plain = Message.of(story, links);
        String title = replaced("title.txt", plain);
        String summary = replaced("summary.txt", plain);
        return plain.worded(
                title == null || title.isBlank() ? plain.title() : Text.oneLine(title),
                summary == null || summary.isBlank() ? plain.summary() : summary.strip());
    }

    @Override
    public String text(Message message) {
        String own = replaced("alert.txt", message);
        return own == null ? render("alert.txt", builtIn("alert.txt"), message) : own;
    }

    @Override
    public String html(Message message) {
        String own = replaced("alert.html", message);
        return own == null ? render("alert.html", builtIn("alert.html"), message) : own;
    }

    private @Nullable String replaced(String name, Message message) {
        if (folder == null || !Files.isReadable(folder.resolve(name))) {
            return null;
        }
        try {
            return render(name, Files.readString(folder.resolve(name)), message);
        } catch (IOException | TemplateException e) {
            LOG.warnf(
                    "template can't be used, the built-in one is file=%s why=%s", folder.resolve(name), e.getMessage());
            return null;
        }
    }

    private String render(String name, String source, Message message) {
        Parsed known = parsed.get(name);
        if (known == null || !known.source().equals(source)) {
            known = new Parsed(source, parse(name, source));
            parsed.put(name, known);
        }
        return Text.harmless(known.template()
                .data("message", message)
                .data("story", message.story())
                .data("colour", colour(message))
                .render());
    }

    private Template parse(String name, String source) {
        String type = name.endsWith(".html") ? "text/html" : "text/plain";
        return Objects.requireNonNull(engine.parse(
                source, Variant.forContentType(type), name + "@" + Integer.toHexString(source.hashCode())));
    }

    private static String builtIn(String name) {
        try (InputStream in = TemplateWords.class.getResourceAsStream("/words/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String colour(Message message) {
        if (message.over()) {
            return "#2eb67d";
        }
        return switch (message.severity()) {
            case INFO -> "#8d8d8d";
            case WARNING -> "#b7791f";
            case CRITICAL -> "#c53030";
        };
    }
}
