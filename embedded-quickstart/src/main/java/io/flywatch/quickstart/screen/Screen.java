package io.flywatch.quickstart.screen;

import io.flywatch.quickstart.screen.View.News;
import java.time.Duration;

/** Puts a view on the terminal. */
interface Screen {

    /** How long a view stays. */
    Duration every();

    /** Something happened. */
    void news(News item);

    /** Shows the present view. */
    void draw(View view);

    /** Leaves the terminal as it was found. */
    void close();
}
