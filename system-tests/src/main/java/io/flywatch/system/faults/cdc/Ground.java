package io.flywatch.system.faults.cdc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run stands on: the source's two tables and their first rows, and at a target that speaks SQL the same tables with a book of
 * every row that is written. The book is what proves that nothing takes effect twice: each change at the source has a version of its
 * own, which only grows.
 */
final class Ground {
    static final String ITEMS = "items";
    static final String NOTES = "notes";

    private static final int FIRST_ITEMS = 500;
    private static final int FIRST_NOTES = 100;

    private Ground() {}

    static List<String> source(String kind) {
        List<String> statements = new ArrayList<>(tables(kind));
        statements.add("insert into items (id, version, name, size) values " + rows(FIRST_ITEMS, ", 0, 'item', 1)"));
        statements.add("insert into notes (id, version, name) values " + rows(FIRST_NOTES, ", 0, 'note')"));
        return statements;
    }

    private static List<String> tables(String kind) {
        String time = kind.equals("mariadb") ? "timestamp(6) null" : "timestamptz";
        String text = kind.equals("mariadb") ? "longtext" : "text";
        return List.of(
                "create table items (id bigint primary key, version bigint not null, name " + text + ", large " + text
                        + ", size int, changed_at " + time + ")",
                "create table notes (id bigint primary key, version bigint not null, name " + text + ")");
    }

    private static String rows(int count, String rest) {
        List<String> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            rows.add("(" + i + rest);
        }
        return String.join(", ", rows);
    }

    /** Nothing for a target without tables. */
    static List<String> target(String kind) {
        return switch (kind) {
            case "postgresql" -> {
                List<String> all = new ArrayList<>(tables(kind));
                all.add("create table book (seq bigserial primary key, about text, id bigint, version bigint)");
                all.add("create table disk (is_full boolean)");
                all.add("insert into disk values (false)");
                all.add("""
                        create function written() returns trigger language plpgsql as $$ begin
                          if (select is_full from public.disk) then
                            raise exception 'could not extend file: no space left on device' using errcode = 'disk_full';
                          end if;
                          insert into public.book (about, id, version) values (tg_table_name, new.id, new.version);
                          return new;
                        end $$
                        """);
                // After, as an upsert that comes to an update has fired the triggers before an insert, too.
                for (String table : List.of(ITEMS, NOTES)) {
                    all.add("create trigger written after insert or update on " + table
                            + " for each row execute function written()");
                    all.add("alter table " + table + " enable always trigger written");
                }
                yield all;
            }
            case "mariadb" -> {
                List<String> all = new ArrayList<>(tables(kind));
                all.add(
                        "create table book (seq bigint auto_increment primary key, about varchar(20), id bigint, version bigint)");
                all.add("create table disk (is_full boolean)");
                all.add("insert into disk values (false)");
                for (String table : List.of(ITEMS, NOTES)) {
                    for (String event : List.of("insert", "update")) {
                        all.add("create trigger " + table + "_" + event + " after " + event + " on " + table
                                + " for each row begin if (select is_full from disk) then"
                                + " signal sqlstate 'HY000' set mysql_errno = 1021, message_text = 'Disk full'; end if;"
                                + " insert into book (about, id, version) values ('" + table
                                + "', new.id, new.version); end");
                    }
                }
                yield all;
            }
            default -> List.of();
        };
    }

    /** Writes that took a row back in time, and such as were made again. */
    record Turns(long back, long again) {}

    static Turns turns(Connection target) throws SQLException {
        try (var statement = target.createStatement();
                var found = statement.executeQuery("""
                        select sum(case when version < before_it then 1 else 0 end),
                               sum(case when version = before_it then 1 else 0 end)
                          from (select version, max(version) over (partition by about, id order by seq
                                       rows between unbounded preceding and 1 preceding) as before_it
                                  from book where version > 0) as written
                        """)) {
            found.next();
            return new Turns(found.getLong(1), found.getLong(2));
        }
    }
}
