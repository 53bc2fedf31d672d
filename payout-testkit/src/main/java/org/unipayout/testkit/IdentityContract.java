package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.unipayout.Advice;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.WebhookEvent;
import org.unipayout.testkit.ContractSubject.Sign;

/** Whose payout it is: nothing of a different one under our reference is adopted, at no door, and ours always is. */
interface IdentityContract extends ContractGroup {
    /** How long before our intent the other payout was created: a restored database, a numbering that began anew. */
    Duration MUCH_OLDER = Duration.ofDays(40);

    /** The kinds of which a handle keeps what a mask shows; of the others it keeps a digest of a token, or nothing. */
    Set<RecipientKind> SHOWN_BY_THEIR_ENDS = EnumSet.of(
            RecipientKind.CARD_NUMBER,
            RecipientKind.RUSSIAN_ACCOUNT,
            RecipientKind.KAZAKH_ACCOUNT,
            RecipientKind.WALLET,
            RecipientKind.PHONE);

    /**
     * Another payout is paid under our reference, and ours is created.
     *
     * @return the cases
     */
    @TestFactory
    default Stream<DynamicTest> create_referenceOfADifferentPayout_adoptsNothingAndPaysNothing() {
        return withDifferentPayout(subject()::shows, (stage, difference, first, second) -> {
            int before = stage.network.exchanges().size();
            try {
                assertNothingAdopted(stage, difference, stage.client.create(second));
            } catch (PayoutRejectedException refused) {
                assertThat(refused.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX);
                boolean seen = stage.network.exchanges().stream()
                        .skip(before)
                        .anyMatch(call -> !stage.subject.submits(call.method(), call.path()));
                if (seen) {
                    assertThat(refused).hasMessageMatching(named(difference));
                }
            }
        });
    }

    /**
     * Another payout is paid under our reference, and ours is asked for.
     *
     * @return the cases
     */
    @TestFactory
    default Stream<DynamicTest> get_handleOfADifferentPayout_adoptsNothing() {
        return withDifferentPayout(subject()::shows, (stage, difference, first, second) -> {
            if (stage.client.capabilities().has(Feature.LOOKUP_BY_REFERENCE)) {
                assertNothingAdopted(stage, difference, stage.client.get(stage.handle(second)));
            }
            if (stage.client.capabilities().has(Feature.LOOKUP_BY_PROVIDER_ID)) {
                assertNothingAdopted(stage, difference, stage.client.get(mixedUp(stage, first, second)));
            }
        });
    }

    /**
     * Another payout is paid under our reference, and the provider notifies.
     *
     * @return the cases
     */
    @TestFactory
    default Stream<DynamicTest> receive_notificationOfADifferentPayout_isNotOurs() {
        assumeTrue(subject().webhooks().isPresent(), "the provider sends no notifications");
        return withDifferentPayout(subject()::notificationsShow, (stage, difference, first, second) -> {
            List<WebhookEvent> events = stage.events().stream()
                    .filter(event -> event.against(first.ref()).ours())
                    .toList();
            assertThat(first.status() == PayoutStatus.SUCCEEDED && events.isEmpty())
                    .as("a paid payout without a notification that names it")
                    .isFalse();
            assertThat(events)
                    .allSatisfy(event -> assertThat(
                                    event.against(mixedUp(stage, first, second)).collides())
                            .as(
                                    "%s %s collides",
                                    event.type(), event.providerStatus().orElse(""))
                            .isTrue());
        });
    }

    /**
     * A handle is submitted with a request to somebody else.
     *
     * @return the cases
     */
    @TestFactory
    default Stream<DynamicTest> submit_handleOfAnotherRecipient_isRefusedBeforeAnyCall() {
        return forEachKind((stage, kind) -> {
            assumeTrue(kind != RecipientKind.HOSTED_FORM, "the recipient submits a form");
            PayoutRequest request = stage.request(kind);
            PayoutRef ref = stage.client.prepare(request).ref();
            List<PayoutRequest> others = new ArrayList<>(otherKinds(stage, kind, Stage.REFERENCE));
            another(stage, kind, Stage.REFERENCE).forEach(others::add);
            assumeTrue(!others.isEmpty(), "no other recipient leaves a mark in a handle");

            others.forEach(other -> assertRefusedBeforeAnyCall(stage, ref, other));
            Payout end = stage.finish(stage.client.submit(ref, request));
            others.forEach(other -> assertRefusedBeforeAnyCall(stage, end.ref(), other));

            assertThat(end.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        });
    }

    /**
     * Our own payout is found and taken for ours, by a merchant whose clock is ahead.
     *
     * @return the cases
     */
    @TestFactory
    default Stream<DynamicTest> anyDoor_ourOwnPayout_isOurs() {
        return forEachKind((stage, kind) -> {
            PayoutRequest request = stage.request(kind).toBuilder()
                    .requestedAt(stage.askedAt.plus(Duration.ofMinutes(14))) // a merchant's clock that is ahead
                    .build();
            Payout end = stage.pay(request);

            if (stage.client.capabilities().has(Feature.LOOKUP_BY_REFERENCE)) {
                assertThat(stage.client.get(stage.handle(request)).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            }
            assertThat(stage.client.get(end.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            if (stage.subject.webhooks().isPresent()) {
                assertThat(stage.events())
                        .anySatisfy(event ->
                                assertThat(event.against(end.ref()).ours()).isTrue());
            }
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        });
    }

    /**
     * A handle that was stored before handles kept a mark of the recipient and the time.
     *
     * @return the cases
     */
    @TestFactory
    default Stream<DynamicTest> anyCall_handleOfAnEarlierVersion_isTaken() {
        return forEachKind((stage, kind) -> {
            Payout prepared = stage.client.prepare(stage.request(kind));
            PayoutRef earlier = ofAnEarlierVersion(prepared.ref());
            if (kind == RecipientKind.HOSTED_FORM) {
                stage.subject.completeHostedForm(prepared);
            } else {
                earlier = stage.client.submit(earlier, stage.request(kind)).ref();
            }
            Payout asked = stage.client.get(ofAnEarlierVersion(earlier));

            assertThat(stage.finish(asked).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        });
    }

    /**
     * What a payout carries can be compared: a sign that is read and not declared would never be tried.
     *
     * @return the cases
     */
    @TestFactory
    default Stream<DynamicTest> anyAnswer_signThatAPayoutCarries_isDeclaredAsShown() {
        return forEachKind((stage, kind) -> {
            Payout end = stage.pay(stage.request(kind));

            if (SHOWN_BY_THEIR_ENDS.contains(kind)
                    && end.recipientMask().filter(IdentityContract::tells).isPresent()) {
                assertThat(stage.subject.shows(kind))
                        .as("the payout carries a mask of its recipient")
                        .contains(Sign.RECIPIENT);
            }
            if (end.createdAt().isPresent()) {
                assertThat(stage.subject.shows(kind))
                        .as("the payout carries the time of its creation")
                        .contains(Sign.TIME);
            }
        });
    }

    private static boolean tells(String mask) {
        return mask.chars().anyMatch(Character::isLetterOrDigit);
    }

    @Test
    default void submit_answerThatNamesNobody_isNotBelieved() {
        try (Stage stage = stage()) {
            assumeTrue(names(stage), "the answers name no payout");
            PayoutRef ref = stage.client.prepare(stage.request()).ref();
            stage.breakSubmit(withoutNames());

            Payout unclear = stage.client.submit(ref, stage.request());

            assertProvesNothing(unclear);
            assertThat(stage.recover(unclear.ref(), stage.request()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void get_answerThatNamesNobody_isNotBelieved() {
        try (Stage stage = stage()) {
            assumeTrue(names(stage), "the answers name no payout");
            Payout end = stage.finish(stage.client.create(stage.request()));
            stage.network.on(call -> true).always().play(withoutNames());

            try {
                assertProvesNothing(stage.client.get(end.ref()));
            } catch (PayoutReadException unusable) {
                assertThat(unusable.advice()).isEqualTo(Advice.ASK_STATUS);
            }
        }
    }

    /** What is asked with a different payout under the reference at the provider. */
    @FunctionalInterface
    interface Question {
        /**
         * Asks.
         *
         * @param stage where
         * @param difference in what the two differ
         * @param first what the provider has under the reference
         * @param second what the merchant means by the reference
         */
        void ask(Stage stage, Sign difference, Payout first, PayoutRequest second);
    }

    private Stream<DynamicTest> withDifferentPayout(Function<RecipientKind, Set<Sign>> shown, Question question) {
        return claimed().stream()
                .flatMap(kind -> Stream.of(Sign.AMOUNT, Sign.RECIPIENT, Sign.KIND, Sign.TIME)
                        .map(difference -> newCase(kind + ", another " + difference, stage -> {
                            assumeTrue(shown.apply(kind).contains(difference), "not declared as shown");
                            List<PayoutRequest> others = different(stage, kind, difference);
                            assumeTrue(!others.isEmpty(), "no payout can differ so from one to " + kind);
                            others.forEach(second -> ask(stage, kind, difference, second, question));
                        })));
    }

    private static void ask(Stage stage, RecipientKind kind, Sign difference, PayoutRequest second, Question question) {
        PayoutRequest first = stage.request(kind, second.reference());
        Payout created = stage.client.create(first);
        if (kind == RecipientKind.HOSTED_FORM && difference == Sign.KIND) {
            question.ask(stage, difference, created, second); // somebody has the address of the form
            stage.ledger().assertNotPaid(first.reference());
        }
        Payout paid = stage.pay(created);
        if (difference == Sign.TIME) {
            stage.clock.advance(MUCH_OLDER);
        }
        question.ask(stage, difference, paid, second);
        assertThat(stage.ledger().movements())
                .filteredOn(movement -> movement.reference().equals(first.reference()))
                .singleElement()
                .satisfies(movement -> assertThat(movement.minorUnits()).isEqualTo(Stage.AMOUNT));
    }

    private static List<PayoutRequest> different(Stage stage, RecipientKind kind, Sign difference) {
        PayoutRequest same = stage.request(kind);
        return switch (difference) {
            case AMOUNT ->
                List.of(stage.subject
                        .request(kind, Stage.REFERENCE, Stage.AMOUNT + 100)
                        .requestedAt(stage.askedAt)
                        .build());
            case RECIPIENT -> another(stage, kind, Stage.REFERENCE);
            case KIND -> otherKinds(stage, kind, null);
            case TIME ->
                List.of(same.toBuilder()
                        .requestedAt(stage.askedAt.plus(MUCH_OLDER))
                        .build());
            case NAME -> List.of();
        };
    }

    /** A second recipient of the kind, if a handle keeps anything by which it can be told from the first. */
    private static List<PayoutRequest> another(Stage stage, RecipientKind kind, String reference) {
        if (kind == RecipientKind.HOSTED_FORM) {
            return List.of();
        }
        PayoutRequest other = stage.subject
                .requestToAnother(kind, reference, Stage.AMOUNT)
                .requestedAt(stage.askedAt)
                .build();
        assertThat(other.recipient().kind()).isEqualTo(kind);
        assertThat(other.recipient()).isNotEqualTo(stage.request(kind).recipient());
        return stage.handle(other).equals(stage.handle(stage.request(kind, reference))) ? List.of() : List.of(other);
    }

    /** One request to each other kind: under the reference, or each under one of its own for kinds that look different. */
    private static List<PayoutRequest> otherKinds(
            Stage stage, RecipientKind kind, @org.jspecify.annotations.Nullable String reference) {
        return Stream.of(RecipientKind.values())
                .filter(other -> other != kind && stage.claims(other))
                .filter(other ->
                        reference != null || !stage.subject.lookAlikes(kind).contains(other))
                .map(other -> stage.request(
                        other,
                        reference != null
                                ? reference
                                : Stage.REFERENCE
                                        + '-'
                                        + other.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .toList();
    }

    private static void assertRefusedBeforeAnyCall(Stage stage, PayoutRef ref, PayoutRequest other) {
        int before = stage.network.exchanges().size();
        assertThatThrownBy(() -> stage.client.submit(ref, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("recipient");
        assertThat(stage.network.exchanges()).hasSize(before);
    }

    private static void assertNothingAdopted(Stage stage, Sign difference, Payout payout) {
        EnumSet<Evidence.Kind> allowed = EnumSet.of(Evidence.Kind.OTHER_PAYOUT, Evidence.Kind.UNIDENTIFIED_ANSWER);
        if (difference == Sign.AMOUNT) {
            allowed.add(Evidence.Kind.CONTRADICTING_ANSWER);
        }
        if (!stage.client.capabilities().has(Feature.LOOKUP_BY_REFERENCE)) {
            allowed.add(Evidence.Kind.DUPLICATE); // the other one cannot be seen, only that there is one
        }
        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.evidence().map(Evidence::kind))
                .hasValueSatisfying(kind -> assertThat(kind).isIn(allowed));
    }

    private static void assertProvesNothing(Payout payout) {
        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.evidence().map(evidence -> evidence.kind().proves())).contains(Evidence.Proves.NOTHING);
    }

    /** How a message names the field, in the words of {@link org.unipayout.Identity#difference}. */
    private static String named(Sign difference) {
        String field = switch (difference) {
            case AMOUNT -> "(amount|currency)";
            case TIME -> "time of creation";
            case NAME, RECIPIENT, KIND -> "[a-z ]*(card|account|phone|recipient)";
        };
        return "(?s).*another " + field + ".*";
    }

    /** What the merchant means, under the id that the provider gave to the other payout. */
    private static PayoutRef mixedUp(Stage stage, Payout first, PayoutRequest second) {
        PayoutRef ref = stage.handle(second);
        return first.ref().providerId().map(ref::withProviderId).orElse(ref);
    }

    private static PayoutRef ofAnEarlierVersion(PayoutRef ref) {
        PayoutRef earlier = PayoutRef.parse(ref.toString().replaceAll("&(to|asked)=[^&]*", ""));
        assertThat(earlier.requestedAt()).isEmpty();
        return earlier;
    }

    private static boolean names(Stage stage) {
        return stage.subject.shows(stage.request().recipient().kind()).contains(Sign.NAME);
    }

    /** Executed; the answer shows neither our reference nor any id, and is otherwise whole. */
    private static Fault withoutNames() {
        return Fault.rewriteBody(json -> json.replaceAll("\"" + Stage.REFERENCE + "\"", "null")
                .replaceAll("\"([A-Za-z_]*_)?(u{0,2}id|[a-z]+I[dD])\"\\s*:\\s*(\"[^\"]*\"|[0-9]+)", "\"$1$2\":null"));
    }
}
