package org.unipayout.http;

import java.time.Duration;

/** The one narrow way out; audit and repetition are decorators of it. */
interface Channel {
    /**
     * Sends a call.
     *
     * @param call the call
     * @param limit how long it may take in all
     * @return how it ended; a {@link Reply.NoAnswer} with NOTHING_WRITTEN proves that no byte left
     */
    Reply send(HttpCall call, Duration limit);
}
