package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.Exchange;
import org.unipayout.Participant;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRequest;
import org.unipayout.simulator.ioka.IokaSimulator;

class IokaCustomersTest {
    private static final Participant PERSON = Participant.builder()
            .reference("person-1")
            .email("a@example.com")
            .phone("+77000000000")
            .build();

    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    @Test
    void create_thenFormThenPayout_paysTheSavedCardInBothFlows() {
        try (Shop shop = new Shop(IOKA)) {
            IokaCustomers customers = shop.transfers.customers();
            IokaCustomers.Customer created = customers.create(PERSON, URI.create("https://back.kz"));
            IokaSubject.typeCard(created.form().orElseThrow().url(), "pan=5522042705066736&exp=12/26&cvc=123");
            IokaCustomers.SavedCard card = customers.cards(created.id()).get(0);
            PayoutRequest request = PayoutRequest.builder("c-1", Shop.tenge(15000), card.recipient())
                    .build();

            assertThat(created.status()).isEqualTo("PENDING");
            assertThat(customers.get(created.id()).status()).isEqualTo("READY");
            assertThat(card.mask()).isEqualTo("552204******6736");
            assertThat(customers.card(card.recipient()).mask()).isEqualTo(card.mask());
            assertThat(shop.transfers.create(request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(savedCard()).isEqualTo(card.recipient());
            assertThat(created + " " + card).doesNotContain("_secret_", "a@example.com", "/" + card.recipient());
        }
        IOKA.reset();
        try (Shop shop = new Shop(IOKA)) {
            Recipient.SavedCard card = shop.transfers
                    .customers()
                    .cards(IokaSimulator.CUSTOMER_ID)
                    .get(0)
                    .recipient();
            PayoutRequest request =
                    PayoutRequest.builder("c-2", Shop.tenge(15000), card).build();

            assertThat(shop.orders.create(request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    @Test
    void create_personWhoExists_isRefused() {
        try (Shop shop = new Shop(IOKA)) {
            shop.transfers.customers().create(PERSON, null);
            Participant other = Participant.builder().reference("person-1").build();

            assertThatThrownBy(() -> shop.transfers.customers().create(other, null))
                    .isInstanceOf(PayoutRejectedException.class)
                    .hasMessageContaining("CustomerExists");
        }
    }

    @Test
    void delete_savedCard_isForgotten() {
        try (Shop shop = new Shop(IOKA)) {
            IokaCustomers customers = shop.transfers.customers();
            Recipient.SavedCard card =
                    customers.cards(IokaSimulator.CUSTOMER_ID).get(0).recipient();

            customers.delete(card);

            assertThat(customers.cards(IokaSimulator.CUSTOMER_ID))
                    .extracting(IokaCustomers.SavedCard::recipient)
                    .doesNotContain(card);
            assertThatThrownBy(() -> customers.card(card)).isInstanceOf(PayoutReadException.class);
            assertThatThrownBy(() -> customers.delete(card)).isInstanceOf(PayoutRejectedException.class);
        }
    }

    @Test
    void exchanges_ofPeopleAndCards_showNoToken() {
        try (Shop shop = new Shop(IOKA)) {
            IokaCustomers customers = shop.transfers.customers();
            IokaCustomers.Customer customer = customers.create(PERSON, null);
            customers.get(customer.id());
            customers.find("person-1");
            Recipient.SavedCard card =
                    customers.cards(IokaSimulator.CUSTOMER_ID).get(0).recipient();
            customers.card(card);
            shop.orders.create(
                    PayoutRequest.builder("w-1", Shop.tenge(15000), card).build());
            shop.transfers.create(
                    PayoutRequest.builder("w-2", Shop.tenge(15000), card).build());
            customers.delete(card);
            String cardId = card.token().substring(card.token().indexOf('/') + 1);

            assertThat(shop.exchanges)
                    .hasSizeGreaterThan(6)
                    .allSatisfy(exchange -> assertThat(
                                    exchange + exchange.path() + exchange.requestBody() + exchange.responseBody())
                            .doesNotContain(cardId, IokaSimulator.CUSTOMER_ID, customer.id()));
            assertThat(shop.exchanges).extracting(Exchange::path).contains("/v2/customers/***/cards/***");
        }
    }

    @Test
    void create_metadata_isInTheAuditTrailNeitherByNameNorByValue() {
        try (Shop shop = new Shop(IOKA)) {
            PayoutRequest request = Shop.toSavedCard("w-1", 15000)
                    .metadata("name-of-a-note", "value-of-a-note")
                    .build();
            shop.transfers.create(request);

            assertThat(shop.exchanges)
                    .isNotEmpty()
                    .allSatisfy(exchange -> assertThat(exchange.requestBody() + exchange.responseBody())
                            .doesNotContain("-of-a-note"))
                    .anySatisfy(exchange -> assertThat(exchange.requestBody()).contains("\"external_id\":\"w-1\""));
        }
    }

    @Test
    void toString_registeredAddress_showsNoUrl() {
        assertThat(new IokaWebhookAddresses.Address("whk_1", "https://shop.example/hook?key=s3cret", List.of(), true))
                .asString()
                .doesNotContain("shop.example", "s3cret");
    }

    @Test
    void card_tokenWithoutCustomer_isRefusedBeforeAnyCall() {
        try (Shop shop = new Shop(IOKA)) {
            assertThatThrownBy(() -> shop.transfers.customers().card(new Recipient.SavedCard("TESTCARDID")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("TESTCARDID");
            assertThatThrownBy(() -> shop.transfers.customers().cards("../orders"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("customerId");
            assertThat(shop.exchanges).isEmpty();
        }
    }

    @Test
    void webhookAddresses_registeredListedRemoved_areAsIokaHasThem() {
        try (Shop shop = new Shop(IOKA)) {
            IokaWebhookAddresses addresses = shop.transfers.webhookAddresses();
            IokaWebhookAddresses.Registration registered =
                    addresses.register(URI.create("https://shop.example/hook"), List.of("TRANSFER_APPROVED"));

            assertThat(registered.key()).isEqualTo(Secret.of(IOKA.webhookKey()));
            assertThat(addresses.list()).containsExactly(registered.address());

            addresses.remove(registered.address().id());

            assertThat(addresses.list()).isEmpty();
            assertThatThrownBy(() -> addresses.register(URI.create("https://shop.example/hook"), List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("events");
        }
    }

    private static Recipient.SavedCard savedCard() {
        IokaWebhooks receiver = IokaWebhooks.of(List.of(Secret.of(IOKA.webhookKey())));
        var notification = IOKA.webhooks().created().get(0);
        Map<String, List<String>> headers = new HashMap<>();
        notification.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        WebhookRequest request = new WebhookRequest(notification.body(), headers);
        assertThat(receiver.receive(request).trust()).isEqualTo(WebhookEvent.Trust.VERIFIED);
        return receiver.savedCard(request).orElseThrow().card();
    }
}
