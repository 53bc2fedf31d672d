package org.unipayout.simulator.bank131;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One method of the API as its path says it: operation, kind of payout, version (reference, section 3). */
record ApiMethod(Operation operation, PayoutKind kind, Dialect dialect) {
    private static final Map<String, ApiMethod> METHODS = table();

    /** What a method does. */
    enum Operation {
        CREATE,
        START,
        INIT,
        CONFIRM,
        CANCEL,
        STATUS,
        VERIFY_PHONE,
        TOKEN_INFO,
        TOKENIZE,
        WALLET_BALANCE,
        ACCOUNT_BALANCE,
        FPS_BANKS
    }

    static Optional<ApiMethod> find(String httpMethod, String path) {
        return Optional.ofNullable(METHODS.get(httpMethod + " " + path));
    }

    /** Idempotency keys belong to the session methods (reference, section 8). */
    boolean takesIdempotencyKey() {
        return operation.compareTo(Operation.STATUS) <= 0;
    }

    private static Map<String, ApiMethod> table() {
        Map<String, ApiMethod> table = new HashMap<>();
        both(table, "session/create", Operation.CREATE, PayoutKind.PLAIN);
        both(table, "session/start/payout", Operation.START, PayoutKind.PLAIN);
        both(table, "session/init/payout", Operation.INIT, PayoutKind.PLAIN);
        both(table, "session/start/payout/fiscalization", Operation.START, PayoutKind.FISCALIZATION);
        both(table, "session/init/payout/fiscalization", Operation.INIT, PayoutKind.FISCALIZATION);

        v1(table, "session/create/rko", Operation.CREATE, PayoutKind.SETTLEMENT);
        v1(table, "session/start/payout/rko", Operation.START, PayoutKind.SETTLEMENT);
        both(table, "session/init/payout/rko", Operation.INIT, PayoutKind.SETTLEMENT);
        v1(table, "session/create/nominal", Operation.CREATE, PayoutKind.ESCROW);
        v1(table, "session/start/payout/nominal", Operation.START, PayoutKind.ESCROW);
        both(table, "session/init/payout/nominal", Operation.INIT, PayoutKind.ESCROW);

        both(table, "session/multi/create/rko", Operation.CREATE, PayoutKind.SETTLEMENT_TO_CARD);
        both(table, "session/multi/start/payment/rko", Operation.START, PayoutKind.SETTLEMENT_TO_CARD);
        v1(table, "session/multi/init/payment/rko", Operation.INIT, PayoutKind.SETTLEMENT_TO_CARD);
        both(table, "session/multi/create/nominal", Operation.CREATE, PayoutKind.ESCROW_TO_CARD);
        both(table, "session/multi/start/payment/nominal", Operation.START, PayoutKind.ESCROW_TO_CARD);
        both(table, "session/multi/init/payment/nominal", Operation.INIT, PayoutKind.ESCROW_TO_CARD);

        both(table, "session/confirm", Operation.CONFIRM, PayoutKind.PLAIN);
        both(table, "session/cancel", Operation.CANCEL, PayoutKind.PLAIN);
        both(table, "session/status", Operation.STATUS, PayoutKind.PLAIN);
        both(table, "fps/customer_verification", Operation.VERIFY_PHONE, PayoutKind.PLAIN);
        v1(table, "token/info", Operation.TOKEN_INFO, PayoutKind.PLAIN);
        v1(table, "tokenize", Operation.TOKENIZE, PayoutKind.PLAIN);
        v1(table, "wallet/balance", Operation.WALLET_BALANCE, PayoutKind.PLAIN);
        v1(table, "report/account_balance", Operation.ACCOUNT_BALANCE, PayoutKind.PLAIN);
        table.put("GET /api/v1/fps/banks", new ApiMethod(Operation.FPS_BANKS, PayoutKind.PLAIN, Dialect.V1));
        return Map.copyOf(table);
    }

    private static void both(Map<String, ApiMethod> table, String path, Operation operation, PayoutKind kind) {
        v1(table, path, operation, kind);
        table.put("POST /api/v2/" + path, new ApiMethod(operation, kind, Dialect.V2));
    }

    private static void v1(Map<String, ApiMethod> table, String path, Operation operation, PayoutKind kind) {
        table.put("POST /api/v1/" + path, new ApiMethod(operation, kind, Dialect.V1));
    }
}
