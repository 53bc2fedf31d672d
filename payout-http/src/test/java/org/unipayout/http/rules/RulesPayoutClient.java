package org.unipayout.http.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.unipayout.Advice;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.ReferenceRule;
import org.unipayout.Secret;
import org.unipayout.http.Ending;
import org.unipayout.http.HttpCall;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Json;
import org.unipayout.http.Redaction;
import org.unipayout.http.Reply;
import org.unipayout.http.Required;
import org.unipayout.http.UnreadableBodyException;

/** A correct adapter of the invented provider with one {@link Rule}, unless a {@link Bug} is planted. */
final class RulesPayoutClient implements PayoutClient {
    static final String PROVIDER = "rules";
    static final ErrorBook ERRORS = ErrorBook.read(new ByteArrayInputStream("""
                    400/invalid_request	NOT_EXECUTED	INVALID_REQUEST	SOFTWARE	NEW_PAYOUT_AFTER_FIX	Not accepted.	Не принято.
                    401/wrong_key	NOT_EXECUTED	CREDENTIALS	MERCHANT	SAME_REFERENCE_LATER	Wrong key.	Неверный ключ.
                    404/payout_not_found	NOTHING	NOT_FOUND	SOFTWARE	ASK_STATUS	Not found.	Не найдено.
                    409/reference_taken	EARLIER_SEND	DUPLICATE	SOFTWARE	ASK_STATUS	Sent before.	Уже отправлено.
                    409/declined_by_merchant	EARLIER_SEND	DUPLICATE	SOFTWARE	ASK_STATUS	Sent before.	Уже отправлено.
                    409/already_paid	EARLIER_SEND	WRONG_STATE	SOFTWARE	ASK_STATUS	Sent before.	Уже отправлено.
                    409/key_reused	NOT_EXECUTED	DUPLICATE	SOFTWARE	NEW_PAYOUT_AFTER_FIX	The key is taken.	Ключ занят.
                    429/too_many_requests	NOT_EXECUTED	RATE_LIMIT	SOFTWARE	SAME_REFERENCE_LATER	Try later.	Позже.
                    card_refused	DECLINED	ISSUER_DECLINED	RECIPIENT	NEW_PAYOUT_AFTER_FIX	The card's bank refused.	Банк отказал.
                    insufficient_funds	DECLINED	INSUFFICIENT_FUNDS	MERCHANT	NEW_PAYOUT_AFTER_FIX	No funds.	Нет средств.
                    """.getBytes(StandardCharsets.UTF_8)));

    private static final ReferenceRule REFERENCE =
            new ReferenceRule(40, Pattern.compile("[A-Za-z0-9-]+"), "letters, digits and dash");

    private final Rule rule;
    private final Bug bug;
    private final Secret apiKey;
    private final RulesReadings readings;
    private final HttpTransport transport;
    private final Capabilities capabilities;

    RulesPayoutClient(Rule rule, Bug bug, URI baseUrl, Secret apiKey, HttpOptions http) {
        this.rule = rule;
        this.bug = bug;
        this.apiKey = apiKey;
        readings = new RulesReadings(bug);
        transport = HttpTransport.open(
                PROVIDER,
                Required.baseUrl(baseUrl, URI.create("https://rules.example")),
                http,
                Redaction.showing("id", "reference", "amount", "currency", "status", "code"));
        Capabilities.Builder claims = Capabilities.builder(
                        PROVIDER, REFERENCE, rule.resubmission(), http.callDeadline())
                .recipients(RecipientKind.CARD_NUMBER, RecipientKind.SAVED_CARD)
                .currencies("KZT")
                .webhooks(Capabilities.Webhooks.VERIFIED)
                .features(Feature.LOOKUP_BY_PROVIDER_ID);
        capabilities = (rule.findsByReference() ? claims.features(Feature.LOOKUP_BY_REFERENCE) : claims).build();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ErrorBook errorBook() {
        return ERRORS;
    }

    @Override
    public Payout prepare(PayoutRequest request) {
        capabilities.check(request);
        PayoutRef ref = PayoutRef.of(PROVIDER, request);
        if (rule != Rule.SAME_HANDLE) {
            return Payout.builder(ref, PayoutStatus.PREPARED, "").build();
        }
        Ending<JsonNode> ending = transport
                .prepare(call(Operation.PREPARE, "POST", "/payouts", ref)
                        .body(body(request))
                        .build())
                .judgedBy(RulesPayoutClient::judge);
        Payout prepared = ending.fold(
                told -> readings.payout(ref, told.body()),
                refused -> refused(Operation.PREPARE, ref, refused),
                unclear -> unclear.payout(ref));
        if (prepared.status() == PayoutStatus.UNKNOWN) {
            throw ending.notPrepared("the answer is not about this payout");
        }
        return prepared;
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireProvider(PROVIDER);
        capabilities.check(request);
        if (bug != Bug.HANDLE_NOT_COMPARED) {
            ref.requireMadeFrom(request);
        }
        if (rule == Rule.AFTER_ABSENCE && bug != Bug.SENT_WITHOUT_A_LOOK) {
            Payout earlier = HttpTransport.lookBefore(() -> look(Operation.SUBMIT, ref));
            if (!is(earlier, Evidence.Kind.ABSENT)) {
                return adopted(Operation.SUBMIT, earlier);
            }
        }
        return transport
                .sendOnce(sending(ref, request))
                .judgedBy(RulesPayoutClient::judge)
                .fold(
                        told -> told.withRequestId(readings.payout(ref, told.body())),
                        refused -> refused(Operation.SUBMIT, ref, refused),
                        unclear -> unclear(ref, unclear));
    }

    private HttpCall sending(PayoutRef ref, PayoutRequest request) {
        if (rule != Rule.SAME_HANDLE) {
            return call(Operation.SUBMIT, "POST", "/payouts", ref)
                    .body(body(request))
                    .build();
        }
        String id = ref.providerId()
                .orElseThrow(() -> new IllegalArgumentException("ref: has no id; take the one of prepare"));
        return call(Operation.SUBMIT, "POST", "/payouts/" + id + "/pay", ref)
                .body(Json.write(Map.of("reference", ref.reference())))
                .build();
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        if (ref.providerId().isEmpty() && !rule.findsByReference()) {
            throw new PayoutReadException(
                    details(Operation.GET, "nothing can be found before its id is known", Advice.ASK_STATUS, ref));
        }
        return look(Operation.GET, ref);
    }

    /** Ours, absent, or nothing that proves anything. */
    private Payout look(Operation operation, PayoutRef ref) {
        HttpCall call = ref.providerId()
                .map(id -> call(operation, "GET", "/payouts/" + id, ref))
                .orElseGet(() -> call(operation, "GET", "/payouts", ref).query("reference", ref.reference()))
                .build();
        Ending<JsonNode> ending = transport.read(call).judgedBy(RulesPayoutClient::judge);
        if (ending instanceof Ending.Told<JsonNode> told) {
            JsonNode page = told.body().path("payouts");
            boolean empty = page.isArray() && page.isEmpty();
            return empty ? told.absent(ref) : readings.payout(ref, page.isArray() ? page.get(0) : told.body());
        }
        if (ending.row()
                .filter(row -> row.code().equals("404/payout_not_found"))
                .isPresent()) {
            return ending.absent(ref);
        }
        throw ending.unread();
    }

    private Payout refused(Operation operation, PayoutRef ref, Ending.Refused<JsonNode> refused) {
        if (!refused.proves(ErrorEntry.Proves.EARLIER_SEND)) {
            throw refused.rejected();
        }
        Payout earlier;
        try {
            earlier = look(operation, ref);
        } catch (PayoutReadException unread) {
            return refused.duplicate(ref, "An earlier payout exists and was not shown");
        }
        boolean unseen = is(earlier, Evidence.Kind.ABSENT) || is(earlier, Evidence.Kind.UNIDENTIFIED_ANSWER);
        return unseen
                ? refused.duplicate(ref, "An earlier payout exists and was not shown")
                : adopted(operation, earlier);
    }

    /** What was found before anything was sent by this call, so that a collision proves that nothing moved. */
    private static Payout adopted(Operation operation, Payout earlier) {
        if (is(earlier, Evidence.Kind.OTHER_PAYOUT)) {
            String why = earlier.evidence().map(Evidence::text).orElseThrow();
            throw new PayoutRejectedException(details(operation, why, Advice.NEW_PAYOUT_AFTER_FIX, earlier.ref()));
        }
        return earlier;
    }

    private Payout unclear(PayoutRef ref, Ending.Unclear<JsonNode> unclear) {
        return bug == Bug.UNKNOWN_IS_FAILED
                ? Payout.builder(ref, PayoutStatus.FAILED, "")
                        .decline(new Decline(ERRORS.entry("card_refused"), null))
                        .build()
                : unclear.payout(ref);
    }

    private static boolean is(Payout payout, Evidence.Kind kind) {
        return payout.evidence().filter(evidence -> evidence.kind() == kind).isPresent();
    }

    private HttpCall.Builder call(Operation operation, String method, String path, PayoutRef ref) {
        return HttpCall.builder(operation, method, path)
                .reference(ref.reference())
                .secretHeader("API-KEY", apiKey);
    }

    private static byte[] body(PayoutRequest request) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "reference", request.reference(),
                "amount", request.amount().minorUnits(),
                "currency", request.amount().currency().getCurrencyCode()));
        if (request.recipient() instanceof Recipient.Card card) {
            body.put("card", card.number().reveal());
        } else {
            body.put("token", ((Recipient.SavedCard) request.recipient()).token());
        }
        return Json.write(body);
    }

    private static Ending<JsonNode> judge(Reply.Answer answer) {
        JsonNode body;
        try {
            body = answer.json(JsonNode.class);
        } catch (UnreadableBodyException e) {
            return answer.successful()
                    ? answer.unclear(Evidence.Kind.UNREADABLE_ANSWER, "a body that is not JSON")
                    : answer.error(ERRORS.entry(Integer.toString(answer.status())), null);
        }
        return answer.successful()
                ? answer.told(body)
                : answer.error(ERRORS.entry(answer.status() + "/" + code(body)), null);
    }

    /** A code shows in messages, so that nothing else than a short word may pass for one. */
    private static String code(JsonNode body) {
        return Optional.of(body.path("code").asText())
                .filter(code -> code.matches("[a-z_]{1,40}"))
                .orElse("");
    }

    private static FailureDetails details(Operation operation, String reason, Advice advice, PayoutRef ref) {
        return FailureDetails.builder(PROVIDER, operation, reason, advice)
                .reference(ref.reference())
                .build();
    }

    @Override
    public void close() {
        transport.close();
    }

    @Override
    public String toString() {
        return "RulesPayoutClient[" + rule + "]";
    }
}
