package org.unipayout.spring;

import java.util.concurrent.atomic.LongAdder;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.springframework.boot.SpringBootVersion;

/** Prints how many tests passed on Boot 4; that build alone registers it. A class that cannot be set up counts as failed, too. */
public final class Tally implements TestExecutionListener {
    private final LongAdder tests = new LongAdder();
    private final LongAdder failed = new LongAdder();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            tests.increment();
        }
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            failed.increment();
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        System.out.println(
                "boot4 tests=" + tests + " failed=" + failed + " spring-boot=" + SpringBootVersion.getVersion());
    }
}
