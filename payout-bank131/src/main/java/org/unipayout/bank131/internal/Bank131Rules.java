package org.unipayout.bank131.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.unipayout.Advice;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.Participant;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.bank131.Bank131Extras;
import org.unipayout.bank131.Bank131Extras.Funding;
import org.unipayout.bank131.Bank131Options;

/**
 * The bank's rules, checked before any I/O. Each message names the field and never repeats the value.
 *
 * <p>Source: developer.131.ru, "russian-account", "payout-fps-phone", "yoomoney", "settlement-payout-*",
 * "escrow-payout-*".
 */
public final class Bank131Rules {
    private static final int DESCRIPTION = 210;
    private static final int PHONE_DESCRIPTION = 140;
    private static final String NON_RESIDENT = "40820810";
    private static final String NON_RESIDENT_PREFIX = "{VO99090}";
    private static final String SOLE_PROPRIETOR = "40802810";

    private static final Set<String> FROM_COLLATERAL = Set.of(
            "40817810",
            "42301810",
            "42302810",
            "42303810",
            "42304810",
            "42305810",
            "42306810",
            "42307810",
            SOLE_PROPRIETOR,
            NON_RESIDENT,
            "40702810");
    private static final Set<String> FROM_OWN_ACCOUNT = Set.of(
            "40817810",
            "42301810",
            "42302810",
            "42303810",
            "42304810",
            "42305810",
            "42306810",
            "42307810",
            SOLE_PROPRIETOR,
            "40702810",
            "40701810",
            "40502810");
    private static final Set<String> LEGAL_ENTITY = Set.of("40702810", "40701810", "40502810");

    private Bank131Rules() {}

    /**
     * Checks a request.
     *
     * @return the methods that carry it
     * @throws IllegalArgumentException if a field is missing or malformed
     * @throws UnsupportedPayoutException if the bank does not do this
     */
    public static Route check(PayoutRequest request, Bank131Options options) {
        Bank131Extras extras = Bank131Extras.of(request);
        require(
                !request.metadata().containsKey(Bank131Tables.REFERENCE),
                "metadata.reference: carries the payout's own reference; take another name");
        checkDescription(request);
        checkRecipient(request, extras.funding());
        checkParties(request, extras, options);
        return route(request, extras, options);
    }

    /**
     * Honours the end that the merchant set: the bank has no field for it, so nothing is started from then on.
     *
     * @throws IllegalArgumentException if it has come
     */
    public static void checkInTime(PayoutRequest request, Instant now) {
        require(
                request.expiresAt().filter(end -> !now.isBefore(end)).isEmpty(),
                "expiresAt: has come, so the payout may no longer start");
    }

    private static void checkDescription(PayoutRequest request) {
        Recipient recipient = request.recipient();
        boolean toAccount =
                recipient instanceof Recipient.RussianAccount || recipient instanceof Recipient.SavedAccount;
        boolean toPhone = recipient instanceof Recipient.Phone;
        require(
                request.description().isPresent() || (!toAccount && !toPhone),
                "description: is required for a payout to an account or a phone");
        String description = request.description().orElse("");
        int longest = toPhone ? PHONE_DESCRIPTION : DESCRIPTION;
        require(description.length() <= longest, "description: must have at most " + longest + " characters");
        require(
                !toAccount || !description.matches(".*[?!].*"),
                "description: must hold neither ? nor ! for a payout to an account");
    }

    private static void checkRecipient(PayoutRequest request, Funding funding) {
        Recipient recipient = request.recipient();
        if (recipient instanceof Recipient.Card card) {
            require(card.number().reveal().matches("[0-9]{14,19}"), "recipient.number: must be 14 to 19 digits");
        } else if (recipient instanceof Recipient.RussianAccount account) {
            checkAccount(account, request.description().orElse(""), funding);
        } else if (recipient instanceof Recipient.Wallet wallet) {
            checkWallet(request, wallet, funding);
        } else if (recipient instanceof Recipient.RecurringCard && funding != Funding.COLLATERAL) {
            throw unsupported(request, "a recurring token is paid from the collateral account only");
        }
    }

    private static void checkAccount(Recipient.RussianAccount account, String description, Funding funding) {
        String prefix = account.account().substring(0, 8);
        require(
                (funding == Funding.COLLATERAL ? FROM_COLLATERAL : FROM_OWN_ACCOUNT).contains(prefix),
                "recipient.account: accounts of this kind (first 8 digits) are not paid from " + funding);
        boolean legalEntity = LEGAL_ENTITY.contains(prefix);
        require(
                account.inn().isPresent() || (!legalEntity && !prefix.equals(SOLE_PROPRIETOR)),
                "recipient.inn: is required for the account of a company or sole proprietor");
        require(account.kpp().isPresent() || !legalEntity, "recipient.kpp: is required for the account of a company");
        require(
                account.holderName().startsWith("ИП ") || !prefix.equals(SOLE_PROPRIETOR),
                "recipient.holderName: must start with ИП for the account of a sole proprietor");
        require(
                description.startsWith(NON_RESIDENT_PREFIX) || !prefix.equals(NON_RESIDENT),
                "description: must start with " + NON_RESIDENT_PREFIX + " for the account of a non-resident");
    }

    private static void checkWallet(PayoutRequest request, Recipient.Wallet wallet, Funding funding) {
        if (!wallet.system().equals("yoomoney")) {
            throw unsupported(request, "of wallets only yoomoney is paid");
        }
        if (funding != Funding.COLLATERAL) {
            throw unsupported(request, "a wallet is paid from the collateral account only");
        }
        require(wallet.account().matches("[0-9]{11,20}"), "recipient.account: must be 11 to 20 digits");
    }

    private static void checkParties(PayoutRequest request, Bank131Extras extras, Bank131Options options) {
        Optional<Participant> sender = request.sender();
        Optional<Participant> recipient = request.recipientDetails();
        Funding funding = extras.funding();
        require(
                !options.directInit() || recipient.filter(Bank131Rules::isNamed).isPresent(),
                "recipientDetails.fullName: is required for session/init, or firstName and lastName");
        if (funding == Funding.COLLATERAL) {
            return;
        }
        require(
                funding != Funding.ESCROW_ACCOUNT
                        || sender.flatMap(Participant::beneficiaryId).isPresent(),
                "sender.beneficiaryId: is required for a payout from an escrow account");
        if (byInternalTransfer(request.recipient(), funding, options)) {
            checkTransferToCard(request, extras);
            return;
        }
        require(
                sender.flatMap(Participant::account)
                        .filter(account -> account.matches("[0-9]{20}"))
                        .isPresent(),
                "sender.account: 20 digits are required for a payout from a settlement or escrow account");
    }

    private static void checkTransferToCard(PayoutRequest request, Bank131Extras extras) {
        Optional<Participant> recipient = request.recipientDetails();
        require(
                request.sender().flatMap(Participant::fullName).isPresent(),
                "sender.fullName: is required for a transfer from an account to a card");
        require(
                recipient.flatMap(Participant::fullName).isPresent(),
                "recipientDetails.fullName: is required for a transfer from an account to a card");
        require(
                recipient.flatMap(Participant::reference).isPresent(),
                "recipientDetails.reference: is required for a transfer from an account to a card");
        String purpose = extras.transferDescription().or(request::description).orElse("");
        require(
                !purpose.isEmpty() && purpose.length() <= DESCRIPTION,
                "extras.transferDescription: or description, 1 to " + DESCRIPTION
                        + " characters, is required for a transfer from an account to a card");
    }

    private static Route route(PayoutRequest request, Bank131Extras extras, Bank131Options options) {
        if (extras.hasReceipt() && extras.funding() != Funding.COLLATERAL) {
            throw unsupported(request, "a tax receipt goes with the collateral account only");
        }
        Route route = extras.hasReceipt()
                ? Route.withReceipt()
                : Route.of(extras.funding(), byInternalTransfer(request.recipient(), extras.funding(), options));
        if (!route.existsIn(options.dialect(), options.directInit())) {
            throw unsupported(request, "the bank's v2 has no such method; set Dialect.V1");
        }
        return route;
    }

    /**
     * Whether the money goes by an internal transfer first: to a card from a settlement or escrow account, except that the
     * page about tokens names the methods of payouts to accounts for those.
     */
    static boolean byInternalTransfer(Recipient recipient, Funding funding, Bank131Options options) {
        if (funding == Funding.COLLATERAL) {
            return false;
        }
        return recipient instanceof Recipient.Card
                || recipient instanceof Recipient.EncryptedCard
                || (recipient instanceof Recipient.SavedCard && options.cardTokensByInternalTransfer());
    }

    private static boolean isNamed(Participant person) {
        return person.fullName().isPresent()
                || (person.firstName().isPresent() && person.lastName().isPresent());
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private static UnsupportedPayoutException unsupported(PayoutRequest request, String reason) {
        return new UnsupportedPayoutException(
                FailureDetails.builder(Bank131Tables.PROVIDER, Operation.PREPARE, reason, Advice.NEVER)
                        .reference(request.reference())
                        .build());
    }
}
