/** What a database server says of the work of one of its sessions: how far it is, whom it blocks, whom it waits for. */
@NullMarked
package io.flywatch.runner.server;

import org.jspecify.annotations.NullMarked;
