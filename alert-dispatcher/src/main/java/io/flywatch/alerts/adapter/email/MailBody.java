package io.flywatch.alerts.adapter.email;

import io.flywatch.alerts.notice.Message;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;

/** The mail's text and HTML, of the templates {@code alert.txt} and {@code alert.html}. HTML is escaped by the template engine. */
@Singleton
final class MailBody {

    private final Template text;
    private final Template html;

    MailBody(@Location("alert.txt") Template text, @Location("alert.html") Template html) {
        this.text = text;
        this.html = html;
    }

    String text(Message message) {
        return text.data("message", message).render();
    }

    String html(Message message) {
        return html.data("message", message).data("colour", colour(message)).render();
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
