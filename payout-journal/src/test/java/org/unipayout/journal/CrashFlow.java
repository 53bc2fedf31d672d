package org.unipayout.journal;

import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.unipayout.CardNumber;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Recipient;
import org.unipayout.Sleeper;
import org.unipayout.bank131.Bank131Options;
import org.unipayout.bank131.Bank131PayoutClient;
import org.unipayout.bank131.Bank131Webhooks;
import org.unipayout.bereke.BerekeOptions;
import org.unipayout.bereke.BerekePayoutClient;
import org.unipayout.horizonpay.HorizonPayOptions;
import org.unipayout.horizonpay.HorizonPayPayoutClient;
import org.unipayout.horizonpay.HorizonPayWebhooks;
import org.unipayout.http.HttpOptions;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.IokaPayoutClient;
import org.unipayout.ioka.IokaPayoutOrderClient;
import org.unipayout.ioka.IokaWebhooks;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.Scenario;

/**
 * The flows that processes are killed in: real adapters, which read their addresses and credentials from the
 * environment. A reference names its flow and its number, and the number chooses amount and scenario, so that killer
 * and killed agree on every payout without telling each other.
 */
enum CrashFlow {
    BANK131 {
        @Override
        PayoutClient client(HttpOptions http) {
            return Bank131PayoutClient.open(Bank131Options.fromEnv().build(), http);
        }

        @Override
        PayoutRequest.Builder request(String reference, long minorUnits) {
            String token = "759c9852dde2211d7531b3d905c1d513fbfb914bee87fb567d99c7b2f2c2ad44"; // the bank's sample
            return PayoutRequest.builder(reference, Money.ofMinor(minorUnits, "RUB"), new Recipient.SavedCard(token))
                    .recipientDetails(
                            Participant.builder().fullName("Ivanov Ivan").build());
        }
    },
    BEREKE {
        @Override
        PayoutClient client(HttpOptions http) {
            return BerekePayoutClient.open(BerekeOptions.fromEnv().build(), http);
        }

        @Override
        PayoutRequest.Builder request(String reference, long minorUnits) {
            return tenge(reference, minorUnits, new Recipient.Card(CardNumber.of("4111111111111111")));
        }
    },
    HORIZONPAY {
        @Override
        PayoutClient client(HttpOptions http) {
            return HorizonPayPayoutClient.open(HorizonPayOptions.fromEnv().build(), http);
        }

        @Override
        PayoutRequest.Builder request(String reference, long minorUnits) {
            return tenge(reference, minorUnits, new Recipient.SavedCard(HorizonPaySimulator.SAMPLE_TOKEN))
                    .notificationUrl(URI.create("https://shop.example/payouts"));
        }
    },
    IOKA_TRANSFER {
        @Override
        PayoutClient client(HttpOptions http) {
            return IokaPayoutClient.builder(IokaOptions.fromEnv().build())
                    .http(http)
                    .build();
        }

        @Override
        PayoutRequest.Builder request(String reference, long minorUnits) {
            return tenge(reference, minorUnits, new Recipient.SavedCard(IokaSimulator.SAVED_VISA_ID));
        }
    },
    IOKA_ORDER {
        @Override
        PayoutClient client(HttpOptions http) {
            return IokaPayoutOrderClient.builder(IokaOptions.fromEnv().build())
                    .http(http)
                    .twoStep()
                    .build();
        }

        @Override
        PayoutRequest.Builder request(String reference, long minorUnits) {
            String card = IokaSimulator.CUSTOMER_ID + '/' + IokaSimulator.SAVED_VISA_ID;
            return tenge(reference, minorUnits, new Recipient.SavedCard(card));
        }
    };

    abstract PayoutClient client(HttpOptions http);

    abstract PayoutRequest.Builder request(String reference, long minorUnits);

    /** A client whose times, like those of the simulators, come from a clock that is moved. */
    PayoutClient client(Clock clock) {
        return client(HttpOptions.builder().time(clock, Sleeper.REAL, () -> 0.5).build());
    }

    String reference(Object number) {
        return name().replace('_', '-') + "-" + number;
    }

    static CrashFlow of(String reference) {
        return valueOf(reference.substring(0, reference.lastIndexOf('-')).replace('-', '_'));
    }

    static PayoutRequest request(String reference) {
        return of(reference).request(reference, minorUnits(reference)).build();
    }

    /** Every number has an amount of its own. */
    static long minorUnits(String reference) {
        int number = number(reference);
        return scenario(number).amount(100L + number);
    }

    static PayoutStatus expectedEnd(String reference) {
        if (order(reference) == Order.CANCEL) {
            return PayoutStatus.CANCELED;
        }
        return scenario(number(reference)) == Scenario.DECLINED ? PayoutStatus.FAILED : PayoutStatus.SUCCEEDED;
    }

    /** What the merchant does with a payout that waits for him. */
    enum Order {
        NONE,
        CONFIRM,
        CANCEL
    }

    static Order order(String reference) {
        CrashFlow flow = of(reference);
        if (flow != BANK131 && flow != IOKA_ORDER) {
            return Order.NONE; // nothing ever waits for the merchant there
        }
        return switch (number(reference) % 8) {
            case 1 -> Order.CONFIRM;
            case 6 -> Order.CANCEL;
            default -> Order.NONE;
        };
    }

    static Confirmation confirmation(String reference) {
        return order(reference) == Order.NONE ? Confirmation.AUTOMATIC : Confirmation.MANUAL;
    }

    /** Verifies the provider's notifications; null where it sends none. */
    @Nullable PayoutWebhooks webhooks() {
        return switch (this) {
            case BANK131 -> Bank131Webhooks.of(Bank131Options.fromEnv().build().bankPublicKeys());
            case BEREKE -> null;
            case HORIZONPAY -> HorizonPayWebhooks.of(HorizonPayOptions.fromEnv().build());
            case IOKA_TRANSFER, IOKA_ORDER ->
                IokaWebhooks.of(IokaOptions.fromEnv().build().webhookKeys());
        };
    }

    /** The name that the journal knows the flow by. */
    String provider() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static int number(String reference) {
        return Integer.parseInt(reference.substring(reference.lastIndexOf('-') + 1));
    }

    private static Scenario scenario(int number) {
        return switch (number % 8) {
            case 3 -> Scenario.SLOW;
            case 5 -> Scenario.SERVER_ERROR_PAID;
            case 7 -> Scenario.DECLINED;
            default -> Scenario.PAID;
        };
    }

    private static PayoutRequest.Builder tenge(String reference, long minorUnits, Recipient recipient) {
        return PayoutRequest.builder(reference, Money.ofMinor(minorUnits, "KZT"), recipient)
                .description("Payout to a card")
                .recipientDetails(
                        Participant.builder().fullName("CARDHOLDER NAME").build());
    }
}
