/** The words of notices by Qute templates, each of which can be replaced. */
@NullMarked
package io.flywatch.alerts.adapter.template;

import org.jspecify.annotations.NullMarked;
