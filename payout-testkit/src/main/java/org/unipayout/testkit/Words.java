package org.unipayout.testkit;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import wiremock.com.fasterxml.jackson.core.JsonParser;
import wiremock.com.fasterxml.jackson.core.JsonProcessingException;
import wiremock.com.fasterxml.jackson.databind.DeserializationContext;
import wiremock.com.fasterxml.jackson.databind.DeserializationFeature;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.MapperFeature;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;
import wiremock.com.fasterxml.jackson.databind.SerializationFeature;
import wiremock.com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import wiremock.com.fasterxml.jackson.databind.json.JsonMapper;
import wiremock.com.fasterxml.jackson.databind.module.SimpleModule;
import wiremock.com.fasterxml.jackson.databind.node.TextNode;
import wiremock.com.fasterxml.jackson.databind.ser.std.ToStringSerializer;

/** Values of switches and orders as JSON, read strictly: what is not meant is refused with what would be right. */
final class Words {
    private static final Map<Class<?>, String> SIMPLE = Map.of(
            boolean.class, "true or false",
            int.class, "a whole number",
            Integer.class, "a whole number",
            long.class, "a whole number",
            String.class, "text",
            URI.class, "an address",
            Duration.class, "a time as PT5M",
            SimulatedResponse.class,
                    "an answer as {\"status\": 503, \"content_type\": \"text/plain\", \"body\": \"busy\"}");
    private static final Map<Class<?>, String> OF_MANY =
            Map.of(List.class, "a list, each ", Set.class, "a list, each ", Map.class, "an object, each value ");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(new SimpleModule()
                    .addSerializer(Duration.class, ToStringSerializer.instance)
                    .addDeserializer(Duration.class, new Times())
                    .addDeserializer(SimulatedResponse.class, new Answers()))
            .build();

    private Words() {}

    static boolean canRead(Type type) {
        if (type instanceof ParameterizedType of && of.getRawType() instanceof Class<?> raw) {
            return OF_MANY.containsKey(raw)
                    && Arrays.stream(of.getActualTypeArguments()).allMatch(Words::canRead);
        }
        return type instanceof Class<?> one && (one.isEnum() || SIMPLE.containsKey(one));
    }

    /** What a type takes, as the end of "takes …". */
    static String takes(Type type) {
        if (type instanceof ParameterizedType of) {
            Type[] arguments = of.getActualTypeArguments();
            return OF_MANY.get(of.getRawType()) + takes(arguments[arguments.length - 1]);
        }
        Class<?> one = (Class<?>) type;
        return one.isEnum()
                ? Arrays.stream(Objects.requireNonNull(one.getEnumConstants()))
                        .map(constant -> ((Enum<?>) constant).name())
                        .collect(Collectors.joining(", ", "one of ", ""))
                : Objects.requireNonNull(SIMPLE.get(one));
    }

    /** Reads a value that {@link #canRead}; text stands for anything that is written without quotes. */
    static Object read(String name, JsonNode value, Type type) {
        try {
            Object read = MAPPER.convertValue(bare(value, type), MAPPER.constructType(type));
            return Objects.requireNonNull(read);
        } catch (IllegalArgumentException | NullPointerException | DateTimeException e) {
            throw new IllegalArgumentException(name + ": takes " + takes(type) + ", not " + value, e);
        }
    }

    static JsonNode json(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new IllegalArgumentException("the body is no JSON: " + e.getMessage(), e);
        }
    }

    /** A word of a path, which has no quotes. */
    static JsonNode text(String word) {
        return TextNode.valueOf(word);
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Numbers and yes or no come as text in a path. */
    private static JsonNode bare(JsonNode value, Type type) {
        boolean quoted = value.isTextual() && type instanceof Class<?> one && one.isPrimitive();
        return quoted ? json(value.asText().getBytes(StandardCharsets.UTF_8)) : value;
    }

    private static final class Times extends StdDeserializer<Duration> {
        private static final long serialVersionUID = 1;

        Times() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Duration.parse(in.getValueAsString(""));
        }
    }

    private static final class Answers extends StdDeserializer<SimulatedResponse> {
        private static final long serialVersionUID = 1;

        Answers() {
            super(SimulatedResponse.class);
        }

        @Override
        public SimulatedResponse deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode answer = in.readValueAsTree();
            JsonNode body = answer.path("body");
            if (!answer.path("status").isInt()) {
                throw context.weirdStringException(String.valueOf(answer), SimulatedResponse.class, "no status");
            }
            return SimulatedResponse.text(
                    answer.path("status").intValue(),
                    answer.path("content_type").asText("application/json"),
                    body.isTextual() || body.isMissingNode() ? body.asText() : body.toString());
        }
    }
}
