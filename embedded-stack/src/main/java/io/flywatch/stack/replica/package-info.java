/** A stand-in for a replica set of MongoDB: sessions, transactions and faults in front of a server that has none. */
@NullMarked
package io.flywatch.stack.replica;

import org.jspecify.annotations.NullMarked;
