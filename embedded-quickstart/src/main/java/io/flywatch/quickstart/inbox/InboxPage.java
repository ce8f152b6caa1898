package io.flywatch.quickstart.inbox;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The page that shows the letters. */
final class InboxPage {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final String FRAME = """
            <!doctype html><html lang="en"><meta charset="utf-8"><noscript><meta http-equiv="refresh" content="3"></noscript>
            <meta name="viewport" content="width=device-width"><title>Flywatch inbox</title>
            <style>
            body{font:15px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#223}
            article{border-left:4px solid #c33;background:#f7f7f9;margin:.7rem 0;padding:.5rem 1rem;border-radius:4px}
            article.resolved{border-color:#2a7}pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:12px}
            small{color:#667}button{font:inherit;padding:.3rem .8rem}form{display:inline}
            @media(prefers-color-scheme:dark){body{background:#16181d;color:#dde}article{background:#20242c}}
            </style><h1>Inbox</h1><p>Slack, mail and PagerDuty of the demo. Break something:
            <form method="post" action="/break/slow-target"><button>slow target</button></form>
            <form method="post" action="/break/error-burst"><button>error burst</button></form>
            <form method="post" action="/break/stop-connector"><button>stop connector</button></form></p>
            %s<script>setInterval(() => document.querySelector('details[open]') || location.reload(), 3000)</script></html>
            """;

    private InboxPage() {}

    static String of(List<Letter> letters) {
        StringBuilder articles = new StringBuilder();
        for (Letter letter : letters.reversed()) {
            articles.append(
                    "<article class=\"%s\"><small>%s · %s</small><br>%s<details><summary>all of it</summary><pre>%s</pre></details></article>\n"
                            .formatted(
                                    letter.tells().name().toLowerCase(Locale.ROOT),
                                    letter.receiver().name().toLowerCase(Locale.ROOT),
                                    TIME.format(letter.at()),
                                    escape(letter.title()),
                                    escape(letter.text())));
        }
        return FRAME.formatted(letters.isEmpty() ? "<p>Nothing has come yet.</p>" : articles);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
