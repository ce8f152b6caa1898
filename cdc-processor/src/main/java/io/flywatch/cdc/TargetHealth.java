package io.flywatch.cdc;

import java.util.Map;

/** Which targets do not answer. */
public interface TargetHealth {

    /** Why, by the connection's name; empty if all targets that were opened answer. */
    Map<String, String> away();
}
