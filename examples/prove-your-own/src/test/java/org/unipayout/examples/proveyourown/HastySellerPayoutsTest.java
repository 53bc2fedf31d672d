package org.unipayout.examples.proveyourown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each of the checks finds that the hasty code pays twice, and says how. */
class HastySellerPayoutsTest {
    private final PaidOnceChecks checks = new PaidOnceChecks(HastySellerPayouts::new) {};

    @Test
    void fakeClient_findsTheSecondPayment() {
        String told = found("fake client", checks::answerIsLost_andTheOperatorTriesAgain_sellerIsPaidOnce);

        assertThat(told).contains("there are 2").contains("order-17-1").contains("order-17-2");
    }

    @Test
    void faultServer_findsTheSecondPayment() {
        String told = found("fault server", checks::connectionBreaksAfterTheRequest_sellerIsPaidOnce);

        assertThat(told).contains("there are 2").contains("order-17-1").contains("order-17-2");
    }

    @Test
    void worlds_findItToo_andWhatNobodyThoughtOf() {
        String told = found("worlds", checks::worlds_whateverGoesWrong_sellersArePaidOnce);

        assertThat(told)
                .contains("DOUBLE: order-") // no answer is taken for a failure, and each try has a name of its own
                .contains("WRONG: order-") // told as failed, and paid
                .contains("MISDIRECTED: order-"); // an old payout under the same reference is taken for this one
    }

    private static String found(String by, ThrowingCallable check) {
        AssertionError found = catchThrowableOfType(AssertionError.class, check);
        assertThat(found).as("the check passes, although the code pays twice").isNotNull();
        String told = String.valueOf(found.getMessage());
        System.out.println("\n== found by the " + by + ":\n" + told);
        return told;
    }
}
