package org.unipayout.testkit;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.unipayout.RecipientKind;

/** What the groups of contract cases have in common. */
interface ContractGroup {
    /**
     * The adapter under test.
     *
     * @return what it tells about itself
     */
    ContractSubject subject();

    /**
     * Sets the stage for one test.
     *
     * @return to be closed by the test
     */
    default Stage stage() {
        return new Stage(subject());
    }

    /**
     * The kinds of recipient that the capabilities claim.
     *
     * @return in the order of the enum
     */
    default Set<RecipientKind> claimed() {
        try (Stage stage = stage()) {
            return EnumSet.copyOf(stage.client.capabilities().recipients());
        }
    }

    /**
     * One case for each kind of recipient that the capabilities claim.
     *
     * @param check plays it
     * @return the cases
     */
    default Stream<DynamicTest> forEachKind(BiConsumer<Stage, RecipientKind> check) {
        return claimed().stream().map(kind -> newCase(kind.name(), stage -> check.accept(stage, kind)));
    }

    /**
     * A case that begins with a provider that has forgotten the one before.
     *
     * @param name what it is about
     * @param check plays it
     * @return the case
     */
    default DynamicTest newCase(String name, Consumer<Stage> check) {
        return DynamicTest.dynamicTest(name, () -> {
            subject().simulator().reset();
            try (Stage stage = stage()) {
                check.accept(stage);
            }
        });
    }
}
