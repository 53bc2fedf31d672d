package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Exchange;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;

/** Secrecy: no card, credential or person in anything that prints, and an audit trail that cannot hurt. */
interface SecrecyContract extends ContractGroup {

    @ParameterizedTest
    @EnumSource(RecipientKind.class)
    default void anything_thatPrints_holdsNoSecret(RecipientKind kind) {
        List<String> printed = new ArrayList<>();
        try (LogCapture log = new LogCapture();
                Stage stage = stage()) {
            printed.add(stage.client.toString());
            if (stage.client.capabilities().recipients().contains(kind)) {
                PayoutRequest request = stage.subject
                        .request(kind, Stage.REFERENCE, Stage.AMOUNT)
                        .build();
                printed.add(request.toString());
                printed.add(request.recipient().toString());
                Payout created = stage.client.create(request);
                printed.add(created.toString());
                printed.add(created.ref().toString());
                created.nextAction().ifPresent(action -> printed.add(action.toString()));
                printed.add(stage.finish(created).toString());
            }
            stage.exchanges.forEach(exchange -> {
                printed.add(exchange.toString());
                printed.add(exchange.requestBody());
                printed.add(exchange.responseBody());
            });
            printed.addAll(log.lines());
        }
        assertThat(printed).isNotEmpty();
        assertNoSecretIn(printed);
    }

    @Test
    default void anyFailure_thatPrints_holdsNoSecret() {
        List<String> printed = new ArrayList<>();
        try (LogCapture log = new LogCapture();
                Stage stage = stage()) {
            Payout paid = stage.finish(stage.client.create(stage.request()));
            for (Fault fault : List.of(
                    Fault.RESET_AFTER_REQUEST,
                    Fault.GARBLE_BODY,
                    Fault.HTML_ERROR,
                    Fault.answer(
                            400,
                            Map.of(),
                            "{\"echo\":\"" + String.join(" ", subject().secrets()) + "\"}"),
                    Fault.answer(400, Map.of(), secretsAsNames()),
                    Fault.answer(
                            401, Map.of(), "\"" + String.join(" ", subject().secrets()) + "\""))) {
                stage.network.heal();
                stage.network.on(call -> true).always().play(fault);
                printed.add(attempt(() -> stage.client.create(stage.request())));
                printed.add(attempt(() -> stage.client.submit(paid.ref(), stage.request())));
                printed.add(attempt(() -> stage.client.get(paid.ref())));
            }
            stage.network.refuseConnections();
            printed.add(attempt(() -> stage.client.create(stage.request())));
            printed.add(attempt(() -> stage.client.get(paid.ref())));
            stage.exchanges.forEach(exchange -> {
                printed.add(exchange.path());
                printed.add(exchange.requestBody());
                printed.add(exchange.responseBody());
            });
            printed.addAll(log.lines());
        }
        assertThat(printed).isNotEmpty();
        assertNoSecretIn(printed);
    }

    @Test
    default void exchanges_ofAPayout_tellWhatHappenedAndNothingSecret() {
        try (Stage stage = stage()) {
            stage.finish(stage.client.create(stage.request()));

            assertThat(stage.exchanges).isNotEmpty().allSatisfy(exchange -> {
                assertThat(exchange.provider())
                        .isEqualTo(stage.client.capabilities().provider());
                assertThat(exchange.progress()).isEqualTo(Exchange.Progress.ANSWERED);
                assertThat(exchange.httpStatus()).isBetween(200, 299);
                assertThat(exchange.path()).startsWith("/").doesNotContain("?");
            });
            assertThat(stage.exchanges).anySatisfy(exchange -> {
                assertThat(subject().submits(exchange.method(), exchange.path()))
                        .isTrue();
                assertThat(exchange.requestBody()).isNotEmpty();
                assertThat(exchange.responseBody()).isNotEmpty();
                assertThat(exchange.reference()).isEqualTo(Stage.REFERENCE);
            });
        }
    }

    @Test
    default void exchanges_sinkThatThrows_doesNotTouchTheMoney() {
        try (Stage stage = stage();
                PayoutClient client =
                        stage.subject.client(stage.network.baseUrl(), new ContractSettings(stage.clock, exchange -> {
                            throw new IllegalStateException("the audit trail is full");
                        }))) {
            Payout created = client.create(stage.request());

            assertThat(stage.finish(created).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void client_builtForAnAddressWithCredentials_isRefused() {
        try (Stage stage = stage()) {
            String message = attempt(() -> {
                try (PayoutClient client =
                        stage.subject.client(URI.create("http://user:pass-in-url@127.0.0.1"), stage.settings)) {
                    return client.toString();
                }
            });

            assertThat(message).contains("IllegalArgumentException").doesNotContain("pass-in-url");
        }
    }

    /** Names of fields may be data too. */
    private String secretsAsNames() {
        return subject().secrets().stream()
                .filter(secret -> secret.chars().noneMatch(Character::isISOControl))
                .distinct()
                .map(secret -> "\"" + secret.replace("\"", "") + "\":1")
                .collect(java.util.stream.Collectors.joining(",", "{", "}"));
    }

    private String attempt(java.util.function.Supplier<Object> call) {
        try {
            return String.valueOf(call.get());
        } catch (PayoutException | IllegalArgumentException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
    }

    private void assertNoSecretIn(List<String> printed) {
        List<String> secrets = subject().secrets();
        assertThat(secrets).isNotEmpty().allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(3));
        assertThat(printed).allSatisfy(text -> assertThat(text).doesNotContain(secrets));
    }
}
