package io.flywatch.kit.problem;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A body of a request in which an unknown field is refused, as a mistyped one would be silence: what was to narrow a question down would
 * be left out of it. Not for what others define, such as Prometheus' alerts, nor for events, which may come from a later version.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Strict {}
