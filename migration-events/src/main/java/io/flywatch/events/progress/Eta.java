package io.flywatch.events.progress;

import java.time.Duration;

/**
 * Time left, from the spread of the recent rates.
 *
 * @param low if it goes as fast as it lately went at best
 * @param likely at the recent mean rate
 * @param high if it goes as slowly as it lately went at worst
 */
public record Eta(Duration low, Duration likely, Duration high) {}
