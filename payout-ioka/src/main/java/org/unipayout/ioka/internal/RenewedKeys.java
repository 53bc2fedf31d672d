package org.unipayout.ioka.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.unipayout.Operation;
import org.unipayout.PayoutReadException;
import org.unipayout.Secret;
import org.unipayout.http.Ending;
import org.unipayout.http.HttpCall;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Json;
import org.unipayout.ioka.IokaOptions.Credentials;
import org.unipayout.ioka.internal.wire.TokenAnswer;
import org.unipayout.ioka.internal.wire.TokenRequest;

/**
 * Keys that expire ({@code POST /v2/auth/token}), renewed a minute before.
 *
 * <p>At most one renewal is under way; meanwhile the others call with the key they have, or wait if it has expired. No
 * lock is held while waiting for ioka.
 */
final class RenewedKeys implements ApiKeys {
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final Credentials.Client client;
    private final HttpTransport transport;
    private final Clock clock;
    private final IokaJudge judge;
    private final AtomicReference<@Nullable Token> token = new AtomicReference<>();
    private final AtomicReference<@Nullable CompletableFuture<Secret>> renewal = new AtomicReference<>();

    RenewedKeys(Credentials.Client client, HttpTransport transport, Clock clock, IokaJudge judge) {
        this.client = client;
        this.transport = transport;
        this.clock = clock;
        this.judge = judge;
    }

    /** Not a record, so that it cannot print the key. */
    private static final class Token {
        private final Secret key;
        private final @Nullable Instant expiry;

        Token(Secret key, @Nullable Instant expiry) {
            this.key = key;
            this.expiry = expiry;
        }

        boolean livesAt(Instant time) {
            return expiry == null || time.isBefore(expiry);
        }
    }

    @Override
    public Secret key() throws NoKeyException {
        Token present = token.get();
        if (present != null && present.livesAt(clock.instant().plus(AHEAD))) {
            return present.key;
        }
        CompletableFuture<Secret> mine = new CompletableFuture<>();
        CompletableFuture<Secret> running = renewal.compareAndExchange(null, mine);
        if (running == null) {
            return renew(mine, present);
        }
        return present != null && present.livesAt(clock.instant()) ? present.key : await(running);
    }

    @Override
    public boolean refused(Secret key) {
        token.updateAndGet(present -> present != null && present.key.equals(key) ? null : present);
        return true;
    }

    private Secret renew(CompletableFuture<Secret> mine, @Nullable Token old) throws NoKeyException {
        try {
            Token latest = token.get();
            if (latest == null || latest == old) {
                latest = ask();
                token.set(latest);
            }
            mine.complete(latest.key);
            return latest.key;
        } catch (NoKeyException e) {
            mine.completeExceptionally(e);
            if (old != null && token.get() == old && old.livesAt(clock.instant())) {
                return old.key;
            }
            throw e;
        } finally {
            mine.cancel(false); // nobody waits for ever, whatever was thrown
            renewal.set(null);
        }
    }

    private static Secret await(CompletableFuture<Secret> running) throws NoKeyException {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoKeyException("the call was interrupted while the key was being renewed", null, null);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof NoKeyException known
                    ? new NoKeyException(known.reason(), known.error(), known.traceId())
                    : new NoKeyException("the key could not be renewed", null, null);
        } catch (CancellationException e) {
            throw new NoKeyException("the key could not be renewed", null, null);
        }
    }

    private Token ask() throws NoKeyException {
        TokenRequest body = new TokenRequest(client.id(), client.secret());
        HttpCall call = HttpCall.builder(Operation.EXTRA, "POST", "/v2/auth/token")
                .lastStep(last -> last.body(Json.write(body)))
                .build();
        Ending<TokenAnswer> ending;
        try {
            ending = transport.read(call).judgedBy(answer -> judge.judge(answer, IokaJudge.one(TokenAnswer.class)));
        } catch (PayoutReadException e) {
            throw new NoKeyException("no key could be had: ioka gave no usable answer", null, null);
        }
        if (ending instanceof Ending.Refused<TokenAnswer> refused) {
            throw new NoKeyException(
                    "ioka refused to give a key",
                    refused.error(),
                    refused.requestId().orElse(null));
        }
        String key =
                ending instanceof Ending.Told<TokenAnswer> told ? told.body().apiKey() : null;
        if (!(ending instanceof Ending.Told<TokenAnswer> told) || key == null || !key.matches("[!-~]+")) {
            throw new NoKeyException(
                    "no key could be had: ioka's answer was not clear",
                    null,
                    ending.requestId().orElse(null));
        }
        return new Token(Secret.of(key), IokaTime.read(told.body().expiryDate()));
    }
}
