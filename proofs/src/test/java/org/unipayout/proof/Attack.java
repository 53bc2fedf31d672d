package org.unipayout.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.unipayout.PayoutWebhooks;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRejectedException;

/** Tries forgeries on one receiver and remembers which of them it believed. */
final class Attack implements Consumer<Forgery> {
    /** As lenient as parsers are: of two equal keys it takes the last. */
    private static final ObjectMapper ANY_PARSER = new ObjectMapper();

    private final PayoutWebhooks receiver;
    private final List<String> accepted = new ArrayList<>();
    private final List<String> undocumented = new ArrayList<>();
    private int tried;

    Attack(PayoutWebhooks receiver) {
        this.receiver = receiver;
    }

    @Override
    public void accept(Forgery forgery) {
        tried++;
        try {
            WebhookEvent event = receiver.receive(forgery.arrived());
            if (!saysWhatWasSigned(forgery, Reading.of(event))) {
                accepted.add(forgery.how() + " was read as " + event);
            }
        } catch (WebhookRejectedException refused) { // as it should be
        } catch (RuntimeException other) {
            undocumented.add(forgery.how() + " ended in " + other);
        }
    }

    /** Not by the adapter's word alone: each other parser must find the same in the text, too. */
    private static boolean saysWhatWasSigned(Forgery forgery, Reading reading) {
        Notice signed = forgery.signed();
        return signed != null
                && signed.reading().equals(reading)
                && (Arrays.equals(signed.body(), forgery.body())
                        || Objects.equals(parsed(signed.body()), parsed(forgery.body())));
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return ANY_PARSER.readTree(body);
        } catch (IOException notJson) {
            return ANY_PARSER.missingNode();
        }
    }

    int tried() {
        return tried;
    }

    List<String> accepted() {
        return accepted;
    }

    /** What ended neither in an event nor in a refusal. */
    List<String> undocumented() {
        return undocumented;
    }
}
