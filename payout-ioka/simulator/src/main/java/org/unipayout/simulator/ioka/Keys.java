package org.unipayout.simulator.ioka;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.SimulatedResponse;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Who may call, and which calls were already answered: API keys and idempotency keys. */
final class Keys {
    private final Map<String, Instant> issued = new HashMap<>();
    private final Map<String, Answered> answers = new HashMap<>();
    private final IokaContext context;
    private final String apiKey;
    private final String clientId;
    private final String clientSecret;

    Keys(IokaContext context, String apiKey, String clientId, String clientSecret) {
        this.context = context;
        this.apiKey = apiKey;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
    }

    private record Answered(String request, SimulatedResponse answer, Instant at) {}

    void routes(Router router) {
        router.on("POST", "/v2/auth/token", (request, ids) -> token(request));
    }

    void reset() {
        issued.clear();
        answers.clear();
    }

    void authenticate(ReceivedRequest request) {
        String key = request.header("API-KEY").orElse("");
        Instant expiry = issued.get(key);
        boolean fresh = expiry != null && context.now().isBefore(expiry);
        if (!fresh && !(context.switches.staticApiKey && key.equals(apiKey))) {
            throw Problem.unauthorized();
        }
        if (context.switches.forbidden) {
            throw new Problem(403, "Forbidden", "Недостаточно прав.");
        }
    }

    /** Answers a known idempotency key from memory; the key counts for the whole API, as ioka states it. */
    SimulatedResponse once(ReceivedRequest request, Supplier<SimulatedResponse> work) {
        String key = request.header("idempotency-key").orElse("");
        if (key.isEmpty() || request.method().equals("GET")) {
            return work.get();
        }
        String asked = request.method() + " " + request.path() + "\n" + request.text();
        Answered known = answers.get(key);
        if (known != null && context.now().isBefore(known.at().plus(context.switches.answersKept))) {
            if (context.switches.rejectsKeyReuse && !known.request().equals(asked)) {
                throw Problem.invalid("Ключ идемпотентности уже использован для другого запроса.");
            }
            return known.answer();
        }
        SimulatedResponse answer = work.get();
        if (answer.status() < 500 && answer.status() != 429) {
            answers.put(key, new Answered(asked, answer, context.now()));
        }
        return answer;
    }

    private SimulatedResponse token(ReceivedRequest request) {
        Fields fields = new Fields(Json.readObject(request.body()));
        String id = fields.requiredText("client_id", Integer.MAX_VALUE);
        String secret = fields.requiredText("client_secret", Integer.MAX_VALUE);
        if (!id.equals(clientId) || !secret.equals(clientSecret)) {
            throw Problem.unauthorized();
        }
        if (context.switches.merchantKeyExpired) {
            throw new Problem(403, "Forbidden", "Срок действия ключа истёк.");
        }
        String key = IokaContext.hex(64);
        Instant expiry = context.now().plus(context.switches.tokenLifetime);
        issued.put(key, expiry);
        ObjectNode answer = Json.object().put("api_key", key).put("expiry_date", IokaContext.time(expiry));
        return Json.answer(200, answer);
    }
}
