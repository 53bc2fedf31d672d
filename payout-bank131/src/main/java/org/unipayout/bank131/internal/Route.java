package org.unipayout.bank131.internal;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.unipayout.bank131.Bank131Extras.Funding;
import org.unipayout.bank131.Bank131Options.Dialect;

/**
 * The methods that carry one payout; which they are depends on what pays and on whether an internal transfer goes first.
 *
 * @param create makes the session
 * @param start starts a payout in it
 * @param init does both at once
 */
public record Route(String create, String start, String init) {
    private static final Route PLAIN = new Route("/session/create", "/session/start/payout", "/session/init/payout");

    private static final Map<Funding, Route> PLAIN_PAYOUT = Map.of(
            Funding.COLLATERAL,
            PLAIN,
            Funding.SETTLEMENT_ACCOUNT,
            new Route("/session/create/rko", "/session/start/payout/rko", "/session/init/payout/rko"),
            Funding.ESCROW_ACCOUNT,
            new Route("/session/create/nominal", "/session/start/payout/nominal", "/session/init/payout/nominal"));

    /** Money for a card number goes by an internal transfer first ("settlement-payout-cards", "escrow-payout-cards"). */
    private static final Map<Funding, Route> BY_TRANSFER = Map.of(
            Funding.COLLATERAL,
            PLAIN,
            Funding.SETTLEMENT_ACCOUNT,
            new Route(
                    "/session/multi/create/rko", "/session/multi/start/payment/rko", "/session/multi/init/payment/rko"),
            Funding.ESCROW_ACCOUNT,
            new Route(
                    "/session/multi/create/nominal",
                    "/session/multi/start/payment/nominal",
                    "/session/multi/init/payment/nominal"));

    private static final Route WITH_RECEIPT =
            new Route("/session/create", "/session/start/payout/fiscalization", "/session/init/payout/fiscalization");

    /** The payout methods that "Format" lists for v2; all others are v1 only. */
    private static final Set<String> IN_V2 = Set.of(
            "/session/create",
            "/session/start/payout",
            "/session/start/payout/fiscalization",
            "/session/init/payout",
            "/session/init/payout/fiscalization",
            "/session/init/payout/nominal",
            "/session/init/payout/rko",
            "/session/multi/create/nominal",
            "/session/multi/start/payment/nominal",
            "/session/multi/init/payment/nominal",
            "/session/multi/create/rko",
            "/session/multi/start/payment/rko");

    /** The methods, with or without an internal transfer. */
    static Route of(Funding funding, boolean byTransfer) {
        return Objects.requireNonNull((byTransfer ? BY_TRANSFER : PLAIN_PAYOUT).get(funding));
    }

    /** The methods for a payout with a tax receipt. */
    static Route withReceipt() {
        return WITH_RECEIPT;
    }

    /** Whether the bank lists the methods that will be called in this generation of its interface. */
    boolean existsIn(Dialect dialect, boolean directInit) {
        return dialect == Dialect.V1
                || (directInit ? IN_V2.contains(init) : IN_V2.contains(create) && IN_V2.contains(start));
    }
}
