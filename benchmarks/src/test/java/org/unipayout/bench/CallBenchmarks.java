package org.unipayout.bench;

import java.util.List;
import java.util.Locale;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.bench.Ground.Scheme;
import org.unipayout.bench.Turns.Callers;
import org.unipayout.testkit.ProviderUnderTest;

/** What a call costs through an adapter, beside a program that is written by hand and beside vendors' own SDKs. */
final class CallBenchmarks {
    static final String GROUP = "call";
    private static final int[] CALLERS = {1, 64};
    /** Pays and asks by one call each, as the vendors do. */
    private static final String LIKE_VENDORS = "bereke";

    private final Ground ground;
    private final Turns turns;
    private final Report report;

    CallBenchmarks(Ground ground, Turns turns, Report report) {
        this.ground = ground;
        this.turns = turns;
        this.report = report;
    }

    void run() throws Exception {
        for (ProviderUnderTest provider : Ground.providers()) {
            report.say("bytes on the wire are equal: " + provider.provider() + ", "
                    + WireCheck.requireSame(ground, provider) + " bytes");
            for (Scheme scheme : Scheme.values()) {
                try (Both both = new Both(ground, provider, scheme)) {
                    compare(provider.provider(), scheme, both);
                    if (provider.provider().equals(LIKE_VENDORS) && scheme == Scheme.TLS) {
                        compare(both);
                    }
                }
            }
        }
    }

    private void compare(String provider, Scheme scheme, Both both) throws Exception {
        for (int threads : CALLERS) {
            for (Callers callers : Callers.values()) {
                boolean far = scheme == Scheme.LINE; // where the line is nearly all of the time, once is enough
                if (callers.areHere() && !(far && (threads > 1 || callers == Callers.VIRTUAL))) {
                    String who = threads + (callers == Callers.VIRTUAL ? "-virtual" : "");
                    String end = "-" + provider + '-' + scheme.name().toLowerCase(Locale.ROOT) + '-' + who;
                    Goals goals = Goals.byHand(scheme, threads == 1 && callers == Callers.PLATFORM);
                    measure("create" + end, goals, callers, threads, both::create, both::createByHand);
                    measure("get" + end, goals, callers, threads, both::get, both::getByHand);
                }
            }
        }
    }

    /** With each vendor, over TLS as both are made for. */
    private void compare(Both both) throws Exception {
        for (Vendor vendor : Vendor.values()) {
            String end = "-" + LIKE_VENDORS + '-' + vendor.label() + "-tls";
            try (Vendor.Sdk sdk = vendor.open(ground.at(Scheme.TLS) + '/' + vendor.label())) {
                measure("create" + end, Goals.VENDORS, Callers.PLATFORM, 1, both::create, sdk.create());
                measure("get" + end, Goals.VENDORS, Callers.PLATFORM, 1, both::get, sdk.get());
            }
        }
    }

    private void measure(String name, Goals goals, Callers callers, int threads, Turns.Work ours, Turns.Work theirs)
            throws Exception {
        if (!report.wants(GROUP + '-' + name)) {
            return;
        }
        List<Turns.Pair> pairs = turns.compare(callers, threads, ours, theirs);
        report.add(Figure.time(GROUP, GROUP + '-' + name, pairs, goals.time()));
        if (goals.allocation() > 0) {
            report.add(Figure.allocation(GROUP, GROUP + "-allocation-" + name, pairs, goals.allocation()));
        }
    }

    /**
     * What is hoped for, at most.
     *
     * @param allocation 0 where it is not measured
     */
    private record Goals(double time, double allocation) {
        static final Goals VENDORS = new Goals(1, 1);

        static Goals byHand(Scheme scheme, boolean alone) {
            return scheme == Scheme.HTTP ? new Goals(1.15, alone ? 1.3 : 0) : new Goals(1.05, 0);
        }
    }

    /** Adapter and program, each with a client for what moves money and one for questions. */
    private static final class Both implements AutoCloseable {
        private final PayoutRequest request;
        private final PayoutClient maker;
        private final PayoutClient asker;
        private final HandWritten makerByHand;
        private final HandWritten askerByHand;
        private final PayoutRef ref;
        private final String id;
        private final PayoutStatus made;
        private final PayoutStatus seen;

        Both(Ground ground, ProviderUnderTest provider, Scheme scheme) throws Exception {
            String name = provider.provider();
            request = Recording.request(provider);
            maker = Recording.open(provider, ground.credentials(name, "create", scheme));
            asker = Recording.open(provider, ground.credentials(name, "get", scheme));
            makerByHand = HandWritten.of(name, ground.credentials(name, "create", scheme));
            askerByHand = HandWritten.of(name, ground.credentials(name, "get", scheme));
            Payout payout = maker.create(request);
            ref = payout.ref();
            made = payout.status();
            seen = asker.get(ref).status();
            id = makerByHand.create();
            require(made != PayoutStatus.UNKNOWN && seen != PayoutStatus.UNKNOWN);
        }

        void create() {
            require(maker.create(request).status() == made);
        }

        void get() {
            require(asker.get(ref).status() == seen);
        }

        void createByHand() throws Exception {
            require(makerByHand.create().equals(id));
        }

        void getByHand() throws Exception {
            askerByHand.get(id);
        }

        private static void require(boolean good) {
            if (!good) {
                throw new IllegalStateException("a call ended otherwise; the figures would be worth nothing");
            }
        }

        @Override
        public void close() {
            maker.close();
            asker.close();
            makerByHand.close();
            askerByHand.close();
        }
    }
}
