/** The rules: each looks at a migration's situation and judges one of its series. */
@NullMarked
package io.flywatch.anomaly.rule;

import org.jspecify.annotations.NullMarked;
