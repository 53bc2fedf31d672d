package org.unipayout.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** A session that is made and started, signed, and the question about it. */
final class HandWrittenBank131 extends HandWritten {
    private static final ObjectWriter REQUEST = writer(SessionRequest.class);
    private static final AmountDetails AMOUNT = new AmountDetails(15000, "rub");
    private static final Metadata METADATA = new Metadata(Recording.REFERENCE, "good");
    private static final String TOKEN = "759c9852dde2211d7531b3d905c1d513fbfb914bee87fb567d99c7b2f2c2ad44";

    private final String project;
    private final PrivateKey key;
    private final String baseUrl;

    record SessionRequest(
            @JsonProperty("session_id") @Nullable String sessionId,
            @JsonProperty("payment_method") @Nullable Method method,
            @JsonProperty("amount_details") @Nullable AmountDetails amount,
            @JsonProperty("participant_details") @Nullable Participants participants,
            @Nullable Metadata metadata) {}

    record Method(String type, Card card) {}

    record Card(String type, @JsonProperty("tokenized_card") Token token) {}

    record Token(String token) {}

    record AmountDetails(long amount, String currency) {}

    record Participants(Person recipient) {}

    record Person(@JsonProperty("full_name") String fullName) {}

    @JsonPropertyOrder({"reference", "comment"})
    record Metadata(@Nullable String reference, @Nullable String comment) {}

    record Answer(@Nullable String status, @Nullable Session session) {}

    record Session(
            @Nullable String id,
            @Nullable String status,
            @Nullable List<Payment> payments) {}

    record Payment(
            @Nullable String id,
            @Nullable String status,
            @JsonProperty("amount_details") @Nullable AmountDetails amount,
            @Nullable Metadata metadata) {}

    HandWrittenBank131(Map<String, String> credentials) {
        super(credentials);
        project = Objects.requireNonNull(credentials.get("BANK131_PROJECT"));
        key = key(Objects.requireNonNull(credentials.get("BANK131_PRIVATE_KEY")));
        baseUrl = Objects.requireNonNull(credentials.get("BANK131_BASE_URL"));
    }

    private static PrivateKey key(String pem) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    String baseUrl() {
        return baseUrl;
    }

    @Override
    String create() throws Exception {
        byte[] session = REQUEST.writeValueAsBytes(new SessionRequest(null, null, AMOUNT, null, METADATA));
        Answer made = send("/api/v1/session/create", signed(session), session, Answer.class);
        String id = Objects.requireNonNull(checked(made).id());
        Method method = new Method("card", new Card("tokenized_card", new Token(TOKEN)));
        Participants participants = new Participants(new Person("Ivanov Ivan"));
        byte[] payout = REQUEST.writeValueAsBytes(new SessionRequest(id, method, AMOUNT, participants, METADATA));
        Headers headers = new Headers.Builder()
                .add("X-PARTNER-IDEMPOTENCY-KEY", Recording.REFERENCE)
                .addAll(signed(payout))
                .build();
        check(send("/api/v1/session/start/payout", headers, payout, Answer.class), "in_progress");
        return id;
    }

    @Override
    void get(String id) throws Exception {
        byte[] question = REQUEST.writeValueAsBytes(new SessionRequest(id, null, null, null, null));
        check(ask("/api/v1/session/status", signed(question), question, Answer.class), "pending");
    }

    private Headers signed(byte[] body) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(body);
        String sign = Base64.getEncoder().encodeToString(signature.sign());
        return Headers.of("X-PARTNER-PROJECT", project, "X-PARTNER-SIGN", sign);
    }

    private static Session checked(Answer answer) throws IOException {
        require("ok".equals(answer.status()));
        return Objects.requireNonNull(answer.session());
    }

    private static void check(Answer answer, String status) throws IOException {
        Payment payment = Objects.requireNonNull(checked(answer).payments()).get(0);
        require(status.equals(payment.status()));
        require(AMOUNT.equals(payment.amount()) && METADATA.equals(payment.metadata()));
    }
}
