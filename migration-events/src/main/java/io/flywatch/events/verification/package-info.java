/** Whether source and target are equal: what the comparisons of pipelines found. */
@NullMarked
package io.flywatch.events.verification;

import org.jspecify.annotations.NullMarked;
