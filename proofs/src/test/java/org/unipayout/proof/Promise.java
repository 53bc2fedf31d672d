package org.unipayout.proof;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.unipayout.Decline;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRejectedException;

/** What a call may end in by the money contract, whatever the other side answers. */
final class Promise {
    private static final Map<Operation, Set<Class<? extends RuntimeException>>> THROWS = Map.of(
            Operation.PREPARE,
                    Set.of(
                            PayoutNotSentException.class,
                            PayoutRejectedException.class,
                            PayoutNotPreparedException.class),
            Operation.SUBMIT, Set.of(PayoutNotSentException.class, PayoutRejectedException.class),
            Operation.CONFIRM, Set.of(PayoutNotSentException.class, PayoutRejectedException.class),
            Operation.CANCEL, Set.of(PayoutNotSentException.class, PayoutRejectedException.class),
            Operation.GET, Set.of(PayoutReadException.class),
            Operation.BALANCE, Set.of(PayoutReadException.class),
            Operation.WEBHOOK, Set.of(WebhookRejectedException.class));

    private static final int LONGEST_TEXT = 1000;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private Promise() {}

    /** {@return what is wrong with an exception; empty if the contract has it} */
    static Optional<String> broken(Operation operation, Throwable thrown) {
        if (THROWS.getOrDefault(operation, Set.of()).stream().noneMatch(type -> type.isInstance(thrown))) {
            return Optional.of("threw " + thrown.getClass().getName() + at(thrown));
        }
        return unshowable(List.of(String.valueOf(thrown.getMessage()), thrown.toString()));
    }

    private static String at(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return Stream.of(trace)
                .filter(element -> element.getClassName().startsWith("org.unipayout."))
                .findFirst()
                .map(element -> " at " + element)
                .orElse("");
    }

    /**
     * What is wrong with an observation.
     *
     * @param asked the payout that was asked for
     * @param other which sign of another payout the answer shows, if it does
     */
    static Optional<String> broken(Payout told, PayoutRef asked, Optional<String> other) {
        PayoutRef ref = told.ref();
        if (!ref.provider().equals(asked.provider())
                || ref.contradiction(asked.amount(), asked.reference(), null).isPresent()
                || ref.recipientKind() != asked.recipientKind()) {
            return Optional.of("told of " + ref + " when asked for " + asked);
        }
        if (told.status().isFinal() && other.isPresent()) {
            return Optional.of("told " + told.status() + " of an answer with another " + other.get());
        }
        return unshowable(texts(told));
    }

    private static List<String> texts(Payout told) {
        Stream<Optional<String>> optional = Stream.of(
                told.rrn(),
                told.authorizationCode(),
                told.recipientMask(),
                told.recipientToken(),
                told.requestId(),
                told.ref().providerId(),
                told.decline().map(Decline::toString),
                told.lastDecline().map(Decline::toString));
        return Stream.concat(Stream.of(told.providerStatus(), told.toString()), optional.flatMap(Optional::stream))
                .toList();
    }

    /** {@return what is wrong with an event; empty if nothing} */
    static Optional<String> broken(WebhookEvent event) {
        Stream<Optional<String>> optional = Stream.of(event.providerId(), event.reference(), event.providerStatus());
        return unshowable(Stream.concat(
                        Stream.of(event.type(), event.dedupeKey(), event.toString()),
                        optional.flatMap(Optional::stream))
                .toList());
    }

    private static Optional<String> unshowable(List<String> texts) {
        return texts.stream()
                .filter(text -> text.length() > LONGEST_TEXT
                        || UNPRINTABLE.matcher(text).find())
                .findFirst()
                .map(text -> "shows a text of " + text.length() + " characters, or one that does not print");
    }
}
