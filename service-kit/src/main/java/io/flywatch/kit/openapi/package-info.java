/** What services say of themselves at {@code /q/openapi}. */
@NullMarked
package io.flywatch.kit.openapi;

import org.jspecify.annotations.NullMarked;
