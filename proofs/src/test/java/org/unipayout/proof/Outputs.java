package org.unipayout.proof;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All that comes out anywhere, looked through for what must not. Thread-safe. */
final class Outputs {
    private static final ObjectMapper PLAIN =
            new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS).findAndRegisterModules();
    private static final ObjectMapper EVERY_FIELD = PLAIN.copy().setVisibility(PropertyAccessor.ALL, Visibility.ANY);

    private final Needles needles;
    private final List<String> hits = new ArrayList<>();
    private final Set<Object> walked = Collections.newSetFromMap(new IdentityHashMap<>());
    private int count;

    Outputs(Needles needles) {
        this.needles = needles;
    }

    synchronized void text(String where, String text) {
        bytes(where, text.getBytes(StandardCharsets.UTF_8));
    }

    synchronized void bytes(String where, byte[] bytes) {
        count++;
        needles.in(bytes).forEach(name -> hits.add(where + " shows " + name));
    }

    /** What a program may print of a failure: the whole stack with causes, and what a logger or cache makes of the object. */
    synchronized void failure(String where, Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        text(where + ": stack of " + failure.getClass().getSimpleName(), trace.toString());
        object(where, failure);
    }

    /** An object of ours, and all that its accessors lead to: printed, and written by bean and object serializers. */
    synchronized void object(String where, Object object) {
        parts(object).filter(Outputs::isOurs).filter(walked::add).forEach(part -> {
            String here = where + ": " + part.getClass().getName();
            text(here + " as text", String.valueOf(part));
            text(here + " by Jackson", json(PLAIN, part));
            text(here + " by Jackson, each field", json(EVERY_FIELD, part));
            serialized(part).ifPresent(bytes -> bytes(here + " serialized", bytes));
            accessors(part).forEach(accessor -> object(where, value(accessor, part)));
        });
    }

    private static Stream<Object> parts(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.stream().map(Object.class::cast);
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(Object.class::cast);
        }
        return value instanceof Map<?, ?> map ? map.values().stream().map(Object.class::cast) : Stream.of(value);
    }

    private static boolean isOurs(Object value) {
        return value.getClass().getName().startsWith("org.unipayout.");
    }

    /** What it holds, as far as anybody may ask; whatever acts or makes something else is left out. */
    private static List<Method> accessors(Object object) {
        return Stream.of(object.getClass().getMethods())
                .filter(method -> method.getParameterCount() == 0
                        && !Modifier.isStatic(method.getModifiers())
                        && Modifier.isPublic(method.getDeclaringClass().getModifiers())
                        && method.getDeclaringClass().getName().startsWith("org.unipayout.")
                        && (method.getReturnType().getName().startsWith("org.unipayout.")
                                || Optional.class == method.getReturnType()
                                || Collection.class.isAssignableFrom(method.getReturnType())
                                || Map.class == method.getReturnType()))
                .filter(method -> !method.getName().matches("balance|close|build|now|with.*"))
                .toList();
    }

    private static Object value(Method accessor, Object object) {
        try {
            Object value = accessor.invoke(object);
            return value == null ? "" : value;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(accessor.toString(), e);
        }
    }

    private static String json(ObjectMapper mapper, Object object) {
        try {
            return mapper.writeValueAsString(object);
        } catch (JsonProcessingException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private static Optional<byte[]> serialized(Object object) {
        if (!(object instanceof Serializable)) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (java.io.NotSerializableException refused) {
            return Optional.of(String.valueOf(refused.getMessage()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(bytes.toByteArray());
    }

    synchronized int count() {
        return count;
    }

    synchronized List<String> hits() {
        return List.copyOf(hits);
    }
}
