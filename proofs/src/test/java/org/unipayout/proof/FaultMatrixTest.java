package org.unipayout.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unipayout.proof.FaultMatrix.Row;
import org.unipayout.proof.Rest.Verdict;

/** The exchanges by which money may move, in every build; the others are behind the profile {@code fault-matrix}. */
class FaultMatrixTest {
    @Test
    void exchangesThatMayMoveMoney_brokenInEveryWay_leadToOnePaymentAndATrueEnd() throws Exception {
        List<Flow> flows = Flow.all();
        FaultMatrix matrix = new FaultMatrix().play(flows, Row::mayMoveMoney);

        matrix.write(Path.of("target", "fault-matrix.html"));
        System.out.println(matrix.line());
        assertThat(matrix.faults()).isEmpty();
        assertThat(matrix.rows()).extracting(Row::flow).containsAll(flows);
        assertThat(matrix.cells()).isEqualTo((long) matrix.rows().size() * Phase.values().length);
    }

    @Test
    void silenceToldAsADecline_isFound() throws Exception {
        FaultMatrix matrix = withBug(PlantedBug.SILENCE_IS_A_DECLINE);

        assertThat(matrix.count(Verdict.WRONG)).isPositive();
    }

    @Test
    void silenceToldAsNotSent_isFound() throws Exception {
        FaultMatrix matrix = withBug(PlantedBug.SILENCE_IS_NOT_SENT);

        assertThat(matrix.count(Verdict.WRONG) + matrix.count(Verdict.DOUBLE)).isPositive();
    }

    private static FaultMatrix withBug(PlantedBug bug) throws InterruptedException {
        List<Flow> paid = Flow.all().stream()
                .filter(flow -> flow.course() == Flow.Course.PAID)
                .toList();
        return new FaultMatrix(EnumSet.of(Phase.ANSWER_LOST), bug::in).play(paid, Row::mayMoveMoney);
    }
}
