package org.unipayout.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/** Server sockets that demand a client certificate. */
final class DemandingSockets extends ServerSocketFactory {
    private final ServerSocketFactory factory;

    DemandingSockets(ServerSocketFactory factory) {
        this.factory = factory;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return demanding(factory.createServerSocket(port));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return demanding(factory.createServerSocket(port, backlog));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return demanding(factory.createServerSocket(port, backlog, address));
    }

    private static ServerSocket demanding(ServerSocket socket) {
        ((SSLServerSocket) socket).setNeedClientAuth(true);
        return socket;
    }
}
