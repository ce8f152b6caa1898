package io.flywatch.alerts.adapter.email;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SubjectTest {

    @Test
    void leavesPlainSubjectsAlone() {
        assertThat(Subject.encoded("[WARNING] shop: high lag")).isEqualTo("[WARNING] shop: high lag");
        assertThat(Subject.encoded("looks =?UTF-8?B?ZW5jb2RlZA==?=")).doesNotContain("looks");
    }

    @Property(tries = 200)
    void isReadAsItWasWrittenWhereverItIsCut(
            @ForAll @StringLength(min = 1, max = 60) @CharRange(from = ' ', to = '\u024f') String text)
            throws Exception {
        String line = "\ud83d\udd25" + text + "\ud83d\udea8\u20ac";

        String encoded = Subject.encoded(line);

        assertThat(MimeUtility.decodeText(encoded)).isEqualTo(line);
        assertThat(Arrays.asList(encoded.split(" ", -1)))
                .allSatisfy(
                        word -> assertThat(word).hasSizeLessThanOrEqualTo(75).matches("[\\x21-\\x7e]+"));
    }
}
