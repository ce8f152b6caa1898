/** What is known of each migration, and the detector that leads events through the rules to episodes. */
@NullMarked
package io.flywatch.anomaly.detect;

import org.jspecify.annotations.NullMarked;
