package io.flywatch.runner.sql;

/** The servers that run scripts, as far as they differ. */
public enum Dialect {
    /** Changes of tables are part of the transaction. */
    POSTGRESQL,
    /** MariaDB and MySQL: a change of a table commits what was done before it. */
    MARIADB
}
