package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.unipayout.Evidence;
import org.unipayout.Exchange;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRequest;

/** One contract test's scenery: simulator, bad network before it, client under test, and the merchant's recovery. */
final class Stage implements AutoCloseable {
    static final String REFERENCE = "order-1";
    static final long AMOUNT = Scenario.PAID.amount(150);
    private static final Duration LOADED_MACHINE = Duration.ofSeconds(60);

    final ContractSubject subject;
    final FaultServer network;
    final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    final MovableClock clock;
    final ContractSettings settings;
    final PayoutClient client;
    /** When the merchant asked; every repeated request says the same. */
    final Instant askedAt;

    Stage(ContractSubject subject) {
        this.subject = subject;
        network = FaultServer.before(subject.simulator().baseUrl());
        clock = subject.simulator().clock();
        askedAt = clock.instant();
        settings = new ContractSettings(clock, exchanges::add);
        client = new ReadByCashier(subject.client(network.baseUrl(), settings));
    }

    PayoutRequest request() {
        return request(AMOUNT);
    }

    PayoutRequest request(long minorUnits) {
        return subject.request(REFERENCE, minorUnits).requestedAt(askedAt).build();
    }

    PayoutRequest request(RecipientKind kind) {
        return request(kind, REFERENCE);
    }

    PayoutRequest request(RecipientKind kind, String reference) {
        return subject.request(kind, reference, AMOUNT).requestedAt(askedAt).build();
    }

    boolean claims(RecipientKind kind) {
        return client.capabilities().recipients().contains(kind);
    }

    /** A handle as the adapter would make it. */
    PayoutRef handle(PayoutRequest request) {
        return PayoutRef.of(client.capabilities().provider(), request);
    }

    Ledger ledger() {
        return subject.simulator().ledger();
    }

    /** The next call that submits a payout meets this fault. */
    void breakSubmit(Fault fault) {
        network.on(call -> subject.submits(call.method(), call.path())).play(fault);
    }

    void breakSubmit(RecipientKind kind, Fault fault) {
        network.on(call -> subject.submits(kind, call.method(), call.path())).play(fault);
    }

    void breakPrepare(Fault fault) {
        network.on(call -> subject.prepares(call.method(), call.path())).play(fault);
    }

    void breakConfirm(Fault fault) {
        network.on(call -> subject.confirms(call.method(), call.path())).play(fault);
    }

    void breakCancel(Fault fault) {
        network.on(call -> subject.cancels(call.method(), call.path())).play(fault);
    }

    /** How many submitting calls left the client, answered or not. */
    long submits() {
        return network.exchanges().stream()
                .filter(call -> subject.submits(call.method(), call.path()))
                .count();
    }

    /** How many submitting calls reached the provider. */
    long submitsAtProvider() {
        return subject.simulator().requests().stream()
                .filter(call -> subject.submits(call.method(), call.path()))
                .count();
    }

    void awaitSubmitAtProvider() {
        long end = System.nanoTime() + LOADED_MACHINE.toNanos();
        while (submitsAtProvider() == 0) {
            assertThat(System.nanoTime())
                    .as("the provider sees the call in time")
                    .isLessThan(end);
            Thread.onSpinWait();
        }
    }

    long confirms() {
        return network.exchanges().stream()
                .filter(call -> subject.confirms(call.method(), call.path()))
                .count();
    }

    /** Follows a payout to its end as a merchant would: confirms what waits, asks for the rest. */
    Payout finish(Payout payout) {
        Payout known = payout;
        for (int i = 0; i < 20 && !known.status().isFinal(); i++) {
            Payout observed = known.status() == PayoutStatus.AWAITING_CONFIRMATION
                    ? client.confirm(known.ref())
                    : client.get(known.ref());
            known = known.update(observed);
        }
        return known;
    }

    /** Pays to the end, the part of the recipient included. */
    Payout pay(PayoutRequest request) {
        return pay(client.create(request));
    }

    /** Plays the recipient of a form too; a form's address may be told only once. */
    Payout pay(Payout created) {
        if (created.status() == PayoutStatus.AWAITING_RECIPIENT) {
            subject.completeHostedForm(created);
        }
        Payout end = finish(created);
        assertThat(end.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        return end;
    }

    /** All notifications so far, read by the adapter. */
    List<WebhookEvent> events() {
        PayoutWebhooks webhooks = subject.webhooks().orElseThrow();
        return subject.simulator().webhooks().created().stream()
                .map(sent -> webhooks.receive(new WebhookRequest(sent.body(), headers(sent))))
                .toList();
    }

    static Map<String, List<String>> headers(WebhookOutbox.Notification notification) {
        return notification.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    }

    /** Resolves an unclear submit by the rule that the capabilities declare, and by nothing else. */
    Payout recover(PayoutRef ref, PayoutRequest request) {
        Resubmission rule = client.capabilities().resubmission(ref.recipientKind());
        if (rule instanceof Resubmission.Replays) {
            return finish(client.submit(ref, request)); // nothing has to be asked: the key may be all that is known
        }
        Payout observed = client.get(ref);
        if (observed.status() == PayoutStatus.PREPARED) {
            return finish(client.submit(observed.ref(), request));
        }
        if (!absent(observed)) {
            return finish(observed);
        }
        if (rule instanceof Resubmission.SameReference sameReference) {
            waitUntilAbsent(ref, sameReference.lookups(), sameReference.spacing());
        } else if (rule instanceof Resubmission.Fenced fenced) {
            waitUntilAbsent(ref, fenced.lookups(), fenced.spacing());
        } else if (rule instanceof Resubmission.AfterAbsence afterAbsence) {
            clock.advance(afterAbsence.window());
            waitUntilAbsent(ref, afterAbsence.lookups(), afterAbsence.spacing());
        } else {
            throw new AssertionError("a handle that makes a second submit harmless cannot be absent: " + observed);
        }
        return finish(client.submit(ref, request));
    }

    private void waitUntilAbsent(PayoutRef ref, int lookups, Duration spacing) {
        for (int i = 0; i < lookups; i++) {
            clock.advance(spacing);
            assertThat(absent(client.get(ref)))
                    .as("look-up %d still says absent", i + 1)
                    .isTrue();
        }
    }

    static boolean absent(Payout payout) {
        return payout.evidence()
                .filter(evidence -> evidence.kind() == Evidence.Kind.ABSENT)
                .isPresent();
    }

    @Override
    public void close() {
        client.close();
        network.close();
    }
}
