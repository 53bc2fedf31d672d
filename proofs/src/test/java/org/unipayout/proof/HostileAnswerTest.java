package org.unipayout.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.horizonpay.internal.wire.Transaction;
import org.unipayout.http.Json;

/** What reading an answer allocates, where something only describes and has another form than its document says. */
class HostileAnswerTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String LISTS = "[" + "[[[[[\"4\"]]]]],".repeat(30_000) + "0]";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'uid':'id-1','message':LISTS}",
                "{'uid':'id-1','recipient':{'payment_method':{'first_1':LISTS}}}",
                "{'uid':'id-1','transaction':{'transaction':{'transaction':LISTS}}}"
            })
    void read_listsInItsPlace_costLittleMoreThanTheirBytes(String form) throws Exception {
        byte[] body = form.replace('\'', '"').replace("LISTS", LISTS).getBytes(StandardCharsets.UTF_8);
        Json.read(body, Transaction.class); // classes are loaded once
        long before = THREADS.getCurrentThreadAllocatedBytes();

        Transaction read = Json.read(body, Transaction.class);

        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(5L * body.length);
        assertThat(read.uid()).isEqualTo("id-1");
    }
}
