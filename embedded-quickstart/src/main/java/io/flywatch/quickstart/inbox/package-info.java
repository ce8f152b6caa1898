/** Where the alerts of the demo arrive: a mail server, and an HTTP server that plays Slack and PagerDuty. */
@NullMarked
package io.flywatch.quickstart.inbox;

import org.jspecify.annotations.NullMarked;
