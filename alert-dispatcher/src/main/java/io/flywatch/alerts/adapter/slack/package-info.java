/** Tells Slack, by an incoming webhook. */
@NullMarked
package io.flywatch.alerts.adapter.slack;

import org.jspecify.annotations.NullMarked;
