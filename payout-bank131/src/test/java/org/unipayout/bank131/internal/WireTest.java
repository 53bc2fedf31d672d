package org.unipayout.bank131.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.bank131.Samples.byToken;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.bank131.Bank131Options.Dialect;
import org.unipayout.bank131.Samples;
import org.unipayout.bank131.internal.wire.SessionAnswer;
import org.unipayout.bank131.internal.wire.SessionRequest;
import org.unipayout.http.Json;
import org.unipayout.http.UnreadableBodyException;

class WireTest {

    @Test
    void toString_ofARequestAndItsParts_showsNoPersonAndNoToken() {
        SessionRequest request = Bank131Requests.payout(
                "ps_1",
                byToken("order-1").build(),
                Samples.options().dialect(Dialect.V1).build());

        assertThat(request + " " + request.paymentMethod() + " " + request.participantDetails())
                .isEqualTo("SessionRequest[***] Instrument[***] Participants[***]")
                .doesNotContain(Samples.TOKEN, "Ivanov");
    }

    @Test
    void confirmInformation_readAndWritten_isTheSameBytes() throws Exception {
        String information = "{\"exchanges\":[{\"id\":\"ex\",\"fx_rate\":\"1.10\",\"rate\":12345678901234567890.125}],"
                + "\"account_details\":{\"unlisted\":null,\"sender\":{\"name\":\"ООО \\\"Ромашка\\\"\"}}}";
        SessionAnswer answer = Json.read(
                ("{\"status\":\"ok\",\"confirm_information\":" + information + "}").getBytes(UTF_8),
                SessionAnswer.class);

        assertThat(new String(Json.write(SessionRequest.of("ps_1", answer.confirmInformation())), UTF_8))
                .isEqualTo("{\"session_id\":\"ps_1\",\"confirm_information\":" + information + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"session\":{\"payments\":{}}}",
                "{\"session\":{\"payments\":[{\"amount_details\":{\"amount\":100.5}}]}}",
                "{\"session\":{\"payments\":[{\"amount_details\":{\"amount\":9223372036854775808}}]}}",
                "{\"session\":\"ps_1\"}",
                "{\"status\":\"ok\",\"status\":\"error\"}"
            })
    void sessionAnswer_ofAnotherShape_isUnreadable(String body) {
        assertThatThrownBy(() -> Json.read(body.getBytes(UTF_8), SessionAnswer.class))
                .isInstanceOf(UnreadableBodyException.class);
    }

    @Test
    void sessionAnswer_nullsEverywhere_isRead() throws Exception {
        SessionAnswer answer = Json.read(
                ("{\"status\":\"ok\",\"error\":null,\"confirm_information\":null,\"session\":{\"id\":\"ps_1\","
                                + "\"payments\":null,\"payout_list\":[null],\"next_action\":null}}")
                        .getBytes(UTF_8),
                SessionAnswer.class);

        assertThat(answer.session())
                .satisfies(session -> assertThat(session.payouts()).isEmpty());
        assertThat(new String(Json.write(SessionRequest.of("ps_1", answer.confirmInformation())), UTF_8))
                .isEqualTo("{\"session_id\":\"ps_1\"}");
    }
}
