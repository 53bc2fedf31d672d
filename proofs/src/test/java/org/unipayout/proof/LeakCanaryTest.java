package org.unipayout.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.unipayout.ExchangeSink;
import org.unipayout.testkit.ProviderUnderTest;

/** No key, card, person or token in anything that comes out. */
class LeakCanaryTest {
    private static final String CARD = "4000001234567899";

    @Test
    void nothingThatComesOut_holdsASecret() {
        int count = 0;
        List<String> hits = new ArrayList<>();
        for (ProviderUnderTest provider : ProviderUnderTest.all()) {
            Needles needles = new Needles();
            Outputs outputs = new Outputs(needles);
            try (LeakRun run = new LeakRun(provider, needles, outputs, ExchangeSink.NONE)) {
                Printed.during(outputs, () -> {
                    run.calls();
                    run.notifications();
                    run.journal();
                });
                assertThat(run.left())
                        .as("what %s was told", provider.provider())
                        .containsAnyOf("token", "card number");
            }
            count += outputs.count();
            outputs.hits().forEach(hit -> hits.add(provider.provider() + ": " + hit));
        }
        System.out.printf("leak-canary outputs=%d hits=%d%n", count, hits.size());
        assertThat(hits.stream().distinct()).isEmpty();
    }

    /** Leaks as programs have them: each has to be found. */
    enum PlantedLeak {
        AUDIT_IN_BASE64 {
            @Override
            void leak(String value, Outputs outputs) {
                outputs.text("audit", Base64.getEncoder().encodeToString(bytes("card=" + value)));
            }
        },
        LOG_IN_HEX {
            @Override
            void leak(String value, Outputs outputs) {
                LoggerFactory.getLogger("org.unipayout.http")
                        .trace("sent {}", HexFormat.of().formatHex(bytes(value)));
            }
        },
        LOG_OF_THE_PLATFORM {
            @Override
            void leak(String value, Outputs outputs) {
                Logger.getLogger("okhttp3").finest(value);
            }
        },
        STANDARD_OUTPUT {
            @Override
            void leak(String value, Outputs outputs) {
                System.out.println(value);
            }
        },
        CAUSE {
            @Override
            void leak(String value, Outputs outputs) {
                outputs.failure("call", new IllegalStateException("no", new IllegalArgumentException(value)));
            }
        },
        RECORD {
            @Override
            void leak(String value, Outputs outputs) {
                outputs.object("object", new Told(value));
            }
        };

        abstract void leak(String value, Outputs outputs);

        private static byte[] bytes(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Prints nothing, and serializers write it out. */
    record Told(String value) {
        @Override
        public String toString() {
            return "Told[***]";
        }
    }

    @ParameterizedTest
    @EnumSource(PlantedLeak.class)
    void plantedLeak_isFound(PlantedLeak planted) {
        Needles needles = new Needles();
        Outputs outputs = new Outputs(needles);
        ProviderUnderTest provider = ProviderUnderTest.all().get(0);
        ExchangeSink audit = exchange -> planted.leak(latest(needles), outputs);
        try (LeakRun run = new LeakRun(provider, needles, outputs, audit)) {
            Printed.during(outputs, run::onePayout);
        }

        assertThat(outputs.hits()).isNotEmpty();
    }

    private static String latest(Needles needles) {
        return List.copyOf(needles.values().keySet()).get(needles.values().size() - 1);
    }

    @Test
    void value_inEachSpelling_isFound() {
        Needles needles = new Needles();
        needles.add("card number", CARD);

        Needles.spellings(CARD)
                .forEach((spelling, text) -> assertThat(
                                needles.in(("before " + text + " behind").getBytes(StandardCharsets.UTF_8)))
                        .as(spelling)
                        .isNotEmpty());
        for (String before : List.of("", "a", "ab", "abc")) {
            byte[] row = (before + CARD + "/12").getBytes(StandardCharsets.UTF_8);
            assertThat(needles.in(Base64.getEncoder().encode(row)))
                    .as("Base64 behind %s", before)
                    .isNotEmpty();
        }
        assertThat(needles.in("400000******7899".getBytes(StandardCharsets.UTF_8)))
                .as("a mask")
                .isEmpty();
    }
}
