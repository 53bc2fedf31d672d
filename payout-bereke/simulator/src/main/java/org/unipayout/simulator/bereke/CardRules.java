package org.unipayout.simulator.bereke;

/** Which card numbers a payout can reach, and which row of the error table answers the others. */
final class CardRules {
    private final BerekeSwitches switches;

    CardRules(BerekeSwitches switches) {
        this.switches = switches;
    }

    void check(String pan) {
        if (!pan.matches("[0-9]+")) {
            throw new BerekeRefusal(BerekeError.BIN_NOT_NUMERIC);
        }
        if (!pan.matches("[0-9]{13,19}")) {
            throw new BerekeRefusal(BerekeError.PATTERN_MISMATCH, "target.pan", "^[0-9]{13,19}$");
        }
        if (switches.allowedBins.stream().noneMatch(pan::startsWith)) {
            throw unreachable(pan);
        }
        if (!hasValidCheckDigit(pan)) {
            throw new BerekeRefusal(BerekeError.CARD_NOT_KNOWN);
        }
    }

    /** Six digits, as many X as are hidden, four digits. */
    static String mask(String pan) {
        return pan.substring(0, 6) + "X".repeat(pan.length() - 10) + pan.substring(pan.length() - 4);
    }

    private static BerekeRefusal unreachable(String pan) {
        return switch (pan.charAt(0)) {
            case '2', '4', '5', '6' -> new BerekeRefusal(BerekeError.CARD_AFFILIATION);
            case '3' -> new BerekeRefusal(BerekeError.UNSUPPORTED_PAN);
            default -> new BerekeRefusal(BerekeError.NO_BIN_RANGE, pan.substring(0, 6));
        };
    }

    private static boolean hasValidCheckDigit(String pan) {
        int sum = 0;
        for (int i = 0; i < pan.length(); i++) {
            int digit = pan.charAt(pan.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }
}
