package org.unipayout.simulator.horizonpay;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.unipayout.simulator.horizonpay.HorizonPaySwitches.Envelope;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.SimulatedResponse;
import org.unipayout.testkit.WebhookOutbox;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ArrayNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** The HTTP surface and all state of one simulated gateway between two resets. */
final class Gateway {
    private static final int MOST_RECENT = 10;

    private final HorizonPaySwitches switches = new HorizonPaySwitches();
    private final Refusals refusals = new Refusals(switches);
    private final CardVault vault = new CardVault();
    private final Shop shop;
    private final Payouts payouts;
    private final AsyncJobs jobs;
    private final SideServices services;
    private final RedirectPage redirectPage;
    private final TransactionBody bodies;
    private final Notifier notifier;
    private int refusalsLeft;
    private int pagesLeft;

    Gateway(
            Shop shop,
            Ledger ledger,
            Clock clock,
            WebhookOutbox outbox,
            LongFunction<Scenario> scenarios,
            Supplier<URI> baseUrl) {
        this.shop = shop;
        this.bodies = new TransactionBody(switches, baseUrl);
        this.notifier = new Notifier(shop, outbox, bodies, switches);
        this.payouts = new Payouts(switches, vault, ledger, clock, scenarios, notifier, bodies);
        this.jobs = new AsyncJobs(clock, baseUrl);
        this.services = new SideServices(switches, vault, ledger);
        this.redirectPage = new RedirectPage(payouts);
    }

    WebhookOutbox.Notification signed(byte[] body) {
        return notifier.signed(body);
    }

    HorizonPaySwitches switches() {
        return switches;
    }

    String saveCard(String number) {
        return vault.save(new Card(number, null, null, null));
    }

    void hideFor(Duration duration) {
        payouts.hideFor(duration);
    }

    void refuseNext(int requests) {
        refusalsLeft = requests;
    }

    void blockNext(int requests) {
        pagesLeft = requests;
    }

    void addEarlier(String trackingId, String cardNumber, long amount, String currency, Duration age) {
        payouts.addEarlier(trackingId, cardNumber, amount, currency, age);
    }

    void correctByHand(String uid) {
        payouts.correctByHand(uid);
    }

    void settle() {
        jobs.settle();
        payouts.settle();
    }

    SimulatedResponse answer(ReceivedRequest request) {
        jobs.catchUp();
        payouts.catchUp();
        List<String> path = segments(request.path());
        if (path.size() == 2 && path.get(0).equals("process")) {
            return redirectPage.answer(request, path.get(1));
        }
        Envelope envelope = envelope(request);
        if (pagesLeft > 0) {
            pagesLeft--;
            return refusals.firewall();
        }
        if (refusalsLeft > 0) {
            refusalsLeft--;
            return refusals.tooManyRequests();
        }
        if (!shop.sent(request)) {
            return refusals.unauthorized(envelope);
        }
        return switch (request.method()) {
            case "GET" -> get(request, path, envelope);
            case "POST" -> post(request, path, envelope);
            default -> refusals.notFound(envelope);
        };
    }

    private SimulatedResponse get(ReceivedRequest request, List<String> path, Envelope envelope) {
        if (request.header("Content-Type").isPresent() && !switches.contentTypeOnGetAllowed) {
            return refusals.contentTypeOnGet();
        }
        String last = path.isEmpty() ? "" : path.get(path.size() - 1);
        return switch (parentOf(path)) {
            case "transactions" ->
                payouts.byUid(last).map(found -> found(found, envelope)).orElseGet(() -> refusals.notFound(envelope));
            case "v2/transactions/tracking_id" -> mostRecent(trackingId(last));
            case "transactions/tracking_id" ->
                payouts.byTrackingId(trackingId(last)).stream()
                        .findFirst()
                        .map(found -> found(found, envelope))
                        .orElseGet(() -> refusals.notFound(envelope));
            case "async/status" -> jobs.status(last);
            case "async/result" -> jobs.result(last);
            default -> refusals.notFound(envelope);
        };
    }

    private SimulatedResponse post(ReceivedRequest request, List<String> path, Envelope envelope) {
        if (parentOf(path).equals("credit_cards")) {
            return withBody(request, envelope, (body, form) -> services.updateCard(path.get(1), body, form));
        }
        return switch (String.join("/", path)) {
            case "transactions/payouts" -> withBody(request, envelope, payouts::create);
            case "async/transactions/payouts" ->
                jobs.submit(() -> withBody(request, envelope, payouts::create), switches.asyncTime);
            case "transactions/recipient_tokenizations" -> withBody(request, envelope, payouts::tokenize);
            case "credit_cards" -> withBody(request, envelope, services::saveCard);
            case "balance" -> withBody(request, envelope, services::balance);
            case "p2p-restrictions" -> withBody(request, envelope, (body, form) -> services.transferCheck(body));
            default -> refusals.notFound(envelope);
        };
    }

    private SimulatedResponse withBody(
            ReceivedRequest request, Envelope envelope, BiFunction<JsonNode, Envelope, SimulatedResponse> action) {
        String contentType = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!contentType.startsWith("application/json")) {
            return refusals.unusable(envelope, "E.1024");
        }
        JsonNode body = Json.read(request.body());
        if (body == null) {
            return refusals.unusable(envelope, "E.1026");
        }
        JsonNode section = body.path("request");
        return section.isObject() ? action.apply(section, envelope) : refusals.unusable(envelope, "E.1017");
    }

    private String trackingId(String segment) {
        int dot = segment.lastIndexOf('.');
        return switches.dotsAreFormats && dot >= 0 ? segment.substring(0, dot) : segment;
    }

    private SimulatedResponse found(Transaction transaction, Envelope envelope) {
        return SimulatedResponse.json(200, Json.write(bodies.whole(transaction, envelope)));
    }

    private SimulatedResponse mostRecent(String trackingId) {
        ObjectNode answer = Json.object();
        ArrayNode elements = answer.putArray("transactions");
        payouts.byTrackingId(trackingId).stream()
                .limit(MOST_RECENT)
                .forEach(found -> elements.add(bodies.element(found, switches.trackingElementEnvelope)));
        return SimulatedResponse.json(200, Json.write(answer));
    }

    private Envelope envelope(ReceivedRequest request) {
        Envelope forced = switches.forcedEnvelope;
        if (forced != null) {
            return forced;
        }
        return request.header("X-API-Version").orElse("").equals("3") ? Envelope.V3 : Envelope.V2;
    }

    private static String parentOf(List<String> path) {
        return path.isEmpty() ? "" : String.join("/", path.subList(0, path.size() - 1));
    }

    /** Decoded after the split, so that a tracking_id may hold a slash; a plus sign stays one. */
    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        Arrays.stream(path.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .forEach(segments::add);
        return segments;
    }
}
