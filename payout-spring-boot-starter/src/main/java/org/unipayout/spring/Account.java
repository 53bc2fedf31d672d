package org.unipayout.spring;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.unipayout.PayoutAdapter;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutWebhooks;

/** One merchant account as the properties have it, with the adapter that knows its settings. Prints none of them. */
final class Account {
    static final String ACCOUNTS = "unipayout.accounts";

    private static final String PROVIDER = "provider";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");

    private final String name;
    private final PayoutAdapter adapter;
    private final Map<String, String> settings;

    private Account(String name, Map<String, String> properties, List<PayoutAdapter> adapters) {
        this.name = name;
        if (!NAME.matcher(name).matches()) {
            throw new PropertyException(
                    ACCOUNTS + "." + name,
                    "the name of an account has lower-case letters, digits and dashes",
                    ACCOUNTS + ".ioka.provider=ioka");
        }
        adapter = adapter(properties, adapters);
        settings = settings(properties);
    }

    /** All that the environment has, by name. */
    static Map<String, Account> all(Environment environment) {
        Bindable<Map<String, Map<String, String>>> accounts = Bindable.of(ResolvableType.forClassWithGenerics(
                Map.class,
                ResolvableType.forClass(String.class),
                ResolvableType.forClassWithGenerics(Map.class, String.class, String.class)));
        List<PayoutAdapter> adapters = PayoutAdapter.all();
        Map<String, Account> all = new TreeMap<>();
        Binder.get(environment)
                .bind(ACCOUNTS, accounts)
                .orElseGet(Map::of)
                .forEach((name, properties) -> all.put(name, new Account(name, properties, adapters)));
        return all;
    }

    /** What {@link #open} gives, as closely as the adapter says it. */
    Class<?> type() {
        return Objects.requireNonNull(ClassUtils.getMethodIfAvailable(adapter.getClass(), "open", Map.class))
                .getReturnType();
    }

    PayoutClient open() {
        return asked(adapter::open);
    }

    Optional<PayoutWebhooks> webhooks() {
        return asked(adapter::webhooks);
    }

    private <T> T asked(Function<Map<String, String>, T> adapters) {
        try {
            return adapters.apply(settings);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private PayoutAdapter adapter(Map<String, String> properties, List<PayoutAdapter> adapters) {
        String wanted = properties.getOrDefault(PROVIDER, "");
        return adapters.stream()
                .filter(one -> one.provider().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new PropertyException(
                        property(PROVIDER),
                        "must be an adapter on the class path, which has "
                                + adapters.stream().map(PayoutAdapter::provider).toList(),
                        property(PROVIDER) + "="
                                + (adapters.isEmpty()
                                        ? "ioka, with the artifact payout-ioka"
                                        : adapters.get(0).provider())));
    }

    /** The adapter's own names. In whatever case and with whatever dashes a property is written, it is one of them. */
    private Map<String, String> settings(Map<String, String> properties) {
        Map<String, String> known = new HashMap<>();
        adapter.settings().forEach(setting -> known.put(letters(spelled(setting)), setting));
        Map<String, String> values = new HashMap<>();
        properties.forEach((property, value) -> {
            if (!property.equals(PROVIDER)) {
                String setting = known.get(letters(property));
                if (setting == null) {
                    throw unknown(property);
                }
                values.put(setting, value);
            }
        });
        return values;
    }

    private PropertyException unknown(String property) {
        return new PropertyException(
                property(property),
                adapter.provider() + " has no such setting; it has "
                        + adapter.settings().stream()
                                .map(Account::spelled)
                                .sorted()
                                .toList(),
                example(adapter.settings().stream().sorted().findFirst().orElse("")));
    }

    /** The adapter speaks of its variable, or of the field of its options: the merchant knows only the property. */
    private PropertyException refused(String message) {
        String field = message.replaceFirst("(?s):.*", "");
        String reason = message.substring(Math.min(message.length(), field.length() + 1))
                .strip();
        String setting = adapter.settings().stream()
                .filter(known -> known.equals(field) || letters(spelled(known)).equals(letters(field)))
                .findFirst()
                .orElse(field);
        return new PropertyException(property(spelled(setting)), inProperties(reason), example(setting));
    }

    private String inProperties(String reason) {
        return Pattern.compile("\\b[A-Z0-9]+(_[A-Z0-9]+)+\\b")
                .matcher(reason)
                .replaceAll((MatchResult found) ->
                        adapter.settings().contains(found.group()) ? property(spelled(found.group())) : found.group());
    }

    private String example(String setting) {
        return property(spelled(setting)) + "=${" + setting + "}";
    }

    private String property(String key) {
        return ACCOUNTS + "." + name + "." + key;
    }

    /** {@code IOKA_API_KEY} is {@code api-key}. */
    private static String spelled(String setting) {
        return setting.substring(setting.indexOf('_') + 1)
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    static String letters(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    @Override
    public String toString() {
        return "Account[" + name + ", " + adapter.provider() + "]";
    }
}
