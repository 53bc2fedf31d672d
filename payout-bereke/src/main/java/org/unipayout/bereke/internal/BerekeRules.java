package org.unipayout.bereke.internal;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Participant;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.ReferenceRule;
import org.unipayout.bereke.BerekeExtras;
import org.unipayout.http.Required;

/**
 * The bank's limits, checked before any I/O. Each message names the field and never repeats the value.
 *
 * <p>Source: payouts page, tables of registerPayout.do and performPayout.do. What the tables give as String[n] is at most
 * n characters.
 */
public final class BerekeRules {
    /** The answer tables have String[32]; the page names no characters. */
    public static final ReferenceRule REFERENCE =
            new ReferenceRule(32, Pattern.compile("[!-~]+"), "printable ASCII characters without spaces");

    /** In tiyn: Integer[12] in the tables. */
    public static final long GREATEST_AMOUNT = 999_999_999_999L;

    /** How long a form lives if nothing was said (table of registerPayout.do). */
    public static final Duration SESSION_TIMEOUT = Duration.ofMinutes(20);

    /** As long as the extras allow; the table gives no limit. */
    private static final Duration LONGEST_SESSION = Duration.ofSeconds(999_999_999);

    private static final int DESCRIPTION = 598;
    private static final int EMAIL = 30;
    /** The request table's limit; an example on the same page breaks it, which makes it the safe side. */
    private static final int CLIENT_ID = 30;

    private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{1,15}");
    private static final int PHONE_LENGTH = 15;
    private static final Pattern NAME = Pattern.compile("[A-Za-z](?:[A-Za-z .'-]{0,22}[A-Za-z.])?");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2}");

    private BerekeRules() {}

    /**
     * Checks a request.
     *
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    public static void check(PayoutRequest request) {
        BerekeExtras extras = BerekeExtras.of(request);
        boolean hosted = request.recipient() instanceof Recipient.HostedForm;
        require(
                request.description().orElse("").length() <= DESCRIPTION,
                "description: must have at most " + DESCRIPTION + " characters");
        request.recipientDetails().ifPresent(BerekeRules::checkRecipient);
        checkClientId(request);
        require(
                !request.metadata().containsKey(BerekeTables.RECIPIENT_KIND),
                "metadata." + BerekeTables.RECIPIENT_KIND + ": is set by this library; take another name");
        if (hosted) {
            checkForm(request, (Recipient.HostedForm) request.recipient());
        }
        require(
                hosted || extras.sessionTimeout().isEmpty(),
                "extras.sessionTimeoutSecs: belongs to a hosted form only");
        require(
                !hosted || extras.sourceBindingId().isEmpty(),
                "extras.sourceBindingId: cannot be named with a hosted form; the bank takes the default card");
    }

    /**
     * Checks that a payout to a card may still start.
     *
     * @throws IllegalArgumentException if its deadline has come
     */
    public static void checkDeadline(PayoutRequest request, Instant now) {
        require(
                request.expiresAt().filter(end -> !now.isBefore(end)).isEmpty(),
                "expiresAt: has passed, so nothing was sent; pay under a new deadline");
    }

    /**
     * How long a form may live: until the payout's deadline, or shorter if the extras say so. Measured from the moment of
     * the call, as the deadline of a card payout is.
     *
     * @return whole seconds; empty for the bank's own {@link #SESSION_TIMEOUT}
     * @throws IllegalArgumentException if not a whole second is left
     */
    public static Optional<Duration> formLifetime(PayoutRequest request, Instant now) {
        Optional<Duration> wanted = BerekeExtras.of(request).sessionTimeout();
        Instant end = request.expiresAt().orElse(null);
        if (end == null) {
            return wanted;
        }
        Duration left = Duration.ofSeconds(Duration.between(now, end).toSeconds());
        require(left.toSeconds() >= 1, "expiresAt: must leave a form at least a second; nothing was sent");
        Duration longest = wanted.orElse(LONGEST_SESSION);
        return Optional.of(left.compareTo(longest) < 0 ? left : longest);
    }

    /** The merchant's id of the recipient, from the extras or else the recipient's details. */
    static Optional<String> clientId(PayoutRequest request) {
        return BerekeExtras.of(request)
                .clientId()
                .or(() -> request.recipientDetails().flatMap(Participant::reference));
    }

    /** The recipient's name in one piece. */
    static Optional<String> name(Participant recipient) {
        return recipient
                .fullName()
                .or(() -> recipient
                        .firstName()
                        .flatMap(first -> recipient.lastName().map(last -> first + " " + last)));
    }

    private static void checkRecipient(Participant recipient) {
        require(
                name(recipient).filter(name -> !NAME.matcher(name).matches()).isEmpty(),
                "recipientDetails.fullName: must be 1 to 24 Latin letters, as on the card");
        require(
                recipient.email().orElse("").length() <= EMAIL,
                "recipientDetails.email: must have at most " + EMAIL + " characters");
        require(
                recipient
                        .phone()
                        .filter(phone -> !PHONE.matcher(phone).matches() || phone.length() > PHONE_LENGTH)
                        .isEmpty(),
                "recipientDetails.phone: must be digits with country code, at most " + PHONE_LENGTH + " characters");
    }

    private static void checkClientId(PayoutRequest request) {
        String field =
                BerekeExtras.of(request).clientId().isPresent() ? "extras.clientId" : "recipientDetails.reference";
        Optional<String> clientId = clientId(request);
        require(clientId.orElse("").length() <= CLIENT_ID, field + ": must have at most " + CLIENT_ID + " characters");
        require(
                clientId.isPresent() || !(request.recipient() instanceof Recipient.SavedCard),
                "extras.clientId: or recipientDetails.reference is required for a saved card");
    }

    private static void checkForm(PayoutRequest request, Recipient.HostedForm form) {
        require(
                form.returnUrl() != null || form.successUrl() != null,
                "recipient.returnUrl: is required, or recipient.successUrl");
        checkPage(form.returnUrl(), "recipient.returnUrl");
        checkPage(form.successUrl(), "recipient.successUrl");
        checkPage(form.failureUrl(), "recipient.failureUrl");
        require(
                request.language()
                        .filter(language ->
                                !LANGUAGE.matcher(language.getLanguage()).matches())
                        .isEmpty(),
                "language: must have a code of two letters (ISO 639-1)");
    }

    private static void checkPage(@Nullable URI page, String field) {
        if (page != null) {
            Required.page(page, field);
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
