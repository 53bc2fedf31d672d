package org.unipayout.horizonpay;

import java.util.Objects;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookEvent.Trust;
import org.unipayout.WebhookRequest;
import org.unipayout.horizonpay.internal.HorizonPayReadings;
import org.unipayout.horizonpay.internal.HorizonPayTables;
import org.unipayout.horizonpay.internal.wire.Transaction;

/**
 * Verifies and reads HorizonPay's notifications, in either envelope.
 *
 * <p>HorizonPay signs the raw body ({@code Content-Signature}), so an event is {@link Trust#VERIFIED}. It is a
 * {@link Trust#HINT} if only Basic credentials prove the sender, which the options must ask for, and if its test mark is
 * not that of the options. A failure without a code carries no status: {@code get} finds the code, which may say that
 * the outcome is open. Answer HTTP 200 once the event is stored; HorizonPay repeats what was not answered, 15 times in
 * about 36 hours.
 *
 * <p>Thread-safe, does no I/O. Source: docs.horizonpay.kz, "Webhooks".
 */
public final class HorizonPayWebhooks implements PayoutWebhooks {
    private final Authenticity authenticity;
    private final HorizonPayReadings readings;

    private HorizonPayWebhooks(HorizonPayOptions options) {
        authenticity = new Authenticity(options);
        readings = HorizonPayReadings.of(HorizonPayTables.errorBook(), options);
    }

    /**
     * Trusts the keys of the options; during a rotation they hold the old and the new one.
     *
     * @param options the merchant's shop
     * @return the receiver
     * @throws IllegalArgumentException if there is no key and Basic credentials were not allowed, or a key is not an RSA
     *     public key
     */
    public static HorizonPayWebhooks of(HorizonPayOptions options) {
        return new HorizonPayWebhooks(options);
    }

    @Override
    public WebhookEvent receive(WebhookRequest request) {
        Trust sender = authenticity.check(request);
        Authenticity.Message message = Authenticity.message(request);
        Transaction transaction = message.transaction();
        boolean comparable = !readings.hasOtherTestMark(transaction);
        WebhookEvent.Builder event = event(message, comparable ? sender : Trust.HINT);
        if (sender == Trust.VERIFIED && comparable && HorizonPayTables.PAYOUT.equals(transaction.type())) {
            HorizonPayReadings.Reading reading = readings.read(transaction);
            boolean unexplained = reading.status() == PayoutStatus.FAILED && transaction.code() == null;
            event.status(unexplained ? null : reading.status(), reading.words())
                    .decline(unexplained ? null : reading.decline());
        }
        return event.build();
    }

    /** HorizonPay sends no event id, so the key is all that it says. */
    static WebhookEvent.Builder event(Authenticity.Message message, Trust trust) {
        Transaction transaction = message.transaction();
        return WebhookEvent.builder(
                        HorizonPayPayoutClient.PROVIDER,
                        Objects.requireNonNullElse(transaction.type(), ""),
                        trust,
                        message.digest())
                .providerId(transaction.uid())
                .reference(transaction.trackingId())
                .amount(HorizonPayReadings.money(transaction).orElse(null))
                .shown(HorizonPayReadings.shown(transaction, true));
    }
}
