package org.unipayout.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.PayoutAdapter;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.Simulators;

/** Small programs as merchants have them, each compiled, started in a JVM of its own and held against the ledger. */
class ConsumersTest {
    private static final Path SOURCES = Path.of("src", "consumers");
    private static final Path OUT = Path.of("target", "consumers");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
    private static final @Nullable String ANOTHER_JDK = System.getProperty("neighbours.jdk");
    private static final Path FETCHED = Path.of("target", "fetched");
    private static final Pattern CORE = Pattern.compile("jackson-core-(2\\.[0-9]+)\\..*jar");
    private static final AtomicInteger PAID = new AtomicInteger();

    /** A card that every simulator takes as a number, for providers that save none. */
    private static final String CARD = "4111111111111111";

    /** One class of each jar that a merchant gets; Jackson's are told apart, because they are exchanged. */
    private static final List<String> OURS = List.of(
            "org.unipayout.PayoutClient",
            "org.unipayout.http.HttpTransport",
            "org.slf4j.LoggerFactory",
            "org.jspecify.annotations.NullMarked");

    private static final List<String> OTHERS = List.of("okhttp3.OkHttpClient", "okio.Buffer", "kotlin.Unit");
    private static final List<String> JACKSON = List.of(
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.annotation.JsonProperty");

    @BeforeAll
    static void compileTheShop() throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-d", OUT.resolve("shop").toString(), "-p", path(jars())));
        try (Stream<Path> files = Files.walk(SOURCES.resolve("shop"))) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }

    static List<String> providers() {
        try (Simulators simulators = Simulators.start()) {
            return simulators.running().stream().map(Simulator::provider).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void modulePath_paysOnce(String provider) throws Exception {
        List<String> jars = jars();
        jars.add(OUT.resolve("shop").toString());

        assertThat(paid(provider, List.of("-p", path(jars), "-m", "shop/shop.Shop")))
                .startsWith("SUCCEEDED module=true");
    }

    /** Each line of Jackson that the pom fetches, from the oldest that is taken, with each provider. */
    static List<Arguments> jacksonsAndProviders() throws IOException {
        List<String> providers = providers();
        return jacksons().stream()
                .flatMap(line -> providers.stream().map(provider -> Arguments.of(line, provider)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("jacksonsAndProviders")
    void jackson_eachLine_paysOnce(String line, String provider) throws Exception {
        List<String> jars = exchanged("jackson", "-" + line + ".");
        assertThat(jars).filteredOn(jar -> jar.contains("jackson")).hasSize(3);

        assertThat(paid(provider, List.of("-cp", path(jars), "shop.Shop"))).startsWith("SUCCEEDED module=false");
    }

    /** Its bill of versions sets Kotlin's library to one that is older than OkHttp's. */
    @ParameterizedTest
    @MethodSource("providers")
    void kotlinOfSpringBoot_paysOnce(String provider) throws Exception {
        List<String> jars = exchanged("kotlin-stdlib", "kotlin-stdlib-1.9.");
        assertThat(jars).filteredOn(jar -> jar.contains("kotlin-stdlib")).hasSize(1);

        assertThat(paid(provider, List.of("-cp", path(jars), "shop.Shop"))).startsWith("SUCCEEDED module=false");
    }

    /** The shop's class path with jars that were fetched for it instead of those of the build. */
    private static List<String> exchanged(String old, String fetched) throws IOException {
        List<String> jars = jars();
        jars.removeIf(jar -> jar.contains(old));
        try (Stream<Path> others = Files.list(FETCHED)) {
            others.map(Path::toString).filter(jar -> jar.contains(fetched)).forEach(jars::add);
        }
        jars.add(OUT.resolve("shop").toString());
        return jars;
    }

    private static List<String> jacksons() throws IOException {
        try (Stream<Path> jars = Files.list(FETCHED)) {
            return jars.map(jar -> CORE.matcher(jar.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(core -> core.group(1))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anotherJdk_paysOnce(String provider) throws Exception {
        Path other = Path.of(assumeNamed(ANOTHER_JDK));
        List<String> jars = jars();
        jars.add(OUT.resolve("shop").toString());

        for (List<String> program :
                List.of(List.of("-cp", path(jars), "shop.Shop"), List.of("-p", path(jars), "-m", "shop/shop.Shop"))) {
            assertThat(paid(other.resolve("bin"), provider, program))
                    .startsWith("SUCCEEDED")
                    .endsWith(" java=" + release(other));
        }
    }

    private static String assumeNamed(@Nullable String folder) {
        assumeTrue(folder != null, "-Dneighbours.jdk names no JDK");
        return Objects.requireNonNull(folder);
    }

    /** The number of a JDK, from the file that lies in each. */
    private static String release(Path jdk) throws IOException {
        return Pattern.compile("JAVA_VERSION=\"(\\d+)")
                .matcher(Files.readString(jdk.resolve("release")))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    @AfterAll
    static void tell() throws IOException {
        System.out.println("neighbours paid=" + PAID.get() + " jackson=" + String.join(",", jacksons()) + " jdk="
                + Runtime.version().feature() + " other-jdk="
                + (ANOTHER_JDK == null ? "skipped: -Dneighbours.jdk names no JDK" : release(Path.of(ANOTHER_JDK))));
    }

    @Test
    void kotlin_paysOnce() throws Exception {
        Path compiled = OUT.resolve("kotlin");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        assertThat(kotlin("Shop.kt", compiled, said))
                .as(said.toString(StandardCharsets.UTF_8))
                .isEqualTo(ExitCode.OK);
        List<String> jars = jars();
        jars.add(compiled.toString());

        assertThat(paid("ioka", List.of("-cp", path(jars), "ShopKt"))).startsWith("SUCCEEDED kotlin=");
    }

    @Test
    void kotlin_nullWhereNoneIsTaken_isRefusedByItsCompiler() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        assertThat(kotlin("Nulls.kt", OUT.resolve("nulls"), said)).isEqualTo(ExitCode.COMPILATION_ERROR);
        assertThat(said.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains(": error:")))
                .singleElement()
                .asString()
                .contains("Nulls.kt:5")
                .containsIgnoringCase("non-null type 'URI'");
    }

    private static ExitCode kotlin(String file, Path to, ByteArrayOutputStream said) {
        return new K2JVMCompiler()
                .exec(
                        new PrintStream(said, true, StandardCharsets.UTF_8),
                        "-no-stdlib",
                        "-no-reflect",
                        "-Werror",
                        "-classpath",
                        path(jars()),
                        "-d",
                        to.toString(),
                        SOURCES.resolve("kotlin").resolve(file).toString());
    }

    /** The contract alone has no automatic module beneath it, so a run-time image can be linked. */
    @Test
    void jlink_theContract_isLinked() throws Exception {
        Path image = OUT.resolve("image");
        List<String> modules = Stream.of("org.unipayout.PayoutClient", "org.slf4j.LoggerFactory")
                .map(ConsumersTest::jarOf)
                .collect(Collectors.toCollection(ArrayList::new));
        if (Files.exists(image)) {
            try (Stream<Path> old = Files.walk(image)) {
                old.sorted(java.util.Comparator.reverseOrder())
                        .map(Path::toFile)
                        .forEach(File::delete);
            }
        }
        assertThat(run(
                        Map.of(),
                        List.of(
                                JAVA.resolve("jlink").toString(),
                                "-p",
                                path(modules),
                                "--add-modules",
                                "org.unipayout",
                                "--output",
                                image.toString())))
                .isEmpty();
        assertThat(run(
                        Map.of(),
                        List.of(image.resolve("bin").resolve("java").toString(), "--describe-module", "org.unipayout")))
                .contains("exports org.unipayout");
    }

    private static String paid(String provider, List<String> program) throws Exception {
        return paid(JAVA, provider, program);
    }

    private static String paid(Path java, String provider, List<String> program) throws Exception {
        try (Simulators simulators = Simulators.start(provider + "=0")) {
            Simulator simulator = simulators.running().get(0);
            List<String> command = new ArrayList<>(List.of(java.resolve("java").toString()));
            command.addAll(program);
            command.addAll(
                    List.of(provider, simulator.savedCard().orElse(CARD), provider.equals("bank131") ? "RUB" : "KZT"));
            String said = run(simulator.credentials(), command);
            simulator.ledger().assertSinglePayment();
            PAID.incrementAndGet();
            return said.lines()
                    .filter(line -> !line.startsWith("SLF4J"))
                    .findFirst()
                    .orElse(said);
        }
    }

    private static String run(Map<String, String> environment, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static List<String> jars() {
        Stream<String> adapters = PayoutAdapter.all().stream().map(adapter -> jarOf(adapter.getClass()));
        return Stream.concat(
                        Stream.of(OURS, OTHERS, JACKSON).flatMap(List::stream).map(ConsumersTest::jarOf), adapters)
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String jarOf(String type) {
        try {
            return jarOf(Class.forName(type));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jarOf(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                .map(source -> Objects.requireNonNull(source.getLocation()).getPath())
                .orElseThrow();
    }

    private static String path(List<String> entries) {
        return String.join(File.pathSeparator, entries);
    }
}
