package org.unipayout.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks H2 alone, without the journal, whether what it committed to a file outlives the process: a child commits one change
 * after another and tells each, is killed, and its successor over the same file tells what it finds.
 *
 * <p>Words: settings appended to the URL, number of kills, seed. Ends with exit code 1 if a commit was lost.
 */
public final class H2FileKills {
    private static final int CHANGES_PER_ROW = 4;
    private static final int LONGEST_LIFE_MILLIS = 300;
    private static final int LONGEST_COUNT = 40;

    private final String url;
    private final Random random;
    private final ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();

    /** The newest change of each row that a child told as committed. */
    private final Map<Integer, Integer> committed = new HashMap<>();

    private H2FileKills(String url, long seed) {
        this.url = url;
        random = new Random(seed);
    }

    /**
     * Kills, or is the process to be killed if the first word says so.
     *
     * @param words settings, kills, seed
     * @throws IOException if a process cannot be started
     * @throws SQLException if the database refuses
     */
    public static void main(String... words) throws IOException, SQLException {
        if (words[0].equals("child")) {
            child(words[1], Integer.parseInt(words[2]));
            return;
        }
        int kills = Integer.parseInt(words[1]);
        Path directory = Files.createTempDirectory("h2-files");
        String url = "jdbc:h2:file:" + directory.resolve("journal") + words[0];
        String version;
        try (Connection connection = DriverManager.getConnection(url)) {
            version = connection.getMetaData().getDatabaseProductVersion().split(" ", -1)[0];
        }
        H2FileKills run = new H2FileKills(url, Long.parseLong(words[2]));
        int lost = 0;
        for (int i = 0; i < kills; i++) {
            lost += run.isLostAfterKill() ? 1 : 0;
        }
        run.killer.shutdownNow();
        long mebibytes = Files.size(directory.resolve("journal.mv.db")) >> 20;
        CrashMatrix.delete(directory);
        System.out.println("h2-files version=" + version + " settings=" + words[0] + " kills=" + kills + " lost=" + lost
                + " mebibytes=" + mebibytes);
        System.exit(lost == 0 ? 0 : 1);
    }

    /** Starts a child over what the last one left, and kills it; some halt by themselves right after a commit. */
    private boolean isLostAfterKill() throws IOException {
        boolean halts = random.nextBoolean();
        int count = halts ? 1 + random.nextInt(LONGEST_COUNT) : Integer.MAX_VALUE;
        Process process = ChildProcess.of(
                        System.getProperty("java.class.path"),
                        H2FileKills.class,
                        List.of("child", url, Integer.toString(count)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<Integer, Integer> found = new HashMap<>();
        boolean lost = false;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "found" -> found.put(Integer.valueOf(words[1]), Integer.valueOf(words[2]));
                    case "committed" -> committed.put(Integer.valueOf(words[1]), Integer.valueOf(words[2]));
                    default -> {
                        lost = committed.entrySet().stream()
                                .anyMatch(row -> found.getOrDefault(row.getKey(), 0) < row.getValue());
                        committed.clear();
                        committed.putAll(found);
                        killSoon(process, halts);
                    }
                }
            }
        }
        return lost;
    }

    private void killSoon(Process process, boolean halts) {
        if (!halts) {
            Future<?> unused = killer.schedule(
                    () -> ChildProcess.kill(process), random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
        }
    }

    private static void child(String url, int count) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            int first = 1;
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table if not exists payout (id int primary key, version int, text varchar)");
                statement.execute("create table if not exists history (id int, version int, text varchar,"
                        + " primary key (id, version))");
                try (ResultSet rows = statement.executeQuery("select id, version from payout")) {
                    while (rows.next()) {
                        first = Math.max(first, rows.getInt(1) + 1);
                        tell("found " + rows.getInt(1) + " " + rows.getInt(2));
                    }
                }
            }
            tell("complete");
            connection.setAutoCommit(false);
            for (int i = 0; i < count; i++) {
                change(connection, first + i / CHANGES_PER_ROW, 1 + i % CHANGES_PER_ROW);
            }
            Runtime.getRuntime().halt(0);
        }
    }

    private static void change(Connection connection, int id, int version) throws SQLException {
        String sql = version == 1
                ? "insert into payout (version, text, id) values (?, ?, ?)"
                : "update payout set version = ?, text = ? where id = ?";
        try (PreparedStatement payout = connection.prepareStatement(sql);
                PreparedStatement history =
                        connection.prepareStatement("insert into history (version, text, id) values (?, ?, ?)")) {
            for (PreparedStatement statement : new PreparedStatement[] {payout, history}) {
                statement.setInt(1, version);
                statement.setString(2, "x".repeat(500));
                statement.setInt(3, id);
                statement.executeUpdate();
            }
        }
        connection.commit();
        tell("committed " + id + " " + version);
    }

    private static void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
