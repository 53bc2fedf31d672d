package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** {@code error}: never branch on the description, one code comes with several. */
public record ErrorObject(@Nullable String code, @Nullable String description) {

    /** Reads any form: an empty object or list is no error, anything else without a code is one without a code. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ErrorObject read(JsonNode json) {
        return json.isContainerNode() && json.isEmpty()
                ? null
                : new ErrorObject(text(json, "code"), text(json, "description"));
    }

    private static @Nullable String text(JsonNode json, String field) {
        JsonNode value = json.get(field);
        return value == null || !value.isValueNode() || value.isNull() ? null : value.asText();
    }

    @Override
    public String toString() {
        return "ErrorObject[***]";
    }
}
