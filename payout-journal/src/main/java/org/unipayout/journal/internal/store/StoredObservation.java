package org.unipayout.journal.internal.store;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.NextAction;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.internal.decide.Fields;

/** A {@link Payout} as text, and back. */
public final class StoredObservation {
    private StoredObservation() {}

    public static Fields write(Payout payout) {
        Fields fields = new Fields()
                .with("ref", payout.ref())
                .with("status", payout.status())
                .with("providerStatus", payout.providerStatus())
                .with("rrn", payout.rrn().orElse(null))
                .with("authorizationCode", payout.authorizationCode().orElse(null))
                .with("recipientMask", payout.recipientMask().orElse(null))
                .with("recipientToken", payout.recipientToken().orElse(null))
                .with("requestId", payout.requestId().orElse(null))
                .with("createdAt", payout.createdAt().orElse(null))
                .with("finishedAt", payout.finishedAt().orElse(null))
                .with("confirmBefore", payout.confirmBefore().orElse(null))
                .with("test", payout.test() ? "true" : null);
        payout.nextAction()
                .ifPresent(next -> fields.with("nextAction.url", next.url())
                        .with("nextAction.expiresAt", next.expiresAt().orElse(null)));
        payout.decline().ifPresent(decline -> writeDecline(fields, "decline", decline));
        payout.lastDecline().ifPresent(decline -> writeDecline(fields, "lastDecline", decline));
        payout.evidence()
                .ifPresent(evidence ->
                        fields.with("evidence.kind", evidence.kind()).with("evidence.text", evidence.text()));
        payout.fee().ifPresent(fee -> writeMoney(fields, "fee", fee));
        payout.returned().ifPresent(returned -> writeMoney(fields, "returned", returned));
        return fields;
    }

    /** What of an observation goes into the history: nothing that names a person, a card or a secret. */
    public static Fields proof(Payout payout) {
        Fields all = write(payout);
        Fields proof = new Fields();
        for (String name : all.all().keySet()) {
            if (isProof(name)) {
                proof.with(name, all.get(name));
            }
        }
        return proof;
    }

    private static boolean isProof(String name) {
        return switch (name) {
            case "status",
                    "recipientMask",
                    "recipientToken",
                    "nextAction.url",
                    "decline.providerText",
                    "lastDecline.providerText" -> false;
            default -> true;
        };
    }

    public static void writeDecline(Fields fields, String name, Decline decline) {
        fields.with(name + ".code", decline.code())
                .with(name + ".category", decline.category())
                .with(name + ".actor", decline.actor())
                .with(name + ".advice", decline.advice())
                .with(name + ".english", decline.text(Locale.ENGLISH))
                .with(name + ".russian", decline.text(Locale.forLanguageTag("ru")))
                .with(name + ".providerText", decline.providerText().orElse(null));
    }

    private static void writeMoney(Fields fields, String name, Money money) {
        fields.with(name + ".minor", money.minorUnits()).with(name + ".currency", money.currency());
    }

    public static Payout read(Fields fields) {
        Payout.Builder payout = Payout.builder(
                        PayoutRef.parse(fields.need("ref")),
                        PayoutStatus.valueOf(fields.need("status")),
                        fields.need("providerStatus"))
                .rrn(fields.get("rrn"))
                .authorizationCode(fields.get("authorizationCode"))
                .recipientMask(fields.get("recipientMask"))
                .recipientToken(fields.get("recipientToken"))
                .requestId(fields.get("requestId"))
                .createdAt(as(fields.get("createdAt"), Instant::parse))
                .finishedAt(as(fields.get("finishedAt"), Instant::parse))
                .confirmBefore(as(fields.get("confirmBefore"), Instant::parse))
                .nextAction(readNextAction(fields))
                .decline(readDecline(fields, "decline"))
                .lastDecline(readDecline(fields, "lastDecline"))
                .evidence(readEvidence(fields))
                .fee(readMoney(fields, "fee"))
                .returned(readMoney(fields, "returned"));
        return (fields.get("test") == null ? payout : payout.test()).build();
    }

    private static @Nullable NextAction readNextAction(Fields fields) {
        String url = fields.get("nextAction.url");
        return url == null
                ? null
                : new NextAction(URI.create(url), as(fields.get("nextAction.expiresAt"), Instant::parse));
    }

    private static @Nullable Evidence readEvidence(Fields fields) {
        String kind = fields.get("evidence.kind");
        return kind == null ? null : new Evidence(Evidence.Kind.valueOf(kind), fields.need("evidence.text"));
    }

    public static @Nullable Instant readInstant(Fields fields, String name) {
        return as(fields.get(name), Instant::parse);
    }

    public static @Nullable Money readMoney(Fields fields, String name) {
        String minor = fields.get(name + ".minor");
        return minor == null ? null : Money.ofMinor(Long.parseLong(minor), fields.need(name + ".currency"));
    }

    public static @Nullable Decline readDecline(Fields fields, String name) {
        String code = fields.get(name + ".code");
        if (code == null) {
            return null;
        }
        ErrorEntry entry = new ErrorEntry(
                code,
                ErrorEntry.Proves.DECLINED,
                ErrorCategory.valueOf(fields.need(name + ".category")),
                ErrorEntry.Actor.valueOf(fields.need(name + ".actor")),
                Advice.valueOf(fields.need(name + ".advice")),
                fields.need(name + ".english"),
                fields.need(name + ".russian"));
        return new Decline(entry, fields.get(name + ".providerText"));
    }

    private static <T> @Nullable T as(@Nullable String text, Function<String, T> reader) {
        return text == null ? null : reader.apply(text);
    }
}
