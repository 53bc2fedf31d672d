package org.unipayout.simulator.bereke;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.unipayout.simulator.bereke.BerekeSwitches.Funding;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.SimulatedResponse;

/** The endpoints under {@code /payouts/api/v2/}. */
final class PayoutsApi {
    private static final String ROOT = "/payouts/api/v2/";
    private static final String PERFORM = "performPayout.do";

    /** An error code that the bank's page does not have. */
    static final String UNDOCUMENTED_CODE = "777";

    private final String userName;
    private final String password;
    private final BerekeSwitches switches;
    private final OrderBook book;
    private final Answers answers;
    private final FieldRules rules;
    private final CardRules cards;
    private final LongFunction<Scenario> scenarios;
    private final Supplier<String> pageUrl;
    private final Clock clock;
    private final Deque<BerekeError> failures = new ArrayDeque<>();
    private final List<Waiting> queue = new ArrayList<>();

    /** A payout that the bank took in and has not looked at yet. */
    private record Waiting(Fields fields, String pan, Instant due) {}

    PayoutsApi(
            String userName,
            String password,
            BerekeSwitches switches,
            Clock clock,
            OrderBook book,
            LongFunction<Scenario> scenarios,
            Supplier<String> pageUrl) {
        this.userName = userName;
        this.password = password;
        this.switches = switches;
        this.clock = clock;
        this.book = book;
        this.answers = new Answers(switches, book);
        this.rules = new FieldRules(switches);
        this.cards = new CardRules(switches);
        this.scenarios = scenarios;
        this.pageUrl = pageUrl;
    }

    void failNext(BerekeError error) {
        failures.add(error);
    }

    void clear() {
        failures.clear();
        queue.clear();
    }

    SimulatedResponse answer(ReceivedRequest request) {
        try {
            return route(request);
        } catch (BerekeRefusal refusal) {
            return Answers.error(refusal);
        }
    }

    private SimulatedResponse route(ReceivedRequest request) {
        executeWhatIsDue();
        if (switches.firewallStatus != 0) {
            return SimulatedResponse.text(switches.firewallStatus, "text/html", "<html>Request blocked</html>");
        }
        String method = request.path().startsWith(ROOT) ? request.path().substring(ROOT.length()) : "";
        if (request.method().equals("GET") && method.equals("echo")) {
            return SimulatedResponse.text(
                    200,
                    "text/plain",
                    "Payout v2.3 is online in channel Payout_APIserver - simulator[instance:unipayout]");
        }
        if (!request.method().equals("POST") || !method.endsWith(".do")) {
            throw new BerekeRefusal(BerekeError.METHOD_NOT_FOUND);
        }
        if (switches.rateLimited) {
            return tooManyRequests();
        }
        BerekeError failure = failures.poll();
        if (failure != null && !isExecutedBehind(failure, method)) {
            throw new BerekeRefusal(failure);
        }
        SimulatedResponse response = call(request, method);
        if (failure != null) {
            throw new BerekeRefusal(failure);
        }
        return response;
    }

    private boolean isExecutedBehind(BerekeError failure, String method) {
        return switches.executedBehindError && failure.leavesOutcomeOpen() && method.equals(PERFORM);
    }

    private SimulatedResponse call(ReceivedRequest request, String method) {
        return switch (method) {
            case "getAmount.do" -> balance(accept(request, method));
            case "registerPayout.do" -> register(accept(request, method));
            case PERFORM -> perform(accept(request, method));
            case "getPayoutStatus.do" -> status(accept(request, method));
            default -> throw new BerekeRefusal(BerekeError.METHOD_NOT_FOUND);
        };
    }

    private Fields accept(ReceivedRequest request, String method) {
        String contentType = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        boolean complete = switches.requiredHeaders.stream()
                .allMatch(name -> request.header(name).isPresent());
        if (!contentType.startsWith("application/json") || !complete) {
            throw new BerekeRefusal(BerekeError.INVALID_REQUEST);
        }
        Fields fields = Fields.parse(request.text(), method);
        rules.checkCredentials(fields, userName, password);
        if (!switches.signatureCheck.test(request)) {
            throw new BerekeRefusal(BerekeError.NOT_AUTHENTICATED);
        }
        return fields;
    }

    private SimulatedResponse balance(Fields fields) {
        rules.checkSource(fields, false);
        return answers.balance();
    }

    private SimulatedResponse register(Fields fields) {
        rules.checkRegister(fields);
        if (book.isTaken(fields.requiredText("orderNumber"))) {
            return answers.duplicate();
        }
        BerekeOrder order = book.register(fields, scenario(fields));
        long seconds = fields.node("sessionTimeoutSecs").asLong(1200);
        order.expiresAt = order.createdAt.plusSeconds(seconds);
        order.sourceBindingId = switches.funding == Funding.CORPORATE_CARD ? BerekeSimulator.CORPORATE_BINDING : null;
        return answers.registered(order, pageUrl.get() + "?mdOrder=" + order.orderId);
    }

    private SimulatedResponse perform(Fields fields) {
        rules.checkPerform(fields);
        if (book.isTaken(fields.requiredText("orderNumber"))) {
            return answers.duplicate();
        }
        String pan = recipientCard(fields);
        cards.check(pan);
        if (!switches.backlog.isZero()) {
            queue.add(new Waiting(fields, pan, clock.instant().plus(switches.backlog)));
            throw new BerekeRefusal(BerekeError.GATEWAY_TIMEOUT);
        }
        Scenario scenario = scenario(fields);
        if (scenario == Scenario.RATE_LIMITED) {
            return tooManyRequests();
        }
        if (scenario == Scenario.SERVER_ERROR_NOT_PAID) {
            throw new BerekeRefusal(BerekeError.REST_RESPONSE);
        }
        BerekeOrder order = book.register(fields, scenario);
        book.execute(order, pan);
        if (scenario == Scenario.SERVER_ERROR_PAID) {
            throw new BerekeRefusal(BerekeError.GATEWAY_TIMEOUT);
        }
        if (scenario == Scenario.UNDOCUMENTED_CODE) {
            return Answers.error(400, UNDOCUMENTED_CODE, "Operation queue is not empty");
        }
        return answers.performed(order);
    }

    /** A number that was taken meanwhile is refused, and nobody hears of it. */
    private void executeWhatIsDue() {
        List<Waiting> due = queue.stream()
                .filter(waiting -> !clock.instant().isBefore(waiting.due))
                .toList();
        queue.removeAll(due);
        for (Waiting waiting : due) {
            if (!book.isTaken(waiting.fields.requiredText("orderNumber"))) {
                book.execute(book.register(waiting.fields, scenario(waiting.fields)), waiting.pan);
            }
        }
    }

    private SimulatedResponse status(Fields fields) {
        rules.checkStatus(fields);
        return book.lookUp(fields).map(answers::status).orElseGet(() -> answers.notFound(fields));
    }

    private String recipientCard(Fields fields) {
        @Nullable String pan = rules.pan(fields);
        if (pan != null) {
            return pan;
        }
        return book.binding(fields.requiredText("target.bindingId"), fields.requiredText("client.clientId"))
                .orElseThrow(() -> new BerekeRefusal(BerekeError.UNKNOWN_BINDING))
                .pan();
    }

    private Scenario scenario(Fields fields) {
        return scenarios.apply(fields.node("amount").longValue());
    }

    /** Acquiring answers so when it is overloaded; the payouts page says nothing, so there is no body. */
    private static SimulatedResponse tooManyRequests() {
        return SimulatedResponse.empty(429);
    }
}
