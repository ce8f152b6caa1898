/** The demo's source database: a shop that goes on selling. */
@NullMarked
package io.flywatch.quickstart.shop;

import org.jspecify.annotations.NullMarked;
