package org.unipayout.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.ErrorBook;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;

/** Measures each call, by what it ended in: a status, or the name of an exception. Changes nothing else. */
final class MeteredClient implements PayoutClient {
    private static final Logger LOG = LoggerFactory.getLogger(MeteredClient.class);

    private final String account;
    private final PayoutClient client;
    private final MeterRegistry registry;

    MeteredClient(String account, PayoutClient client, MeterRegistry registry) {
        this.account = account;
        this.client = client;
        this.registry = registry;
    }

    @Override
    public Capabilities capabilities() {
        return client.capabilities();
    }

    @Override
    public ErrorBook errorBook() {
        return client.errorBook();
    }

    @Override
    public Payout prepare(PayoutRequest request) {
        return measured(Operation.PREPARE, () -> client.prepare(request), MeteredClient::status);
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        return measured(Operation.SUBMIT, () -> client.submit(ref, request), MeteredClient::status);
    }

    @Override
    public Payout get(PayoutRef ref) {
        return measured(Operation.GET, () -> client.get(ref), MeteredClient::status);
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        return measured(Operation.CONFIRM, () -> client.confirm(ref), MeteredClient::status);
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        return measured(Operation.CANCEL, () -> client.cancel(ref), MeteredClient::status);
    }

    @Override
    public List<Balance> balance() {
        return measured(Operation.BALANCE, client::balance, balances -> "ANSWERED");
    }

    private static String status(Payout payout) {
        return payout.status().name();
    }

    private <T> T measured(Operation operation, Supplier<T> call, Function<T, String> ending) {
        long began = System.nanoTime();
        T result;
        try {
            result = call.get();
        } catch (RuntimeException e) {
            count(operation, e.getClass().getSimpleName(), began);
            throw e;
        }
        count(operation, ending.apply(result), began);
        return result;
    }

    /** Whatever a registry throws: an exception in place of an answer would say that no money moved. */
    private void count(Operation operation, String ending, long began) {
        try {
            Timer.builder("unipayout.calls")
                    .description("Calls of providers, by what they ended in")
                    .tag("account", account)
                    .tag("operation", operation.name())
                    .tag("ending", ending)
                    .register(registry)
                    .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        } catch (RuntimeException e) {
            LOG.debug("A call could not be counted", e);
        }
    }

    /** The client is a bean of its own. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return client.toString();
    }
}
