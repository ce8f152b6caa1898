package io.flywatch.kit.access;

import java.util.Set;

/** The roles that the services' resources ask for. */
public final class Roles {
    /** May read. */
    public static final String VIEWER = "viewer";

    /** May trigger, pause, silence, acknowledge and replay. */
    public static final String OPERATOR = "operator";

    /** May configure, repair and cut over. */
    public static final String ADMIN = "admin";

    /** All of them. */
    public static final Set<String> ALL = Set.of(VIEWER, OPERATOR, ADMIN);

    private Roles() {}
}
