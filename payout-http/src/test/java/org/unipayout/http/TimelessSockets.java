package org.unipayout.http;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Sockets that take a timeout and do not keep to it. */
final class TimelessSockets extends SocketFactory {
    private static final class Timeless extends Socket {
        @Override
        public void setSoTimeout(int timeout) {}
    }

    @Override
    public Socket createSocket() {
        return new Timeless();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }
}
