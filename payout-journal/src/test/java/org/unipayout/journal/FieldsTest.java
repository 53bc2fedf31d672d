package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.journal.internal.decide.Fields;

class FieldsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "a=b", "two\nlines\r\n", "back\\slash \\n", "nul\0", "\\", "=", "\ud83d\ude00"})
    void read_whatWasWritten_isTheSame(String value) {
        Fields fields =
                new Fields().with("name", value).with("na=me\n\\", value).with("other", 7);

        Fields read = Fields.read(fields.text());

        assertThat(read.all()).isEqualTo(fields.all()).hasSize(3);
        assertThat(read.get("na=me\n\\")).isEqualTo(value);
    }

    @Test
    void text_namesStandInOrder_andOneALine() {
        assertThat(new Fields().with("b", "2\n3").with("a", 1).with("c", null).text())
                .isEqualTo("a=1\nb=2\\n3\n");
    }

    @Test
    void read_lineWithoutAName_isNoField() {
        assertThat(Fields.read("=1\nword\n\na=2").all()).isEqualTo(Map.of("a", "2"));
    }

    @Test
    void need_missing_isNamed() {
        assertThat(new Fields().with("a", 1).need("a")).isEqualTo("1");
        assertThatThrownBy(() -> new Fields().need("a"))
                .isInstanceOf(JournalException.class)
                .hasMessage("stored payout: field a is missing");
    }

    @Test
    void under_prefix_isTakenOff() {
        Fields fields = new Fields().with("a", 0).with("m.x", 1).with("m.y", 2).with("n", 3);

        assertThat(fields.under("m.")).isEqualTo(Map.of("x", "1", "y", "2"));
    }

    @Test
    void copyAndAsFarAs_leaveTheirOriginalAlone() {
        Fields fields = new Fields().with("a", 1).with("b", 2);

        assertThat(fields.copy().with("c", 3).all()).hasSize(3);
        assertThat(fields.asFarAs(new Fields().with("b", 9)).all()).isEqualTo(Map.of("b", "2"));
        assertThat(fields.all()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(fields).hasToString("Fields[a, b]");
    }
}
