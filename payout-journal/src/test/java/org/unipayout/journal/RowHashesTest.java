package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.unipayout.journal.internal.decide.RowHashes;

/** What vouches for a text, and what does not. */
class RowHashesTest {
    private static final SecretKey FIRST = key("the first key of thirty-two byte");
    private static final SecretKey SECOND = key("the other key of thirty-two byte");
    private static final RowHashes OLD = new RowHashes("k1", Map.of("k1", FIRST), false);
    private static final RowHashes NEW = new RowHashes("k2", Map.of("k1", FIRST, "k2", SECOND), false);
    private static final RowHashes BEGINNING = new RowHashes("k1", Map.of("k1", FIRST), true);

    private static SecretKey key(String text) {
        return new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), "HmacSHA256");
    }

    @Test
    void vouchesFor_markOfAKnownKey_onlyForTheSameTexts() {
        String mark = OLD.mark("a", "b");

        assertThat(mark).startsWith("k1:").hasSize(3 + 64);
        assertThat(OLD.vouchesFor(mark, "a", "b")).isTrue();
        assertThat(NEW.vouchesFor(mark, "a", "b")).as("an older key").isTrue();
        assertThat(OLD.vouchesFor(mark, "a", "c")).isFalse();
        assertThat(OLD.vouchesFor(mark, "ab", ""))
                .as("texts do not run together")
                .isFalse();
        assertThat(OLD.vouchesFor(mark, "a", "b", null)).isFalse();
    }

    @Test
    void vouchesFor_markOfAnotherKey_isNotBelieved() {
        assertThat(OLD.vouchesFor(NEW.mark("a"), "a"))
                .as("its key is not known")
                .isFalse();
        assertThat(NEW.vouchesFor("k2" + OLD.mark("a"), "a")).isFalse();
        assertThat(NEW.vouchesFor("no colon", "a")).isFalse();
    }

    @Test
    void vouchesFor_noMark_isBelievedOnlyWhereNoKeyWasUsed() {
        assertThat(OLD.vouchesFor(null, "a")).isFalse();
        assertThat(BEGINNING.vouchesFor(null, "a")).isTrue();
        assertThat(RowHashes.PLAIN.vouchesFor(null, "a")).isTrue();
        assertThat(RowHashes.PLAIN.vouchesFor("k1:anything", "a"))
                .as("nobody can tell")
                .isTrue();
    }

    @Test
    void mark_withoutAKey_isNone() {
        assertThat(RowHashes.PLAIN.mark("a")).isNull();
        assertThat(RowHashes.PLAIN.presentKey()).isNull();
        assertThat(RowHashes.PLAIN.believesUnkeyed()).isTrue();
        assertThat(NEW.presentKey()).isEqualTo("k2");
        assertThat(NEW.believesUnkeyed()).isFalse();
        assertThat(BEGINNING.believesUnkeyed()).isTrue();
    }

    @Test
    void mark_textThatIsNot_isNoEmptyText() {
        assertThat(OLD.mark("a", null)).isNotEqualTo(OLD.mark("a", ""));
    }

    @Test
    void markOfPassing_isOfItsReferenceAndTransaction() {
        assertThat(OLD.markOfPassing("r-1", "id-1"))
                .isEqualTo(OLD.mark("let through", "r-1", "id-1"))
                .isNotEqualTo(OLD.markOfPassing("r-1", "id-2"));
    }

    @Test
    void toString_namesKeysAndShowsNone() {
        assertThat(NEW.toString()).startsWith("RowHashes[k2 of [").doesNotContain("thirty-two");
    }
}
