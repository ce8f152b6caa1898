/** The contract between the services: one record per event, the topics they travel on, and nothing else. */
@NullMarked
package io.flywatch.events;

import org.jspecify.annotations.NullMarked;
