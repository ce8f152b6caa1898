/** Tests of the policy file. */
@NullMarked
package io.flywatch.alerts.adapter.file;

import org.jspecify.annotations.NullMarked;
