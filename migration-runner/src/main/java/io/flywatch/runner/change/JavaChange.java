package io.flywatch.runner.change;

/**
 * A change of a MongoDB database in Java, for what no pipeline can say. A CDI bean of the runner that implements it is used by a step
 * {@code java: { bean: name }}.
 *
 * <p>A runner may be killed at any point, and then {@link #apply} is called again, on whatever runner. So either all of it may happen
 * twice, or it keeps its position with {@link ChangeContext#keep}, in the transaction of what it changes where there are transactions.
 */
public interface JavaChange {

    /** What files call it; unique in the runner. */
    String name();

    /**
     * Differs when it does something else: name and version are the step's checksum, so that a change that was applied and then altered
     * is found out.
     */
    String version();

    /**
     * Does all of it, or what is left of it.
     *
     * @throws Exception ends the run with this as its failure; whatever the MongoDB driver throws because a server is away leads to
     *     another call instead
     */
    void apply(ChangeContext context) throws Exception;
}
