/** Walks a collection in batches by {@code _id}, and knows what is left to do after a loss at any point. */
@NullMarked
package io.flywatch.runner.batch;

import org.jspecify.annotations.NullMarked;
