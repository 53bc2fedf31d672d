package org.unipayout.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;

/** A merchant that does it right is clean, and each mistake that merchants make is found. */
class MerchantWorldsTest {
    private static final int WORLDS = 300;

    /** What a merchant may do wrong, and what is found then. */
    enum Mistake {
        NEW_REFERENCE_FOR_EACH_TRY(Judgement.Kind.DOUBLE),
        STORES_AFTER_THE_CALL(Judgement.Kind.DOUBLE),
        SENDS_WHAT_IS_ABSENT_AGAIN_AT_ONCE(Judgement.Kind.DOUBLE),
        NO_ANSWER_IS_A_FAILURE(Judgement.Kind.WRONG),
        SENT_IS_PAID(Judgement.Kind.WRONG),
        DOES_NOT_SAY_SINCE_WHEN(Judgement.Kind.MISDIRECTED),
        ANOTHER_AMOUNT(Judgement.Kind.MISDIRECTED),
        FORGETS_IN_A_CRASH(Judgement.Kind.LOST),
        NEVER_ASKS(Judgement.Kind.STUCK);

        final Judgement.Kind found;

        Mistake(Judgement.Kind found) {
            this.found = found;
        }
    }

    @Test
    void play_merchantThatDoesItRight_isClean() {
        MerchantWorlds.Report report = MerchantWorlds.play(() -> new Merchant(null), 1, WORLDS);

        assertThatCode(report::assertClean).doesNotThrowAnyException();
        assertThat(report.stories()).isEmpty();
        assertThat(report)
                .hasToString("merchant-worlds runs=300 double=0 misdirected=0 wrong=0 lost=0 stuck=0 silent=0");
    }

    @ParameterizedTest
    @EnumSource
    void play_merchantWithAMistake_isFoundAndTold(Mistake mistake) {
        MerchantWorlds.Report report = MerchantWorlds.play(() -> new Merchant(mistake), 1, WORLDS);

        assertThat(report.count(mistake.found)).isPositive();
        assertThatThrownBy(report::assertClean)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("merchant-worlds runs=300 ")
                .hasMessageContaining(mistake.found + ": order-")
                .hasMessageContaining("is asked to pay order-");
    }

    @Test
    void play_sameSeeds_sameStories() {
        MerchantWorlds.Report once = MerchantWorlds.play(() -> new Merchant(Mistake.NO_ANSWER_IS_A_FAILURE), 1, 60);
        MerchantWorlds.Report again = MerchantWorlds.play(() -> new Merchant(Mistake.NO_ANSWER_IS_A_FAILURE), 1, 60);

        assertThat(again.stories()).isEqualTo(once.stories()).isNotEmpty();
    }

    @Test
    void play_seedOfAStory_isFoundAgainAlone() {
        String story = MerchantWorlds.play(() -> new Merchant(Mistake.SENT_IS_PAID), 1, WORLDS).stories().stream()
                .filter(one -> one.contains(", WRONG: "))
                .findFirst()
                .orElseThrow();
        long seed = Long.parseLong(story.substring("seed ".length(), story.indexOf(',')));

        assertThat(MerchantWorlds.play(() -> new Merchant(Mistake.SENT_IS_PAID), seed, 1)
                        .count(Judgement.Kind.WRONG))
                .isPositive();
    }

    @Test
    void play_codeThatEndsByAnError_saysTheSeed() {
        assertThatThrownBy(() -> MerchantWorlds.play(
                        () -> new Merchant(null) {
                            @Override
                            public void pay(PayoutRequest intent) {
                                throw new AssertionError("a bug");
                            }
                        },
                        7,
                        1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("seed 7\n")
                .hasRootCauseMessage("a bug");
    }

    @Test
    void play_noWorlds_isRefused() {
        assertThatThrownBy(() -> MerchantWorlds.play(() -> new Merchant(null), 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("worlds: ");
    }

    /** Pays once, asks until there is an end, and leaves what has none to a person. */
    private static class Merchant implements MerchantUnderTest {
        private final @Nullable Mistake mistake;
        private final Map<String, Row> rows = new HashMap<>();
        private int tries;
        private @Nullable PayoutClient client;

        private record Row(
                PayoutRequest intent,
                PayoutStatus status,
                @Nullable PayoutRef ref) {
            /** Whether it may have been sent. */
            boolean isOut() {
                return ref != null;
            }
        }

        Merchant(@Nullable Mistake mistake) {
            this.mistake = mistake;
        }

        private PayoutClient client() {
            return Objects.requireNonNull(client);
        }

        @Override
        public void start(PayoutClient started, Clock clock) {
            client = started;
            if (mistake == Mistake.FORGETS_IN_A_CRASH) {
                rows.clear();
            }
        }

        @Override
        public void pay(PayoutRequest intent) {
            String name = intent.reference();
            Row row = rows.getOrDefault(name, new Row(intent, PayoutStatus.PREPARED, null));
            boolean triesAgain = mistake == Mistake.NEW_REFERENCE_FOR_EACH_TRY
                    && (row.status == PayoutStatus.UNKNOWN || row.status == PayoutStatus.FAILED);
            if (row.isOut() && !triesAgain) {
                return;
            }
            rows.put(name, row);
            try {
                send(name, intent);
            } catch (PayoutException e) {
                rows.put(name, new Row(intent, PayoutStatus.PREPARED, null));
            }
        }

        private void send(String name, PayoutRequest intent) {
            PayoutRequest request = request(intent);
            PayoutRef ref = client().prepare(request).ref();
            if (mistake != Mistake.STORES_AFTER_THE_CALL) {
                rows.put(name, new Row(intent, PayoutStatus.UNKNOWN, ref));
            }
            take(name, intent, client().submit(ref, request));
        }

        private PayoutRequest request(PayoutRequest intent) {
            boolean renamed = mistake == Mistake.NEW_REFERENCE_FOR_EACH_TRY;
            long more = mistake == Mistake.ANOTHER_AMOUNT ? 1 : 0;
            PayoutRequest.Builder request = PayoutRequest.builder(
                    intent.reference() + (renamed ? "-" + ++tries : ""),
                    Money.ofMinor(intent.amount().minorUnits() + more, "KZT"),
                    intent.recipient());
            return mistake == Mistake.DOES_NOT_SAY_SINCE_WHEN
                    ? request.build()
                    : request.requestedAt(intent.requestedAt().orElseThrow()).build();
        }

        private void take(String name, PayoutRequest intent, Payout payout) {
            PayoutStatus status = payout.status();
            if (mistake == Mistake.NO_ANSWER_IS_A_FAILURE && status == PayoutStatus.UNKNOWN) {
                status = PayoutStatus.FAILED;
            }
            if (mistake == Mistake.SENT_IS_PAID && status == PayoutStatus.PROCESSING) {
                status = PayoutStatus.SUCCEEDED;
            }
            rows.put(name, new Row(intent, status, payout.ref()));
        }

        @Override
        public void work() {
            for (Map.Entry<String, Row> entry : Map.copyOf(rows).entrySet()) {
                Row row = entry.getValue();
                if (row.ref == null) {
                    pay(row.intent);
                } else if (!row.status.isFinal() && mistake != Mistake.NEVER_ASKS) {
                    ask(entry.getKey(), row.intent, row.ref);
                }
            }
        }

        private void ask(String name, PayoutRequest intent, PayoutRef ref) {
            try {
                Payout now = client().get(ref);
                if (now.status() == PayoutStatus.AWAITING_CONFIRMATION) {
                    now = client().confirm(now.ref());
                }
                take(name, intent, now);
                if (mistake == Mistake.SENDS_WHAT_IS_ABSENT_AGAIN_AT_ONCE && now.status() == PayoutStatus.UNKNOWN) {
                    send(name, intent);
                }
            } catch (PayoutException e) {
                // Nothing has changed.
            }
        }

        @Override
        public Optional<PayoutStatus> status(String intent) {
            return Optional.ofNullable(rows.get(intent)).map(Row::status);
        }

        @Override
        public void settle(String intent, PayoutStatus end) {
            Row row = Objects.requireNonNull(rows.get(intent));
            if (mistake != Mistake.NEVER_ASKS) {
                rows.put(intent, new Row(row.intent, end, row.ref));
            }
        }
    }
}
