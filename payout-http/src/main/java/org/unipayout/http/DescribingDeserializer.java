package org.unipayout.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
 * Reads what is marked {@link Describing}, and drops it if it has another form. What may be half read by then is read from a
 * tree; a text is read at once, and what stands in its place is passed over.
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
        if (parser.currentToken().isStructStart() && isText()) {
            passOver(parser);
            return null;
        }
        try (JsonParser again = TREE.deserialize(parser, context).traverse(parser.getCodec())) {
            again.nextToken();
            return readOrDrop(again, context);
        }
    }

    private boolean isText() {
        return property != null && property.getType().hasRawClass(String.class);
    }

    /** Reads to the end of an object or a list and keeps nothing: as a tree it would be fifty times as large as its bytes. */
    private static void passOver(JsonParser parser) throws IOException {
        int open = 1;
        while (open > 0) {
            JsonToken token = parser.nextToken();
            parser.finishToken(); // so that a text in it that is none is still noticed
            open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
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
