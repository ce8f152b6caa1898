package io.flywatch.stack;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Loggers that say little, unless somebody has set their level. They are held, as java.util.logging forgets those nobody holds. */
record Quiet(List<Logger> loggers, Level level) {

    static Quiet of(String... names) {
        return new Quiet(Stream.of(names).map(Logger::getLogger).toList(), Level.WARNING);
    }

    /** For loggers that take a client's mistake for their own: the client is told anyway. */
    static Quiet silent(String... names) {
        return new Quiet(Stream.of(names).map(Logger::getLogger).toList(), Level.OFF);
    }

    void apply() {
        for (Logger logger : loggers) {
            if (logger.getLevel() == null) {
                logger.setLevel(level);
            }
        }
    }
}
