package io.flywatch.runner.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flywatch.runner.adapter.jdbc.LockTables.Told;
import io.flywatch.runner.blocking.TableLock;
import io.flywatch.runner.server.ServerTask;
import io.flywatch.runner.sql.Statement;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What MySQL 8 and MariaDB's plugins answer, as their manuals show it. */
class MySqlAnswersTest {
    private static final Statement ALTER = new Statement("ALTER TABLE employees ADD COLUMN middle_name char(14)");

    private static MySqlStages stages(Recorded server) {
        return new MySqlStages(server.connection());
    }

    @Test
    void tellsHowFarAnAlterIsByThePagesOfItsStages() throws SQLException {
        Recorded server = new Recorded()
                .to(
                        "events_stages_current s",
                        "event_name=stage/innodb/alter_table_(read_PK) work_completed=280 work_estimated=1245");

        assertThat(stages(server).of(7, ALTER, table -> 300_024L))
                .containsExactly(
                        new ServerTask("ALTER", "employees", "alter table (read PK)", 280L, 1245L, "blocks", 300_024L))
                .allSatisfy(it -> assertThat(it.rowsDone()).isEqualTo(67_475));
    }

    @Test
    void tellsTheRowsOfAnAlterThatCopies() throws SQLException {
        Recorded server = new Recorded()
                .to(
                        "events_stages_current s",
                        "event_name=stage/sql/copy_to_tmp_table work_completed=5000 work_estimated=300024");

        assertThat(stages(server).of(7, ALTER, table -> 290_000L))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.rowsDone()).isEqualTo(5_000);
                    assertThat(it.rowsTotal()).isEqualTo(300_024);
                });
    }

    @Test
    void saysWhatIsToBeSwitchedOnWhereStagesAreNotTold() throws SQLException {
        Recorded off = new Recorded().to("events_stages_current s").to("setup_consumers", "enabled=NO");
        Recorded denied = new Recorded().refuses("events_stages_current s", 1142, "SELECT command denied");
        Recorded on = new Recorded().to("events_stages_current s").to("setup_consumers", "enabled=YES");

        assertThat(stages(off).of(7, ALTER, table -> 1L))
                .singleElement()
                .satisfies(it -> assertThat(it.told()).contains("events_stages_current is off"))
                .satisfies(it -> assertThat(it.rowsDone()).isNull());
        assertThat(stages(denied).of(7, ALTER, table -> 1L))
                .singleElement()
                .satisfies(it -> assertThat(it.told()).contains("can't read it"));
        assertThat(stages(on).of(7, ALTER, table -> 1L)).isEmpty();
        assertThat(stages(off).of(7, new Statement("update t set a = 1"), table -> 1L))
                .isEmpty();
        assertThatThrownBy(() -> stages(new Recorded().refuses("events_stages_current s", 1317, "interrupted"))
                        .of(7, ALTER, table -> 1L))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void readsLocksThatAreHeldAndWaitedFor() throws SQLException {
        Recorded server = new Recorded()
                .to("setup_instruments", "enabled=YES")
                .to(
                        "metadata_locks",
                        "session=8 db=shop name=orders mode=SHARED~READ held=1",
                        "session=9 db=shop name=orders mode=EXCLUSIVE held=0",
                        "session=9 db=shop name=orders mode=INTENTION~EXCLUSIVE held=1");

        Told told = new LockTables(server.connection()).ask();

        assertThat(told).isInstanceOfSatisfying(Told.Exactly.class, it -> {
            assertThat(it.locks().blockersOf(9)).containsExactly(8L);
            assertThat(it.locks().all()).hasSize(2);
        });
    }

    @Test
    void putsWhatWaitsBesideTheHoldersOfThePlugin() throws SQLException {
        Recorded server = new Recorded()
                .to("setup_instruments")
                .to("information_schema.plugins", "plugin_name=METADATA~LOCK~INFO")
                .to("metadata_lock_info", "session=8 db=shop name=orders mode=MDL~SHARED~READ held=1")
                .to(
                        "information_schema.processlist",
                        "session=9 db=shop info=alter_table_orders_force",
                        "session=10 db=shop info=select_*_from_shop.orders");

        Told told = new LockTables(server.connection()).ask();

        assertThat(told).isInstanceOfSatisfying(Told.Exactly.class, it -> {
            assertThat(it.locks().blockersOf(9)).containsExactly(8L);
            assertThat(it.locks().waitersFor(9)).containsExactly(10L);
            assertThat(it.locks().all()).contains(new TableLock(9, "shop.orders", TableLock.Mode.EXCLUSIVE, false));
        });
    }

    @Test
    void saysWhyLocksAreNotTold() throws SQLException {
        Recorded off = new Recorded().to("setup_instruments").to("information_schema.plugins");
        Recorded unused = new Recorded().to("setup_instruments", "enabled=NO").to("information_schema.plugins");
        Recorded denied = new Recorded().refuses("setup_instruments", 1142, "SELECT command denied");

        assertThat(new LockTables(off.connection()).ask()).isEqualTo(new Told.Nothing("performance_schema is off"));
        assertThat(new LockTables(unused.connection()).ask())
                .isEqualTo(new Told.Nothing("performance_schema's instrument wait/lock/metadata/sql/mdl is off"));
        assertThat(new LockTables(denied.connection()).ask())
                .isEqualTo(new Told.Nothing("the watching user can't read performance_schema: SELECT command denied"));
    }
}
