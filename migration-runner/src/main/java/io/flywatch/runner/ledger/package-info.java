/** What has been applied, and what may be applied next. */
@NullMarked
package io.flywatch.runner.ledger;

import org.jspecify.annotations.NullMarked;
