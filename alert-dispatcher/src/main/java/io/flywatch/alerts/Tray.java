package io.flywatch.alerts;

import io.flywatch.alerts.alert.Change;
import io.flywatch.alerts.alert.Report;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What waits to be decided: so many requests, and so many reports in all of them, as a request may bring one or thousands. */
final class Tray {

    private final BlockingQueue<Job> jobs;
    private final AtomicInteger reports = new AtomicInteger();
    private final int mostReports;

    Tray(int mostJobs, int mostReports) {
        this.jobs = new LinkedBlockingQueue<>(mostJobs);
        this.mostReports = mostReports;
    }

    /**
     * A request.
     *
     * @param done completed with what each report changed
     */
    record Job(List<Report> reports, CompletableFuture<List<Change>> done) {
        Job {
            reports = List.copyOf(reports);
        }
    }

    /** Whether there was room for it; where nothing waits there is, however much it brings. */
    boolean offer(Job job) {
        int size = job.reports().size();
        int before = reports.getAndAdd(size);
        boolean room = before == 0 || before + size <= mostReports;
        if (room && jobs.offer(job)) {
            return true;
        }
        reports.addAndGet(-size);
        return false;
    }

    /** The next; null if there is none within that time. */
    @Nullable
    Job poll(long millis) throws InterruptedException {
        return taken(jobs.poll(millis, TimeUnit.MILLISECONDS));
    }

    /** The next; null if there is none now. */
    @Nullable
    Job poll() {
        return taken(jobs.poll());
    }

    private @Nullable Job taken(@Nullable Job job) {
        if (job != null) {
            reports.addAndGet(-job.reports().size());
        }
        return job;
    }
}
