package org.unipayout.proof;

import java.util.List;
import java.util.stream.IntStream;
import org.unipayout.Operation;
import org.unipayout.Resubmission;

/**
 * The calls of a world, and what was known to those who made them.
 *
 * @param lostAt before which of them the merchant's database went back and nobody told the journal, or another system of the merchant's
 *     paid; -1 if that never happened
 * @param all every call
 * @param rule the provider's own rule for a second send
 * @param forgetful whether the provider forgets keys, so that a second handle may be paid too
 */
record CallsSince(int lostAt, List<CallLog.Told> all, Resubmission rule, boolean forgetful) {

    /** Whether somebody's memory was lost. */
    boolean isMemoryLost() {
        return lostAt >= 0;
    }

    /** What no rule prevents is a second payment, unless the provider refuses a second send under one reference. */
    boolean refusesASecondSend() {
        return rule instanceof Resubmission.SameReference;
    }

    /** Whether something was sent afterwards, and an end without a payment is therefore no longer excused. */
    boolean keepsWatch() {
        boolean sent = since().anyMatch(call -> all.get(call).operation() == Operation.SUBMIT);
        return sent && (refusesASecondSend() || firstWordOfThePast() < all.size());
    }

    /** Calls that told an end without a payment although there was one, and could have known. */
    List<String> contradicted() {
        int known = isMemoryLost() ? firstWordOfThePast() : 0;
        return IntStream.range(0, all.size())
                .filter(call -> all.get(call).contradicted() && (call < lostAt || call >= known))
                .mapToObj(call ->
                        all.get(call).operation() + " told " + all.get(call).what())
                .toList();
    }

    private IntStream since() {
        return IntStream.range(Math.max(0, lostAt), all.size());
    }

    /** The first call that a provider answered in knowledge of what was sent before. */
    private int firstWordOfThePast() {
        return since().filter(call -> isWordOfThePast(all.get(call)))
                .findFirst()
                .orElse(all.size());
    }

    private boolean isWordOfThePast(CallLog.Told call) {
        boolean onePayment = (rule instanceof Resubmission.SameHandle && !forgetful) || refusesASecondSend();
        boolean clear = call.operation() == Operation.SUBMIT && !call.what().matches("(UNKNOWN|threw).*");
        return call.what().contains("DUPLICATE") || (onePayment && clear);
    }
}
