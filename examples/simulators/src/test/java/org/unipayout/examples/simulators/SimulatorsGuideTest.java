package org.unipayout.examples.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.Simulators;

/** docs/simulators.md: its commands are run with curl, its tables name what is there. */
class SimulatorsGuideTest {
    private static final Path GUIDE = Path.of("..", "..", "docs", "simulators.md");
    private static final Pattern COMMANDS =
            Pattern.compile("<!-- run -->\n```sh\n(.*?)```\n(?:```text\n(.*?)```)?", Pattern.DOTALL);
    private static final Pattern SETTINGS = Pattern.compile("`([A-Z0-9]+_[A-Z_]+)`");
    private static final Pattern ORDERS = Pattern.compile("\\| `POST /__simulator/([a-zA-Z/]+)");

    @Test
    void commands_ofTheGuide_sayWhatItSays() throws Exception {
        List<MatchResult> commands =
                COMMANDS.matcher(Files.readString(GUIDE)).results().toList();
        assertThat(commands).hasSize(4);
        try (Simulators simulators = Simulators.start("ioka=0")) {
            Simulator ioka = simulators.running().get(0);
            for (MatchResult command : commands) {
                String wanted = command.group(2);
                assertThat(run(command.group(1), ioka.credentials()).strip())
                        .isEqualTo(wanted == null ? "" : wanted.strip());
            }
        }
    }

    @Test
    void settings_ofTheGuide_areThoseThatCanBeGiven() throws IOException {
        TreeSet<String> told = new TreeSet<>();
        SETTINGS.matcher(Files.readString(GUIDE)).results().forEach(found -> told.add(found.group(1)));
        told.remove("BANK131_BANK_PUBLIC_KEY"); // printed, not given

        assertThat(told).containsExactlyInAnyOrderElementsOf(Simulators.allSettings());
    }

    @Test
    void orders_ofTheGuide_andOfEachProvider_areListed() throws Exception {
        try (Simulators simulators = Simulators.start()) {
            for (Simulator simulator : simulators.running()) {
                String all = run(
                        "curl -s $URL/__simulator",
                        Map.of("URL", simulator.baseUrl().toString()));

                ORDERS.matcher(Files.readString(GUIDE))
                        .results()
                        .map(order -> order.group(1).replaceAll("/([A-Z].*)?$", ""))
                        .forEach(order -> assertThat(all).contains("\"" + order + "\" : {"));
            }
        }
    }

    private static String run(String commands, Map<String, String> environment) throws Exception {
        ProcessBuilder bash = new ProcessBuilder("bash", "-eu", "-c", commands).redirectErrorStream(true);
        bash.environment().putAll(environment);
        Process process = bash.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
