package org.unipayout.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.PayoutWebhooks;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRequest;

/** Everything that a stranger who captured real notifications can make of them: none of it is believed. */
class WebhookAttacksTest {
    private static final List<Forgeries> CAPTURED = new ArrayList<>();

    @BeforeAll
    static void capture() {
        List<Notice> foreign = new ArrayList<>();
        for (Stand stranger : Stand.all()) {
            foreign.addAll(stranger.notices());
            stranger.close();
        }
        for (Stand stand : Stand.all()) {
            CAPTURED.add(new Forgeries(stand, stand.notices(), foreign));
        }
    }

    @AfterAll
    static void close() {
        CAPTURED.forEach(captured -> captured.stand().close());
    }

    @Test
    void anythingThatNobodySigned_isNotBelieved() {
        List<Attack> attacks = CAPTURED.stream()
                .flatMap(captured -> attacks(captured, captured.stand().receiver).stream())
                .toList();

        System.out.printf(
                "webhook-attacks tried=%d accepted=%d%n",
                attacks.stream().mapToInt(Attack::tried).sum(),
                attacks.stream().mapToInt(attack -> attack.accepted().size()).sum());
        assertThat(CAPTURED).isNotEmpty();
        assertThat(attacks).flatExtracting(Attack::accepted).isEmpty();
        assertThat(attacks).flatExtracting(Attack::undocumented).isEmpty();
    }

    /** The cores share the work. */
    private static List<Attack> attacks(Forgeries captured, PayoutWebhooks receiver) {
        assertThat(captured.notices()).as("captured from %s", captured.stand()).hasSizeGreaterThan(1);
        List<Attack> attacks = new ArrayList<>(captured.notices().parallelStream()
                .map(signed -> {
                    Attack attack = new Attack(receiver);
                    captured.of(signed, attack);
                    return attack;
                })
                .toList());
        Attack attack = new Attack(receiver);
        captured.ofOthers(attack);
        attacks.add(attack);
        return attacks;
    }

    @Test
    void whatWasSent_repeated_isTheSameNotification() {
        for (Forgeries captured : CAPTURED) {
            assertThat(captured.stand().sent())
                    .as("read again from %s", captured.stand())
                    .extracting(Notice::reading)
                    .isEqualTo(captured.notices().stream().map(Notice::reading).toList());
        }
    }

    /** Mistakes that a receiver of notifications may have: each has to be found. */
    enum PlantedBug {
        SIGNATURE_NOT_LOOKED_AT {
            @Override
            WebhookEvent receive(Forgeries captured, WebhookRequest request) {
                return believed(captured, request);
            }
        },
        NO_SIGNATURE_NEEDED {
            @Override
            WebhookEvent receive(Forgeries captured, WebhookRequest request) {
                boolean signed = captured.notices().get(0).headers().keySet().stream()
                        .anyMatch(name -> !name.equals("Content-Type")
                                && !request.header(name).orElse("").isEmpty());
                return signed ? captured.stand().receiver.receive(request) : believed(captured, request);
            }
        },
        SIGNATURE_OF_ANYTHING {
            @Override
            WebhookEvent receive(Forgeries captured, WebhookRequest request) {
                return captured.notices().stream().anyMatch(sent -> hasHeadersOf(sent, request))
                        ? believed(captured, request)
                        : captured.stand().receiver.receive(request);
            }
        },
        ONLY_THE_BEGINNING_IS_SIGNED {
            @Override
            WebhookEvent receive(Forgeries captured, WebhookRequest request) {
                Notice sent = captured.notices().get(0);
                return beginning(request.body()).equals(beginning(sent.body()))
                        ? captured.stand().receiver.receive(new WebhookRequest(sent.body(), sent.headers()))
                        : captured.stand().receiver.receive(request);
            }
        },
        KEY_OF_THE_RAW_TEXT {
            @Override
            WebhookEvent receive(Forgeries captured, WebhookRequest request) {
                WebhookEvent event = captured.stand().receiver.receive(request);
                return WebhookEvent.builder(event.provider(), event.type(), event.trust(), text(request.body()))
                        .build();
            }
        };

        abstract WebhookEvent receive(Forgeries captured, WebhookRequest request);

        private static WebhookEvent believed(Forgeries captured, WebhookRequest request) {
            String provider = captured.stand().provider.provider();
            return WebhookEvent.builder(provider, "any", WebhookEvent.Trust.VERIFIED, text(request.body()))
                    .build();
        }

        private static boolean hasHeadersOf(Notice sent, WebhookRequest request) {
            return sent.headers().entrySet().stream()
                    .allMatch(header -> request.header(header.getKey())
                            .equals(Optional.of(header.getValue().get(0))));
        }

        private static String beginning(byte[] body) {
            return text(Arrays.copyOf(body, Math.min(body.length, 60)));
        }

        private static String text(byte[] body) {
            return "key:" + new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @EnumSource(PlantedBug.class)
    void plantedBug_isFound(PlantedBug bug) {
        for (Forgeries captured : CAPTURED) {
            Attack attack = new Attack(request -> bug.receive(captured, request));
            captured.few(attack);

            assertThat(attack.accepted()).as("%s of %s", bug, captured.stand()).isNotEmpty();
        }
    }
}
