package io.flywatch.runner.sql;

/**
 * How far a script was that can't be rolled back as a whole, noted before and after each statement that takes effect by itself.
 *
 * @param script its name
 * @param statement which of its statements, from 1
 * @param text the statement's beginning
 * @param done whether it had taken effect
 */
public record CutOff(String script, int statement, String text, boolean done) {

    /** For a person: what is in effect of the script, and what to do before it runs again. */
    public String told() {
        String effect = done
                ? "Its statements up to number %d are in effect, the later ones are not: %s."
                : "The statements before number %d are in effect, this one may be, and the later ones are not: %s.";
        return "%s was cut off outside of a transaction, as its runner or its connection to the server was lost. "
                        .formatted(script)
                + effect.formatted(statement, text)
                + " Undo what is in effect, or make the script pass over it, and start a new run.";
    }
}
