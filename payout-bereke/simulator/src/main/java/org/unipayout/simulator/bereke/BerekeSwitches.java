package org.unipayout.simulator.bereke;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.unipayout.testkit.Nastiness;
import org.unipayout.testkit.ReceivedRequest;

/**
 * How a {@link BerekeSimulator} behaves where the bank's page contradicts itself or is silent.
 *
 * <p>Set a field at any time; {@link BerekeSimulator#reset} restores the defaults, which follow the page's examples.
 * An adapter should work with every setting. Fields that shape answers act on the next answer, fields that shape a
 * payout act on payouts made from then on.
 */
public final class BerekeSwitches {
    /** Which spellings of the recipient's card number are taken: the page's table and example disagree. */
    public enum PanForm {
        /** Both spellings. */
        EITHER,
        /** Only {@code target.pan}, as in the example. */
        TARGET_PAN,
        /** Only {@code target.card.pan}, as in the table. */
        TARGET_CARD_PAN
    }

    /** How entries of {@code operationList} and orders look. */
    public enum AnswerForm {
        /**
         * As in the page's examples: {@code pan}, currency as text, no order id; the date is an integer
         * {@code operationDate} from performPayout and a text {@code datetime} from getPayoutStatus.
         */
        EXAMPLES,
        /** As in the page's tables: {@code panMaskedTo}, integers, order ids and {@code creationDate}. */
        TABLES
    }

    /** How performPayout tells a business decline; getPayoutStatus always shows {@code orderStatus} 6. */
    public enum DeclineForm {
        /** {@code errorCode} "0", {@code orderStatus} 6, {@code resultCode} 1. */
        ORDER_STATUS,
        /** HTTP 200 with an acquiring action code as {@code errorCode} and no order. */
        ERROR_CODE
    }

    /** How getPayoutStatus tells that it does not know an order. */
    public enum NotFoundForm {
        /** HTTP 400 and {@code errorCode} 98, as in the error table. */
        ERROR,
        /** HTTP 200 with {@code errorCode} "0" and no {@code orderStatus}, as in the field table. */
        WITHOUT_STATUS,
        /** The same with an amount of 0 and a currency, which the field table has as mandatory. */
        ZERO_AMOUNT
    }

    /** What the merchant's payouts are paid from. */
    public enum Funding {
        /** The transit account, or a corporate card when the request names one. */
        EITHER,
        /** The transit account only; a source is refused. */
        TRANSIT_ACCOUNT,
        /** A corporate card only; performPayout must name it, the hosted page takes the default card. */
        CORPORATE_CARD
    }

    /** Whether {@code username} is taken beside {@code userName}; default no. */
    public volatile boolean acceptUsername;
    /** Taken spellings of the card number; default both. */
    public volatile PanForm panForm;
    /** Name of the status field; default {@code orderStatus}, the tables say {@code OrderStatus}. */
    public volatile String statusField;
    /** Whether the status is a JSON integer; default no, a string. */
    public volatile boolean integerStatus;
    /** Look of orders and operations; default as in the examples. */
    public volatile AnswerForm answerForm;
    /** Whether {@code client.name} is required; default no. */
    public volatile boolean clientNameRequired;
    /** Longest {@code client.clientId} that is taken; default 255, the request table says 30. */
    public volatile int clientIdLength;
    /** Longest {@code orderNumber} that is taken; default 32, acquiring takes 36. */
    public volatile int orderNumberLength;
    /** Whether {@code balanceDescriptionList} is an array; default no, an object. */
    public volatile boolean balanceArray;
    /** Balance before the payouts in the ledger, in minor units; default 49925200. May be negative (sign {@code D}). */
    public volatile long openingBalance;
    /** Whether a payout above the balance is declined; default no. */
    public volatile boolean balanceLimits;
    /** Headers without which requests are refused with 400/98 {@code Invalid request}; default none. */
    public volatile Set<String> requiredHeaders;
    /** Says whether a request is signed as agreed, else 401/90; default every request is. */
    public volatile Predicate<ReceivedRequest> signatureCheck;
    /** HTTP status of the answer to a repeated order number ({@code errorCode} "1"); default 200. */
    public volatile int duplicateHttpStatus;
    /** How performPayout tells that the merchant's funds do not suffice; default by order status. */
    public volatile DeclineForm insufficientFundsForm;
    /** How performPayout tells that the recipient's bank declined; default by order status. */
    public volatile DeclineForm declineForm;
    /** Status that an order shows for {@link #interimTime} before its final one: 0, 1 or 5; default 1. */
    public volatile int interimStatus;
    /** How long, by the simulator's clock, a payout shows {@link #interimStatus}; default not at all. */
    public volatile Duration interimTime;
    /** Status of an order whose hosted page expired: 0, 3 or 6; default 0. */
    public volatile int expiredStatus;
    /** Status of a paid order; default 2. Related instances of the module also know 7, 8 and -1. */
    public volatile int paidStatus;
    /** Shape of "order not found"; default the error. */
    public volatile NotFoundForm notFoundForm;
    /** Whether {@code operationList} starts with the debit of the merchant ({@code P2P_DEBIT}); default no. */
    public volatile boolean debitLeg;
    /** Whether an acquiring-style callback tells each final state; default no. */
    public volatile boolean callbacks;
    /** Whether a payout is made behind an open-outcome error of {@link BerekeSimulator#failNext}; default no. */
    public volatile boolean executedBehindError;
    /** Whether every API call is refused with 429 and nothing is executed; default no. */
    public volatile boolean rateLimited;
    /** How long every answer takes, in real time; default no delay. */
    public volatile Duration responseDelay;
    /** What payouts are paid from; default either. */
    public volatile Funding funding;
    /** Whether status calls by {@code orderId} find an order that {@link BerekeSimulator#hideFor} hides; default no. */
    public volatile boolean orderIdsDoNotLag;
    /** How long, by the simulator's clock, an order number is taken: the page says "unique"; default for ever. */
    public volatile Duration numberLifetime;
    /** How long a performPayout waits in a queue, behind an answer 504/91, before it is executed; default not at all. */
    public volatile Duration backlog;
    /** HTTP status with which a firewall answers in place of the bank, with a page of its own; default 0, no firewall. */
    public volatile int firewallStatus;
    /** Whether fields that only describe (fee, operations, target, parameters) have another form; default no. */
    public volatile boolean junkDetails;
    /** Whether the {@code resultCode} of an operation says the opposite of the order's status; default no. */
    public volatile boolean contradictingResult;
    /** Whether orders show nothing but {@code errorCode} and status; default no. */
    public volatile boolean thinAnswers;
    /** Whether masked card numbers are whole ones; default no. */
    public volatile boolean unmaskedCards;
    /** Whether answers give {@code jsonParams} back as {@code orderParams}; default yes. */
    public volatile boolean showsOrderParams;
    /** First digits of the cards that payouts reach; default those of the bank's published test cards. */
    public volatile Set<String> allowedBins;

    BerekeSwitches() {
        restore();
    }

    /** What the page does not exclude, or says in two ways. */
    List<Nastiness> nastinesses() {
        Duration hours = Duration.ofHours(6);
        return List.of(
                Nastiness.lasting("payouts lie in a queue", hours, hours, time -> backlog = time),
                Nastiness.lasting("payouts show an interim status", hours, hours, time -> interimTime = time),
                Nastiness.of("the interim status is another", () -> interimStatus = 5),
                Nastiness.of("ids do not lag", () -> orderIdsDoNotLag = true),
                Nastiness.of("statuses are numbers", () -> integerStatus = true),
                Nastiness.of("the status has a capital letter", () -> statusField = "OrderStatus"),
                Nastiness.of("answers as in the tables", () -> answerForm = AnswerForm.TABLES),
                Nastiness.of("a taken number is HTTP 400", () -> duplicateHttpStatus = 400),
                Nastiness.of("declines are codes", () -> declineForm = DeclineForm.ERROR_CODE),
                Nastiness.of("no funds is a code", () -> insufficientFundsForm = DeclineForm.ERROR_CODE),
                Nastiness.of("not found has no status", () -> notFoundForm = NotFoundForm.WITHOUT_STATUS),
                Nastiness.of("not found has an amount", () -> notFoundForm = NotFoundForm.ZERO_AMOUNT),
                Nastiness.of("the debit is listed", () -> debitLeg = true),
                Nastiness.of("junk in what describes", () -> junkDetails = true),
                Nastiness.of("parameters are not shown", () -> showsOrderParams = false),
                Nastiness.of("cards are not masked", () -> unmaskedCards = true));
    }

    final void restore() {
        acceptUsername = false;
        panForm = PanForm.EITHER;
        statusField = "orderStatus";
        integerStatus = false;
        answerForm = AnswerForm.EXAMPLES;
        clientNameRequired = false;
        clientIdLength = 255;
        orderNumberLength = 32;
        balanceArray = false;
        openingBalance = 49_925_200;
        balanceLimits = false;
        requiredHeaders = Set.of();
        signatureCheck = request -> true;
        duplicateHttpStatus = 200;
        insufficientFundsForm = DeclineForm.ORDER_STATUS;
        declineForm = DeclineForm.ORDER_STATUS;
        interimStatus = 1;
        interimTime = Duration.ZERO;
        expiredStatus = 0;
        paidStatus = 2;
        notFoundForm = NotFoundForm.ERROR;
        debitLeg = false;
        callbacks = false;
        executedBehindError = false;
        rateLimited = false;
        responseDelay = Duration.ZERO;
        funding = Funding.EITHER;
        orderIdsDoNotLag = false;
        numberLifetime = Duration.ofSeconds(Long.MAX_VALUE);
        backlog = Duration.ZERO;
        firewallStatus = 0;
        junkDetails = false;
        contradictingResult = false;
        thinAnswers = false;
        unmaskedCards = false;
        showsOrderParams = true;
        allowedBins = Set.of("411111", "444455", "401200", "555555", "516849");
    }
}
