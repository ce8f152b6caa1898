/** Answers questions about alerts, notices and receivers. */
@NullMarked
package io.flywatch.alerts.adapter.rest;

import org.jspecify.annotations.NullMarked;
