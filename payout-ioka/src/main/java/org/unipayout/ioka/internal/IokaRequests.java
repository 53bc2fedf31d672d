package org.unipayout.ioka.internal;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.ioka.IokaExtras;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.internal.wire.AccountParams;
import org.unipayout.ioka.internal.wire.CardParams;
import org.unipayout.ioka.internal.wire.ConfirmRequest;
import org.unipayout.ioka.internal.wire.PayoutOrderRequest;
import org.unipayout.ioka.internal.wire.TransferOrderRequest;

/** Our words into ioka's, for both flows. Pure functions. */
public final class IokaRequests {
    /** KBE of a resident person; ioka's default is the one of a company. */
    private static final String PERSON = "19";

    private IokaRequests() {}

    /** The transfer order of a request. */
    public static TransferOrderRequest transferOrder(PayoutRequest request, IokaOptions options) {
        IokaExtras extras = IokaExtras.of(request);
        Recipient.HostedForm form = request.recipient() instanceof Recipient.HostedForm hosted ? hosted : null;
        return new TransferOrderRequest(
                request.amount().minorUnits(),
                IokaTables.PAYOUT,
                extras.corpAccountId().or(options::corpAccountId).orElse(null),
                request.amount().currency().getCurrencyCode(),
                request.reference(),
                request.description().orElse(null),
                request.metadata().isEmpty() ? null : request.metadata(),
                request.expiresAt().map(IokaTime::write).orElse(null),
                receiverId(request.recipient()).orElse(null),
                form == null ? null : text(form.returnUrl()),
                form == null ? null : text(form.successUrl()),
                form == null ? null : text(form.failureUrl()),
                extras.template().orElse(null));
    }

    /** The saved card that is paid; empty for a hosted form. */
    public static Optional<String> receiverId(Recipient recipient) {
        return recipient instanceof Recipient.SavedCard card
                ? Optional.of(SavedCardToken.of(card).cardId())
                : Optional.empty();
    }

    /** The payout order of a request; a card number is never part of it. */
    public static PayoutOrderRequest payoutOrder(PayoutRequest request, boolean twoStep) {
        return new PayoutOrderRequest(
                request.amount().minorUnits(),
                recipient(request),
                IokaExtras.of(request).acquirer().orElse(null),
                twoStep ? IokaTables.TWO_STEP : "AUTO",
                request.reference(),
                request.metadata().isEmpty() ? null : request.metadata(),
                request.amount().currency().getCurrencyCode());
    }

    /** The card number of a payout order that was created without one. */
    public static ConfirmRequest confirm(Recipient.Card card) {
        return new ConfirmRequest(card.number().reveal(), null, null, false);
    }

    private static PayoutOrderRequest.Recipient recipient(PayoutRequest request) {
        if (request.recipient() instanceof Recipient.KazakhAccount account) {
            return new PayoutOrderRequest.Recipient("ACCOUNT", account(account, request));
        }
        if (request.recipient() instanceof Recipient.SavedCard card) {
            SavedCardToken token = SavedCardToken.of(card);
            return new PayoutOrderRequest.Recipient(
                    "CARD", new CardParams(token.customerId().orElse(null), token.cardId()));
        }
        return new PayoutOrderRequest.Recipient("CARD", null);
    }

    private static AccountParams account(Recipient.KazakhAccount account, PayoutRequest request) {
        return new AccountParams(
                account.iin(),
                account.iban(),
                account.holderName(),
                account.purposeCode().orElse(null),
                account.beneficiaryCode().orElse(account.legalEntity() ? null : PERSON),
                request.description().orElse(null),
                account.legalEntity());
    }

    private static @Nullable String text(@Nullable URI url) {
        return url == null ? null : url.toString();
    }
}
