package org.unipayout.http.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contract suite is not blind: every bug that is planted turns its cases red, and without it they are green. */
class PlantedBugsTest {

    @ParameterizedTest
    @CsvSource({
        "RECIPIENT_NOT_COMPARED, create_referenceOfADifferentPayout_adoptsNothingAndPaysNothing",
        "RECIPIENT_NOT_COMPARED, get_handleOfADifferentPayout_adoptsNothing",
        "TIME_NOT_COMPARED, create_referenceOfADifferentPayout_adoptsNothingAndPaysNothing",
        "TIME_NOT_COMPARED, get_handleOfADifferentPayout_adoptsNothing",
        "NOBODY_BELIEVED, submit_answerThatNamesNobody_isNotBelieved",
        "NOBODY_BELIEVED, get_answerThatNamesNobody_isNotBelieved",
        "AMOUNT_NOT_COMPARED, submit_answerAboutAnotherAmount_isUnknown",
        "AMOUNT_NOT_COMPARED, get_handleOfADifferentPayout_adoptsNothing",
        "HANDLE_NOT_COMPARED, submit_handleOfAnotherRecipient_isRefusedBeforeAnyCall",
        "NOTIFICATION_SHOWS_NAMES_ONLY, receive_notificationOfADifferentPayout_isNotOurs",
        "UNKNOWN_IS_FAILED, submit_answerThatProvesNothing_isUnknownSentOnceAndPaidOnceInTheEnd",
        "UNKNOWN_IS_FAILED, submit_noAnswer_isPaidOnceByTheRuleOfItsKind",
        "SENT_WITHOUT_A_LOOK, submit_again_paysOnce",
        "SENT_WITHOUT_A_LOOK, create_referenceOfADifferentPayout_adoptsNothingAndPaysNothing",
        "SIGN_NOT_DECLARED, anyAnswer_signThatAPayoutCarries_isDeclaredAsShown",
        "EACH_BODY_READ, receive_tenMegabytesWithoutTheFormOfASignature_costNothing"
    })
    void bug_turnsItsCaseRed(Bug bug, String contractCase) {
        Rule rule = bug == Bug.SENT_WITHOUT_A_LOOK ? Rule.AFTER_ABSENCE : Rule.SAME_REFERENCE;

        assertThat(red(rule, Bug.NONE, contractCase)).as("without the bug").isEmpty();
        assertThat(red(rule, bug, contractCase)).as("with it").containsExactly(contractCase);
    }

    private static Set<String> red(Rule rule, Bug bug, String contractCase) {
        AdapterWithPlantedBug.plant(rule, bug);
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(AdapterWithPlantedBug.class))
                                .filters((PostDiscoveryFilter) test -> FilterResult.includedIf(test.getSource()
                                        .map(source -> isFor(source, contractCase))
                                        .orElse(true)))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        assertThat(summary.getTestsSucceededCount() + summary.getTestsFailedCount())
                .as("cases that ran")
                .isPositive();
        Set<String> red = new TreeSet<>();
        summary.getFailures()
                .forEach(failure -> failure.getTestIdentifier()
                        .getSource()
                        .ifPresent(source -> red.add(((MethodSource) source).getMethodName())));
        return red;
    }

    private static boolean isFor(TestSource source, String contractCase) {
        return !(source instanceof MethodSource method)
                || method.getMethodName().equals(contractCase);
    }
}
