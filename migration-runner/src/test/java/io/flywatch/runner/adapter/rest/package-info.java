@NullMarked
package io.flywatch.runner.adapter.rest;

import org.jspecify.annotations.NullMarked;
