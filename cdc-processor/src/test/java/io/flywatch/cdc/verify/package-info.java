@NullMarked
package io.flywatch.cdc.verify;

import org.jspecify.annotations.NullMarked;
