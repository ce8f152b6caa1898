package io.flywatch.runner.adapter.mongo;

/**
 * What a server can do. Found out by trying, never by its version: servers that speak MongoDB's protocol differ.
 *
 * @param replicated whether it is a member of a replica set or routes to some
 * @param transactions over several documents
 * @param pipelineUpdates whether an update may be a pipeline
 * @param clock whether a filter may ask for the time, so that a change that comes too late finds nothing
 */
record Abilities(boolean replicated, boolean transactions, boolean pipelineUpdates, boolean clock) {

    /** For the run, so that everybody can see which promise holds. */
    String told() {
        String way = transactions
                ? "each batch and its checkpoint in one transaction"
                : "no transactions here: each document carries a mark while its batch is at work";
        return pipelineUpdates ? way : way + "; no updates by pipeline here: they are computed and replaced";
    }
}
