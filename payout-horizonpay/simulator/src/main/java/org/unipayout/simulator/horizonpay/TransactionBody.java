package org.unipayout.simulator.horizonpay;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.unipayout.simulator.horizonpay.HorizonPaySwitches.Envelope;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes a transaction in both envelopes. */
final class TransactionBody {
    private static final int GATEWAY_ID = 3483;
    private static final List<String> NAMES_AND_ADDRESS =
            List.of("first_name", "last_name", "address", "country", "city", "zip", "state", "phone");

    private final HorizonPaySwitches switches;
    private final Supplier<URI> baseUrl;

    TransactionBody(HorizonPaySwitches switches, Supplier<URI> baseUrl) {
        this.switches = switches;
        this.baseUrl = baseUrl;
    }

    ObjectNode whole(Transaction transaction, Envelope envelope) {
        return formed(
                envelope == Envelope.V3 ? flat(transaction) : Json.object().set("transaction", nested(transaction)));
    }

    /** One of many: the v2 form has no wrapper of its own here. */
    ObjectNode element(Transaction transaction, Envelope envelope) {
        return formed(envelope == Envelope.V3 ? flat(transaction) : nested(transaction));
    }

    /** Languages without a type for objects write one that holds nothing as a list. */
    private ObjectNode formed(ObjectNode body) {
        if (switches.emptyObjectsAsLists) {
            for (String name : names(body)) {
                JsonNode value = body.get(name);
                if (value instanceof ObjectNode inner) {
                    body.set(name, holdsNothing(inner) ? Json.object().arrayNode() : formed(inner));
                }
            }
        }
        return body;
    }

    private static boolean holdsNothing(ObjectNode node) {
        return names(node).stream().allMatch(name -> node.path(name).isNull());
    }

    private static List<String> names(ObjectNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private ObjectNode flat(Transaction transaction) {
        Outcome outcome = transaction.outcome();
        String code = switches.oldDeclineCodes ? Codes.oldNumber(outcome.code()) : outcome.code();
        ObjectNode body = Json.object();
        body.put("uid", transaction.uid);
        body.put("code", code);
        body.put("friendly_message", Codes.friendly(outcome.code()));
        common(body, transaction);
        body.set("customer", customer(transaction));
        ObjectNode recipient = body.putObject("recipient");
        copyAddress(transaction, "recipient_billing_address", recipient.putObject("customer"));
        ObjectNode method = recipient.putObject("payment_method");
        transaction.card.describeTo(method, transaction.token, detailed(transaction));
        method.put(switches.cardTypeKey, "credit_card");
        body.putObject("links").put("receipt_url", receiptUrl(transaction));
        body.putObject("smart_routing_verification").put("status", "successful");
        body.set("transaction", acquirer(transaction));
        return body;
    }

    private ObjectNode nested(Transaction transaction) {
        ObjectNode body = Json.object();
        body.put("uid", transaction.uid);
        body.put("id", transaction.uid);
        common(body, transaction);
        body.put("payment_method_type", "credit_card");
        body.put("receipt_url", receiptUrl(transaction));
        transaction.card.describeTo(body.putObject("recipient_credit_card"), transaction.token, detailed(transaction));
        body.set("customer", customer(transaction));
        copyAddress(transaction, "recipient_billing_address", body.putObject("recipient_billing_address"));
        JsonNode additional = transaction.request.path("additional_data");
        body.set("additional_data", additional.isObject() ? additional.deepCopy() : Json.object());
        body.set(transaction.type, acquirer(transaction));
        return body;
    }

    private void common(ObjectNode body, Transaction transaction) {
        JsonNode request = transaction.request;
        Outcome outcome = transaction.outcome();
        body.put("status", outcome.status());
        body.put("amount", amount(transaction));
        body.put("currency", transaction.currency);
        body.put("description", Json.text(request, "description"));
        body.put("type", transaction.type);
        body.put("tracking_id", transaction.trackingId());
        body.put("message", outcome.message());
        body.put("test", request.path("test").asBoolean(false));
        body.put("created_at", time(transaction.createdAt));
        body.put("updated_at", time(transaction.updatedAt()));
        body.put("paid_at", time(transaction.paidAt()));
        body.put("manually_corrected_at", time(transaction.correctedAt()));
        String language = Json.text(request, "language");
        body.put("language", language == null ? "en" : language);
        body.put("redirect_url", redirectUrl(transaction));
        body.putNull("status_code");
    }

    private ObjectNode acquirer(Transaction transaction) {
        Outcome outcome = transaction.outcome();
        boolean reached = outcome.bankCode() != null;
        ObjectNode section = Json.object();
        section.put("auth_code", outcome.paid() ? "654321" : null);
        section.put("bank_code", outcome.bankCode());
        section.put("rrn", reached ? transaction.rrn : null);
        section.put("ref_id", reached ? "777888" : null);
        section.put("message", outcome.bankMessage());
        section.put("amount", amount(transaction));
        section.put("currency", transaction.currency);
        section.put("billing_descriptor", reached ? "test descriptor" : null);
        section.put("gateway_id", GATEWAY_ID);
        String otherStatus = switches.acquirerStatus;
        section.put("status", otherStatus == null ? outcome.status() : otherStatus);
        return section;
    }

    /** The published sample shows the persons of the request here, the recipient's where there is no sender. */
    private static ObjectNode customer(Transaction transaction) {
        JsonNode request = transaction.request;
        ObjectNode customer = Json.object();
        for (String field : List.of("ip", "email", "device_id", "birth_date")) {
            String sender = Json.text(request, "sender." + field);
            customer.put(field, sender == null ? Json.text(request, "recipient." + field) : sender);
        }
        boolean senderKnown = request.path("sender_billing_address").isObject();
        copyAddress(transaction, senderKnown ? "sender_billing_address" : "recipient_billing_address", customer);
        return customer;
    }

    private static void copyAddress(Transaction transaction, String section, ObjectNode target) {
        for (String field : NAMES_AND_ADDRESS) {
            target.put(field, Json.text(transaction.request, section + "." + field));
        }
    }

    /** A tokenization exists to give the token away; a payout does so only if switched. */
    private boolean detailed(Transaction transaction) {
        return switches.cardDetailsInAnswers || !transaction.type.equals("payout");
    }

    private @Nullable String redirectUrl(Transaction transaction) {
        boolean shown = transaction.outcome().awaitsRecipient() || switches.redirectUrlAlways;
        return shown ? baseUrl.get() + "/process/" + transaction.uid : null;
    }

    private String receiptUrl(Transaction transaction) {
        return baseUrl.get() + "/customer/transactions/" + transaction.uid + "?language=en";
    }

    private static @Nullable Long amount(Transaction transaction) {
        return transaction.currency == null ? null : Long.valueOf(transaction.echoedAmount());
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
