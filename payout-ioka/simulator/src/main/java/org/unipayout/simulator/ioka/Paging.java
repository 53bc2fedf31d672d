package org.unipayout.simulator.ioka;

import java.util.List;
import org.unipayout.testkit.ReceivedRequest;
import wiremock.com.fasterxml.jackson.databind.node.ArrayNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** A list that is given out page by page: {@code {items, total, page, size}}. */
final class Paging {
    private Paging() {}

    static ObjectNode of(ReceivedRequest request, List<ObjectNode> all) {
        int page = number(request, "page", 1, Integer.MAX_VALUE);
        int size = number(request, "size", 50, 100);
        ArrayNode items = Json.array();
        all.stream().skip((page - 1L) * size).limit(size).forEach(items::add);
        ObjectNode answer = Json.object();
        answer.set("items", items);
        return answer.put("total", all.size()).put("page", page).put("size", size);
    }

    private static int number(ReceivedRequest request, String name, int fallback, int greatest) {
        try {
            int number = request.query(name).map(Integer::parseInt).orElse(fallback);
            if (number >= 1 && number <= greatest) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw Problem.unprocessable("Параметр " + name + ": целое число.");
        }
        throw Problem.unprocessable("Параметр " + name + ": от 1 до " + greatest + ".");
    }
}
