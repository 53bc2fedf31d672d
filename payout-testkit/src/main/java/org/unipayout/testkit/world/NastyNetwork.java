package org.unipayout.testkit.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.MayChange;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;

/**
 * A network before any client: requests that are not sent, get lost or arrive late, answers that get lost, a firewall and a
 * gateway that answer themselves, with or without letting the request through. It ends every call in a way that the
 * contract of {@link PayoutClient} knows, save that a client may break it ({@link IllegalStateException}) once in a while.
 * Not thread-safe.
 */
@MayChange
public final class NastyNetwork implements PayoutClient {
    private final PayoutClient client;
    private final Choices choices;
    private final Clock clock;
    private final Story story;
    private final int nastiness;
    private final Duration latest;
    private List<Late> underWay = new ArrayList<>();
    private Duration longestOutage = Duration.ZERO;
    private Instant downUntil = Instant.MIN;
    private boolean calm;
    private boolean keepsContract;

    /** What happens to a call that may move money. */
    private enum Way {
        ANSWERED,
        ANSWER_LOST,
        REQUEST_LOST,
        NOT_SENT,
        ARRIVES_LATE,
        FIREWALL,
        FIREWALL_BUT_EXECUTED,
        SERVER_ERROR,
        SERVER_ERROR_BUT_EXECUTED,
        GARBLED,
        ANOTHERS_ANSWER,
        OPEN_CODE,
        CLIENT_BREAKS;

        /** What the caller reads, if it is not the answer. */
        Evidence.@Nullable Kind read() {
            return switch (this) {
                case ANSWERED, NOT_SENT, CLIENT_BREAKS -> null;
                case ANSWER_LOST, REQUEST_LOST, ARRIVES_LATE -> Evidence.Kind.NO_ANSWER;
                case FIREWALL, FIREWALL_BUT_EXECUTED -> Evidence.Kind.UNDOCUMENTED_ANSWER;
                case SERVER_ERROR, SERVER_ERROR_BUT_EXECUTED -> Evidence.Kind.SERVER_ERROR;
                case GARBLED -> Evidence.Kind.UNREADABLE_ANSWER;
                case ANOTHERS_ANSWER -> Evidence.Kind.UNIDENTIFIED_ANSWER;
                case OPEN_CODE -> Evidence.Kind.OPEN_CODE;
            };
        }

        boolean arrives() {
            return switch (this) {
                case ANSWERED, ANSWER_LOST, FIREWALL_BUT_EXECUTED, SERVER_ERROR_BUT_EXECUTED, GARBLED, CLIENT_BREAKS ->
                    true;
                default -> false;
            };
        }
    }

    /** A request that arrives when nobody waits for its answer any more. */
    private record Late(
            Instant dueAt,
            Operation operation,
            PayoutRef ref,
            @Nullable PayoutRequest request) {}

    /**
     * A network before a client.
     *
     * @param client answers what arrives
     * @param choices decide
     * @param clock the world's time
     * @param story is told what goes wrong
     * @param nastiness how often a call goes wrong, of a thousand
     * @param latest how long a request may be on its way
     */
    public NastyNetwork(
            PayoutClient client, Choices choices, Clock clock, Story story, int nastiness, Duration latest) {
        this.client = client;
        this.choices = choices;
        this.clock = clock;
        this.story = story;
        this.nastiness = nastiness;
        this.latest = latest;
    }

    /**
     * A network before a nasty provider, as nasty as it and no slower than the provider's rule bears.
     *
     * @param provider answers what arrives
     * @param choices decide
     * @param clock the world's time
     * @param story is told what goes wrong
     * @return the network
     */
    public static NastyNetwork before(NastyProvider provider, Choices choices, Clock clock, Story story) {
        ProviderTraits traits = provider.traits();
        // What comes late may be executed late, too: together they stay within the provider's bound.
        Duration latest = traits.bearsLateSends() ? traits.onTheWire() : Duration.ZERO;
        return new NastyNetwork(provider, choices, clock, story, traits.nastiness(), latest);
    }

    /** Breaks the contract of {@link PayoutClient} no more: what would have done so is an answer that gets lost. */
    NastyNetwork keepingContract() {
        keepsContract = true;
        return this;
    }

    /**
     * Lets it go down for a while: at any call, whose answer is the first that is lost, and nothing gets through until it is up again.
     * Without this it never does.
     *
     * @param longest how long an outage lasts at most
     * @return this
     */
    public NastyNetwork withOutages(Duration longest) {
        longestOutage = longest;
        return this;
    }

    /** Lets everything through from now on. What is under way arrives. */
    public void calmDown() {
        calm = true;
    }

    /** {@return when a late request arrives next} */
    public Optional<Instant> nextAt() {
        return underWay.stream().map(Late::dueAt).min(Comparator.naturalOrder());
    }

    /**
     * Whether a request is under way.
     *
     * @param reference of which payout
     * @return whether one is
     */
    public boolean isUnderWay(String reference) {
        return underWay.stream().anyMatch(late -> late.ref.reference().equals(reference));
    }

    /** Lets arrive what is due. */
    public void catchUp() {
        Instant now = clock.instant();
        for (Late late : List.copyOf(underWay)) {
            if (!late.dueAt.isAfter(now) && underWay.remove(late)) {
                story.tell("network", "the late " + late.operation + " of " + late.ref.reference() + " arrives");
                arrive(late);
            }
        }
    }

    private void arrive(Late late) {
        try {
            PayoutRequest request = late.request;
            Payout unread = request != null
                    ? client.submit(late.ref, request)
                    : late.operation == Operation.CONFIRM ? client.confirm(late.ref) : client.cancel(late.ref);
            story.tell("network", "nobody reads " + unread.status());
        } catch (PayoutException e) {
            story.tell("network", "nobody reads the refusal");
        }
    }

    private record State(List<Late> underWay, Instant downUntil) {}

    /** {@return what is under way and until when it is down, to be put aside and taken up again by {@link #restore}} */
    public Object state() {
        return new State(List.copyOf(underWay), downUntil);
    }

    /**
     * Takes a state up again.
     *
     * @param state what {@link #state} gave
     */
    public void restore(Object state) {
        State before = (State) state;
        underWay = new ArrayList<>(before.underWay);
        downUntil = before.downUntil;
    }

    /** {@return a text that is equal for states from which the same follows} */
    public String fingerprint() {
        Instant now = clock.instant();
        StringBuilder text = new StringBuilder();
        underWay.forEach(late -> text.append(late.operation).append(Transaction.age(late.dueAt, now)));
        if (isDown()) {
            text.append("down").append(Transaction.age(downUntil, now));
        }
        return text.toString();
    }

    @Override
    public Capabilities capabilities() {
        return client.capabilities();
    }

    @Override
    public ErrorBook errorBook() {
        return client.errorBook();
    }

    private boolean isDown() {
        return !calm && clock.instant().isBefore(downUntil);
    }

    /** Whether it goes down with this call. */
    private boolean goesDown(String name) {
        if (calm || longestOutage.isZero() || !choices.happens("the network goes down with " + name, nastiness / 20)) {
            return false;
        }
        Duration outage = choices.between("how long after " + name, Duration.ofMinutes(1), longestOutage);
        downUntil = clock.instant().plus(outage);
        story.tell("network", "is down for " + outage);
        return true;
    }

    @Override
    public Payout prepare(PayoutRequest request) {
        if (isDown()) {
            throw new PayoutNotPreparedException(
                    details(Operation.PREPARE, PayoutRef.of(capabilities().provider(), request)));
        }
        if (goesWrong("prepare", request.reference())) {
            story.tell("network", "the answer to PREPARE of " + request.reference() + " is lost");
            Payout lost = client.prepare(request);
            throw new PayoutNotPreparedException(details(Operation.PREPARE, lost.ref()));
        }
        return client.prepare(request);
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        return move(Operation.SUBMIT, ref, request, () -> client.submit(ref, request));
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        return move(Operation.CONFIRM, ref, null, () -> client.confirm(ref));
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        return move(Operation.CANCEL, ref, null, () -> client.cancel(ref));
    }

    @Override
    public Payout get(PayoutRef ref) {
        if (isDown() || goesWrong("get", ref.reference())) {
            story.tell("network", "GET of " + ref.reference() + " has no usable answer");
            throw new PayoutReadException(details(Operation.GET, ref));
        }
        Payout found = client.get(ref);
        String evidence = found.evidence().map(one -> " " + one.kind()).orElse("");
        story.tell("network", "GET of " + ref.reference() + ": " + found.status() + evidence);
        return found;
    }

    private boolean goesWrong(String what, String reference) {
        return !calm && choices.happens(what + " of " + reference + " goes wrong", nastiness);
    }

    private Way way(String name) {
        if (isDown()) {
            return choices.happens(name + " is lost in it", 500) ? Way.REQUEST_LOST : Way.NOT_SENT;
        }
        if (goesDown(name)) {
            return Way.ANSWER_LOST;
        }
        return calm ? Way.ANSWERED : Way.values()[choices.pick(name, nastiness, Way.values().length)];
    }

    private Payout move(Operation operation, PayoutRef ref, @Nullable PayoutRequest request, Supplier<Payout> call) {
        String name = operation + " of " + ref.reference();
        Way way = way(name);
        if (way == Way.ARRIVES_LATE && latest.isZero()) {
            way = Way.REQUEST_LOST;
        }
        if (way == Way.CLIENT_BREAKS && keepsContract) {
            way = Way.ANSWER_LOST;
        }
        story.tell("network", name + ": " + way);
        if (way == Way.NOT_SENT) {
            throw new PayoutNotSentException(details(operation, ref));
        }
        if (way == Way.ARRIVES_LATE) {
            Duration delay = choices.between(name + " is late by", Duration.ofSeconds(15), latest);
            underWay.add(new Late(clock.instant().plus(delay), operation, ref, request));
        }
        Payout answer = null;
        if (way.arrives()) {
            try {
                answer = call.get();
            } catch (PayoutException refused) {
                if (way == Way.ANSWERED) {
                    story.tell(
                            "network",
                            name + " is refused: " + refused.getClass().getSimpleName());
                    throw refused;
                }
            }
        }
        if (way == Way.CLIENT_BREAKS) {
            throw new IllegalStateException("a client that breaks its contract");
        }
        Evidence.Kind read = way.read();
        if (read == null && answer != null) {
            String evidence = answer.evidence().map(one -> " " + one.kind()).orElse("");
            story.tell("network", name + " answers " + answer.status() + evidence);
            return answer;
        }
        return Payout.unknown(ref, "", new Evidence(read == null ? Evidence.Kind.NO_ANSWER : read, "simulated"));
    }

    private static FailureDetails details(Operation operation, PayoutRef ref) {
        return FailureDetails.builder(ref.provider(), operation, "simulated", Advice.SAME_REFERENCE_LATER)
                .reference(ref.reference())
                .build();
    }

    @Override
    public List<Balance> balance() {
        return client.balance();
    }

    @Override
    public void close() {
        client.close();
    }
}
