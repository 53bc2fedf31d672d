package org.unipayout.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.net.ServerSocketFactory;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.testkit.ProviderUnderTest;

/** Whether an adapter and the program that is written by hand say the same to a provider, byte by byte, headers and their order included. */
final class WireCheck {
    /** What is made anew for each call, of the same length. */
    private static final String OF_ONE_CALL = "(?m)^(X-PARTNER-SIGN|idempotency-key): (\\S+)";

    private WireCheck() {}

    /** Fails if they do not. */
    static int requireSame(Ground ground, ProviderUnderTest provider) throws Exception {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        RawServer.Script recorded = ServerProcess.replaying(ground.answers());
        try (RawServer server = new RawServer(ServerSocketFactory.getDefault(), request -> {
            heard.add(text(request));
            return recorded.answer(request);
        })) {
            String at = "http://127.0.0.1:" + server.port();
            byAdapter(
                    provider,
                    ground.credentials(provider.provider(), "create", at),
                    ground.credentials(provider.provider(), "get", at));
            List<String> adapters = List.copyOf(heard);
            heard.clear();
            byHand(
                    provider,
                    ground.credentials(provider.provider(), "create", at),
                    ground.credentials(provider.provider(), "get", at));
            if (!heard.equals(adapters)) {
                throw new IllegalStateException("the figures would be worth nothing; the adapter says\n"
                        + String.join("\n", adapters) + "\nand the program by hand\n" + String.join("\n", heard));
            }
            return adapters.stream().mapToInt(String::length).sum();
        }
    }

    private static String text(RawServer.Request request) {
        return (request.head() + request.body()).replaceAll(OF_ONE_CALL, "$1: *");
    }

    private static void byAdapter(ProviderUnderTest provider, Map<String, String> making, Map<String, String> asking) {
        try (PayoutClient maker = Recording.open(provider, making);
                PayoutClient asker = Recording.open(provider, asking)) {
            PayoutRef ref = maker.create(Recording.request(provider)).ref();
            asker.get(ref);
        }
    }

    private static void byHand(ProviderUnderTest provider, Map<String, String> making, Map<String, String> asking)
            throws Exception {
        try (HandWritten maker = HandWritten.of(provider.provider(), making);
                HandWritten asker = HandWritten.of(provider.provider(), asking)) {
            asker.get(maker.create());
        } catch (IOException e) {
            throw new IllegalStateException("the program by hand does not get through", e);
        }
    }
}
