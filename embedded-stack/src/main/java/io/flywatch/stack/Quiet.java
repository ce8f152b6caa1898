package io.flywatch.stack;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Loggers that say little, unless somebody has set their level. They are held, as java.util.logging forgets those nobody holds. */
record Quiet(List<Logger> loggers) {

    static Quiet of(String... names) {
        return new Quiet(Stream.of(names).map(Logger::getLogger).toList());
    }

    void apply() {
        for (Logger logger : loggers) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.WARNING);
            }
        }
    }
}
