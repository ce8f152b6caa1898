package io.flywatch.quickstart.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitterTest {

    private final List<String> pieces = new ArrayList<>();

    @Test
    void endsAStatementAtASemicolon() {
        split("CREATE TABLE a (id int);\n\nSELECT 1;\n  SELECT 2");

        assertThat(pieces).containsExactly("1: CREATE TABLE a (id int)", "3: SELECT 1", "4: SELECT 2");
    }

    @Test
    void knowsNoEndWithinStringsNamesAndComments() {
        split(
                "SELECT 'a;b', 'it''s;', E'\\';', \"odd;name\" /* no; /* nested; */ end; */ -- and; none here\n, 1; SELECT 'c:\\';");

        assertThat(pieces)
                .containsExactly(
                        "1: SELECT 'a;b', 'it''s;', E'\\';', \"odd;name\"    \n, 1".replace("    \n", "   \n"),
                        "2: SELECT 'c:\\'");
    }

    @Test
    void keepsDollarQuotedBodiesWhole() {
        split(
                "CREATE FUNCTION f() AS $body$ BEGIN; $$ ; $$; END; $body$ LANGUAGE plpgsql; SELECT price$1; DO $$ x; $$;");

        assertThat(pieces)
                .containsExactly(
                        "1: CREATE FUNCTION f() AS $body$ BEGIN; $$ ; $$; END; $body$ LANGUAGE plpgsql",
                        "1: SELECT price$1",
                        "1: DO $$ x; $$");
    }

    @Test
    void keepsTheBodyOfAnSqlFunctionWhole() {
        split(
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; BEGIN; END;");

        assertThat(pieces)
                .containsExactly(
                        "1: CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END",
                        "1: BEGIN",
                        "1: END");
    }

    @Test
    void leavesOutCommandsOfPsql() {
        split("\\c shop\n\\restrict x\nSELECT 1;\n  \\echo is no command here;");

        assertThat(pieces).containsExactly("3: SELECT 1", "4: \\echo is no command here");
    }

    @Test
    void handsOverTheRowsOfACopy() {
        split(
                "COPY public.a (id, t) FROM stdin;\n1\tx;y\n2\t\\N\n\\.\n\nSELECT 1;\nCOPY a FROM STDIN WITH (FORMAT csv);\n\\.\n");

        assertThat(pieces)
                .containsExactly(
                        "1: COPY public.a (id, t) FROM stdin <1\tx;y\n2\t\\N\n>",
                        "6: SELECT 1",
                        "7: COPY a FROM STDIN WITH (FORMAT csv) <>");
    }

    @Test
    void passesOverRowsThatNobodyRead() {
        List<String> statements = new ArrayList<>();
        Script indifferent = new Script() {
            @Override
            public void statement(String sql, int line) {
                statements.add(sql);
            }

            @Override
            public void copy(String sql, int line, Reader rows) {}
        };

        splitInto(indifferent, "COPY a FROM stdin;\n1;\n2;\n\\.\nSELECT 1;");

        assertThat(statements).containsExactly("SELECT 1");
    }

    private void split(String sql) {
        splitInto(
                new Script() {
                    @Override
                    public void statement(String statement, int line) {
                        pieces.add(line + ": " + statement);
                    }

                    @Override
                    public void copy(String statement, int line, Reader rows) throws IOException {
                        StringWriter all = new StringWriter();
                        rows.transferTo(all);
                        pieces.add(line + ": " + statement + " <" + all + ">");
                    }
                },
                sql);
    }

    private static void splitInto(Script script, String sql) {
        try {
            Splitter.split(new StringReader(sql), script);
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }
}
