package org.unipayout.simulator.horizonpay;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.unipayout.testkit.SimulatedResponse;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** The queue: what is sent is made later, and its answer is handed out to the one who asks for it. */
final class AsyncJobs {
    private static final class Job {
        private final Supplier<SimulatedResponse> work;
        private Instant dueAt;
        private @Nullable SimulatedResponse result;

        private Job(Supplier<SimulatedResponse> work, Instant dueAt) {
            this.work = work;
            this.dueAt = dueAt;
        }
    }

    private final Clock clock;
    private final Supplier<URI> baseUrl;
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    AsyncJobs(Clock clock, Supplier<URI> baseUrl) {
        this.clock = clock;
        this.baseUrl = baseUrl;
    }

    SimulatedResponse submit(Supplier<SimulatedResponse> work, Duration time) {
        String requestId = UUID.randomUUID().toString();
        jobs.put(requestId, new Job(work, clock.instant().plus(time)));
        catchUp();
        return SimulatedResponse.json(200, Json.write(state(requestId, "processing")));
    }

    /** Does all that is due by now, in the order in which it was sent. */
    void catchUp() {
        Instant now = clock.instant();
        for (Job job : jobs.values()) {
            if (job.result == null && !job.dueAt.isAfter(now)) {
                job.result = job.work.get();
            }
        }
    }

    SimulatedResponse status(String requestId) {
        Job job = jobs.get(requestId);
        if (job == null) {
            return SimulatedResponse.json(404, Json.write(state(requestId, "unknown")));
        }
        return SimulatedResponse.json(
                200, Json.write(state(requestId, job.result == null ? "processing" : "completed")));
    }

    SimulatedResponse result(String requestId) {
        Job job = jobs.get(requestId);
        if (job == null) {
            return SimulatedResponse.json(404, Json.write(state(requestId, "unknown")));
        }
        return job.result == null
                ? SimulatedResponse.json(425, Json.write(state(requestId, "processing")))
                : job.result;
    }

    void settle() {
        jobs.values().forEach(job -> job.dueAt = Instant.MIN);
        catchUp();
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
