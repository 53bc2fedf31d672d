package org.unipayout.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process of a proof, to be killed. */
final class ChildProcess {
    private ChildProcess() {}

    /** Prepares a process that starts fast and does not grow large. */
    static ProcessBuilder of(String classPath, Class<?> program, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-classpath",
                classPath,
                program.getName()));
        command.addAll(words);
        return new ProcessBuilder(command);
    }

    /** SIGKILL. By its handle, because {@link Process#destroyForcibly} also closes the streams, and what it told is lost. */
    static void kill(Process process) {
        process.toHandle().destroyForcibly();
    }
}
