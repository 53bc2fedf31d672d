package org.unipayout.testkit;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/** Prints one line per adapter: how many contract cases ran and how they ended. */
final class CaseCounter implements TestWatcher, InvocationInterceptor, AfterAllCallback {
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger notApplicable = new AtomicInteger();

    @Override
    public void testSuccessful(ExtensionContext context) {
        passed.incrementAndGet();
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        failed.incrementAndGet();
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        notApplicable.incrementAndGet();
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        notApplicable.incrementAndGet();
    }

    /** Cases that are made while the test runs are not watched by JUnit. */
    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext dynamic, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
            passed.incrementAndGet();
        } catch (TestAbortedException e) {
            notApplicable.incrementAndGet();
            throw e;
        } catch (Throwable e) {
            failed.incrementAndGet();
            throw e;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.out.printf(
                "contract-kit suite=%s cases=%d failed=%d not-applicable=%d%n",
                context.getRequiredTestClass().getSimpleName(),
                passed.get() + failed.get(),
                failed.get(),
                notApplicable.get());
    }
}
