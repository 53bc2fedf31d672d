package org.unipayout.examples.proveyourown;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.unipayout.Money;
import org.unipayout.PayoutClient;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.IokaPayoutClient;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.FakePayoutClient;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.world.MerchantWorlds;

/** Three ways to find what pays twice, ten lines each. Whoever extends this says whose code is meant. */
abstract class PaidOnceChecks {
    private final BiFunction<PayoutClient, PayoutTable, SellerPayouts> merchant;

    PaidOnceChecks(BiFunction<PayoutClient, PayoutTable, SellerPayouts> merchant) {
        this.merchant = merchant;
    }

    private SellerPayouts payouts(PayoutClient client) {
        return merchant.apply(client, new PayoutTable());
    }

    private static Order order() {
        return new Order(
                "order-17",
                Money.ofMajor(new BigDecimal("150.00"), "KZT"),
                new Recipient.SavedCard(IokaSimulator.SAVED_VISA_ID),
                Instant.now());
    }

    @Test
    void answerIsLost_andTheOperatorTriesAgain_sellerIsPaidOnce() {
        FakePayoutClient provider = new FakePayoutClient().nextAnswerIsLost();
        SellerPayouts payouts = payouts(provider);

        payouts.pay(order()); // the provider pays, and nobody hears of it
        payouts.pay(order()); // the operator's button "try again"
        payouts.askAboutOpenOnes();

        provider.ledger().assertSinglePayment();
    }

    @Test
    void connectionBreaksAfterTheRequest_sellerIsPaidOnce() {
        try (IokaSimulator ioka = IokaSimulator.start();
                FaultServer network = FaultServer.before(ioka.baseUrl());
                PayoutClient client = open(network, ioka)) {
            network.on(call -> call.path().endsWith("/payout")).play(Fault.RESET_AFTER_REQUEST);
            SellerPayouts payouts = payouts(client);

            payouts.pay(order());
            payouts.pay(order());

            ioka.ledger().assertSinglePayment();
        }
    }

    private static PayoutClient open(FaultServer network, IokaSimulator ioka) {
        return IokaPayoutClient.open(
                IokaOptions.builder(network.baseUrl(), Secret.of(ioka.apiKey())).build());
    }

    @Test
    void worlds_whateverGoesWrong_sellersArePaidOnce() {
        MerchantWorlds.play(() -> new SellersInAWorld(merchant), Long.getLong("worlds.seed", 1001), 300)
                .assertClean();
    }
}
