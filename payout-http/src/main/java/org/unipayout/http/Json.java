package org.unipayout.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import org.unipayout.Secret;

/**
 * JSON in and out: compact UTF-8 without nulls; strict where a sloppy reader could mistake one payout for another.
 *
 * <p>Reading ignores unknown fields and refuses duplicate keys, anything after the document, a fraction where a whole
 * number belongs, and more than 100 levels; only what is marked {@link Describing} may have any form. Thread-safe.
 */
public final class Json {
    private static final int MAX_DEPTH = 100;
    private static final JsonMapper MAPPER = mapper();

    private Json() {}

    /**
     * Writes a value, once: sign and send the same bytes.
     *
     * @param value a record or a tree of maps and lists; a {@link Secret} in it is written as the value that holds now
     * @return compact UTF-8 without null fields
     * @throws IllegalArgumentException if the value has no JSON form
     */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException unprintable) {
            throw new IllegalArgumentException("body: a value of this type has no JSON form"); // the cause quotes it
        }
    }

    /**
     * Reads a value.
     *
     * @param <T> the type
     * @param body UTF-8 JSON
     * @param type the type
     * @return the value, never null
     * @throws UnreadableBodyException if the body is empty, {@code null}, cut, too deep or not JSON of this shape
     */
    public static <T> T read(byte[] body, Class<T> type) throws UnreadableBodyException {
        if (body.length == 0) {
            throw new UnreadableBodyException("the body is empty");
        }
        T value;
        try {
            value = MAPPER.readValue(body, type);
        } catch (IOException unprintable) { // quotes the body
            throw new UnreadableBodyException("the body is not JSON of the expected shape");
        }
        if (value == null) {
            throw new UnreadableBodyException("the body is the JSON value null");
        }
        return value;
    }

    /** Where a provider wants a credential in the body; its records hold the secret, so that they cannot print it. */
    private static final class Revealed extends StdScalarSerializer<Secret> {
        private static final long serialVersionUID = 1;

        Revealed() {
            super(Secret.class);
        }

        @Override
        public void serialize(Secret value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.reveal());
        }
    }

    private static JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
        return JsonMapper.builder(factory)
                .addModule(new SimpleModule().addSerializer(Secret.class, new Revealed()))
                .disable(SerializationFeature.WRAP_EXCEPTIONS) // what a secret's source throws stays what it is
                .annotationIntrospector(new DescribingDeserializer.Marks())
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }
}
