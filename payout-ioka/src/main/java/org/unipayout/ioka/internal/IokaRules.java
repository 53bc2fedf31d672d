package org.unipayout.ioka.internal;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.ReferenceRule;
import org.unipayout.Resubmission;
import org.unipayout.http.Required;

/** What ioka's fields must look like; checked before any call. */
public final class IokaRules {
    /** An order is paid once: read first, and only when the call before has settled. */
    public static final Resubmission RESUBMISSION = new Resubmission.SameHandle();

    /** ioka gives no rule for {@code external_id}; ours keeps a reference fit for a query and a support letter. */
    public static final ReferenceRule REFERENCE =
            new ReferenceRule(64, Pattern.compile("[!-~]+"), "printable ASCII characters without spaces");

    private static final int LONGEST_URL = 2083;
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_DESCRIPTION = 500;

    private IokaRules() {}

    /**
     * Checks what every flow sends.
     *
     * @throws IllegalArgumentException if a field is malformed; the message names it
     */
    public static void check(PayoutRequest request) {
        if (request.recipient() instanceof Recipient.SavedCard card) {
            SavedCardToken.of(card);
        }
        if (request.recipient() instanceof Recipient.HostedForm form) {
            url(form.returnUrl(), "recipient.returnUrl");
            url(form.successUrl(), "recipient.successUrl");
            url(form.failureUrl(), "recipient.failureUrl");
        }
    }

    /**
     * Checks what only a payout order has.
     *
     * @throws IllegalArgumentException if a field is malformed; the message names it
     */
    public static void checkPayoutOrder(PayoutRequest request) {
        check(request);
        if (!(request.recipient() instanceof Recipient.KazakhAccount account)) {
            return;
        }
        if (account.holderName().length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "recipient.holderName: must have at most " + LONGEST_NAME + " characters");
        }
        if (account.beneficiaryCode().filter(code -> !code.matches("1[4-9]")).isPresent()) {
            throw new IllegalArgumentException("recipient.beneficiaryCode: must be 14 to 19 (KBE of a resident)");
        }
        if (request.description()
                .filter(text -> text.length() > LONGEST_DESCRIPTION)
                .isPresent()) {
            throw new IllegalArgumentException("description: must have at most " + LONGEST_DESCRIPTION + " characters");
        }
    }

    /**
     * Whether a payout order is created before its card is known, so that creating it moves no money: ioka takes a card
     * number only afterwards.
     */
    public static boolean isCreatedFirst(RecipientKind kind) {
        return kind == RecipientKind.HOSTED_FORM || kind == RecipientKind.CARD_NUMBER;
    }

    /** Checks an address that ioka sends people or notifications to. */
    public static void url(@Nullable URI url, String field) {
        if (url != null && Required.page(url, field).toString().length() > LONGEST_URL) {
            throw new IllegalArgumentException(field + ": must have at most " + LONGEST_URL + " characters");
        }
    }
}
