package org.unipayout.bench;

import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** The payout by card number and the question about it. */
final class HandWrittenBereke extends HandWritten {
    private static final ObjectWriter PAYOUT = writer(PerformPayout.class);
    private static final ObjectWriter QUESTION = writer(GetPayoutStatus.class);
    private static final Headers NONE = Headers.of();

    private final String userName;
    private final String password;
    private final String baseUrl;

    record PerformPayout(
            String userName,
            String password,
            String orderNumber,
            long amount,
            String currency,
            String description,
            Client client,
            Target target,
            Map<String, String> jsonParams) {}

    record Client(String name) {}

    record Target(String pan) {}

    record GetPayoutStatus(String userName, String password, String orderNumber) {}

    record Order(
            @Nullable String errorCode,
            @Nullable String orderNumber,
            @Nullable String orderStatus,
            long amount) {}

    HandWrittenBereke(Map<String, String> credentials) {
        super(credentials);
        userName = Objects.requireNonNull(credentials.get("BEREKE_USER_NAME"));
        password = Objects.requireNonNull(credentials.get("BEREKE_PASSWORD"));
        baseUrl = Objects.requireNonNull(credentials.get("BEREKE_BASE_URL"));
    }

    @Override
    String baseUrl() {
        return baseUrl;
    }

    @Override
    String create() throws IOException {
        PerformPayout payout = new PerformPayout(
                userName,
                password,
                Recording.REFERENCE,
                15000,
                "398",
                "Payout to a card",
                new Client("CARDHOLDER NAME"),
                new Target("4111111111111111"),
                Map.of("unipayoutRecipient", "CARD_NUMBER"));
        check(send("/payouts/api/v2/performPayout.do", NONE, PAYOUT.writeValueAsBytes(payout), Order.class));
        return Recording.REFERENCE;
    }

    @Override
    void get(String id) throws IOException {
        byte[] question = QUESTION.writeValueAsBytes(new GetPayoutStatus(userName, password, id));
        check(ask("/payouts/api/v2/getPayoutStatus.do", NONE, question, Order.class));
    }

    private static void check(Order order) throws IOException {
        require("0".equals(order.errorCode()));
        require("2".equals(order.orderStatus()));
        require(Recording.REFERENCE.equals(order.orderNumber()) && order.amount() == 15000);
    }
}
