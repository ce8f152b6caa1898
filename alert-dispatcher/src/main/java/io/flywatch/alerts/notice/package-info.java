/** Notices: one message to one receiver, and the words that it is made of. */
@NullMarked
package io.flywatch.alerts.notice;

import org.jspecify.annotations.NullMarked;
