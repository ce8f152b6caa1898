/** The policy as a YAML file: read with line and column, and read again when it changes. */
@NullMarked
package io.flywatch.alerts.adapter.file;

import org.jspecify.annotations.NullMarked;
