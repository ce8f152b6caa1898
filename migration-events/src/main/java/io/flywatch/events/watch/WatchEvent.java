package io.flywatch.events.watch;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.flywatch.events.FlywatchEvent;

/** What is said on {@link io.flywatch.events.Topics#WATCHES}, of which only the newest word on each migration is kept. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = UnknownWatch.class)
@JsonSubTypes(@Type(name = "run.watched", value = RunWatched.class))
public sealed interface WatchEvent extends FlywatchEvent permits RunWatched, UnknownWatch {}
