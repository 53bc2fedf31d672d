package shop;

import java.time.Duration;
import org.unipayout.CardNumber;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutAdapter;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutWaiter;
import org.unipayout.Recipient;

/** Pays once through one provider: {@code Shop <provider> <token, or card number> <currency>}; settings are in the environment. */
public final class Shop {
    private Shop() {}

    public static void main(String[] args) {
        Recipient recipient = args[1].matches("[0-9]{16}")
                ? new Recipient.Card(CardNumber.of(args[1]))
                : new Recipient.SavedCard(args[1]);
        PayoutRequest request = PayoutRequest.builder("shop-1", Money.ofMinor(15_000, args[2]), recipient)
                .description("Payout to a card")
                .recipientDetails(Participant.builder().fullName("CARDHOLDER NAME").build())
                .metadata("comment", "good")
                .build();
        PayoutAdapter adapter = PayoutAdapter.all().stream()
                .filter(one -> one.provider().equals(args[0]))
                .findFirst()
                .orElseThrow();
        try (PayoutClient client = adapter.open(System.getenv())) {
            Payout payout = PayoutWaiter.builder(client, Duration.ofSeconds(20))
                    .confirming()
                    .build()
                    .await(client.create(request));
            System.out.println(payout.status() + " module=" + Shop.class.getModule().isNamed()
                    + " java=" + Runtime.version().feature());
        }
    }
}
