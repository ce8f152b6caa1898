@NullMarked
package io.flywatch.runner.resnapshot;

import org.jspecify.annotations.NullMarked;
