/** Groups: which alerts are told together, when, and why not yet. */
@NullMarked
package io.flywatch.alerts.group;

import org.jspecify.annotations.NullMarked;
