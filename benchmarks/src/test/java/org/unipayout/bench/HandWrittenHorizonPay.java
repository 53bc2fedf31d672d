package org.unipayout.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.Credentials;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;

/** The payout by token, with a look before, and both questions about it. */
final class HandWrittenHorizonPay extends HandWritten {
    private static final ObjectWriter PAYOUT = writer(Envelope.class);

    private final Headers headers;
    private final String baseUrl;

    record Envelope(CreatePayout request) {}

    record CreatePayout(
            long amount,
            String currency,
            String description,
            @JsonProperty("tracking_id") String trackingId,
            @JsonProperty("duplicate_check") boolean duplicateCheck,
            @JsonProperty("notification_url") String notificationUrl,
            @JsonProperty("recipient_credit_card") Card card) {}

    record Card(String token) {}

    record Transactions(@Nullable List<Transaction> transactions) {}

    record Transaction(
            @Nullable String uid,
            @Nullable String status,
            long amount,
            @Nullable String currency,
            @JsonProperty("tracking_id") @Nullable String trackingId) {}

    HandWrittenHorizonPay(Map<String, String> credentials) {
        super(credentials);
        String basic = Credentials.basic(
                Objects.requireNonNull(credentials.get("HORIZONPAY_SHOP_ID")),
                Objects.requireNonNull(credentials.get("HORIZONPAY_SECRET_KEY")));
        headers = Headers.of("Authorization", basic, "X-API-Version", "3");
        baseUrl = Objects.requireNonNull(credentials.get("HORIZONPAY_BASE_URL"));
    }

    @Override
    String baseUrl() {
        return baseUrl;
    }

    @Override
    String create() throws IOException {
        require(byReference().isEmpty());
        CreatePayout payout = new CreatePayout(
                15000,
                "KZT",
                "Payout to a card",
                Recording.REFERENCE,
                true,
                "https://shop.example/payouts",
                new Card(HorizonPaySimulator.SAMPLE_TOKEN));
        return check(send(
                "/transactions/payouts", headers, PAYOUT.writeValueAsBytes(new Envelope(payout)), Transaction.class));
    }

    @Override
    void get(String id) throws IOException {
        check(ask("/transactions/" + id, headers, Transaction.class));
        List<Transaction> all = byReference();
        require(all.size() == 1);
        check(all.get(0));
    }

    private List<Transaction> byReference() throws IOException {
        Transactions found = ask("/v2/transactions/tracking_id/" + Recording.REFERENCE, headers, Transactions.class);
        return Objects.requireNonNull(found.transactions());
    }

    private static String check(Transaction transaction) throws IOException {
        require("successful".equals(transaction.status()));
        require(Recording.REFERENCE.equals(transaction.trackingId()));
        require(transaction.amount() == 15000 && "KZT".equals(transaction.currency()));
        return Objects.requireNonNull(transaction.uid());
    }
}
