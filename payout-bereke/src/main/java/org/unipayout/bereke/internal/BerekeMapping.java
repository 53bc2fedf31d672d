package org.unipayout.bereke.internal;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Balance;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.bereke.BerekeExtras;
import org.unipayout.bereke.BerekeOptions;
import org.unipayout.bereke.BerekeOptions.PanField;
import org.unipayout.bereke.internal.wire.AmountAnswer;
import org.unipayout.bereke.internal.wire.Client;
import org.unipayout.bereke.internal.wire.GetAmount;
import org.unipayout.bereke.internal.wire.GetPayoutStatus;
import org.unipayout.bereke.internal.wire.OperationItem;
import org.unipayout.bereke.internal.wire.Order;
import org.unipayout.bereke.internal.wire.OrderTarget;
import org.unipayout.bereke.internal.wire.PerformPayout;
import org.unipayout.bereke.internal.wire.RegisterPayout;
import org.unipayout.bereke.internal.wire.RegisteredPayout;
import org.unipayout.bereke.internal.wire.Source;
import org.unipayout.bereke.internal.wire.Target;
import org.unipayout.bereke.internal.wire.Urls;

/** Our words into the bank's and back. Pure functions; what the bank's words mean stands in tables. */
public final class BerekeMapping {
    private static final String KZT = "KZT";
    /** Tenge in ISO 4217 digits: the only currency of the payouts module. */
    private static final String KZT_DIGITS = "398";

    private static final String REGISTERED = "0";

    /**
     * What {@code orderStatus} means. A value that is not here is {@link PayoutStatus#UNKNOWN}: 7, 8 and -1 of related
     * instances too. Source: payouts page, table of performPayout.do.
     */
    private static final Map<String, PayoutStatus> STATUSES = Map.of(
            REGISTERED,
            PayoutStatus.PROCESSING,
            "1",
            PayoutStatus.PROCESSING,
            "2",
            PayoutStatus.SUCCEEDED,
            "3",
            PayoutStatus.CANCELED,
            "4",
            PayoutStatus.RETURNED,
            "5",
            PayoutStatus.PROCESSING,
            "6",
            PayoutStatus.FAILED);

    /** The error book's row of a declined order; the bank gives no code with it. */
    private static final String DECLINED = "orderStatus 6";

    private static final Pattern USABLE_ID = Pattern.compile("[!-~]{1,64}");
    private static final Pattern MASK = Pattern.compile("([0-9]{4,8})[^0-9]+([0-9]{4})");
    private static final Pattern MILLIS = Pattern.compile("[0-9]{13}");

    private BerekeMapping() {}

    // ---------------------------------------------------------------- ours into the bank's

    /** A payout to a card whose number or binding we have. */
    public static PerformPayout performPayout(PayoutRequest request, BerekeOptions options) {
        return new PerformPayout(
                options.userName(),
                options.password().reveal(),
                request.reference(),
                request.amount().minorUnits(),
                KZT_DIGITS,
                request.description().orElse(null),
                client(request),
                BerekeExtras.of(request).sourceBindingId().map(Source::new).orElse(null),
                target(request.recipient(), options.panField()),
                jsonParams(request));
    }

    /** A payout whose card is typed on the bank's page. */
    public static RegisterPayout registerPayout(
            PayoutRequest request, Recipient.HostedForm form, BerekeOptions options) {
        return new RegisterPayout(
                options.userName(),
                options.password().reveal(),
                request.reference(),
                request.amount().minorUnits(),
                KZT_DIGITS,
                request.description().orElse(null),
                // Only where a page is shown: error texts must keep the language of the bank's table.
                request.language()
                        .map(language -> language.getLanguage().toUpperCase(Locale.ROOT))
                        .orElse(null),
                client(request),
                urls(form),
                BerekeExtras.of(request)
                        .sessionTimeout()
                        .map(Duration::toSeconds)
                        .orElse(null),
                jsonParams(request));
    }

    /** The question about the order that carries our reference. */
    public static GetPayoutStatus statusByOrderNumber(PayoutRef ref, BerekeOptions options) {
        return new GetPayoutStatus(options.userName(), options.password().reveal(), ref.reference(), null);
    }

    /** The question about the order that the bank named. */
    public static GetPayoutStatus statusByOrderId(String orderId, BerekeOptions options) {
        return new GetPayoutStatus(options.userName(), options.password().reveal(), null, orderId);
    }

    /**
     * The question about the balance.
     *
     * @param sourceBindingId a corporate card, or null for the transit account
     */
    public static GetAmount getAmount(@Nullable String sourceBindingId, BerekeOptions options) {
        Source source = sourceBindingId == null ? null : new Source(sourceBindingId);
        return new GetAmount(options.userName(), options.password().reveal(), source);
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

    private static @Nullable Map<String, String> jsonParams(PayoutRequest request) {
        return request.metadata().isEmpty() ? null : new TreeMap<>(request.metadata());
    }

    // ---------------------------------------------------------------- the bank's into ours

    /** What an order says about the payout of a handle, after the echo check. */
    public static Payout payout(PayoutRef ref, Order order, ErrorBook errorBook) {
        String words = order.status();
        Optional<String> another = contradiction(ref, order);
        if (another.isPresent()) {
            return Payout.unknown(
                    ref,
                    words,
                    new Evidence(Evidence.Kind.CONTRADICTING_ANSWER, "The answer speaks of another " + another.get()));
        }
        String orderId = order.orderId();
        PayoutRef named = orderId != null && isUsableId(orderId) ? ref.withProviderId(orderId) : ref;
        if (words.isEmpty()) {
            // The table says "absent if the order was not found", the table of errors has an error for that: not proof.
            return Payout.unknown(
                    named, "", new Evidence(Evidence.Kind.PROVIDER_UNSURE, "The answer has no orderStatus"));
        }
        PayoutStatus status = status(words, ref.recipientKind());
        return status == PayoutStatus.UNKNOWN
                ? Payout.unknown(
                        named,
                        words,
                        new Evidence(
                                Evidence.Kind.UNDOCUMENTED_ANSWER,
                                "The orderStatus is not one that the bank documents"))
                : described(Payout.builder(named, status, words), status, order, errorBook);
    }

    /** What {@code orderStatus} means for a kind of recipient. */
    public static PayoutStatus status(String orderStatus, RecipientKind recipientKind) {
        return orderStatus.equals(REGISTERED) && recipientKind == RecipientKind.HOSTED_FORM
                ? PayoutStatus.AWAITING_RECIPIENT
                : STATUSES.getOrDefault(orderStatus, PayoutStatus.UNKNOWN);
    }

    private static Payout described(Payout.Builder payout, PayoutStatus status, Order order, ErrorBook errorBook) {
        OperationItem telling = telling(order, status);
        Decline decline =
                new Decline(errorBook.entry(DECLINED), telling == null ? null : telling.resultCodeDescription());
        boolean refusedOnForm = status == PayoutStatus.AWAITING_RECIPIENT && telling != null;
        OrderTarget target = order.target();
        String mask = mask(order);
        return payout.decline(status == PayoutStatus.FAILED ? decline : null)
                .lastDecline(refusedOnForm ? decline : null)
                .fee(order.fee() == null ? null : Money.ofMinor(order.fee(), KZT))
                .rrn(telling == null || telling.failed() ? null : telling.refNum())
                .recipientMask(mask)
                .recipientToken(target == null ? null : target.bindingId())
                .createdAt(instant(order.creationDate()))
                .finishedAt(status.isFinal() && telling != null ? instant(telling.date()) : null)
                .build();
    }

    /**
     * The operation that explains the status: the last credit that worked, or else the last that failed. Other
     * operations, such as the debit of a corporate card, have no documented names and are passed over.
     */
    private static @Nullable OperationItem telling(Order order, PayoutStatus status) {
        boolean worked = status == PayoutStatus.SUCCEEDED || status == PayoutStatus.RETURNED;
        List<OperationItem> credits = order.operations().stream()
                .filter(item ->
                        item.operationType() == null || item.operationType().equals("P2P_CREDIT"))
                .filter(item -> item.failed() != worked)
                .toList();
        return credits.isEmpty() ? null : credits.get(credits.size() - 1);
    }

    /** The masked card, wherever the answer has it. */
    private static @Nullable String mask(Order order) {
        OrderTarget target = order.target();
        if (target != null && target.maskedPan() != null) {
            return target.maskedPan();
        }
        return order.operations().stream()
                .map(OperationItem::mask)
                .filter(Objects::nonNull)
                .reduce((first, last) -> last)
                .orElse(null);
    }

    /** The field in which an order differs from a handle: the echo check. */
    public static Optional<String> contradiction(PayoutRef ref, Order order) {
        if (order.currency() != null && !isTenge(order.currency())) {
            return Optional.of("currency");
        }
        Money amount = order.amount() == null ? null : Money.ofMinor(order.amount(), KZT);
        return ref.contradiction(amount, order.orderNumber(), order.orderId());
    }

    /** Whether an order went to another card than the request names, as far as the mask shows. */
    public static boolean paysAnotherCard(PayoutRequest request, Order order) {
        String mask = mask(order);
        Matcher digits = MASK.matcher(mask == null ? "" : mask);
        if (!(request.recipient() instanceof Recipient.Card card) || !digits.matches()) {
            return false;
        }
        String pan = card.number().reveal();
        return !pan.startsWith(digits.group(1)) || !pan.endsWith(digits.group(2));
    }

    /** The address of the form, if the answer has a usable one. */
    public static Optional<URI> formUrl(RegisteredPayout registered) {
        try {
            return Optional.ofNullable(registered.formUrl())
                    .map(URI::create)
                    .filter(url -> url.isAbsolute() && url.getHost() != null);
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    /** A balance; empty if the answer lacks amount, sign or currency. */
    public static Optional<Balance> balance(AmountAnswer.@Nullable Description description) {
        if (description == null
                || description.balanceAmount() == null
                || description.balanceCurrency() == null
                || !isTenge(description.balanceCurrency())
                || !("C".equals(description.balanceSign()) || "D".equals(description.balanceSign()))) {
            return Optional.empty();
        }
        long magnitude = Math.abs(description.balanceAmount());
        return Optional.of(new Balance(
                Objects.requireNonNullElse(description.balanceDescription(), ""),
                Money.ofMinor("D".equals(description.balanceSign()) ? -magnitude : magnitude, KZT)));
    }

    /** Whether an id of the bank fits into a handle. */
    public static boolean isUsableId(String id) {
        return USABLE_ID.matcher(id).matches();
    }

    private static boolean isTenge(String currency) {
        return currency.equals(KZT_DIGITS) || currency.equals(KZT);
    }

    private static @Nullable Instant instant(@Nullable String millis) {
        return millis != null && MILLIS.matcher(millis).matches() ? Instant.ofEpochMilli(Long.parseLong(millis)) : null;
    }
}
