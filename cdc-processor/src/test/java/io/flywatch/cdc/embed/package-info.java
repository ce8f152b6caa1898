@NullMarked
package io.flywatch.cdc.embed;

import org.jspecify.annotations.NullMarked;
