package org.unipayout.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A project made from the archetype's templates as the archetype plugin makes it, and compiled and tested without Maven:
 * a build inside the build would have to resolve everything once more.
 */
final class Generated {
    private static final Path TEMPLATES = Path.of("target", "classes", "archetype-resources");
    private static final VelocityEngine VELOCITY = new VelocityEngine();
    private static final List<String> CLASS_PATH = classPath(System.getProperty("java.class.path"));
    private static final Pattern ON_THE_MODULE_PATH =
            Pattern.compile(".*(payout-(api|http)|jackson-|jspecify|okhttp|okio|kotlin-stdlib|slf4j-api).*");

    private static final String LINT =
            "-Xlint:all,-processing,-requires-automatic,-requires-transitive-automatic,-exports";

    private final Path wing;
    private final Path classes;
    private final String provider;

    private Generated(Path project, String provider) {
        this.provider = provider;
        wing = project.resolve("payout-" + provider);
        classes = project.resolve("classes");
    }

    /** Makes the project. */
    static Generated in(Path project, String provider, String providerName) throws IOException {
        Map<String, Object> properties = Map.of(
                "provider", provider,
                "providerName", providerName,
                "groupId", "org.unipayout",
                "artifactId", "payouts",
                "version", "1.0.0-SNAPSHOT",
                "package", "org.unipayout");
        for (Path template : files(TEMPLATES)) {
            Path file = project.resolve(TEMPLATES
                    .relativize(template)
                    .toString()
                    .replace("__provider__", provider)
                    .replace("__providerName__", providerName));
            Files.createDirectories(file.getParent());
            Files.writeString(file, merged(Files.readString(template), properties));
        }
        return new Generated(project, provider);
    }

    private static String merged(String template, Map<String, Object> properties) {
        StringWriter text = new StringWriter();
        VELOCITY.evaluate(new VelocityContext(new HashMap<>(properties)), text, "template", template);
        return text.toString();
    }

    Path wing() {
        return wing;
    }

    /** Compiles simulator, adapter and tests; fails with what the compiler says. */
    void compile() throws IOException {
        String all = String.join(File.pathSeparator, CLASS_PATH);
        String modules = CLASS_PATH.stream()
                .filter(entry -> ON_THE_MODULE_PATH.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
        Path simulator = compile("simulator/src/main", List.of("-cp", all));
        compile("simulator/src/test", List.of("-cp", simulator + File.pathSeparator + all));
        Path adapter = compile("src/main", List.of("--module-path", modules));
        compile(
                "src/test",
                List.of("-cp", String.join(File.pathSeparator, adapter.toString(), simulator.toString(), all)));
    }

    /** Where the test's classes come from; a forked test names them in the manifest of its only jar. */
    private static List<String> classPath(String property) {
        if (property.contains(File.pathSeparator)) {
            return List.of(property.split(File.pathSeparator, -1));
        }
        try (JarFile jar = new JarFile(property)) {
            String urls = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return Arrays.stream(urls.split(" ", -1))
                    .map(url -> Path.of(new File(property).toURI().resolve(url)).toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path compile(String folder, List<String> path) throws IOException {
        Path sources = wing.resolve(folder);
        Path compiled = Files.createDirectories(classes.resolve(folder));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-Werror", LINT, "-d", compiled.toString()));
        arguments.addAll(path);
        files(sources.resolve("java")).forEach(file -> arguments.add(file.toString()));
        OutputStream said = new ByteArrayOutputStream();
        int failed = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        assertThat(failed).as(said.toString()).isZero();
        Path resources = sources.resolve("resources");
        for (Path file : Files.exists(resources) ? files(resources) : List.<Path>of()) {
            Path copy = compiled.resolve(resources.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return compiled;
    }

    /**
     * Runs a test class of the adapter.
     *
     * @param without how the names of cases begin that are left out
     */
    List<Case> test(String simpleName, String without) throws MalformedURLException {
        List<Case> cases = new ArrayList<>();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        PrintStream out = System.out;
        String basedir = System.getProperty("basedir");
        URL[] urls = {url("simulator/src/main"), url("src/main"), url("src/test")};
        URLClassLoader loader = new URLClassLoader(urls, before);
        thread.setContextClassLoader(loader);
        System.setProperty("basedir", wing.toString());
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        try {
            Class<?> testClass = loader.loadClass("org.unipayout." + provider + "." + simpleName);
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClass(testClass))
                    .filters(without(without))
                    .build();
            LauncherFactory.create().execute(request, new Collector(cases));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        } finally {
            System.setOut(out);
            if (basedir == null) {
                System.clearProperty("basedir");
            } else {
                System.setProperty("basedir", basedir);
            }
            thread.setContextClassLoader(before);
        }
        return cases;
    }

    private static PostDiscoveryFilter without(String prefix) {
        return test -> FilterResult.includedIf(!(test.getSource().orElse(null) instanceof MethodSource method)
                || !method.getMethodName().startsWith(prefix));
    }

    private URL url(String folder) throws MalformedURLException {
        return classes.resolve(folder).toUri().toURL();
    }

    /** A case that ran, and why it is red; an empty reason if it is green. */
    record Case(String name, String reason) {
        boolean isRed() {
            return !reason.isEmpty();
        }
    }

    private record Collector(List<Case> cases) implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
            if (test.isTest() || failed) {
                String name = test.getLegacyReportingName().replaceAll("[(\\[].*", "");
                String reason =
                        failed ? result.getThrowable().map(Throwable::toString).orElse("?") : "";
                cases.add(new Case(name, reason.replaceAll("\\s+", " ")));
            }
        }
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
