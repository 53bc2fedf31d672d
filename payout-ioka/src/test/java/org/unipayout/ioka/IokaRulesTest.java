package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.ioka.internal.IokaRules;

/** What ioka's fields must look like, up to the last character that it takes. */
class IokaRulesTest {
    private static final String PAGE = "https://shop.example/";

    private static PayoutRequest toAccount(String name, String kbe, String description) {
        return PayoutRequest.builder(
                        "o-1",
                        Shop.tenge(15000),
                        Recipient.KazakhAccount.builder("KZ000000000000000000", "000000000000", name)
                                .beneficiaryCode(kbe)
                                .build())
                .description(description)
                .build();
    }

    private static PayoutRequest toForm(String page) {
        URI url = URI.create(page);
        return PayoutRequest.builder("o-1", Shop.tenge(15000), new Recipient.HostedForm(url, url, url))
                .build();
    }

    @Test
    void checkPayoutOrder_everyFieldAtItsLimit_isTaken() {
        assertThatCode(() -> IokaRules.checkPayoutOrder(toAccount("T".repeat(60), "19", "d".repeat(500))))
                .doesNotThrowAnyException();
    }

    @Test
    void checkPayoutOrder_oneCharacterMore_isRefusedByName() {
        assertThatThrownBy(() -> IokaRules.checkPayoutOrder(toAccount("T".repeat(61), "19", "d")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("recipient.holderName:");
        assertThatThrownBy(() -> IokaRules.checkPayoutOrder(toAccount("T", "19", "d".repeat(501))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("description:");
    }

    @Test
    void checkPayoutOrder_whatEveryFlowSends_isCheckedToo() {
        assertThatThrownBy(() -> IokaRules.checkPayoutOrder(
                        PayoutRequest.builder("o-1", Shop.tenge(15000), new Recipient.SavedCard("a/b/c"))
                                .build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("recipient.token:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"14", "19"})
    void checkPayoutOrder_codeOfAResident_isTaken(String kbe) {
        assertThatCode(() -> IokaRules.checkPayoutOrder(toAccount("T", kbe, "d")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"13", "24"})
    void checkPayoutOrder_otherCode_isRefusedByName(String kbe) {
        assertThatThrownBy(() -> IokaRules.checkPayoutOrder(toAccount("T", kbe, "d")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("recipient.beneficiaryCode:");
    }

    @Test
    void check_pageAsLongAsIokaTakesIt_isTaken() {
        String longest = PAGE + "p".repeat(2083 - PAGE.length());

        assertThatCode(() -> IokaRules.check(toForm(longest))).doesNotThrowAnyException();
        assertThatThrownBy(() -> IokaRules.check(toForm(longest + "p")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("recipient.returnUrl: must have at most 2083 characters");
    }

    @ParameterizedTest
    @EnumSource(RecipientKind.class)
    void isCreatedFirst_onlyWhatIokaLearnsAfterwards(RecipientKind kind) {
        assertThat(IokaRules.isCreatedFirst(kind))
                .isEqualTo(kind == RecipientKind.HOSTED_FORM || kind == RecipientKind.CARD_NUMBER);
    }
}
