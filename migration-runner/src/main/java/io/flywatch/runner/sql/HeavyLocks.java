package io.flywatch.runner.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What statements of PostgreSQL keep others from a table for long, by PostgreSQL's documentation of ALTER TABLE, CREATE INDEX and
 * explicit locking. Only the statements' words are looked at, not the table: a small or a new table is no trouble whatever is done to it,
 * and a table that the script itself creates is left out.
 */
public final class HeavyLocks {
    private static final Pattern CREATES = Pattern.compile(
            "\\Acreate\\s+(?:(?:global\\s+|local\\s+)?(?:temporary|temp)\\s+|unlogged\\s+)?table\\s+(?:if\\s+not\\s+exists\\s+)?([\\w.\"]+)",
            Pattern.CASE_INSENSITIVE);

    private record Rule(Pattern statement, String told) {
        Rule(String regex, String told) {
            this(Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), told);
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "\\Acreate\\s+(unique\\s+)?index\\s+(?!concurrently\\b).*",
                    "nobody can write to the table until the index is built; CREATE INDEX CONCURRENTLY lets them"),
            new Rule(
                    "\\Areindex\\s+(?!.*\\bconcurrently\\b).*",
                    "nobody can write to the table until the index is built; REINDEX CONCURRENTLY lets them"),
            new Rule(
                    "\\Arefresh\\s+materialized\\s+view\\s+(?!concurrently\\b).*",
                    "nobody can read the view meanwhile; REFRESH MATERIALIZED VIEW CONCURRENTLY lets them"),
            new Rule(
                    "\\A(vacuum\\s*(\\(.*\\bfull\\b.*\\)|full\\b)|cluster\\b).*",
                    "nobody can read or write the table while it is rewritten"),
            new Rule("\\Alock\\s+(table\\s+)?.*", "others wait until the script is done"),
            new Rule(
                    "\\Aalter\\s+table\\b.*\\balter\\s+(column\\s+)?\\S+\\s+(set\\s+data\\s+)?type\\b.*",
                    "the table is rewritten, unless the types are of one kind, and nobody can read or write it meanwhile"),
            new Rule(
                    "\\Aalter\\s+table\\b.*\\bset\\s+(logged|unlogged|tablespace|access\\s+method)\\b.*",
                    "the table is rewritten, and nobody can read or write it meanwhile"),
            new Rule(
                    "\\Aalter\\s+table\\b.*\\badd\\s+(column\\s+)?.*\\b(default\\s+.*(random|gen_random_uuid|uuidv\\d|clock_timestamp|nextval|timeofday)\\b|(big|small)?serial\\b|generated\\s+always\\s+as\\s*\\(.*stored|generated\\s+.*\\bas\\s+identity).*",
                    "each row gets a value of its own, so the table is rewritten, and nobody can read or write it meanwhile"),
            new Rule(
                    "\\Aalter\\s+table\\b.*\\badd\\s+(constraint\\s+\\S+\\s+)?(check|foreign\\s+key)\\b(?!.*\\bnot\\s+valid\\b).*",
                    "all rows are looked at under the lock; add it NOT VALID and validate it in a script of its own"),
            new Rule(
                    "\\Aalter\\s+table\\b.*\\badd\\s+(constraint\\s+\\S+\\s+)?(primary\\s+key|unique)\\b(?!.*\\busing\\s+index\\b).*",
                    "its index is built while nobody can read or write the table; build it CONCURRENTLY before, and add it USING INDEX"),
            new Rule(
                    "\\Aalter\\s+table\\b.*\\bset\\s+not\\s+null\\b.*",
                    "all rows are looked at while nobody can read or write the table, unless a valid CHECK proves it"));

    private HeavyLocks() {}

    /** A warning for each statement of a script that keeps others waiting for long. */
    public static List<String> of(List<Statement> script) {
        List<String> warnings = new ArrayList<>();
        Set<String> created = new HashSet<>();
        for (Statement statement : script) {
            Matcher creates = CREATES.matcher(statement.bare());
            if (creates.find()) {
                created.add(name(creates.group(1)));
            }
            boolean isNew = statement
                    .table()
                    .map(HeavyLocks::name)
                    .filter(created::contains)
                    .isPresent();
            if (!isNew) {
                of(statement).ifPresent(why -> warnings.add(statement.shown() + ": " + why));
            }
        }
        return warnings;
    }

    private static String name(String table) {
        return table.replace("\"", "").toLowerCase(Locale.ROOT);
    }

    private static Optional<String> of(Statement statement) {
        return RULES.stream()
                .filter(it -> it.statement().matcher(statement.bare()).matches())
                .map(Rule::told)
                .findFirst();
    }
}
