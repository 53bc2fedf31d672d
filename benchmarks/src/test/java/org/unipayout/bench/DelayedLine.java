package org.unipayout.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A line to a port of this machine on which every byte takes half a round trip. Connections themselves are made at once: the kernel
 * answers for the far end, so a new one costs a round trip less than on a real line.
 */
final class DelayedLine {
    private final ServerSocket listener;
    private final int to;
    private final long oneWayNanos;

    /** Bytes and when they are at the other end; none is the end. */
    private record Piece(ByteBuffer bytes, long due) {}

    DelayedLine(int to, long roundTripMillis) throws IOException {
        this.to = to;
        oneWayNanos = TimeUnit.MILLISECONDS.toNanos(roundTripMillis) / 2;
        listener = new ServerSocket(0, 100, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "delayed-line");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                Socket far = new Socket(listener.getInetAddress(), to);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                carry(near, far);
                carry(far, near);
            } catch (IOException e) {
                return;
            }
        }
    }

    private void carry(Socket from, Socket to) {
        BlockingQueue<Piece> way = new LinkedBlockingQueue<>();
        start(() -> read(from, way));
        start(() -> write(way, to));
    }

    private void read(Socket from, BlockingQueue<Piece> way) {
        byte[] buffer = new byte[16_384];
        int read = 0;
        while (read >= 0) {
            try {
                read = from.getInputStream().read(buffer);
            } catch (IOException reset) {
                read = -1;
            }
            way.add(new Piece(
                    ByteBuffer.wrap(Arrays.copyOf(buffer, Math.max(0, read))), System.nanoTime() + oneWayNanos));
        }
    }

    private static void write(BlockingQueue<Piece> way, Socket to) {
        try {
            for (Piece piece = way.take(); piece.bytes().hasRemaining(); piece = way.take()) {
                TimeUnit.NANOSECONDS.sleep(piece.due() - System.nanoTime());
                to.getOutputStream().write(piece.bytes().array());
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            // The other end went away; what is under way is lost.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
