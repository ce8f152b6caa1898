package io.flywatch.alerts.notice;

/** Puts a story into words. */
public interface Words {

    /** The words of a story. */
    Message of(Story story);

    /** The whole as text, for a mail. */
    String text(Message message);

    /** The whole as HTML, for a mail; what comes from outside is escaped. */
    String html(Message message);
}
