/** Tests of problems. */
@org.jspecify.annotations.NullMarked
package io.flywatch.kit.problem;
