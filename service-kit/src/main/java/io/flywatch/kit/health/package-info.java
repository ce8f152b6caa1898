/** Whether what every service needs is there, by name. */
@NullMarked
package io.flywatch.kit.health;

import org.jspecify.annotations.NullMarked;
