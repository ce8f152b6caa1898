package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.progress.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far a run on MongoDB is; told by the run's thread, asked by any. */
final class MongoProgress {
    private final Map<String, Long> done = new LinkedHashMap<>();
    private String step = "";
    private String collection = "";
    private String activity = "starting";
    private @Nullable String waiting;
    private String promise = "";
    private long before;
    private @Nullable Long total;
    private @Nullable String basis;

    synchronized void promise(String told) {
        promise = told;
    }

    /** A step begins; so many documents of it were done by earlier runners. */
    synchronized void begins(String name, String ofCollection, long already) {
        step = name;
        collection = ofCollection;
        activity = name;
        before = sum();
        total = null;
        basis = null;
        done.merge(collection, already, Long::sum);
    }

    /** So many more documents of the step were done by earlier runners. */
    synchronized void already(long documents) {
        changed(documents);
    }

    /** What a person should know of this run, beside what is promised. */
    synchronized void remark(String told) {
        if (!promise.contains(told)) {
            promise = promise.isEmpty() ? told : promise + "; " + told;
        }
    }

    synchronized void total(long ofStep, String totalBasis) {
        total = ofStep;
        basis = totalBasis;
    }

    synchronized void changed(long documents) {
        done.merge(collection, documents, Long::sum);
    }

    synchronized void does(String what) {
        activity = what;
    }

    synchronized void waits(String why) {
        waiting = why;
    }

    synchronized void works() {
        waiting = null;
    }

    synchronized Observation get() {
        Long ofStep = total;
        Long all = ofStep == null ? null : Long.valueOf(before + ofStep);
        List<Observation.Part> parts = new ArrayList<>();
        done.forEach((name, count) -> {
            boolean current = name.equals(collection);
            Long ofPart = current && ofStep != null ? Long.valueOf(Math.max(count, ofStep)) : null;
            parts.add(new Observation.Part(name, count, ofPart, !current));
        });
        String now = waiting != null ? waiting : activity + (promise.isEmpty() ? "" : " (" + promise + ")");
        return new Observation(
                step, now, sum(), all, basis, 0, null, waiting == null && ofStep != null && ofStep > 0, parts);
    }

    private long sum() {
        return done.values().stream().mapToLong(it -> it).sum();
    }
}
