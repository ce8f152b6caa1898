/** The file of rules: read with the place of each flaw. */
@NullMarked
package io.flywatch.anomaly.adapter.file;

import org.jspecify.annotations.NullMarked;
