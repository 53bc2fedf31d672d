package org.unipayout.bereke.internal;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.unipayout.Participant;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.bereke.BerekeExtras;
import org.unipayout.bereke.BerekeOptions;
import org.unipayout.bereke.BerekeOptions.PanField;
import org.unipayout.bereke.internal.wire.Client;
import org.unipayout.bereke.internal.wire.GetAmount;
import org.unipayout.bereke.internal.wire.GetPayoutStatus;
import org.unipayout.bereke.internal.wire.PerformPayout;
import org.unipayout.bereke.internal.wire.RegisterPayout;
import org.unipayout.bereke.internal.wire.Source;
import org.unipayout.bereke.internal.wire.Target;
import org.unipayout.bereke.internal.wire.Urls;

/** Our words into the bank's. Pure functions. */
public final class BerekeRequests {
    private BerekeRequests() {}

    /** A payout to a card whose number or binding we have. */
    public static PerformPayout performPayout(PayoutRequest request, BerekeOptions options) {
        return new PerformPayout(
                options.userName(),
                options.password(),
                request.reference(),
                request.amount().minorUnits(),
                BerekeTables.KZT_DIGITS,
                request.description().orElse(null),
                client(request),
                BerekeExtras.of(request).sourceBindingId().map(Source::new).orElse(null),
                target(request.recipient(), options.panField()),
                jsonParams(request));
    }

    /**
     * A payout whose card is typed on the bank's page.
     *
     * @param lifetime how long the page lives, or null for the bank's own time
     */
    public static RegisterPayout registerPayout(
            PayoutRequest request, Recipient.HostedForm form, @Nullable Duration lifetime, BerekeOptions options) {
        return new RegisterPayout(
                options.userName(),
                options.password(),
                request.reference(),
                request.amount().minorUnits(),
                BerekeTables.KZT_DIGITS,
                request.description().orElse(null),
                // Only where a page is shown: error texts must keep the language of the bank's table.
                request.language()
                        .map(language -> language.getLanguage().toUpperCase(Locale.ROOT))
                        .orElse(null),
                client(request),
                urls(form),
                lifetime == null ? null : lifetime.toSeconds(),
                jsonParams(request));
    }

    /** The question about the order that carries our reference. */
    public static GetPayoutStatus statusByOrderNumber(PayoutRef ref, BerekeOptions options) {
        return new GetPayoutStatus(options.userName(), options.password(), ref.reference(), null);
    }

    /** The question about the order that the bank named. */
    public static GetPayoutStatus statusByOrderId(String orderId, BerekeOptions options) {
        return new GetPayoutStatus(options.userName(), options.password(), null, orderId);
    }

    /**
     * The question about the balance.
     *
     * @param sourceBindingId a corporate card, or null for the transit account
     */
    public static GetAmount getAmount(@Nullable String sourceBindingId, BerekeOptions options) {
        Source source = sourceBindingId == null ? null : new Source(sourceBindingId);
        return new GetAmount(options.userName(), options.password(), source);
    }

    private static @Nullable Client client(PayoutRequest request) {
        Participant recipient =
                request.recipientDetails().orElse(Participant.builder().build());
        String clientId = BerekeRules.clientId(request).orElse(null);
        String email = recipient.email().orElse(null);
        String phone = recipient.phone().orElse(null);
        String name = BerekeRules.name(recipient).orElse(null);
        return clientId == null && email == null && phone == null && name == null
                ? null
                : new Client(clientId, email, phone, name);
    }

    private static Target target(Recipient recipient, PanField panField) {
        if (recipient instanceof Recipient.SavedCard card) {
            return new Target(card.token(), null, null);
        }
        String pan = ((Recipient.Card) recipient).number().reveal();
        return panField == PanField.TARGET_PAN
                ? new Target(null, pan, null)
                : new Target(null, null, new Target.Card(pan));
    }

    private static Urls urls(Recipient.HostedForm form) {
        URI success = form.successUrl() != null ? form.successUrl() : form.returnUrl();
        URI failure = form.failureUrl() != null ? form.failureUrl() : form.returnUrl();
        return new Urls(String.valueOf(success), failure == null ? null : failure.toString());
    }

    private static Map<String, String> jsonParams(PayoutRequest request) {
        Map<String, String> parameters = new TreeMap<>(request.metadata());
        parameters.put(BerekeTables.RECIPIENT_KIND, request.recipient().kind().name());
        return parameters;
    }
}
