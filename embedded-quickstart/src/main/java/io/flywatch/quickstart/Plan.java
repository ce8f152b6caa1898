package io.flywatch.quickstart;

import io.flywatch.quickstart.load.Trade;
import io.flywatch.quickstart.source.Database;
import io.flywatch.quickstart.source.Table;
import java.util.List;
import java.util.Optional;

/**
 * What is moved.
 *
 * @param migration the id of the replication
 * @param first the id of a migration that prepares the target, if there is one
 * @param source where the rows are
 * @param sourceName what a person calls it
 * @param tables the tables that are moved, all with a key
 * @param leftOut the tables that have none
 * @param trade what happens at the source meanwhile, if anything
 */
record Plan(
        String migration,
        Optional<String> first,
        Database source,
        String sourceName,
        List<Table> tables,
        List<Table> leftOut,
        Optional<Trade> trade) {

    static final String SHOP = "shop";
    static final String SHOP_TARGET = "shop-target";
    static final String EVERYTHING = "everything";

    Plan {
        tables = List.copyOf(tables);
        leftOut = List.copyOf(leftOut);
    }
}
