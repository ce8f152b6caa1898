package io.flywatch.quickstart.inbox;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.flywatch.quickstart.inbox.Letter.Receiver;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A mail server on a free port of loopback that takes mail for everybody and keeps it. */
final class MailBox implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MailBox.class.getName());
    private static final int LOOKS_PER_SECOND = 4;

    private final GreenMail server;
    private final Letters letters;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("mail-reader").factory());
    private int seen;

    private MailBox(GreenMail server, Letters letters) {
        this.server = server;
        this.letters = letters;
    }

    static MailBox start(Letters letters) {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        MailBox box = new MailBox(server, letters);
        box.reader.scheduleWithFixedDelay(box::look, 0, 1000 / LOOKS_PER_SECOND, TimeUnit.MILLISECONDS);
        return box;
    }

    int port() {
        return server.getSmtp().getPort();
    }

    private void look() {
        try {
            MimeMessage[] messages = server.getReceivedMessages();
            for (; seen < messages.length; seen++) {
                letters.add(letter(messages[seen]));
            }
        } catch (MessagingException | RuntimeException e) {
            LOG.log(Level.WARNING, "a mail can't be read", e);
            seen++;
        }
    }

    private static Letter letter(MimeMessage message) throws MessagingException {
        String subject = message.getSubject() == null ? "" : message.getSubject();
        return new Letter(
                Receiver.MAIL,
                Instant.now(),
                Posts.tells(subject),
                subject,
                GreenMailUtil.getWholeMessage(message),
                "");
    }

    @Override
    public void close() {
        reader.shutdownNow();
        server.stop();
    }
}
