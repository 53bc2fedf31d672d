package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Evidence;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.OpenVerbs;

/** What a person can order, and when a person's word about the end is taken. */
class OpenVerbsTest {
    private final Rows rows = new Rows();

    private Facts facts() {
        return rows.facts();
    }

    private Set<Verb> open() {
        return OpenVerbs.of(facts(), RecipientKind.SAVED_CARD, false);
    }

    private Set<Verb> openWhereTheProviderCancels() {
        return OpenVerbs.of(facts(), RecipientKind.SAVED_CARD, true);
    }

    private Optional<String> refusal(boolean overrules, PayoutStatus end) {
        return OpenVerbs.refusal(facts(), RecipientKind.SAVED_CARD, overrules, end);
    }

    // ---- what can be ordered

    @Test
    void nothingIsOut_canBeCanceledHere() {
        rows.then(Event.REQUESTED, PayoutStatus.PREPARED);
        assertThat(open()).containsExactly(Verb.CANCEL);
        rows.then(Event.PREPARED, PayoutStatus.PREPARED);
        assertThat(open()).containsExactly(Verb.CANCEL);
    }

    @Test
    void nothingIsOut_aFormThatWasMadeMayBeFilledIn() {
        rows.then(Event.REQUESTED, PayoutStatus.PREPARED);
        assertThat(OpenVerbs.nothingIsOut(facts(), RecipientKind.HOSTED_FORM)).isTrue();
        rows.then(Event.PREPARED, PayoutStatus.PREPARED);
        assertThat(OpenVerbs.nothingIsOut(facts(), RecipientKind.HOSTED_FORM)).isFalse();
        assertThat(OpenVerbs.nothingIsOut(facts(), RecipientKind.SAVED_CARD)).isTrue();
    }

    @Test
    void nothingIsOut_notOnceItWasSentOrANotificationNamedIt() {
        rows.prepared().notified(PayoutStatus.PROCESSING);
        assertThat(OpenVerbs.nothingIsOut(facts(), RecipientKind.SAVED_CARD)).isFalse();
        assertThat(open()).isEmpty();

        rows.clear();
        rows.lost().observed(PayoutStatus.PREPARED);
        assertThat(OpenVerbs.nothingIsOut(facts(), RecipientKind.SAVED_CARD)).isFalse();
    }

    @Test
    void sent_isCanceledOnlyWhereTheProviderCancels() {
        rows.lost();
        assertThat(open()).isEmpty();
        assertThat(openWhereTheProviderCancels()).containsExactly(Verb.CANCEL);
    }

    @Test
    void waitsForConfirmation_isConfirmedOnceUnlessThatWasRefused() {
        rows.lost().observed(PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(open()).containsExactly(Verb.CONFIRM);
        assertThat(openWhereTheProviderCancels()).containsExactlyInAnyOrder(Verb.CONFIRM, Verb.CANCEL);
        rows.then(Event.CONFIRM_ORDERED, PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(open()).isEmpty();
        rows.then(Event.CONFIRM_REFUSED, PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(open()).containsExactly(Verb.CONFIRM);
        rows.then(Event.CANCELING, PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(open()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Attention.class,
            names = {"DECISION_NEEDED", "SENT_TOO_OFTEN"})
    void waitsForAPerson_isSentAgainOrSettled_butNeverSentAgainOnceItWasSeen(Attention why) {
        rows.lost().attention(why);
        assertThat(open()).containsExactlyInAnyOrder(Verb.RESUBMIT, Verb.SETTLE);
        assertThat(OpenVerbs.mayBeResubmitted(facts())).isTrue();

        rows.notified(PayoutStatus.PROCESSING);
        assertThat(open()).containsExactly(Verb.SETTLE);
        assertThat(OpenVerbs.mayBeResubmitted(facts())).isFalse();
    }

    @Test
    void waitsForAPerson_forAnotherReason_isNotSentAgain() {
        rows.lost().attention(Attention.END_UNPROVEN);
        assertThat(open()).containsExactly(Verb.SETTLE);
    }

    @Test
    void cardNeeded_isGivenByPayingAgain() {
        rows.then(Event.REQUESTED, PayoutStatus.PREPARED).attention(Attention.CARD_NEEDED);
        assertThat(open()).containsExactlyInAnyOrder(Verb.CANCEL, Verb.PAY_AGAIN);
        rows.clear();
        rows.lost().attention(Attention.CARD_NEEDED);
        assertThat(open()).containsExactlyInAnyOrder(Verb.PAY_AGAIN, Verb.SETTLE);
    }

    @Test
    void settled_onlyWhatStandsStillAndIsOut() {
        rows.prepared().attention(Attention.OVERDUE);
        assertThat(open()).as("nothing is out").containsExactly(Verb.CANCEL);
        rows.clear();
        rows.lost().attention(Attention.LISTENER_FAILED);
        assertThat(open()).as("it is asked about").isEmpty();
        rows.clear();
        rows.lost().attention(Attention.OVERDUE);
        assertThat(open()).containsExactly(Verb.SETTLE);
    }

    @Test
    void ended_isSettledOnlyIfSomethingContradicts() {
        rows.paid();
        assertThat(openWhereTheProviderCancels()).isEmpty();
        rows.attention(Attention.LISTENER_FAILED);
        assertThat(openWhereTheProviderCancels()).isEmpty();
        rows.attention(Attention.CONTRADICTION);
        assertThat(openWhereTheProviderCancels()).containsExactly(Verb.SETTLE);
    }

    @Test
    void tampered_canOnlyBeSettled() {
        rows.prepared().attention(Attention.TAMPERED);
        assertThat(openWhereTheProviderCancels()).containsExactly(Verb.SETTLE);
    }

    @Test
    void orderThatWaits_isApprovedOrRejected() {
        rows.prepared()
                .then(
                        Event.ORDERED,
                        PayoutStatus.PREPARED,
                        new Fields().with("order", Verb.CANCEL).with("who", "anna"));
        assertThat(open()).containsExactlyInAnyOrder(Verb.APPROVE, Verb.REJECT);
    }

    // ---- a person's word about the end

    @Test
    void refusal_nothingIsOut_hasToBeCanceledWhateverIsSaid() {
        rows.prepared().attention(Attention.OVERDUE);
        assertThat(refusal(false, PayoutStatus.SUCCEEDED)).contains("was not sent: cancel it");
        assertThat(refusal(true, PayoutStatus.FAILED)).contains("was not sent: cancel it");
    }

    @Test
    void refusal_tampered_isNeverRefused() {
        rows.prepared().attention(Attention.TAMPERED);
        assertThat(refusal(false, PayoutStatus.SUCCEEDED)).isEmpty();
    }

    @Test
    void refusal_open_isTakenOnceItStandsStillOrOverrules() {
        rows.lost();
        assertThat(refusal(false, PayoutStatus.FAILED))
                .hasValueSatisfying(why -> assertThat(why).startsWith("does not stand still"));
        assertThat(refusal(true, PayoutStatus.FAILED)).isEmpty();
        rows.attention(Attention.OVERDUE);
        assertThat(refusal(false, PayoutStatus.FAILED)).isEmpty();
    }

    @Test
    void refusal_ended_isTakenIfItSaysTheSameOrOverrules() {
        rows.paid().attention(Attention.CONTRADICTION);
        assertThat(refusal(false, PayoutStatus.SUCCEEDED)).isEmpty();
        assertThat(refusal(false, PayoutStatus.FAILED))
                .contains("is SUCCEEDED by the provider's own word; overruling() says otherwise");
        assertThat(refusal(true, PayoutStatus.FAILED)).isEmpty();
    }

    @Test
    void refusal_endedByANotificationAlone_isTaken() {
        rows.lost()
                .notified(PayoutStatus.SUCCEEDED)
                .then(Event.TAKEN_AT_ITS_WORD, PayoutStatus.SUCCEEDED)
                .attention(Attention.NOTIFIED_ONLY);
        assertThat(refusal(false, PayoutStatus.FAILED)).isEmpty();
    }

    @Test
    void evidenceOfAnotherPayout_isNoSighting() {
        rows.lost()
                .then(
                        Event.OBSERVED,
                        PayoutStatus.UNKNOWN,
                        new Fields().with("evidence.kind", Evidence.Kind.OTHER_PAYOUT))
                .attention(Attention.DECISION_NEEDED);
        assertThat(OpenVerbs.mayBeResubmitted(facts())).isTrue();
    }
}
