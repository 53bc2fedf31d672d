package org.unipayout.simulator.bank131;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.unipayout.simulator.bank131.Bank131Switches.Flag;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.Ledger.Movement;
import org.unipayout.testkit.Scenario;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The state machine of payment sessions (reference, section 6.2).
 *
 * <p>Each operation first writes its answer and then moves the session on, as the bank does: the answer to start and
 * confirm shows the state before, the webhook and the next status answer show the state after.
 */
final class Sessions {
    private final Clock clock;
    private final Ledger ledger;
    private final LongFunction<Scenario> scenarios;
    private final Bank131Switches switches;
    private final Tokens tokens;
    private final Balances balances;
    private final Rendering rendering;
    private final Notifier notifier;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private int sessionNumber;
    private int payoutNumber;
    private int refundNumber;

    Sessions(
            Clock clock,
            Ledger ledger,
            LongFunction<Scenario> scenarios,
            Bank131Switches switches,
            Tokens tokens,
            Balances balances,
            Rendering rendering,
            Notifier notifier) {
        this.clock = clock;
        this.ledger = ledger;
        this.scenarios = scenarios;
        this.switches = switches;
        this.tokens = tokens;
        this.balances = balances;
        this.rendering = rendering;
        this.notifier = notifier;
        clear();
    }

    ObjectNode create(ApiMethod method, ObjectNode body) {
        Session session = open(method, PayoutFields.read(method, body, switches));
        return rendering.answer(session, method.dialect());
    }

    ObjectNode init(ApiMethod method, ObjectNode body) {
        return launch(method, null, PayoutFields.read(method, body, switches));
    }

    ObjectNode start(ApiMethod method, ObjectNode body) {
        Session session = find(body);
        boolean again = !session.status().equals(Session.CREATED);
        boolean neverStarted = session.payouts().isEmpty();
        if (again && (neverStarted || !switches.isOn(Flag.SECOND_START))) {
            throw wrongState("was started or cancelled before");
        }
        if (session.waits()) {
            throw wrongState("waits for confirmation");
        }
        if (session.kind() != PayoutKind.PLAIN && session.kind() != method.kind()) {
            throw wrongState("was created for another kind of payout");
        }
        ObjectNode fields = session.draft().deepCopy();
        fields.setAll(PayoutFields.read(method, body, switches));
        return launch(method, session, fields);
    }

    ObjectNode confirm(ApiMethod method, ObjectNode body) {
        Session session = waiting(body);
        checkConfirmInformation(session, body, true);
        session.stopWaiting();
        session.touch(clock.instant());
        ObjectNode answer = rendering.answer(session, method.dialect());
        pending(session).forEach(payout -> execute(session, payout));
        return answer;
    }

    ObjectNode cancel(ApiMethod method, ObjectNode body) {
        Session created = find(body);
        if (created.status().equals(Session.CREATED)) {
            created.change(Session.CANCELLED, null, clock.instant());
            return rendering.answer(created, method.dialect());
        }
        Session session = waiting(body);
        checkConfirmInformation(session, body, switches.isOn(Flag.CANCEL_NEEDS_CONFIRM_INFORMATION));
        session.stopWaiting();
        session.touch(clock.instant());
        ObjectNode answer = rendering.answer(session, method.dialect());
        end(session, Session.CANCELLED, ScenarioCodes.CANCELLED);
        if (switches.isOn(Flag.CANCEL_SENDS_WEBHOOK)) {
            notifier.send("payment_finished", session);
        }
        return answer;
    }

    ObjectNode status(ApiMethod method, ObjectNode body) {
        Session session = find(body);
        ObjectNode answer = rendering.answer(session, method.dialect());
        for (Payout payout : session.payouts()) {
            if (comesBack(payout)) {
                comeBack(session, payout);
            } else if (!payout.refunds().isEmpty() && !payout.refunds().get(0).done()) {
                addRefund(session, payout, payout.refunds().remove(0).finished());
            }
        }
        return answer;
    }

    /** Free of charge and without confirmation: found ends accepted, not found ends cancelled. */
    ObjectNode verifyPhone(ApiMethod method, ObjectNode body) {
        String phone = PayoutFields.verificationPhone(method, body, switches);
        Session session = Json.member(body, "session_id") == null ? open(method, Json.object()) : find(body);
        if (!session.status().equals(Session.CREATED)) {
            throw wrongState("was started or cancelled before");
        }
        session.change(Session.IN_PROGRESS, null, clock.instant());
        ObjectNode answer = rendering.answer(session, method.dialect());
        boolean unknown = phone.endsWith(Bank131Simulator.UNKNOWN_PHONE_ENDING);
        session.change(
                unknown ? Session.CANCELLED : Session.ACCEPTED,
                unknown ? ScenarioCodes.NO_SUCH_ACCOUNT : null,
                clock.instant());
        notifier.send("payment_finished", session);
        return answer;
    }

    /** Cancels what waited for confirmation too long (U6), and what nobody started. */
    void expire(Instant now) {
        switches.emptySessionLifetime().ifPresent(lifetime -> expireEmpty(now.minus(lifetime)));
        for (Session session : sessions.values()) {
            Instant since = session.waitingSince();
            if (since != null && !since.plus(switches.confirmationWindow()).isAfter(now)) {
                session.stopWaiting();
                end(session, Session.CANCELLED, ScenarioCodes.NOT_CONFIRMED);
                notifier.send("payment_finished", session);
            }
        }
    }

    private void expireEmpty(Instant createdBefore) {
        sessions.values().stream()
                .filter(session -> session.status().equals(Session.CREATED))
                .filter(session -> !session.createdAt().isAfter(createdBefore))
                .forEach(session -> session.change(Session.CANCELLED, null, clock.instant()));
    }

    /** Ends what was paid but is still shown as in progress, and decides what the bank was not sure of. */
    void settle() {
        if (switches.isOn(Flag.ERROR_IS_DECIDED_LATER)) {
            sessions.values().stream()
                    .filter(session -> session.status().equals(Session.ERROR))
                    .forEach(session -> finish(session, Session.CANCELLED, null));
        }
        for (Session session : sessions.values()) {
            session.payouts().stream()
                    .filter(payout -> payout.scenario() == Scenario.SLOW
                            && payout.status().equals(Payout.IN_PROGRESS))
                    .forEach(payout -> succeed(session, payout, Payout.SUCCEEDED, Session.ACCEPTED));
        }
    }

    void clear() {
        sessions.clear();
        // The numbers of the bank's own examples.
        sessionNumber = 3230;
        payoutNumber = 2018;
        refundNumber = 1;
    }

    private Session open(ApiMethod method, ObjectNode draft) {
        Session session = new Session("ps_" + sessionNumber++, method, draft, clock.instant());
        sessions.put(session.id(), session);
        return session;
    }

    private ObjectNode launch(ApiMethod method, @Nullable Session existing, ObjectNode fields) {
        Instrument instrument = PayoutFields.complete(method, fields, switches);
        Scenario scenario = scenarios.apply(
                Json.child(fields, "amount_details").path("amount").longValue());
        if (scenario == Scenario.RATE_LIMITED) {
            throw RefusalException.of(ScenarioCodes.RATE_LIMITED, "Too many requests");
        }
        if (scenario == Scenario.SERVER_ERROR_NOT_PAID) {
            throw RefusalException.of(ScenarioCodes.SERVER_ERROR, "Internal error");
        }
        Session session = existing == null ? open(method, Json.object()) : existing;
        Payout payout =
                new Payout("po_" + payoutNumber++, method.kind(), scenario, fields, instrument, clock.instant());
        ObjectNode unchanged = rendering.answer(session, method.dialect());
        session.start(payout, method.dialect(), clock.instant());
        ObjectNode answer =
                switches.isOn(Flag.START_SHOWS_CREATED) ? unchanged : rendering.answer(session, method.dialect());
        if (switches.isOn(Flag.ERROR_BESIDE_PAYOUT)) {
            answer.set("error", new Failure("authentication_error", "X-PARTNER-SIGN does not fit the body").json());
        }
        check(session, payout);
        if (scenario == Scenario.SERVER_ERROR_PAID) {
            throw RefusalException.afterExecution(ScenarioCodes.SERVER_ERROR, "Internal error");
        }
        if (scenario == Scenario.UNDOCUMENTED_CODE) {
            throw RefusalException.afterExecution(ScenarioCodes.UNDOCUMENTED_CODE, "Put off by the limits engine");
        }
        return answer;
    }

    /** What the bank does between start and confirm. */
    private void check(Session session, Payout payout) {
        Optional<Failure> obstacle = obstacle(payout);
        if (obstacle.isPresent()) {
            decline(session, payout, obstacle.get());
            return;
        }
        if (switches.isOn(Flag.AUTO_CONFIRMATION)) {
            execute(session, payout);
            return;
        }
        payout.status(Payout.PENDING);
        session.waitForPartner(clock.instant());
        session.touch(clock.instant());
        notifier.send("ready_to_confirm", session);
    }

    private Optional<Failure> obstacle(Payout payout) {
        if (payout.scenario() == Scenario.INSUFFICIENT_FUNDS || !balances.covers(payout)) {
            return Optional.of(ScenarioCodes.INSUFFICIENT_FUNDS);
        }
        String account = payout.instrument().variant().equals(Instrument.ACCOUNT)
                ? payout.instrument().account(tokens)
                : "";
        return account.isEmpty() || Instrument.payable(account, payout.kind())
                ? Optional.empty()
                : Optional.of(ScenarioCodes.NO_SUCH_ACCOUNT);
    }

    /** What the bank does after confirm. */
    private void execute(Session session, Payout payout) {
        switch (payout.scenario()) {
            case DECLINED -> decline(session, payout, ScenarioCodes.DECLINED);
            case UNSURE -> {
                payout.finish(Payout.FAILED, ScenarioCodes.UNSURE, clock.instant());
                finish(session, Session.ERROR, ScenarioCodes.UNSURE);
            }
            case SLOW -> {
                book(session, payout);
                payout.status(Payout.IN_PROGRESS);
                session.touch(clock.instant());
            }
            case UNDOCUMENTED_STATUS -> {
                book(session, payout);
                succeed(
                        session,
                        payout,
                        ScenarioCodes.UNDOCUMENTED_PAYOUT_STATUS,
                        ScenarioCodes.UNDOCUMENTED_SESSION_STATUS);
            }
            default -> {
                book(session, payout);
                succeed(session, payout, Payout.SUCCEEDED, Session.ACCEPTED);
            }
        }
    }

    private void succeed(Session session, Payout payout, String payoutStatus, String sessionStatus) {
        payout.finish(payoutStatus, null, clock.instant());
        finish(session, sessionStatus, null);
        if (switches.isOn(Flag.CONFIRMATION_PAYOUT_WEBHOOK)
                && payout.instrument().variant().equals(Instrument.ACCOUNT)) {
            notifier.send("confirmation_payout", session);
        }
    }

    private void decline(Session session, Payout payout, Failure why) {
        payout.finish(Payout.FAILED, why, clock.instant());
        finish(session, switches.declinedSession().word(), null);
    }

    /** Ends the session with its last open payout. */
    private void finish(Session session, String status, @Nullable Failure why) {
        boolean open = session.payouts().stream().anyMatch(payout -> !payout.ended());
        session.change(open ? Session.IN_PROGRESS : status, why, clock.instant());
        notifier.send("payment_finished", session);
    }

    private void end(Session session, String status, Failure why) {
        pending(session).forEach(payout -> payout.finish(Payout.FAILED, why, clock.instant()));
        session.change(status, null, clock.instant());
    }

    private void book(Session session, Payout payout) {
        balances.pay(payout);
        ledger.add(movement(Ledger.Kind.PAID, session, payout));
    }

    private static boolean comesBack(Payout payout) {
        return payout.scenario() == Scenario.RETURNED
                && payout.instrument().variant().equals(Instrument.ACCOUNT)
                && payout.status().equals(Payout.SUCCEEDED)
                && payout.refunds().isEmpty();
    }

    private void comeBack(Session session, Payout payout) {
        boolean done = !switches.isOn(Flag.RETURNS_TAKE_TIME);
        addRefund(session, payout, new Payout.Refund("rf_" + refundNumber++, clock.instant(), done));
    }

    private void addRefund(Session session, Payout payout, Payout.Refund refund) {
        payout.refunds().add(refund);
        if (refund.done()) {
            balances.takeBack(payout);
            ledger.add(movement(Ledger.Kind.RETURNED, session, payout));
        }
        session.touch(clock.instant());
        notifier.send("payment_refunded", session);
    }

    private Movement movement(Ledger.Kind kind, Session session, Payout payout) {
        return new Movement(
                kind,
                payout.reference(session.id()),
                payout.id(),
                payout.amount(),
                payout.ledgerCurrency(),
                payout.instrument().masked(tokens),
                clock.instant());
    }

    /** The information is compared as JSON, in the names of either version (U15 for cancel). */
    private static void checkConfirmInformation(Session session, ObjectNode body, boolean required) {
        JsonNode sent = Json.member(body, "confirm_information");
        List<Payout> pending = pending(session);
        boolean asked = pending.stream().anyMatch(payout -> payout.kind().needsConfirmInformation());
        if (!asked || (sent == null && !required)) {
            return;
        }
        if (sent == null) {
            throw RefusalException.invalid("confirm_information is missing");
        }
        boolean echoed = pending.stream()
                .anyMatch(payout -> sent.equals(echo(payout, Dialect.V1)) || sent.equals(echo(payout, Dialect.V2)));
        if (!echoed) {
            throw RefusalException.invalid("confirm_information is not what the bank has sent");
        }
    }

    /** As it looks when it has travelled: numbers in a tree that was read have other classes than in one that was built. */
    private static @Nullable JsonNode echo(Payout payout, Dialect dialect) {
        return Json.read(Json.write(ConfirmInformation.of(payout, dialect)).getBytes(StandardCharsets.UTF_8));
    }

    private static List<Payout> pending(Session session) {
        return session.payouts().stream()
                .filter(payout -> payout.status().equals(Payout.PENDING))
                .toList();
    }

    private Session waiting(ObjectNode body) {
        Session session = find(body);
        if (!session.waits()) {
            throw wrongState("does not wait for confirmation");
        }
        return session;
    }

    private Session find(ObjectNode body) {
        Rule.check("", body, List.of(Rule.required("session_id", Rule.TEXT)));
        Session session = sessions.get(Json.text(body, "session_id"));
        if (session == null) {
            throw RefusalException.of(switches.unknownSessionCode(), "There is no such session");
        }
        return session;
    }

    private static RefusalException wrongState(String why) {
        return RefusalException.of("session_wrong_state", "The session " + why);
    }
}
