/** Posts JSON, and understands what receivers answer. */
@NullMarked
package io.flywatch.alerts.adapter.http;

import org.jspecify.annotations.NullMarked;
