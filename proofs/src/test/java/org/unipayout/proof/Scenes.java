package org.unipayout.proof;

import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.unipayout.journal.Payouts;
import org.unipayout.testkit.FakePayoutClient;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Simulator;

/** Simulators and databases, started when they are needed and used again by whoever comes next. Thread-safe; close it. */
final class Scenes implements AutoCloseable {
    private final Map<String, Queue<Scene>> free = new ConcurrentHashMap<>();

    /** What one payout at a time has for itself. */
    record Scene(Simulator simulator, DataSource dataSource) {}

    <T> T in(ProviderUnderTest provider, Function<Scene, T> act) {
        Queue<Scene> scenes = free.computeIfAbsent(provider.simulator(), name -> new ConcurrentLinkedQueue<>());
        Scene scene = scenes.poll();
        if (scene == null) {
            scene = opened(provider);
        }
        try {
            return act.apply(scene);
        } finally {
            scenes.add(scene);
        }
    }

    private static Scene opened(ProviderUnderTest provider) {
        Scene scene = new Scene(provider.start(), memory());
        try (Payouts payouts = Payouts.builder(scene.dataSource())
                .provider(provider.provider(), new FakePayoutClient())
                .build()) {
            payouts.createSchema();
        }
        return scene;
    }

    private static DataSource memory() {
        return JdbcConnectionPool.create(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000;QUERY_CACHE_SIZE=200",
                "sa",
                "");
    }

    /** Stops the simulators that nobody uses. */
    @Override
    public void close() {
        free.values()
                .forEach(scenes -> scenes.forEach(scene -> scene.simulator().close()));
        free.clear();
    }
}
