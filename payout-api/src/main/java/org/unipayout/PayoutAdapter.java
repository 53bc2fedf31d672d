package org.unipayout;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * One flow of one provider, for whoever sets it up by a configuration and not by code: which settings it takes, and what is
 * made of them. The settings are those that the adapter's options read from the environment, under the same names.
 *
 * <p>Found by {@link ServiceLoader}, so that an adapter on the class path is known without being named. What is no setting, such
 * as an HTTP client of your own or a fence, needs the adapter's options. Implementations hold no state.
 */
public interface PayoutAdapter {
    /** {@return the flow's name, as its capabilities spell it} */
    String provider();

    /**
     * The names of all settings, required and optional: upper-case words, of which the first names the provider, so
     * {@code IOKA_API_KEY} is the setting "api key".
     *
     * @return unmodifiable
     */
    Set<String> settings();

    /**
     * Opens a client.
     *
     * @param settings values by their names
     * @return a new client; close it
     * @throws IllegalArgumentException if a setting is missing or unusable; the message begins with its name, or with the
     *     field of the options that it becomes, and does not repeat its value
     */
    PayoutClient open(Map<String, String> settings);

    /**
     * The reader of the provider's notifications.
     *
     * @param settings values by their names
     * @return empty if the provider sends none, or no setting says by what they are verified
     * @throws IllegalArgumentException as for {@link #open}
     */
    default Optional<PayoutWebhooks> webhooks(Map<String, String> settings) {
        return Optional.empty();
    }

    /** {@return all that the thread's class loader finds, by name} */
    static List<PayoutAdapter> all() {
        return ServiceLoader.load(PayoutAdapter.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(PayoutAdapter::provider))
                .toList();
    }
}
