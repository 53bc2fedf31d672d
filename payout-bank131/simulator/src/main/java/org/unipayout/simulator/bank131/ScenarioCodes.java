package org.unipayout.simulator.bank131;

/** The words with which scenarios appear on the wire. */
final class ScenarioCodes {
    static final String SERVER_ERROR = "internal_error";
    /** No document names a code for too many requests: the simulator's own. */
    static final String RATE_LIMITED = "too_many_requests";
    /** Deliberately in no document. */
    static final String UNDOCUMENTED_CODE = "limits_engine_postponed";
    /** Deliberately in no document. */
    static final String UNDOCUMENTED_PAYOUT_STATUS = "credited";
    /** Deliberately in no document. */
    static final String UNDOCUMENTED_SESSION_STATUS = "archived";

    static final Failure DECLINED =
            new Failure("declined_by_issuer_bank", "The bank of the recipient has declined the payout");
    static final Failure INSUFFICIENT_FUNDS =
            new Failure("insufficient_wallet_balance", "The deposit does not cover the payout");
    static final Failure UNSURE = new Failure("provider_timeout", "No final answer from the provider");
    static final Failure CANCELLED =
            new Failure("session_cancelled_by_partner", "The partner has cancelled the session");
    static final Failure NOT_CONFIRMED =
            new Failure("confirm_timeout", "The payout was not confirmed in the time allowed");
    static final Failure NO_SUCH_ACCOUNT =
            new Failure("account_not_found", "No payout can be made to an account of this kind");

    private ScenarioCodes() {}
}
