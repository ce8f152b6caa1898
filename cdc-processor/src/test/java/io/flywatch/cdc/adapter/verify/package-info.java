@NullMarked
package io.flywatch.cdc.adapter.verify;

import org.jspecify.annotations.NullMarked;
