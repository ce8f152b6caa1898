@NullMarked
package io.flywatch.runner.ledger;

import org.jspecify.annotations.NullMarked;
