package org.unipayout.http;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Sockets of the user, as OkHttp asks for them: it connects them itself, so the other ways to make one are never taken. */
abstract class UnconnectedSockets extends SocketFactory {
    private static AssertionError connects() {
        return new AssertionError("OkHttp connects a socket itself");
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connects();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw connects();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connects();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw connects();
    }
}
