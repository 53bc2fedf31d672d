package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unipayout.journal.internal.run.Checkpoint;

/** A small part of the crash matrix: the worst boundary of every flow, and a few deaths more. */
class CrashMatrixTest {

    @Test
    void kill_atTheWorstBoundaryOfEveryFlowAndAtOthers_leadsToOnePaymentEach(@TempDir Path directory)
            throws IOException {
        try (CrashMatrix matrix = new CrashMatrix(directory, classPath(), 1)) {
            CrashMatrix.Result result = matrix.run(10);

            System.out.println(result);
            assertThat(matrix.remarks()).isEmpty();
            assertThat(result.isClean()).isTrue();
            assertThat(result.kills()).isEqualTo(10);
            for (CrashFlow flow : CrashFlow.all()) {
                assertThat(result.boundaries()).contains(flow + " " + Checkpoint.SUBMIT_ANSWERED);
            }
        }
    }

    /** The tests run as a patched module, and the children on a plain class path of the same parts. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                Objects.requireNonNullElse(System.getProperty("jdk.module.path"), ""),
                System.getProperty("java.class.path"));
    }
}
