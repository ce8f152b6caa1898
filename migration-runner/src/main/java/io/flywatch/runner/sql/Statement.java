package io.flywatch.runner.sql;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement of a script, as far as it has to be understood: its first words. Nothing is parsed beyond them.
 *
 * @param text as it is sent to the server
 */
public record Statement(String text) {
    private static final int SHOWN = 160;
    private static final Pattern COMMENTS =
            Pattern.compile("\\A(?:\\s+|--[^\\n]*(?:\\n|\\z)|#[^\\n]*(?:\\n|\\z)|/\\*(?!!).*?\\*/)+", Pattern.DOTALL);
    private static final String NAME = "((?:\"[^\"]+\"|`[^`]+`|[\\p{L}_][\\p{L}\\p{N}_$]*)"
            + "(?:\\s*\\.\\s*(?:\"[^\"]+\"|`[^`]+`|[\\p{L}_][\\p{L}\\p{N}_$]*))*)";
    private static final Pattern CHANGES = Pattern.compile(
            "\\A(?:insert\\s+(?:low_priority\\s+|delayed\\s+|high_priority\\s+|ignore\\s+)*(?:into\\s+)?"
                    + "|replace\\s+(?:into\\s+)?"
                    + "|update\\s+(?:low_priority\\s+|ignore\\s+)*(?:only\\s+)?"
                    + "|delete\\s+(?:low_priority\\s+|quick\\s+|ignore\\s+)*from\\s+(?:only\\s+)?"
                    + "|merge\\s+into\\s+"
                    + "|copy\\s+)" + NAME,
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ALTERS = Pattern.compile(
            "\\A(?:alter\\s+(?:online\\s+|ignore\\s+)*table\\s+(?:if\\s+exists\\s+)?(?:only\\s+)?"
                    + "|create\\s+(?:unique\\s+|fulltext\\s+|spatial\\s+)?index\\s+.*?\\son\\s+(?:only\\s+)?"
                    + "|optimize\\s+table\\s+|truncate\\s+(?:table\\s+)?)" + NAME,
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern READS =
            Pattern.compile("\\A(?:select|with)\\b.*?\\bfrom\\s+" + NAME, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Set<String> COMMITTING = Set.of(
            "create",
            "alter",
            "drop",
            "rename",
            "truncate",
            "grant",
            "revoke",
            "analyze",
            "optimize",
            "repair",
            "check",
            "lock",
            "unlock",
            "begin",
            "start",
            "commit",
            "install",
            "uninstall",
            "flush",
            "cache",
            "load");

    /** The text without leading comments. */
    public String bare() {
        Matcher comments = COMMENTS.matcher(text);
        return (comments.find() ? text.substring(comments.end()) : text).strip();
    }

    /** The first word, in small letters. */
    public String verb() {
        return bare().split("[^\\p{L}]", 2)[0].toLowerCase(Locale.ROOT);
    }

    /** The table whose rows it changes, without quotes, as far as its first words say. */
    public Optional<String> changes() {
        return name(CHANGES);
    }

    /** The table that it changes or builds an index on. */
    public Optional<String> table() {
        return changes().or(() -> name(ALTERS));
    }

    /** The first table that a query reads, as far as its words say. */
    public Optional<String> reads() {
        return name(READS);
    }

    private Optional<String> name(Pattern pattern) {
        Matcher found = pattern.matcher(bare());
        return found.find() ? Optional.of(found.group(1).replaceAll("[\"`]|\\s", "")) : Optional.empty();
    }

    /** Whether the server commits what was done before it, and itself, whatever the transaction. */
    public boolean commits(Dialect dialect) {
        return dialect == Dialect.MARIADB && COMMITTING.contains(verb()) && !isTemporary();
    }

    private boolean isTemporary() {
        return bare().toLowerCase(Locale.ROOT).matches("(?s)(create(\\s+or\\s+replace)?|drop)\\s+temporary\\s.*");
    }

    /** Its beginning in one line. */
    public String shown() {
        String line = bare().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
    }
}
