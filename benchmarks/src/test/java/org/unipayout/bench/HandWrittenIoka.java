package org.unipayout.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.unipayout.simulator.ioka.IokaSimulator;

/** The transfer order to a saved card: made, looked at, paid; and the question about it. */
final class HandWrittenIoka extends HandWritten {
    private static final ObjectWriter ORDER = writer(TransferOrder.class);
    private static final ObjectWriter TRANSFER = writer(TransferRequest.class);

    private final String key;
    private final String baseUrl;

    record TransferOrder(
            long amount,
            String type,
            String currency,
            @JsonProperty("external_id") String externalId,
            String description,
            @JsonProperty("receiver_id") String receiverId) {}

    record TransferRequest(@JsonProperty("receiver_id") String receiverId) {}

    record Made(@Nullable Order order) {}

    record Order(
            @Nullable String id,
            @Nullable String status,
            long amount,
            @JsonProperty("external_id") @Nullable String externalId) {}

    record Transfer(
            @Nullable String status,
            @JsonProperty("order_id") @Nullable String orderId) {}

    HandWrittenIoka(Map<String, String> credentials) {
        super(credentials);
        key = Objects.requireNonNull(credentials.get("IOKA_API_KEY"));
        baseUrl = Objects.requireNonNull(credentials.get("IOKA_BASE_URL"));
    }

    @Override
    String baseUrl() {
        return baseUrl;
    }

    @Override
    String create() throws Exception {
        TransferOrder order = new TransferOrder(
                15000, "PAYOUT", "KZT", Recording.REFERENCE, "Payout to a card", IokaSimulator.SAVED_VISA_ID);
        Made made = send("/v2/transfer-orders", once("order"), ORDER.writeValueAsBytes(order), Made.class);
        String id = check(Objects.requireNonNull(made.order()), "NOT_TRANSFERRED");
        check(ask("/v2/transfer-orders/" + id, Headers.of("API-KEY", key), Order.class), "NOT_TRANSFERRED");
        byte[] transfer = TRANSFER.writeValueAsBytes(new TransferRequest(IokaSimulator.SAVED_VISA_ID));
        Transfer paid = send("/v2/transfer-orders/" + id + "/payout", once(id), transfer, Transfer.class);
        require("APPROVED".equals(paid.status()) && id.equals(paid.orderId()));
        return id;
    }

    @Override
    void get(String id) throws IOException {
        check(ask("/v2/transfer-orders/" + id, Headers.of("API-KEY", key), Order.class), "TRANSFERRED");
    }

    private static String check(Order order, String status) throws IOException {
        require(status.equals(order.status()));
        require(Recording.REFERENCE.equals(order.externalId()) && order.amount() == 15000);
        return Objects.requireNonNull(order.id());
    }

    private Headers once(String call) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest((Recording.REFERENCE + call).getBytes(StandardCharsets.UTF_8));
        return Headers.of("API-KEY", key, "idempotency-key", HexFormat.of().formatHex(hash));
    }
}
