package org.unipayout.testkit;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/**
 * All that Java tests turn in a simulator, found by reflection, so that nothing has to be listed again for HTTP.
 *
 * <p>Switches are what {@link Simulator#switches} has: public fields that can be set; pairs of public methods {@code x(value)}
 * and {@code x()}; and each constant of an enum that {@code turnOn}, {@code turnOff} and {@code isOn} take. Orders are public
 * methods with parameters that can be written as JSON: the simulator's own, what its switches have beside, and some of
 * every simulator. What takes something else, a lambda for example, is Java's alone.
 */
final class Switchboard {
    private static final Set<String> OF_EVERY_SIMULATOR = Set.of("force", "hideFor", "answerNext", "settle", "reset");
    private static final Set<String> OF_THE_OUTBOX =
            Set.of("deliverTo", "hold", "suppress", "release", "releaseReversed");

    private final Simulator simulator;
    private final Object holder;
    private final Map<String, Switch> switches = new TreeMap<>();
    private final Map<String, Order> orders = new TreeMap<>();

    Switchboard(Simulator simulator) {
        this.simulator = simulator;
        holder = simulator.switches();
        fields();
        flags();
        Map<String, Method> readers = readers();
        for (Method method : methods(holder, Switchboard::takesWords)) {
            Method reader = readers.get(method.getName());
            if (method.getParameterCount() == 1 && reader != null) {
                add(new Switch(
                        method.getName(),
                        method.getAnnotatedParameterTypes()[0],
                        () -> invoke(holder, reader),
                        value -> invoke(holder, method, value)));
            } else if (!method.getName().startsWith("turnO")) {
                add(method.getName(), holder, method);
            }
        }
        methods(simulator, Switchboard::isOrder).forEach(method -> add(method.getName(), simulator, method));
        methods(simulator.clock(), method -> method.getName().equals("advance"))
                .forEach(method -> add(method.getName(), simulator.clock(), method));
        methods(simulator.webhooks(), method -> OF_THE_OUTBOX.contains(method.getName()))
                .forEach(method -> add("webhooks/" + method.getName(), simulator.webhooks(), method));
    }

    /** One point that can be turned; its value now and what it takes. */
    private record Switch(String name, AnnotatedType type, Reader now, Turner turner) {
        @Nullable Object read(JsonNode value) {
            if (value.isNull() && type.isAnnotationPresent(Nullable.class)) {
                return null;
            }
            return Words.read(name, value, type.getType());
        }

        Map<String, @Nullable Object> shown() {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            Object value = now.get();
            shown.put("now", value instanceof Optional<?> maybe ? maybe.orElse(null) : value);
            shown.put("takes", takes(type));
            return shown;
        }
    }

    /** One method that can be called. */
    private record Order(Object target, Method method) {
        Map<String, String> takes() {
            Map<String, String> takes = new LinkedHashMap<>();
            for (Parameter parameter : method.getParameters()) {
                takes.put(parameter.getName(), Switchboard.takes(parameter.getAnnotatedType()));
            }
            return takes;
        }
    }

    @FunctionalInterface
    private interface Reader {
        @Nullable Object get();
    }

    @FunctionalInterface
    private interface Turner {
        void turn(@Nullable Object value);
    }

    /** Every switch with its value and what it takes. */
    Map<String, Object> switches() {
        Map<String, Object> shown = new TreeMap<>();
        switches.forEach((name, one) -> shown.put(name, one.shown()));
        return shown;
    }

    /** Every order with what it takes, by the names of its parameters. */
    Map<String, Object> orders() {
        Map<String, Object> shown = new TreeMap<>();
        orders.forEach((name, order) -> shown.put(name, order.takes()));
        return shown;
    }

    /**
     * Turns switches, all or none.
     *
     * @throws IllegalArgumentException if there is no such switch, or it takes something else
     */
    void turn(JsonNode values) {
        if (!values.isObject()) {
            throw new IllegalArgumentException("the body must be a JSON object of switches and their values");
        }
        List<Runnable> turns = new ArrayList<>();
        values.properties().forEach(entry -> {
            Switch found = switches.get(entry.getKey());
            if (found == null) {
                throw new IllegalArgumentException(
                        entry.getKey() + ": no switch of " + simulator.provider() + ", which has " + switches.keySet());
            }
            Object value = found.read(entry.getValue());
            turns.add(() -> found.turner().turn(value));
        });
        turns.forEach(Runnable::run);
    }

    /**
     * Carries an order out.
     *
     * @param path name of the order; a slash and its only argument may follow
     * @param body its arguments by name; null if there is no body
     * @return what the method returned, or 204 if it returns nothing; empty if there is no such order
     * @throws IllegalArgumentException if it takes something else
     */
    Optional<SimulatedResponse> order(String path, @Nullable JsonNode body) {
        Order order = orders.get(path);
        int slash = path.lastIndexOf('/');
        if (order == null && slash > 0) {
            order = orders.get(path.substring(0, slash));
            return Optional.ofNullable(order).map(one -> carryOut(one, Words.text(path.substring(slash + 1))));
        }
        return Optional.ofNullable(order).map(one -> carryOut(one, body));
    }

    private static SimulatedResponse carryOut(Order order, @Nullable JsonNode given) {
        Parameter[] parameters = order.method().getParameters();
        Map<String, String> takes = order.takes();
        if (given != null && !given.isObject() && parameters.length != 1) {
            throw new IllegalArgumentException("takes a JSON object: " + takes);
        }
        Object[] arguments = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            String name = parameters[i].getName();
            JsonNode value = given != null && given.isObject() ? given.get(name) : given;
            if (value == null) {
                throw new IllegalArgumentException(name + ": is missing; the body must be a JSON object: " + takes);
            }
            arguments[i] = Words.read(name, value, parameters[i].getParameterizedType());
        }
        Object result = invoke(order.target(), order.method(), arguments);
        return result == null ? SimulatedResponse.empty(204) : SimulatedResponse.json(200, Words.write(result));
    }

    private void fields() {
        for (Field field : holder.getClass().getFields()) {
            boolean settable = (field.getModifiers() & (Modifier.STATIC | Modifier.FINAL)) == 0;
            if (settable && field.canAccess(holder) && Words.canRead(field.getGenericType())) {
                add(new Switch(
                        field.getName(), field.getAnnotatedType(), () -> get(field), value -> set(field, value)));
            }
        }
    }

    private void flags() {
        for (Method isOn : methods(holder, method -> method.getName().equals("isOn"))) {
            for (Object flag : Objects.requireNonNull(isOn.getParameterTypes()[0].getEnumConstants())) {
                add(new Switch(
                        ((Enum<?>) flag).name(),
                        isOn.getAnnotatedReturnType(),
                        () -> invoke(holder, isOn, flag),
                        value -> invoke(holder, named(Boolean.TRUE.equals(value) ? "turnOn" : "turnOff"), flag)));
            }
        }
    }

    private Method named(String name) {
        return methods(holder, method -> method.getName().equals(name)).get(0);
    }

    private Map<String, Method> readers() {
        Map<String, Method> readers = new TreeMap<>();
        methods(holder, method -> method.getParameterCount() == 0 && method.getReturnType() != void.class)
                .forEach(method -> readers.put(method.getName(), method));
        return readers;
    }

    private void add(Switch one) {
        switches.put(one.name(), one);
    }

    private void add(String name, Object target, Method method) {
        orders.put(name, new Order(target, method));
    }

    private static List<Method> methods(Object target, Predicate<Method> wanted) {
        return Arrays.stream(target.getClass().getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
                .filter(method -> method.getDeclaringClass() != Object.class && method.canAccess(target))
                .filter(wanted)
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private static boolean isOrder(Method method) {
        return OF_EVERY_SIMULATOR.contains(method.getName())
                || (method.getDeclaringClass() != Simulator.class && takesWords(method));
    }

    private static boolean takesWords(Method method) {
        return method.getParameterCount() > 0
                && !method.getName().equals("isOn")
                && Arrays.stream(method.getGenericParameterTypes()).allMatch(Words::canRead);
    }

    private static String takes(AnnotatedType type) {
        String words = Words.takes(type.getType());
        return type.isAnnotationPresent(Nullable.class) ? words + ", or null" : words;
    }

    private @Nullable Object get(Field field) {
        try {
            return field.get(holder);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private void set(Field field, @Nullable Object value) {
        try {
            field.set(holder, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object invoke(Object target, Method method, @Nullable Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    method.getName() + ": "
                            + Objects.requireNonNull(e.getCause()).getMessage(),
                    e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
