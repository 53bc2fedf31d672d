package org.unipayout.testkit;

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
}
