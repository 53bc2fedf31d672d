package org.unipayout.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what is marked {@link Describing}, and drops it if it has another form. */
final class DescribingDeserializer extends JsonDeserializer<@Nullable Object> implements ContextualDeserializer {
    private final @Nullable BeanProperty property;

    private DescribingDeserializer(@Nullable BeanProperty property) {
        this.property = property;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty component) {
        return new DescribingDeserializer(component);
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode value = context.readTree(parser);
        try (JsonParser again = value.traverse(parser.getCodec())) {
            again.nextToken();
            return strict(context).deserialize(again, context);
        } catch (JsonMappingException otherForm) {
            return null;
        }
    }

    /** Found when it is needed: a record may have a component of its own type. Other annotations hold as ever. */
    private JsonDeserializer<?> strict(DeserializationContext context) throws JsonMappingException {
        BeanProperty component = Objects.requireNonNull(property, "property");
        return context.findContextualValueDeserializer(component.getType(), component);
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
