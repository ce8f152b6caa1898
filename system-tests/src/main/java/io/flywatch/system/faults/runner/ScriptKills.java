package io.flywatch.system.faults.runner;

import com.fasterxml.jackson.databind.JsonNode;
import io.flywatch.system.faults.FaultSuite;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.RunnerStand;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * {@code script-kills}: the packaged runner is killed with SIGKILL in the middle of SQL scripts: of one in a transaction, of one that
 * commits on its way, and of an index that is built concurrently. What the runner then says is done, as an operator would; at the end
 * everything is there exactly once.
 */
public final class ScriptKills implements FaultSuite {
    private static final List<String> JVM = List.of("-Xmx256m");
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "script-kills";
    }

    @Override
    public String about() {
        return "kills the runner in the middle of SQL scripts [--rows 20000] [--kills 4]";
    }

    @Override
    public int runs() {
        return 3;
    }

    @Override
    public Runs open(Arguments arguments) throws Exception {
        return new KilledScripts(
                RunnerStand.start(JVM), arguments.number("rows", 20_000), arguments.number("kills", 4));
    }

    private static final class KilledScripts implements Runs {
        private final RunnerStand stand;
        private final long rows;
        private final long kills;
        private int number;
        private int killed;
        private int repaired;

        KilledScripts(RunnerStand stand, long rows, long kills) {
            this.stand = stand;
            this.rows = rows;
            this.kills = kills;
        }

        @Override
        public List<String> run(Random random) throws Exception {
            String id = "scripts-" + ++number + "-" + Math.abs(random.nextInt());
            ParcelScripts scripts = new ParcelScripts(stand.postgres(), "s" + number, rows);
            scripts.declare(stand, id);
            String run = stand.api().trigger(id);
            int left = (int) kills;
            for (int attempt = 0; attempt < 20; attempt++) {
                while (left > 0 && !stand.api().isEnded(run)) {
                    Thread.sleep(random.nextInt(1_500));
                    stand.kill();
                    killed++;
                    left--;
                    stand.startRunner(JVM);
                }
                String path = run;
                stand.api().await("the run ends", LIMIT, () -> stand.api().isEnded(path));
                JsonNode ended = stand.api().run(run);
                if (ended.path("state").asText().equalsIgnoreCase("succeeded")) {
                    return scripts.wrong();
                }
                String refusal = repair(id, scripts, ended);
                if (!refusal.isEmpty()) {
                    return List.of(refusal);
                }
                run = stand.api().trigger(id);
            }
            return List.of("the migration does not come to its end");
        }

        /** As the failure says: what is in effect is undone, the history repaired. Answers what is wrong with the failure. */
        private String repair(String id, ParcelScripts scripts, JsonNode ended) throws Exception {
            String why = ended.path("failure").path("message").asText();
            String step = ended.path("failure").path("step").asText();
            if (!scripts.undo(step)) {
                return "the run failed in a script that leaves nothing behind: " + ended.path("failure");
            }
            if (why.isBlank() || !why.contains(step)) {
                return "the failure does not name its script: " + ended.path("failure");
            }
            HttpResponse<String> answer = stand.api().call("POST", "/api/v1/migrations/" + id + "/repair");
            repaired++;
            return answer.statusCode() == 200 ? "" : "the repair was refused: " + answer.body();
        }

        @Override
        public List<String> summary() {
            return List.of(killed + " kills, " + repaired + " repairs, " + rows + " rows a run");
        }

        @Override
        public void close() throws Exception {
            stand.close();
        }
    }
}
