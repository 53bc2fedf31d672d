package org.unipayout.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.Sleeper;

/**
 * One server of the PostgreSQL that is installed on this machine, as Debian lays it out. It has a directory and a port of its own,
 * never runs as root, and can be killed, promoted, and rebuilt as a standby of another one.
 */
final class InstalledPostgres implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path binaries;
    private final Path directory;
    private final Path data;
    private final Path log;
    private final int port;
    private @Nullable Process process;

    InstalledPostgres(Path binaries, Path directory, String name) throws IOException {
        this.binaries = binaries;
        this.directory = directory;
        data = directory.resolve(name);
        log = directory.resolve(name + ".log");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    /** {@return where the programs of the newest installed server are; empty if none is, or nobody is there to run it} */
    static Optional<Path> newest() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.filter(version -> number(version).matches("[0-9]+"))
                    .filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
                    .max(Comparator.comparingInt(version -> Integer.parseInt(number(version))))
                    .map(version -> version.resolve("bin"));
        }
    }

    private static String number(Path version) {
        return String.valueOf(version.getFileName());
    }

    /** {@return a directory that the server's user may write to} */
    static Path ownDirectory() throws IOException {
        Path directory = Files.createTempDirectory("failover");
        if (isRoot()) {
            Files.setOwner(
                    directory,
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        }
        return directory;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Makes it a primary, which waits for a standby with each commit if it is to be synchronous. */
    void create(boolean synchronous) throws IOException, InterruptedException {
        require(run("initdb", "-A", "trust", "-U", USER, "-E", "UTF8", "--no-locale", "-D", data.toString()));
        List<String> settings = List.of(
                "listen_addresses = '127.0.0.1'",
                "unix_socket_directories = ''",
                "fsync = on",
                "synchronous_commit = on",
                "synchronous_standby_names = '" + (synchronous ? "*" : "") + "'",
                "wal_log_hints = on",
                "wal_keep_size = '1GB'",
                "wal_retrieve_retry_interval = '200ms'",
                "shared_buffers = '32MB'",
                "max_connections = 60");
        Files.write(data.resolve("postgresql.conf"), settings, StandardOpenOption.APPEND);
    }

    /** Makes it a copy of a primary, to be started as its standby. */
    void copyFrom(InstalledPostgres primary) throws IOException, InterruptedException {
        wipe();
        require(run(
                "pg_basebackup",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(primary.port),
                "-U",
                USER,
                "-R",
                "-X",
                "stream",
                "-c",
                "fast",
                "-D",
                data.toString()));
    }

    /** Makes what was a primary a standby of the one that was promoted, by taking back what that one does not have; false if it cannot. */
    boolean rewindTo(InstalledPostgres primary) throws IOException, InterruptedException {
        String source = "host=127.0.0.1 port=" + primary.port + " user=" + USER + " dbname=postgres";
        return run("pg_rewind", "-R", "--target-pgdata=" + data, "--source-server=" + source) == 0;
    }

    void start() throws IOException, InterruptedException {
        process = program("postgres", "-D", data.toString(), "-p", Integer.toString(port))
                .start();
        await("answers", () -> "1".equals(ask("select 1")));
    }

    /** From now on it is the primary; the other one must be dead. */
    void promote() throws IOException, InterruptedException {
        require(run("pg_ctl", "promote", "-w", "-D", data.toString()));
        await("is promoted", () -> "f".equals(ask("select pg_is_in_recovery()")));
        execute("checkpoint"); // so that others can be rewound to it
    }

    /** Waits until another one follows it, and until its commits wait for that one if they are to. */
    void awaitStandby(boolean synchronous) throws InterruptedException {
        String states = synchronous ? "'sync', 'quorum'" : "'async'";
        await(
                "has a standby",
                () -> "1"
                        .equals(ask(
                                "select count(*) from pg_stat_replication where state = 'streaming' and sync_state in ("
                                        + states + ")")));
    }

    /** Keeps what is committed from now on from reaching the standby. */
    void stopSending() throws IOException, InterruptedException {
        String sender = ask("select pid from pg_stat_replication");
        new ProcessBuilder("kill", "-STOP", sender).start().waitFor();
    }

    /** SIGKILL to all that belongs to it. Returns when nothing of it is left, so that no second primary can answer. */
    void kill() throws InterruptedException {
        Process postmaster = process;
        if (postmaster == null) {
            return;
        }
        postmaster.toHandle().destroyForcibly();
        postmaster.waitFor();
        await("is dead", () -> {
            List<ProcessHandle> left =
                    ProcessHandle.allProcesses().filter(this::isOurs).toList();
            left.forEach(ProcessHandle::destroyForcibly);
            return left.isEmpty();
        });
        process = null;
    }

    /** A server's processes work in its directory. */
    private boolean isOurs(ProcessHandle one) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(one.pid()), "cwd"))
                    .equals(data);
        } catch (IOException e) {
            return false; // it has just ended
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** The first column of a query's only row; an empty text if it cannot be asked. */
    String ask(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException e) {
            return "";
        }
    }

    private void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + address() + "/postgres?connectTimeout=5", USER, "");
    }

    private interface Condition {
        boolean holds();
    }

    private void await(String what, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the server " + data + " never " + what + ":\n" + told());
            }
            Sleeper.REAL.sleep(Duration.ofMillis(50));
        }
    }

    private ProcessBuilder program(String name, String... words) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        }
        command.add(binaries.resolve(name).toString());
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    private int run(String name, String... words) throws IOException, InterruptedException {
        return program(name, words).start().waitFor();
    }

    private void require(int result) {
        if (result != 0) {
            throw new IllegalStateException("the server " + data + " cannot be set up:\n" + told());
        }
    }

    private String told() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    private void wipe() throws IOException, InterruptedException {
        releaseMemory();
        if (Files.isDirectory(data)) {
            delete(data);
        }
    }

    /** A killed server leaves a piece of shared memory, by which a successor in its directory would know it. */
    private void releaseMemory() throws IOException, InterruptedException {
        Path lock = data.resolve("postmaster.pid");
        List<String> lines = Files.exists(lock) ? Files.readAllLines(lock) : List.of();
        if (lines.size() > 6) {
            String[] memory = lines.get(6).strip().split(" +", -1);
            new ProcessBuilder("ipcrm", "-m", memory[memory.length - 1]).start().waitFor();
        }
    }

    static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException thrown) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() {
        try {
            kill();
            releaseMemory();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
