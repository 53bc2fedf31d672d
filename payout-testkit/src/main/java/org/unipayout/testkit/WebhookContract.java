package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.unipayout.Capabilities;
import org.unipayout.Payout;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;

/** Notifications: what is signed is believed as far as the signature goes, anything else is refused. */
interface WebhookContract extends ContractGroup {

    @Test
    default void receive_notificationsOfAPaidPayout_agreeWithTheProvider() {
        try (Stage stage = stage()) {
            assumeNotifications();
            Payout end = stage.finish(stage.client.create(stage.request()));

            List<WebhookEvent> events = stage.events();

            assertThat(events).isNotEmpty().allSatisfy(event -> {
                assertThat(event.provider()).isEqualTo(end.ref().provider());
                assertThat(event.providerId().or(event::reference)).isPresent();
                assertThat(event.trust())
                        .isEqualTo(
                                stage.client.capabilities().webhooks() == Capabilities.Webhooks.VERIFIED
                                        ? WebhookEvent.Trust.VERIFIED
                                        : WebhookEvent.Trust.HINT);
            });
            assertThat(events)
                    .anySatisfy(event -> assertThat(
                                    event.providerId().equals(end.ref().providerId())
                                            || event.reference().equals(java.util.Optional.of(Stage.REFERENCE)))
                            .isTrue());
            if (stage.client.capabilities().webhooks() == Capabilities.Webhooks.VERIFIED) {
                assertThat(events.get(events.size() - 1).status()).contains(PayoutStatus.SUCCEEDED);
            } else {
                assertThat(events)
                        .allSatisfy(event -> assertThat(event.status()).isEmpty());
            }
        }
    }

    @Test
    default void receive_notificationsOfADeclinedPayout_neverSayPaid() {
        try (Stage stage = stage()) {
            assumeNotifications();
            stage.finish(stage.client.create(stage.request(Scenario.DECLINED.amount(150))));

            assertThat(stage.events())
                    .allSatisfy(event ->
                            assertThat(event.status()).isNotEqualTo(java.util.Optional.of(PayoutStatus.SUCCEEDED)));
        }
    }

    @Test
    default void receive_repeatedDelivery_hasTheSameDedupeKeyAndDifferentEventsDiffer() {
        try (Stage stage = stage()) {
            assumeNotifications();
            stage.finish(stage.client.create(stage.request()));

            List<String> first =
                    stage.events().stream().map(WebhookEvent::dedupeKey).collect(Collectors.toList());
            List<String> second =
                    stage.events().stream().map(WebhookEvent::dedupeKey).collect(Collectors.toList());

            assertThat(second).isEqualTo(first);
            assertThat(first).doesNotHaveDuplicates();
        }
    }

    @Test
    default void receive_changedBody_isRejected() {
        withNotifications((webhooks, notification) -> {
            byte[] body = notification.body();
            String changed = new String(body, java.nio.charset.StandardCharsets.UTF_8)
                    .replaceFirst("\"amount\":\\s*\\d+", "\"amount\":1");
            assertRejected(
                    webhooks, changed.getBytes(java.nio.charset.StandardCharsets.UTF_8), Stage.headers(notification));
        });
    }

    @Test
    default void receive_oneMoreSpace_isRejectedIfTheSignatureCoversRawBytes() {
        assumeTrue(subject().signatureCoversRawBytes(), "the signature covers a canonical form");
        withNotifications((webhooks, notification) -> {
            byte[] body = notification.body();
            byte[] longer = Arrays.copyOf(body, body.length + 1);
            longer[body.length] = ' ';
            assertRejected(webhooks, longer, Stage.headers(notification));
        });
    }

    @Test
    default void receive_withoutHeaders_isRejected() {
        withNotifications((webhooks, notification) -> assertRejected(webhooks, notification.body(), Map.of()));
    }

    @Test
    default void receive_spoiledSignature_isRejected() {
        withNotifications((webhooks, notification) -> {
            Map<String, List<String>> spoiled = new java.util.HashMap<>();
            Stage.headers(notification).forEach((name, values) -> spoiled.put(name, List.of(flipped(values.get(0)))));
            assertRejected(webhooks, notification.body(), spoiled);
        });
    }

    @Test
    default void receive_signatureTwice_isRejected() {
        withNotifications((webhooks, notification) -> {
            Map<String, List<String>> twice = new java.util.HashMap<>();
            Stage.headers(notification)
                    .forEach((name, values) -> twice.put(name, List.of(flipped(values.get(0)), values.get(0))));
            assertRejected(webhooks, notification.body(), twice);
        });
    }

    @Test
    default void receive_garbage_isRejected() {
        withNotifications((webhooks, notification) ->
                assertRejected(webhooks, new byte[] {0, 1, 2, (byte) 0xff}, Stage.headers(notification)));
    }

    @Test
    default void receive_tenMegabytesWithAWrongSignature_costLittle() {
        if (subject().webhooks().isEmpty()) {
            WebhookCost.printNone(subject().provider());
        }
        withANotification((webhooks, notification) ->
                WebhookCost.print(subject().provider(), webhooks, Stage.headers(notification)));
    }

    @Test
    default void receive_tenMegabytesWithoutTheFormOfASignature_costNothing() {
        withANotification((webhooks, notification) -> {
            Map<String, List<String>> spoiled = new java.util.HashMap<>();
            Stage.headers(notification).keySet().forEach(name -> spoiled.put(name, List.of("?")));
            WebhookCost.assertNextToNothing(webhooks, spoiled);
            WebhookCost.assertNextToNothing(webhooks, Map.of());
        });
    }

    @Test
    default void receive_bodyOverTheLimit_isRejected() {
        withANotification((webhooks, notification) ->
                assertRejected(webhooks, new byte[WebhookRequest.MAX_BYTES + 1], Stage.headers(notification)));
    }

    @Test
    default void receive_headerInTwoSpellings_isRejectedIfTheyDisagree() {
        withANotification((webhooks, notification) -> {
            Map<String, List<String>> twice = new java.util.LinkedHashMap<>();
            Stage.headers(notification).forEach((name, values) -> {
                twice.put(name.toUpperCase(java.util.Locale.ROOT), List.of(flipped(values.get(0))));
                twice.put(name.toLowerCase(java.util.Locale.ROOT), values);
            });
            assertRejected(webhooks, notification.body(), twice);
        });
    }

    @Test
    default void receive_headersWithoutValues_areRejected() {
        withANotification((webhooks, notification) -> {
            Map<String, List<String>> nulls = new java.util.HashMap<>();
            Map<String, List<String>> lists = new java.util.HashMap<>();
            Stage.headers(notification).keySet().forEach(name -> {
                nulls.put(name, null);
                lists.put(name, java.util.Collections.singletonList(null));
            });
            assertRejected(webhooks, notification.body(), nulls);
            assertRejected(webhooks, notification.body(), lists);
        });
    }

    @Test
    default void receive_headerNamesInAnyCase_areFound() {
        withNotifications((webhooks, notification) -> {
            Map<String, List<String>> upper = new java.util.HashMap<>();
            Stage.headers(notification)
                    .forEach((name, values) -> upper.put(name.toUpperCase(java.util.Locale.ROOT), values));
            assertThat(webhooks.receive(new WebhookRequest(notification.body(), upper)))
                    .isNotNull();
        });
    }

    private void withNotifications(java.util.function.BiConsumer<PayoutWebhooks, WebhookOutbox.Notification> check) {
        try (Stage stage = stage()) {
            PayoutWebhooks webhooks = webhooks();
            stage.finish(stage.client.create(stage.request()));
            List<WebhookOutbox.Notification> created =
                    stage.subject.simulator().webhooks().created();
            assertThat(created).isNotEmpty();
            created.forEach(notification -> check.accept(webhooks, notification));
        }
    }

    private void withANotification(java.util.function.BiConsumer<PayoutWebhooks, WebhookOutbox.Notification> check) {
        java.util.concurrent.atomic.AtomicBoolean checked = new java.util.concurrent.atomic.AtomicBoolean();
        withNotifications((webhooks, notification) -> {
            if (!checked.getAndSet(true)) {
                check.accept(webhooks, notification);
            }
        });
    }

    private void assumeNotifications() {
        assumeTrue(subject().webhooks().isPresent(), "the provider sends no notifications");
    }

    private PayoutWebhooks webhooks() {
        assumeNotifications();
        return subject().webhooks().orElseThrow();
    }

    private static String flipped(String value) {
        char[] characters = value.toCharArray();
        int middle = characters.length / 2;
        characters[middle] = characters[middle] == 'A' ? 'B' : 'A';
        return new String(characters);
    }

    private static void assertRejected(PayoutWebhooks webhooks, byte[] body, Map<String, List<String>> headers) {
        assertThatThrownBy(() -> webhooks.receive(new WebhookRequest(body, headers)))
                .isInstanceOf(WebhookRejectedException.class);
    }
}
