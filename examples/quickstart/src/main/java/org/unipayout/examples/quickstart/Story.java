package org.unipayout.examples.quickstart;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.Simulator;

/** One payout from beginning to end, told step by step, and compared with what the ledger says. */
final class Story {
    /** Each story pays another sum: HorizonPay takes two equal payouts to one card within 30 seconds for one. */
    private static final AtomicLong AMOUNTS = new AtomicLong(100);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ProviderUnderTest provider;
    private final Simulator simulator;
    private final String title;
    private final PrintStream out;
    private final List<String> disagreements = new ArrayList<>();

    Story(ProviderUnderTest provider, Simulator simulator, String title, PrintStream out) {
        this.provider = provider;
        this.simulator = simulator;
        this.title = title;
        this.out = out;
    }

    static PayoutClient client(ProviderUnderTest provider, Map<String, String> environment) {
        return provider.client(environment, Clock.systemUTC(), PATIENCE);
    }

    /** What a story ended in, for the table at the end. */
    record Ending(String provider, String title, PayoutStatus status, int timesPaid, List<String> disagreements) {}

    Ending paid() {
        return tell(Scenario.PAID, PayoutStatus.SUCCEEDED, 1, this::payAndFollow);
    }

    Ending declined() {
        return tell(Scenario.DECLINED, PayoutStatus.FAILED, 0, this::payAndFollow);
    }

    Ending canceled() {
        return tell(Scenario.PAID, PayoutStatus.CANCELED, 0, (client, network, request) -> {
            Payout waiting = step(
                    "get", client.get(step("create", client.create(request)).ref()));
            return follow(client, step("cancel", client.cancel(waiting.ref())));
        });
    }

    Ending lostAndFound() {
        return tell(Scenario.PAID, PayoutStatus.SUCCEEDED, 1, (client, network, request) -> {
            network.on(call -> provider.submits(call.method(), call.path())).play(Fault.RESET_AFTER_REQUEST);
            String stored = step("prepare", client.prepare(request)).ref().toString();
            out.println("      stored   " + stored);
            Payout unclear = step("submit", client.submit(PayoutRef.parse(stored), request));
            check("the lost answer is UNKNOWN", unclear.status() == PayoutStatus.UNKNOWN);
            return follow(client, unclear);
        });
    }

    /** What happens between the merchant and the provider. */
    private interface Plot {
        Payout play(PayoutClient client, FaultServer network, PayoutRequest request);
    }

    private Ending tell(Scenario scenario, PayoutStatus expected, int timesPaid, Plot plot) {
        String name = provider.provider();
        String reference = name + "-" + title.replace(' ', '-');
        PayoutRequest request = provider.request(reference, scenario.amount(AMOUNTS.getAndIncrement()))
                .build();
        out.println("  " + title + ": " + request.amount() + " under reference " + reference);
        Payout end;
        try (FaultServer network = FaultServer.before(simulator.baseUrl());
                PayoutClient client = client(provider, simulator.credentials(network.baseUrl()))) {
            end = plot.play(client, network, request);
        }
        Ledger ledger = simulator.ledger();
        check("the end is " + expected, end.status() == expected);
        check("the ledger shows " + timesPaid + " payment(s)", ledger.timesPaid(reference) == timesPaid);
        end.decline().ifPresent(decline -> out.println("      cashier  " + decline.text(Locale.ENGLISH)));
        ledger.movements().stream()
                .filter(movement -> movement.reference().equals(reference))
                .forEach(movement -> out.println("      ledger   " + movement.kind() + " " + movement.minorUnits()
                        + " minor units " + movement.currency() + " to " + movement.recipient()));
        return new Ending(name, title, end.status(), ledger.timesPaid(reference), List.copyOf(disagreements));
    }

    private Payout payAndFollow(PayoutClient client, FaultServer network, PayoutRequest request) {
        return follow(client, step("create", client.create(request)));
    }

    /** The loop of every merchant: confirm what waits for it, ask for the rest, stop when it is final. */
    private Payout follow(PayoutClient client, Payout payout) {
        Payout known = payout;
        for (int i = 0; i < 10 && !known.status().isFinal(); i++) {
            known = known.update(
                    known.status() == PayoutStatus.AWAITING_CONFIRMATION
                            ? step("confirm", client.confirm(known.ref()))
                            : step("get", client.get(known.ref())));
        }
        return known;
    }

    private Payout step(String call, Payout payout) {
        out.printf(
                "      %-8s %-22s %s%s%n",
                call,
                payout.status(),
                payout.providerStatus(),
                payout.evidence().map(evidence -> "(" + evidence.text() + ")").orElse(""));
        return payout;
    }

    private void check(String claim, boolean holds) {
        if (!holds) {
            disagreements.add(claim);
            out.println("      WRONG    it should be that " + claim);
        }
    }
}
