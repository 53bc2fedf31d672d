package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private record Order(
            @Nullable String id,
            @Nullable Long amount,
            @Nullable BigDecimal rate) {}

    private record Described(
            @Nullable String id,
            @Describing @Nullable Long fee,
            @Describing @Nullable Person person,
            @Describing @Nullable Described part,
            @Describing @Nullable String text) {

        private record Person(@Nullable String name) {}
    }

    @Test
    void write_nulls_areLeftOut() {
        assertThat(text(new Order("é", 100L, null))).isEqualTo("{\"id\":\"é\",\"amount\":100}");
    }

    @Test
    void write_decimal_isPlain() {
        assertThat(text(new Order(null, null, new BigDecimal("1E+3")))).isEqualTo("{\"rate\":1000}");
    }

    @Test
    void write_valueWithoutForm_isRefusedWithoutRepeatingIt() {
        Object secretive = new Object() {
            @Override
            public String toString() {
                return Calls.CARD;
            }
        };

        assertThatThrownBy(() -> Json.write(secretive))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageNotContaining(Calls.CARD);
    }

    /** Half of a surrogate pair has no UTF-8, also within what is dropped. */
    @ParameterizedTest
    @ValueSource(strings = {"{'id':'1','text':[{'a':'???'}]}", "{'id':'1','person':{'name':'???'}}"})
    void read_invalidUtf8WithinADescribingComponent_isUnreadable(String form) {
        byte[] body = form.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        System.arraycopy(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, 0, body, form.indexOf('?'), 3);

        assertThatThrownBy(() -> Json.read(body, Described.class)).isInstanceOf(UnreadableBodyException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':'a','person':{'name':'b','name':'c'}}",
                "{'id':'a','person':{'name':{'x':1,'x':2}}}",
                "{'id':'a','part':{'person':{'name':'b','name':'c'}}}",
                "{'id':'a','person':{'name':[}}}",
                "{'id':'a','person':{'name':'b'",
                "{'id':'a','text':[{'x':1]}",
                "{'id':'a','part':{'id':{},'person':[1,}}}",
                "{'id':'a','part':{'id':{}"
            })
    void read_describingComponentThatIsNoJson_isNoAnswer(String body) {
        assertThatThrownBy(() -> Json.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Described.class))
                .isInstanceOf(UnreadableBodyException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'part':{'id':{},'text':[{}]},'id':'a'}",
                "{'part':{'fee':99999999999999999999,'id':[[]]},'id':'a'}",
                "{'part':[{'id':'b'},[1]],'id':'a'}",
                "{'person':[[[1]],{}],'part':'x','id':'a'}",
                "{'part':{'part':{'part':{'id':{'id':1}},'id':3.5e9},'person':{'name':['c']},'id':{}},'id':'a'}"
            })
    void read_describingComponentHalfRead_whatComesAfterItIsRead(String body) throws Exception {
        Described read = Json.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Described.class);

        assertThat(read).isEqualTo(new Described("a", null, null, null, null));
    }

    @Test
    void read_unknownFields_areIgnored() throws Exception {
        assertThat(read("{\"new\":{\"a\":[1]},\"amount\":100}")).isEqualTo(new Order(null, 100L, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{",
                "{\"amount\":1",
                "{\"amount\":1}x",
                "{\"amount\":1}{\"amount\":2}",
                "{\"amount\":1,\"amount\":2}",
                "{\"amount\":1.5}",
                "{\"amount\":\"4111111111111111x\"}",
                "{\"amount\":{}}",
                "{\"amount\":99999999999999999999}",
                "[]",
                "<html>4111111111111111</html>"
            })
    void read_notOfThisShape_isUnreadableWithoutRepeatingIt(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(UnreadableBodyException.class)
                .hasNoCause()
                .hasMessageNotContaining("4111");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id':'a','fee':10,'person':{'name':'b'},'text':'c'} | 10   | b    | c",
                "{'id':'a','fee':'n/a','person':[],'text':{}}         |      |      |",
                "{'id':'a','fee':1.5,'person':'x','text':[1,[2]]}     |      |      |",
                "{'id':'a','fee':{},'person':{'name':{}},'text':null}  |      |      |",
                "{'id':'a','fee':'10','person':true,'text':1.50}       | 10   |      | 1.5",
                "{'id':'a'}                                           |      |      |",
            })
    void read_describingComponentOfAnotherForm_isDroppedAndTheRestIsKept(
            String body, @Nullable Long fee, @Nullable String name, @Nullable String text) throws Exception {
        Described read = Json.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Described.class);

        assertThat(read.id()).isEqualTo("a");
        assertThat(read.fee()).isEqualTo(fee);
        assertThat(read.person() == null ? null : read.person().name()).isEqualTo(name);
        assertThat(read.text()).isEqualTo(text);
    }

    private record Listed(
            @Describing @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<Integer> items) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{'items':[1,2]} | [1, 2]", "{'items':1} | [1]", "{'items':{}} |"})
    void read_describingComponentWithAnotherAnnotation_keepsIt(String body, @Nullable String items) throws Exception {
        Listed read = Json.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Listed.class);

        assertThat(read.items() == null ? null : read.items().toString()).isEqualTo(items);
    }

    @Test
    void read_describingComponentOfItsOwnType_isRead() throws Exception {
        String body = "{\"id\":\"a\",\"part\":{\"id\":\"b\",\"part\":[]}}";

        assertThat(Json.read(body.getBytes(StandardCharsets.UTF_8), Described.class)
                        .part())
                .isEqualTo(new Described("b", null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"id\":{},\"fee\":\"n/a\"}", "{\"fee\":{\"a\":1,\"a\":2},\"id\":\"a\"}", "{\"fee\":[,\"id\":1}"
            })
    void read_describingComponents_excuseNothingElse(String body) {
        assertThatThrownBy(() -> Json.read(body.getBytes(StandardCharsets.UTF_8), Described.class))
                .isInstanceOf(UnreadableBodyException.class);
    }

    /** Also where nobody looks at the text, because it is dropped or unknown: half of a surrogate pair has no UTF-8. */
    @ParameterizedTest
    @ValueSource(strings = {"id", "text", "person", "new"})
    void read_invalidUtf8_isUnreadable(String field) {
        byte[] body = ("{\"" + field + "\":\"???\"}").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, 0, body, body.length - 5, 3);

        assertThatThrownBy(() -> Json.read(body, Described.class)).isInstanceOf(UnreadableBodyException.class);
    }

    @Test
    void read_hundredLevels_isRead() throws Exception {
        assertThat(Json.read(nested(100), Object.class)).isNotNull();
    }

    @Test
    void read_moreLevels_isUnreadable() {
        assertThatThrownBy(() -> Json.read(nested(101), Object.class)).isInstanceOf(UnreadableBodyException.class);
    }

    @Test
    void read_decimals_keepEveryDigit() throws Exception {
        assertThat(Json.read("{\"rate\":0.10000000000000000001}".getBytes(StandardCharsets.UTF_8), Map.class)
                        .get("rate"))
                .isEqualTo(new BigDecimal("0.10000000000000000001"));
    }

    private static byte[] nested(int levels) {
        return ("[".repeat(levels) + "]".repeat(levels)).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    private static Order read(String body) throws UnreadableBodyException {
        return Json.read(body.getBytes(StandardCharsets.UTF_8), Order.class);
    }
}
