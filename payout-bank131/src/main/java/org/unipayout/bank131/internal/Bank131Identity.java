package org.unipayout.bank131.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.PayoutRef;
import org.unipayout.RecipientKind;
import org.unipayout.Shown;
import org.unipayout.bank131.internal.wire.BankAccount;
import org.unipayout.bank131.internal.wire.Card;
import org.unipayout.bank131.internal.wire.Instrument;
import org.unipayout.bank131.internal.wire.PayoutItem;
import org.unipayout.bank131.internal.wire.Session;
import org.unipayout.bank131.internal.wire.Wallet;

/** About which payout a session speaks. Pure functions. */
public final class Bank131Identity {
    private static final Pattern USABLE_ID = Pattern.compile("[!-~]{1,128}");
    private static final Pattern LAST_DIGITS = Pattern.compile("[0-9]{1,4}$");
    private static final Pattern FIRST_DIGITS = Pattern.compile("^[0-9]{6}");

    /** Another amount under our own session id is the bank's contradiction; anything else is another payout. */
    private static final Set<String> OF_THE_AMOUNT = Set.of("amount", "currency");

    private Bank131Identity() {}

    /** What of a session is not ours; empty if all that it shows is. */
    static Optional<Evidence> difference(PayoutRef ref, Session session) {
        Stream<Shown> all = session.isEmpty()
                ? Stream.of(shown(session, null, ref.recipientKind()))
                : Stream.concat(session.payouts().stream(), session.transfers().stream())
                        .map(item -> shown(session, item, ref.recipientKind()));
        return all.map(shown -> shown.against(ref))
                .filter(identity -> !identity.ours())
                .findFirst()
                .map(Bank131Identity::evidence);
    }

    private static Evidence evidence(Identity identity) {
        return identity.collides() && OF_THE_AMOUNT.contains(identity.difference())
                ? new Evidence(Evidence.Kind.CONTRADICTING_ANSWER, "The answer has another " + identity.difference())
                : identity.evidence();
    }

    /** What a notification shows. A token is left out: only the handle knows whether the recipient has one of that kind. */
    public static Shown shown(Session session) {
        return shown(session, session.first().orElse(null), null);
    }

    private static Shown shown(Session session, @Nullable PayoutItem item, @Nullable RecipientKind kind) {
        Shown.Builder shown = Shown.builder(item == null ? null : reference(item), session.id());
        String created = item == null || item.createdAt() == null ? session.createdAt() : item.createdAt();
        shown.createdAt(Values.time(created));
        if (item == null) {
            return shown.build();
        }
        shown.amount(Values.money(item.amountDetails()).orElse(null));
        Instrument instrument = item.instrument();
        if (instrument != null) {
            kinds(shown, instrument);
            recipient(shown, instrument, kind);
        }
        return shown.build();
    }

    private static void kinds(Shown.Builder shown, Instrument instrument) {
        BankAccount account = instrument.bankAccount();
        String type = account == null ? instrument.type() : account.systemType();
        RecipientKind[] kinds = Bank131Tables.kinds(String.valueOf(type)).toArray(RecipientKind[]::new);
        if (kinds.length > 0) {
            shown.kinds(kinds[0], kinds);
        }
    }

    private static void recipient(Shown.Builder shown, Instrument instrument, @Nullable RecipientKind kind) {
        shown.card(digits(instrument.card()));
        BankAccount account = instrument.bankAccount();
        if (account != null && account.ru() != null) {
            shown.account(account.ru().account());
        }
        if (account != null && account.fasterPaymentSystem() != null) {
            shown.phone(account.fasterPaymentSystem().phone());
        }
        Wallet wallet = instrument.wallet();
        if (wallet != null && wallet.yoomoney() != null) {
            shown.account(wallet.yoomoney().account());
        }
        shown.token(token(instrument, kind));
    }

    /** The token of the kind of recipient that was paid; a token of another kind proves nothing. */
    private static @Nullable String token(Instrument instrument, @Nullable RecipientKind kind) {
        Card card = instrument.card();
        if (kind == RecipientKind.SAVED_CARD && card != null && card.tokenizedCard() != null) {
            return card.tokenizedCard().token();
        }
        if (kind == RecipientKind.RECURRING_CARD && instrument.recurrent() != null) {
            return instrument.recurrent().token();
        }
        BankAccount account = instrument.bankAccount();
        return kind == RecipientKind.SAVED_ACCOUNT && account != null && account.ru() != null
                ? account.ru().token()
                : null;
    }

    /** Our reference out of the echoed metadata; null if the bank echoed something else. */
    public static @Nullable String reference(PayoutItem item) {
        JsonNode metadata = item.metadata();
        JsonNode reference = metadata == null ? null : metadata.get(Bank131Tables.REFERENCE);
        return reference == null || !reference.isTextual() ? null : reference.textValue();
    }

    /** A card for the merchant: at most its last four digits, whatever the bank put where they belong. */
    static @Nullable String mask(@Nullable Instrument instrument) {
        Card card = instrument == null ? null : instrument.card();
        return last(card).map(digits -> "****" + digits).orElse(null);
    }

    /** A card to compare with: at most first six and last four digits. */
    private static @Nullable String digits(@Nullable Card card) {
        if (card != null && card.bankCard() != null) {
            return card.bankCard().number();
        }
        String bin = card == null ? null : card.bin();
        String first = bin == null ? "" : found(FIRST_DIGITS, bin).orElse("");
        return last(card).map(last -> first + "****" + last).orElse(null);
    }

    private static Optional<String> last(@Nullable Card card) {
        return Optional.ofNullable(card).map(Card::last4).flatMap(text -> found(LAST_DIGITS, text));
    }

    private static Optional<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /** Whether an id of the bank can be stored in a handle. */
    public static boolean isUsableId(@Nullable String id) {
        return id != null && USABLE_ID.matcher(id).matches();
    }
}
