package io.flywatch.runner.adapter.yaml;

import java.util.List;

/** A value of a document and where it stands. */
sealed interface Located {

    Place place();

    /** What a person calls it. */
    String kind();

    record Place(int line, int column, String path) {
        Place in(String key) {
            boolean plain = key.matches("[A-Za-z_][A-Za-z0-9_-]*");
            return new Place(line, column, plain ? path + "." + key : path + "['" + key + "']");
        }

        Place at(int newLine, int newColumn) {
            return new Place(newLine, newColumn, path);
        }
    }

    record Obj(Place place, List<Member> members) implements Located {
        @Override
        public String kind() {
            return "an object";
        }
    }

    /** One key of an object, with the place of the key itself. */
    record Member(Place place, String key, Located value) {}

    record Arr(Place place, List<Located> items) implements Located {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A scalar, as it was written. */
    record Scalar(Place place, Type type, String text) implements Located {
        enum Type {
            TEXT,
            WHOLE,
            FRACTION,
            TRUTH,
            NOTHING
        }

        @Override
        public String kind() {
            return switch (type) {
                case TEXT -> "the text '" + text + "'";
                case WHOLE, FRACTION -> "the number " + text;
                case TRUTH -> text;
                case NOTHING -> "nothing";
            };
        }
    }
}
