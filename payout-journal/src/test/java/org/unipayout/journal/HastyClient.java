package org.unipayout.journal;

import java.time.Duration;
import java.util.Currency;
import org.unipayout.Capabilities;
import org.unipayout.PayoutClient;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;

/**
 * A real client for a provider whose time runs faster, so that proving an absence takes seconds. The rule stays what it
 * is: which proof a second submit needs, how many answers, and that the window is longer than a payout stays invisible.
 */
final class HastyClient extends RelayedClient {
    /** How many seconds of the provider pass in one. */
    static final int HASTE = 50;

    HastyClient(PayoutClient client) {
        super(client, hasty(client.capabilities()));
    }

    private static Capabilities hasty(Capabilities real) {
        Capabilities.Builder builder = Capabilities.builder(
                        real.provider(), real.referenceRule(), new Resubmission.SameHandle(), real.callDeadline())
                .recipients(real.recipients().toArray(RecipientKind[]::new))
                .currencies(real.currencies().stream()
                        .map(Currency::getCurrencyCode)
                        .toArray(String[]::new))
                .features(real.features().toArray(Capabilities.Feature[]::new))
                .webhooks(real.webhooks());
        real.recipients().forEach(kind -> builder.resubmission(hasty(real.resubmission(kind)), kind));
        real.minimumMinorUnits().ifPresent(builder::minimum);
        real.maximumMinorUnits().ifPresent(builder::maximum);
        return builder.build();
    }

    private static Resubmission hasty(Resubmission rule) {
        if (rule instanceof Resubmission.SameReference sameReference) {
            return new Resubmission.SameReference(sameReference.lookups(), hasty(sameReference.spacing()));
        }
        if (rule instanceof Resubmission.AfterAbsence afterAbsence) {
            return new Resubmission.AfterAbsence(
                    hasty(afterAbsence.window()), afterAbsence.lookups(), hasty(afterAbsence.spacing()));
        }
        if (rule instanceof Resubmission.SameHandle same) {
            return new Resubmission.SameHandle(hasty(same.settling()), same.keptFor());
        }
        if (rule instanceof Resubmission.Fenced fenced) {
            return new Resubmission.Fenced(fenced.lookups(), hasty(fenced.spacing()));
        }
        return rule;
    }

    private static Duration hasty(Duration duration) {
        return duration.dividedBy(HASTE);
    }
}
