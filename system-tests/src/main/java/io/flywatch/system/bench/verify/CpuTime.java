package io.flywatch.system.bench.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process of Linux has used, from {@code /proc}. */
final class CpuTime {
    private static final int TICKS_A_SECOND = 100;
    private static final int USER = 11;
    private static final int OF_ENDED_CHILDREN = 4;

    private CpuTime() {}

    /** Its own time, and that of the children that it has seen end. */
    static Duration of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = USER; i < USER + OF_ENDED_CHILDREN; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return Duration.ofMillis(ticks * 1_000 / TICKS_A_SECOND);
    }

    /** The most memory that it has had, in MiB. */
    static long mostMemory(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
                .findFirst()
                .orElse(0);
    }
}
