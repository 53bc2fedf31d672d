package org.unipayout.simulator.horizonpay;

import java.util.Map;

/** Result codes and the texts that go with them. */
final class Codes {
    private static final Map<String, String> FRIENDLY = Map.ofEntries(
            Map.entry("S.0000", "The operation is successful."),
            Map.entry("P.0001", "The operation is in progress."),
            Map.entry("P.9998", "Incomplete transaction"),
            Map.entry("P.9999", "The status of the operation is unknown."),
            Map.entry("F.0105", "The bank refused the operation. Contact the bank that issued the card."),
            Map.entry("F.0114", "Insufficient funds."),
            Map.entry("F.0998", "The operation was not completed in time."),
            Map.entry("F.0132", "The operation was rejected by the customer."),
            Map.entry("F.7001", "The operation was refused by verification."),
            Map.entry("F.8001", "The transfer is not possible with these cards."),
            Map.entry("E.1000", "Unknown error."),
            Map.entry("E.1002", "Not found."),
            Map.entry("E.1017", "Section request is missing."),
            Map.entry("E.1018", "Duplicate transaction."),
            Map.entry("E.1021", "Authorization error."),
            Map.entry("E.1022", "Access denied."),
            Map.entry("E.1024", "Content-Type must be application/json."),
            Map.entry("E.1025", "Invalid request parameters. Contact the merchant for details."),
            Map.entry("E.1026", "Invalid JSON."),
            Map.entry("E.1065", "Card numbers are not allowed for this account."));

    /** The published part of the numbering that an older page of the documentation gives. */
    private static final Map<String, String> OLD_NUMBERS = Map.of(
            "F.0102", "F.0001",
            "F.0105", "F.0002",
            "F.0111", "F.0003",
            "F.0110", "F.0004",
            "F.0109", "F.0005",
            "F.0112", "F.0006");

    private Codes() {}

    static String friendly(String code) {
        return FRIENDLY.getOrDefault(code, "The operation was not completed.");
    }

    static String oldNumber(String code) {
        return OLD_NUMBERS.getOrDefault(code, code);
    }
}
