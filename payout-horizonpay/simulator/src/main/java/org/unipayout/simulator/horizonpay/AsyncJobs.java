package org.unipayout.simulator.horizonpay;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.unipayout.testkit.SimulatedResponse;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Answers that are ready now but are handed out later. */
final class AsyncJobs {
    private record Job(SimulatedResponse result, Instant readyAt) {}

    private final Clock clock;
    private final Supplier<URI> baseUrl;
    private final Map<String, Job> jobs = new HashMap<>();

    AsyncJobs(Clock clock, Supplier<URI> baseUrl) {
        this.clock = clock;
        this.baseUrl = baseUrl;
    }

    SimulatedResponse submit(SimulatedResponse result, Duration time) {
        String requestId = UUID.randomUUID().toString();
        jobs.put(requestId, new Job(result, clock.instant().plus(time)));
        return SimulatedResponse.json(200, Json.write(state(requestId, "processing")));
    }

    SimulatedResponse status(String requestId) {
        Job job = jobs.get(requestId);
        if (job == null) {
            return SimulatedResponse.json(404, Json.write(state(requestId, "unknown")));
        }
        return SimulatedResponse.json(200, Json.write(state(requestId, isReady(job) ? "completed" : "processing")));
    }

    SimulatedResponse result(String requestId) {
        Job job = jobs.get(requestId);
        if (job == null) {
            return SimulatedResponse.json(404, Json.write(state(requestId, "unknown")));
        }
        return isReady(job) ? job.result : SimulatedResponse.json(425, Json.write(state(requestId, "processing")));
    }

    void settle() {
        jobs.replaceAll((requestId, job) -> new Job(job.result, Instant.MIN));
    }

    private boolean isReady(Job job) {
        return !job.readyAt.isAfter(clock.instant());
    }

    private ObjectNode state(String requestId, String status) {
        ObjectNode state = Json.object();
        state.put("status", status);
        state.put("request_id", requestId);
        state.put("status_url", baseUrl.get() + "/async/status/" + requestId);
        state.put("response_url", baseUrl.get() + "/async/result/" + requestId);
        return state;
    }
}
