package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unipayout.Payout;

/** Texts: what a cashier reads never says the opposite of what the program is told. */
interface TextsContract extends ContractGroup {

    @Test
    default void errorBook_everyRow_saysInBothLanguagesWhatItProvesAndAdvises() {
        try (Stage stage = stage()) {
            assertThat(stage.client.errorBook().entries()).isNotEmpty().allSatisfy(CashierText::assertAgrees);
        }
    }

    @Test
    default void errorBook_everyRowBesideEveryStatus_neverSaysTheOpposite() {
        try (Stage stage = stage()) {
            List<Payout> payouts = stage.client.errorBook().entries().stream()
                    .flatMap(row -> stage.subject.payouts(row).stream())
                    .toList();
            assumeFalse(payouts.isEmpty(), "no answer of the provider has a code beside a status");

            assertThat(payouts).allSatisfy(CashierText::assertAgrees);
        }
    }
}
