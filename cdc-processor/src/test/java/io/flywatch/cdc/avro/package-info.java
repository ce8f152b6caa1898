@NullMarked
package io.flywatch.cdc.avro;

import org.jspecify.annotations.NullMarked;
