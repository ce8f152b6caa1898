package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.CdcConfig;
import io.flywatch.cdc.Comparisons;
import io.flywatch.cdc.Connections;
import io.flywatch.cdc.VerificationStore;
import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.embed.Family;
import io.flywatch.cdc.mapping.Mask;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.ImpossibleException;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens the databases that pipelines name. */
@Singleton
final class DatabaseComparisons implements Comparisons {
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String MARIADB = "jdbc:mariadb:";
    private static final String MYSQL = "jdbc:mysql:";

    private final Connections connections;
    private final @Nullable Mask mask;
    private final List<TargetDatabase.Kind> kinds;
    private final List<SourceDatabase.Kind> sources;

    DatabaseComparisons(
            Connections connections,
            CdcConfig config,
            @All List<TargetDatabase.Kind> kinds,
            @All List<SourceDatabase.Kind> sources) {
        this.sources = sources;
        this.connections = connections;
        this.mask = config.maskSalt().map(Mask::new).orElse(null);
        this.kinds = kinds;
    }

    @Override
    public VerificationStore store(PipelineDeclared pipeline) {
        return target(pipeline).store();
    }

    private TargetDatabase target(PipelineDeclared pipeline) {
        Connections.Connection configured = configured(pipeline.targetConnection());
        return kinds.stream()
                .filter(kind -> kind.takes(configured.url()))
                .findFirst()
                .orElseThrow(() -> new ImpossibleException(
                        "targets like that of the connection " + pipeline.targetConnection() + " can't be verified"))
                .open(pipeline.targetConnection(), configured, pipeline.targetDatabase());
    }

    private Connections.Connection configured(String name) {
        Connections.Connection found = connections.byName().get(name);
        if (found == null) {
            throw new ImpossibleException("no connection of the name " + name + " is configured: set"
                    + " flywatch.connections." + name + ".url");
        }
        return found;
    }

    @Override
    public Comparison open(PipelineDeclared pipeline) {
        return new Opened(pipeline, source(pipeline.sourceConnection()), target(pipeline), mask);
    }

    private SourceDatabase source(String name) {
        Connections.Connection source = configured(name);
        String user = source.username().orElse(null);
        String password = source.password().orElse(null);
        if (source.url().startsWith(POSTGRESQL)) {
            return SqlSourceDatabase.ofPostgres(new DbSession(source.url(), user, password));
        }
        if (source.url().startsWith(MARIADB) || source.url().startsWith(MYSQL)) {
            // The driver of MariaDB serves MySQL, too.
            return SqlSourceDatabase.ofMySql(
                    new DbSession(source.url().replaceFirst("^" + MYSQL, MARIADB), user, password));
        }
        return sources.stream()
                .filter(kind -> kind.takes(source.url()))
                .findFirst()
                .orElseThrow(() ->
                        new ImpossibleException("sources like that of the connection " + name + " can't be verified"))
                .open(name, source);
    }

    private static final class Opened implements Comparison {
        private final PipelineDeclared pipeline;
        private final SourceDatabase source;
        private final TargetDatabase target;
        private final @Nullable Mask mask;

        Opened(PipelineDeclared pipeline, SourceDatabase source, TargetDatabase target, @Nullable Mask mask) {
            this.pipeline = pipeline;
            this.source = source;
            this.target = target;
            this.mask = mask;
        }

        @Override
        public Pair table(TableRoute route) {
            TableMapping.fault(route, mask).ifPresent(fault -> {
                throw new ImpossibleException(fault);
            });
            SourceDatabase.Read read = source.read(route);
            TableMapping mapping = mapping(route, read);
            SourceShape shape = read.shape(mapping);
            TargetDatabase.Side side = target.side(new Route.Table(route, Family.of(route, pipeline.tables())), shape);
            List<String> notes = new ArrayList<>(side.notes());
            notes.addAll(read.notes());
            if (!read.left().isEmpty()) {
                notes.add(
                        "not compared, as they are generated or their types have no form that is sure on both sides: the columns "
                                + String.join(", ", read.left()));
            }
            Form form = mapping.isPlain() ? side.form() : new MappedForm(side.form(), mapping);
            return new Pair(
                    read.table(side.summable(), form),
                    side.table(),
                    DocumentDecoder.areDocuments(shape.mapped()),
                    key -> new RowKey(key.values().stream().map(PgKeyText::of).toList()),
                    read.changes(mapping(route, read)),
                    notes);
        }

        /** Rules for columns that are not compared are none of ours. */
        private TableMapping mapping(TableRoute route, SourceDatabase.Read read) {
            List<ColumnRule> rules = route.columns() == null ? List.of() : route.columns();
            return TableMapping.of(
                    new TableRoute(
                            route.source(),
                            route.target(),
                            route.keyColumns(),
                            rules.stream()
                                    .filter(rule -> read.compares(rule.column()))
                                    .toList(),
                            route.policy(),
                            route.embedding(),
                            route.documentKey()),
                    mask);
        }

        @Override
        public String schema(List<TableRoute> routes) {
            StringBuilder all = new StringBuilder();
            for (TableRoute route : routes) {
                all.append(route.source()).append('\n').append(source.schema(route));
            }
            return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8))
                    .toString();
        }

        @Override
        public List<Reached> positions() {
            return target.positions(pipeline.migrationId());
        }

        @Override
        public void close() {
            source.close();
            target.close();
        }
    }
}
