package org.unipayout.simulator.ioka;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.SimulatedResponse;

/** Finds the operation for a method and a path; {@code {...}} in a template takes one segment. */
final class Router {
    private final List<Route> routes = new ArrayList<>();

    /** One operation. */
    @FunctionalInterface
    interface Operation {
        /** Answers one request. */
        SimulatedResponse answer(ReceivedRequest request, Ids ids);
    }

    /** The segments that a template left open, in order. */
    record Ids(List<String> values) {
        String first() {
            return values.get(0);
        }

        String second() {
            return values.get(1);
        }
    }

    private record Route(String method, List<String> template, Operation operation) {
        @Nullable Ids match(ReceivedRequest request) {
            List<String> path = segments(request.path());
            if (!method.equals(request.method()) || path.size() != template.size()) {
                return null;
            }
            List<String> open = new ArrayList<>();
            for (int i = 0; i < path.size(); i++) {
                if (template.get(i).startsWith("{")) {
                    open.add(path.get(i));
                } else if (!template.get(i).equals(path.get(i))) {
                    return null;
                }
            }
            return new Ids(open);
        }
    }

    void on(String method, String template, Operation operation) {
        routes.add(new Route(method, segments(template), operation));
    }

    Optional<SimulatedResponse> answer(ReceivedRequest request) {
        for (Route route : routes) {
            Ids ids = route.match(request);
            if (ids != null) {
                return Optional.of(route.operation().answer(request, ids));
            }
        }
        return Optional.empty();
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}
