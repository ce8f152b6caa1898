package io.flywatch.alerts.adapter.email;

import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Delivery.Delivered;
import io.flywatch.alerts.deliver.Delivery.Refused;
import io.flywatch.alerts.deliver.Delivery.Retry;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.notice.Message;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Text;
import io.flywatch.alerts.notice.Words;
import io.quarkus.mailer.Mail;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.ext.mail.SMTPException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends mail. */
record EmailReceiver(String name, List<String> to, String from, LoopMailer mailer, Words words) implements Receiver {

    private static final int SUBJECT = 200;

    EmailReceiver {
        to = List.copyOf(to);
    }

    @Override
    public Delivery send(Notice notice) {
        Message message = words.of(notice.story());
        Map<String, String> headers = Threads.headers(notice, domain());
        Mail mail = new Mail()
                .setFrom(from)
                .setTo(to)
                .setSubject(Subject.encoded(Text.atMost(Text.oneLine(message.title()), SUBJECT)))
                .setText(words.text(message))
                .setHtml(words.html(message));
        headers.forEach(mail::addHeader);
        try {
            mailer.send(mail);
            return new Delivered(headers.getOrDefault("Message-ID", "sent"));
        } catch (TimeoutException e) {
            return new Retry(null, "the mail server gave no answer in time");
        } catch (ExecutionException e) {
            return failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Retry(null, "interrupted");
        }
    }

    @Override
    public String preview(Notice notice) {
        Message message = words.of(notice.story());
        return "Subject: " + Text.atMost(Text.oneLine(message.title()), SUBJECT) + "\n\n" + words.text(message);
    }

    private String domain() {
        String address = from.replaceAll(".*<(.*)>.*", "$1");
        String domain = address.substring(address.indexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
        return domain.isEmpty() ? "flywatch" : domain;
    }

    private static Delivery failed(Exception e) {
        SMTPException smtp = smtp(e);
        if (smtp == null) {
            return new Retry(null, "no mail could be handed over (" + what(root(e)) + ")");
        }
        String what = "SMTP " + smtp.getReplyCode() + ": "
                + Text.atMost(Text.oneLine(String.valueOf(smtp.getReplyMessage())), 200);
        return smtp.isPermanent() ? new Refused(what) : new Retry(null, what);
    }

    private static @Nullable SMTPException smtp(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SMTPException smtp) {
                return smtp;
            }
        }
        return null;
    }

    /** The mail client says in words what it misses, such as STARTTLS; what else goes wrong may have an address in its words. */
    private static String what(Throwable e) {
        return e instanceof NoStackTraceThrowable && e.getMessage() != null
                ? Text.atMost(Text.oneLine(e.getMessage()), 200)
                : e.getClass().getSimpleName();
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }
}
