package org.unipayout.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is marked {@link Describing}, and drops it if it has another form. What is half read by then is read to its end, and
 * nothing of it is kept: as a tree it would be fifty times as large as its bytes.
 */
final class DescribingDeserializer extends JsonDeserializer<@Nullable Object> implements ContextualDeserializer {
    private static final JsonDeserializer<? extends JsonNode> TREE =
            JsonNodeDeserializer.getDeserializer(JsonNode.class);

    private final @Nullable BeanProperty property;
    private volatile @Nullable JsonDeserializer<Object> strict;

    private DescribingDeserializer(@Nullable BeanProperty property) {
        this.property = property;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty component) {
        return new DescribingDeserializer(component);
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
            return readOrDrop(parser, context);
        }
        if (parser.currentToken().isStructStart()) {
            return structure(parser, context);
        }
        try (JsonParser again = TREE.deserialize(parser, context).traverse(parser.getCodec())) {
            again.nextToken();
            return readOrDrop(again, context);
        }
    }

    /** An object or a list, or what stands in the place of a text: nothing of it is kept that is not needed. */
    private @Nullable Object structure(JsonParser parser, DeserializationContext context) throws IOException {
        JsonStreamContext outside = parser.getParsingContext().getParent();
        Object read = null;
        try {
            read = isText() ? null : strict(context).deserialize(parser, context);
        } catch (JsonMappingException otherForm) {
            if (isBroken(otherForm)) {
                throw otherForm;
            }
        }
        passOver(parser, outside);
        return read;
    }

    private boolean isText() {
        return property != null && property.getType().hasRawClass(String.class);
    }

    /** Whether what stands there is no JSON, so that nothing behind it can be trusted; a number that is too great is a number. */
    private static boolean isBroken(JsonMappingException thrown) {
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamReadException && !(cause instanceof InputCoercionException)) {
                return true;
            }
        }
        return false;
    }

    /** To the end of what was begun inside of something, and no further. */
    private static void passOver(JsonParser parser, JsonStreamContext outside) throws IOException {
        while (parser.getParsingContext() != outside && parser.nextToken() != null) {
            parser.finishToken(); // so that a text in it that is none is still noticed
        }
    }

    private @Nullable Object readOrDrop(JsonParser parser, DeserializationContext context) throws IOException {
        try {
            return strict(context).deserialize(parser, context);
        } catch (JsonMappingException otherForm) {
            return null;
        }
    }

    /** Found when it is first needed: a record may have a component of its own type. Other annotations hold as ever. */
    private JsonDeserializer<Object> strict(DeserializationContext context) throws JsonMappingException {
        JsonDeserializer<Object> found = strict;
        if (found == null) {
            BeanProperty component = Objects.requireNonNull(property, "property");
            found = context.findContextualValueDeserializer(component.getType(), component);
            strict = found;
        }
        return found;
    }

    /** Finds the marked components. */
    static final class Marks extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Object findDeserializer(Annotated annotated) {
            return annotated.hasAnnotation(Describing.class)
                    ? new DescribingDeserializer(null)
                    : super.findDeserializer(annotated);
        }
    }
}
