/** The database that is moved: its tables, and where it is. */
@NullMarked
package io.flywatch.quickstart.source;

import org.jspecify.annotations.NullMarked;
