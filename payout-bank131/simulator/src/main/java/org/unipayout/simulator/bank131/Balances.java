package org.unipayout.simulator.bank131;

import java.util.HashMap;
import java.util.Map;

/** The merchant's money at the bank, in kopecks: one collateral account, any number of other accounts. */
final class Balances {
    static final long FEE = 10;

    private static final long START = 100_000_000_00L;

    private final Map<String, Long> accounts = new HashMap<>();
    private long collateral = START;

    long collateral() {
        return collateral;
    }

    void collateral(long minorUnits) {
        collateral = minorUnits;
    }

    long account(String number) {
        return accounts.getOrDefault(number, START);
    }

    /** Collateral must cover amount and fee; other accounts are never short. */
    boolean covers(Payout payout) {
        return !payout.kind().fromCollateral() || collateral >= payout.amount() + FEE;
    }

    void pay(Payout payout) {
        move(payout, -payout.amount() - FEE);
    }

    void takeBack(Payout payout) {
        move(payout, payout.amount());
    }

    void restore() {
        accounts.clear();
        collateral = START;
    }

    private void move(Payout payout, long minorUnits) {
        if (payout.kind().fromCollateral()) {
            collateral += minorUnits;
            return;
        }
        accounts.merge(payout.senderAccount(), START + minorUnits, (old, first) -> old + minorUnits);
    }
}
