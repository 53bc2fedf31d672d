package org.unipayout.examples.quickstart;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWaiter;
import org.unipayout.Recipient;
import org.unipayout.bank131.Bank131Options;
import org.unipayout.bank131.Bank131PayoutClient;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Simulator;

/**
 * Pays through all providers that are on the class path, each simulated on this machine, and prints what happened to the money; ends with a status other than
 * zero if anything disagrees with the ledger.
 *
 * <p>With {@code BANK131_BASE_URL} set to the bank's demo host, {@code BANK131_PROJECT} and {@code BANK131_PRIVATE_KEY} in
 * the environment the same request is paid there instead.
 */
public final class Quickstart {
    private Quickstart() {}

    /**
     * Runs the stories.
     *
     * @param args none
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        boolean agreed = System.getenv("BANK131_BASE_URL") == null ? simulated(out) : real(out);
        if (!agreed) {
            System.exit(1);
        }
    }

    static boolean simulated(PrintStream out) {
        List<Story.Ending> endings = new ArrayList<>();
        for (ProviderUnderTest provider : ProviderUnderTest.all()) {
            endings.addAll(stories(provider, out));
        }
        table(endings, out);
        return !endings.isEmpty()
                && endings.stream().allMatch(ending -> ending.disagreements().isEmpty());
    }

    private static List<Story.Ending> stories(ProviderUnderTest provider, PrintStream out) {
        List<Story.Ending> endings = new ArrayList<>();
        try (Simulator simulator = provider.start();
                PayoutClient client = Story.client(provider, simulator.credentials())) {
            out.println();
            out.println(provider.provider() + " at " + simulator.baseUrl());
            endings.add(new Story(provider, simulator, "paid", out).paid());
            endings.add(new Story(provider, simulator, "declined", out).declined());
            if (client.capabilities().has(Feature.CANCEL)) {
                endings.add(new Story(provider, simulator, "canceled", out).canceled());
            }
            endings.add(new Story(provider, simulator, "lost and found", out).lostAndFound());
        }
        return endings;
    }

    private static void table(List<Story.Ending> endings, PrintStream out) {
        out.println();
        out.printf("%-20s %-16s %-12s %-8s %s%n", "provider", "story", "status", "payments", "agrees with the ledger");
        endings.forEach(ending -> out.printf(
                "%-20s %-16s %-12s %-8d %s%n",
                ending.provider(),
                ending.title(),
                ending.status(),
                ending.timesPaid(),
                ending.disagreements().isEmpty() ? "yes" : "NO: " + ending.disagreements()));
    }

    /** The same request at the bank's demo host: no simulator, no ledger, only what the client says. */
    private static boolean real(PrintStream out) {
        Bank131Options options = Bank131Options.fromEnv().build();
        if (!options.baseUrl().equals(Bank131Options.DEMO)) {
            out.println("BANK131_BASE_URL: an example pays at " + Bank131Options.DEMO + " only");
            return false;
        }
        try (PayoutClient client = Bank131PayoutClient.open(options)) {
            Payout created = client.create(bankExample("quickstart-" + UUID.randomUUID()));
            out.println("create   " + created);
            PayoutWaiter waiter =
                    PayoutWaiter.builder(client, Duration.ofMinutes(5)).build();
            Payout waiting = waiter.await(created, payout -> payout.status() == PayoutStatus.AWAITING_CONFIRMATION);
            out.println("await    " + waiting);
            if (waiting.status() == PayoutStatus.AWAITING_CONFIRMATION) {
                Payout confirmed = waiting.update(client.confirm(waiting.ref()));
                out.println("confirm  " + confirmed);
                waiting = waiter.await(confirmed);
                out.println("end      " + waiting);
            }
            return waiting.status().isFinal();
        }
    }

    /** The payout by token from the bank's page. */
    private static PayoutRequest bankExample(String reference) {
        String token = "759c9852dde2211d7531b3d905c1d513fbfb914bee87fb567d99c7b2f2c2ad44";
        return PayoutRequest.builder(reference, Money.ofMinor(10000, "RUB"), new Recipient.SavedCard(token))
                .recipientDetails(Participant.builder().fullName("Ivanov Ivan").build())
                .metadata("comment", "good")
                .build();
    }
}
