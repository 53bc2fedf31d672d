package org.unipayout.proof;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.world.Choices;
import org.unipayout.testkit.world.Story;

/**
 * What may happen to each call of a client in a world: one of its exchanges breaks, the process ends before or after it, or stands
 * still after it for hours.
 */
final class Weather extends RelayedClient {
    /** Only a client that is soon tired of waiting gets over them. */
    private static final Set<Phase> SLOW = EnumSet.of(
            Phase.HANG_ON_CONNECT, Phase.REQUEST_LATE, Phase.ANSWER_SILENT, Phase.ANSWER_LATE, Phase.BODY_STALLED);

    private static final int EXCHANGES = 3;
    private static final Duration LONGEST_STANDSTILL = Duration.ofHours(8);

    private final CallLog calls;
    private final FaultServer network;
    private final UnderWay underWay;
    private final Choices choices;
    private final Story story;
    private final int faults;
    private final int crashes;
    private final int standstills;
    private final Consumer<Duration> sleep;
    private final ProviderUnderTest provider;
    private final Clock clock;
    private Instant lastSend = Instant.EPOCH;
    private boolean calm;

    /** The process ended: nothing catches it. */
    static final class Halt extends Error {
        private static final long serialVersionUID = 1L;

        Halt(String where) {
            super(where, null, false, false);
        }
    }

    /**
     * The weather of one world.
     *
     * @param faults how many of a thousand calls meet a fault
     * @param crashes how many of a thousand places end the process
     * @param standstills at how many of a thousand it stands still
     * @param sleep lets time pass
     */
    Weather(
            CallLog calls,
            FaultServer network,
            UnderWay underWay,
            ProviderUnderTest provider,
            Clock clock,
            Choices choices,
            Story story,
            int faults,
            int crashes,
            int standstills,
            Consumer<Duration> sleep) {
        super(calls);
        this.clock = clock;
        this.provider = provider;
        this.calls = calls;
        this.network = network;
        this.underWay = underWay;
        this.choices = choices;
        this.story = story;
        this.faults = faults;
        this.crashes = crashes;
        this.standstills = standstills;
        this.sleep = sleep;
    }

    /** Nothing breaks any more. */
    void calmDown() {
        calm = true;
        network.heal();
        network.acceptAgain();
    }

    boolean isCalm() {
        return calm;
    }

    /** When the last call was made that may move money; one that threw moves none. */
    Instant lastSend() {
        return lastSend;
    }

    /** A place at which the process may end, or stand still: not between the journal's last look at the time and the call. */
    void mayHalt(String where) {
        mayEnd(where);
        if (!calm && choices.happens("stands still " + where, standstills)) {
            Duration time = choices.between("stands still for", Duration.ofSeconds(1), LONGEST_STANDSTILL);
            story.tell("process", "stands still " + where + " for " + time);
            sleep.accept(time);
        }
    }

    private void mayEnd(String where) {
        if (!calm && choices.happens("ends " + where, crashes)) {
            story.tell("process", "ends " + where);
            throw new Halt(where);
        }
    }

    @Override
    public Payout prepare(PayoutRequest request) {
        return through(Operation.PREPARE, client -> client.prepare(request));
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        return through(Operation.SUBMIT, client -> client.submit(ref, request));
    }

    @Override
    public Payout get(PayoutRef ref) {
        return through(Operation.GET, client -> client.get(ref));
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        return through(Operation.CONFIRM, client -> client.confirm(ref));
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        return through(Operation.CANCEL, client -> client.cancel(ref));
    }

    private Payout through(Operation operation, Function<PayoutClient, Payout> call) {
        mayEnd("before " + operation);
        String fault = calm ? "" : brokenAt(operation);
        Payout told = told(() -> call.apply(calls), fault);
        if (operation == Operation.SUBMIT || operation == Operation.CONFIRM) {
            lastSend = clock.instant();
        }
        mayHalt("after " + operation);
        return told;
    }

    private Payout told(Supplier<Payout> call, String fault) {
        underWay.startAnew();
        String reason = "";
        try {
            return call.get();
        } catch (PayoutException thrown) {
            reason = ": " + thrown.getMessage();
            throw thrown;
        } finally {
            underWay.await();
            calls.paidThoughItThrew();
            CallLog.Told last = calls.calls().get(calls.calls().size() - 1);
            story.tell("client", last.operation() + " told " + last.what() + reason + fault);
        }
    }

    /** Sets up what breaks in the call that comes next. */
    private String brokenAt(Operation operation) {
        network.heal();
        calls.hasteAt(-1);
        Phase[] all = Phase.values();
        int often = operation == Operation.SUBMIT ? 3 * faults / 2 : faults;
        int drawn = choices.pick("breaks " + operation, often, all.length + 1);
        String words = drawn == 0 ? "" : broken(operation, all[drawn - 1]);
        network.on(any -> true).always().play(Fault.LAST_ON_CONNECTION); // so that each exchange has its own
        return words;
    }

    private String broken(Operation operation, Phase phase) {
        if (SLOW.contains(phase)) {
            calls.hasteAt(calls.calls().size());
        }
        if (operation == Operation.SUBMIT && phase.isOfARequest() && choices.happens("the one that pays breaks", 600)) {
            phase.layOn(network, request -> provider.submits(request.method(), request.path()));
            return "; the exchange that pays: " + phase.words();
        }
        int exchange = choices.quantity("exchange that breaks of " + operation, EXCHANGES);
        phase.layOn(network, exchange);
        return "; exchange " + exchange + ": " + phase.words();
    }
}
