package org.unipayout.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.unipayout.Evidence;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;

/**
 * Writes down what every call of a client told, and whether money moved by one that threw. One payout, one thread at a time.
 *
 * <p>One call is made by a client that is soon tired of waiting, so that a fault costs little time; the others by a patient one, so
 * that a busy machine adds no faults of its own.
 */
final class CallLog extends RelayedClient {
    /**
     * One call.
     *
     * @param firstExchange when it began, counted in exchanges
     * @param endExchange when it ended
     * @param what what it told
     * @param contradicted whether it told that no money moved, for good, when some had moved before it began
     */
    record Told(Operation operation, int firstExchange, int endExchange, String what, boolean contradicted) {}

    private final PayoutClient patient;
    private final PayoutClient hasty;
    private final IntSupplier exchanges;
    private final IntSupplier payments;
    private final List<Told> calls = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private int hastyCall = -1;
    /** How often was paid when a call began that threw; -1 if the last one did not. */
    private int paidBeforeItThrew = -1;

    /**
     * Listens to two clients of one provider.
     *
     * @param exchanges how many there were so far
     * @param payments how many there were so far
     */
    CallLog(PayoutClient patient, PayoutClient hasty, IntSupplier exchanges, IntSupplier payments) {
        super(patient);
        this.patient = patient;
        this.hasty = hasty;
        this.exchanges = exchanges;
        this.payments = payments;
    }

    /** Sets which call is made in haste, counted from 0. */
    void hasteAt(int call) {
        hastyCall = call;
    }

    List<Told> calls() {
        return List.copyOf(calls);
    }

    /** Calls that threw and moved money; looked at when the next call begins, and once more at the end. */
    List<String> paidThoughItThrew() {
        judgeTheOneThatThrew();
        return List.copyOf(broken);
    }

    @Override
    public Payout prepare(PayoutRequest request) {
        return logged(Operation.PREPARE, client -> client.prepare(request));
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        return logged(Operation.SUBMIT, client -> client.submit(ref, request));
    }

    @Override
    public Payout get(PayoutRef ref) {
        return logged(Operation.GET, client -> client.get(ref));
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        return logged(Operation.CONFIRM, client -> client.confirm(ref));
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        return logged(Operation.CANCEL, client -> client.cancel(ref));
    }

    private Payout logged(Operation operation, Function<PayoutClient, Payout> call) {
        judgeTheOneThatThrew();
        int first = exchanges.getAsInt();
        int paid = payments.getAsInt();
        try {
            Payout payout = call.apply(calls.size() == hastyCall ? hasty : patient);
            calls.add(new Told(
                    operation, first, exchanges.getAsInt(), words(payout), paid > 0 && isAnEndWithout(payout)));
            return payout;
        } catch (RuntimeException thrown) {
            paidBeforeItThrew = operation == Operation.GET ? -1 : paid;
            calls.add(new Told(operation, first, exchanges.getAsInt(), words(thrown), false));
            throw thrown;
        }
    }

    private static boolean isAnEndWithout(Payout payout) {
        return payout.status().isFinal() && payout.status().funds() == PayoutStatus.Funds.NOT_MOVED;
    }

    private void judgeTheOneThatThrew() {
        if (paidBeforeItThrew >= 0 && payments.getAsInt() > paidBeforeItThrew) {
            Told last = calls.get(calls.size() - 1);
            broken.add(last.operation() + " told " + last.what());
        }
        paidBeforeItThrew = -1;
    }

    private static String words(Payout payout) {
        String why = payout.status() == PayoutStatus.UNKNOWN
                ? payout.evidence().map(Evidence::kind).map(kind -> ": " + kind).orElse("")
                : "";
        return payout.status() + why;
    }

    private static String words(RuntimeException thrown) {
        String name = thrown.getClass().getSimpleName().replaceAll("^Payout|Exception$", "");
        return "threw " + name.replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    }

    @Override
    public void close() {
        super.close();
        hasty.close();
    }
}
