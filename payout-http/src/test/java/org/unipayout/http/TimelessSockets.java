package org.unipayout.http;

import java.net.Socket;

/** Sockets that take a timeout and do not keep to it. */
final class TimelessSockets extends UnconnectedSockets {
    private static final class Timeless extends Socket {
        @Override
        public void setSoTimeout(int timeout) {}
    }

    @Override
    public Socket createSocket() {
        return new Timeless();
    }
}
