package org.unipayout.simulator.bank131;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.unipayout.simulator.bank131.Bank131Switches.IdempotencyRepeat;
import org.unipayout.simulator.bank131.Bank131Switches.IdempotencyScope;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.SimulatedResponse;

/**
 * The keys of {@code X-PARTNER-IDEMPOTENCY-KEY} that were used (reference, section 8, U4). A request that was refused
 * without being executed does not use its key up, unless {@link Bank131Switches.Flag#REFUSALS_USE_UP_THE_KEY} says so.
 */
final class IdempotencyKeys {
    private static final String HEADER = "X-PARTNER-IDEMPOTENCY-KEY";

    private final Bank131Switches switches;
    private final Map<String, Use> uses = new HashMap<>();

    private record Use(ReceivedRequest request, Instant at, SimulatedResponse answer) {
        boolean hasBody(byte[] other) {
            return Arrays.equals(request.body(), other);
        }
    }

    IdempotencyKeys(Bank131Switches switches) {
        this.switches = switches;
    }

    /** The first answer, where repeats are replayed; refuses a repeat otherwise. */
    Optional<SimulatedResponse> repeated(ReceivedRequest request, Instant at) {
        Optional<Use> use = request.header(HEADER).map(key -> uses.get(scoped(key, request)));
        if (use.isEmpty() || expired(use.get(), at)) {
            return Optional.empty();
        }
        if (switches.idempotencyRepeat() == IdempotencyRepeat.REPLAYED_FOR_SAME_BODY
                && use.get().hasBody(request.body())) {
            return use.map(Use::answer);
        }
        throw RefusalException.of("idempotency_key_already_exists", "The key is in progress or was processed");
    }

    void remember(ReceivedRequest request, SimulatedResponse answer, Instant at) {
        request.header(HEADER).ifPresent(key -> uses.put(scoped(key, request), new Use(request, at, answer)));
    }

    void clear() {
        uses.clear();
    }

    private boolean expired(Use use, Instant at) {
        return switches.idempotencyLifetime()
                .filter(lifetime -> !use.at().plus(lifetime).isAfter(at))
                .isPresent();
    }

    private String scoped(String key, ReceivedRequest request) {
        return switches.idempotencyScope() == IdempotencyScope.METHOD ? request.path() + " " + key : key;
    }
}
