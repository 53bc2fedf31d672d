package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.journal.internal.store.EmbeddedH2;
import org.unipayout.testkit.MovableClock;

class EmbeddedH2Test {

    @ParameterizedTest
    @ValueSource(strings = {"", ";WRITE_DELAY=500"})
    void file_thatWritesCommitsLate_isRefused(String settings, @TempDir Path directory) {
        PayoutsBuilder journal = journal("file:" + directory.resolve("journal") + settings);

        assertThatThrownBy(journal::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("dataSource: an H2 file must be opened with ;WRITE_DELAY=0");
    }

    @Test
    void file_thatWritesCommitsAtOnce_isTaken(@TempDir Path directory) {
        PayoutsBuilder journal = journal("file:" + directory.resolve("journal") + ";WRITE_DELAY=0;REUSE_SPACE=FALSE");

        assertThatCode(() -> journal.build().createSchema()).doesNotThrowAnyException();
    }

    @Test
    void memory_isTaken() {
        PayoutsBuilder journal = journal("mem:" + UUID.randomUUID());

        assertThatCode(journal::build).doesNotThrowAnyException();
    }

    @Test
    void versionThatReusesSpaceUnsafely_isRefusedUnlessItDoesNot() {
        assertThat(EmbeddedH2.fault(Map.of("WRITE_DELAY", "0", "REUSE_SPACE", "true"), true))
                .hasValueSatisfying(fault -> assertThat(fault).contains(";REUSE_SPACE=FALSE"));
        assertThat(EmbeddedH2.fault(Map.of("WRITE_DELAY", "0", "REUSE_SPACE", "FALSE"), true))
                .isEmpty();
        assertThat(EmbeddedH2.fault(Map.of("WRITE_DELAY", "0", "REUSE_SPACE", "true"), false))
                .isEmpty();
    }

    private static PayoutsBuilder journal(String database) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:" + database);
        return Payouts.builder(dataSource)
                .provider(
                        SimulatedProvider.NAME,
                        new SimulatedProvider(MovableClock.running(), JournalFixture.SAME_HANDLE));
    }
}
