package org.unipayout.examples.proveyourown;

/** The mended code passes all of them. */
class CarefulSellerPayoutsTest extends PaidOnceChecks {
    CarefulSellerPayoutsTest() {
        super(CarefulSellerPayouts::new);
    }
}
