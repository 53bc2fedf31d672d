package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unfit libraries before ours on the class path, as another dependency would bring them. */
class NeighboursTest {
    private static final Path OLD = Path.of("target", "neighbours");

    /** One class of each library that is needed. */
    private static final List<String> USED = List.of(
            "org.unipayout.PayoutClient",
            "org.slf4j.LoggerFactory",
            "okhttp3.OkHttpClient",
            "okio.Buffer",
            "kotlin.Unit",
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.annotation.JsonProperty");

    @ParameterizedTest
    @CsvSource({
        "okhttp-4.12.0.jar, OkHttp 4.12.0 is found, com.squareup.okhttp3:okhttp",
        "okio-jvm-3.6.0.jar, an Okio is found that is older than OkHttp 5, okio-jvm",
        "jackson-core-2.14.3.jar, jackson-core 2.14.3 is found, jackson-bom",
        "jackson-databind-2.14.3.jar, jackson-databind 2.14.3 is found, jackson-bom"
    })
    void open_olderOneFirst_namesItAndTheCure(String jar, String found, String cure) throws Exception {
        assertThat(OLD.resolve(jar)).exists();

        assertThatThrownBy(() -> open(OLD.resolve(jar)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(found)
                .hasMessageContaining(cure);
    }

    @Test
    void open_whatTheBuildChooses_isFine() {
        assertThatCode(() -> open(null)).doesNotThrowAnyException();
    }

    @Test
    void old_isAllThatIsTried() throws IOException {
        try (Stream<Path> jars = Files.list(OLD)) {
            assertThat(jars).hasSize(4);
        }
    }

    /** What a merchant's first line does, in a class loader that knows that class path and no modules. */
    static final class Opening implements Runnable {
        @Override
        public void run() {
            HttpTransport.open(
                            "acme",
                            URI.create("https://acme.example"),
                            HttpOptions.builder().build(),
                            Redaction.showing())
                    .close();
        }
    }

    private static void open(@Nullable Path first) throws Exception {
        Stream<Path> classes = Stream.of(Path.of("target", "classes"), Path.of("target", "test-classes"));
        Stream<Path> old = Stream.ofNullable(first);
        URL[] classPath = Stream.of(old, classes, USED.stream().map(NeighboursTest::jarOf))
                .flatMap(paths -> paths)
                .map(NeighboursTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader alone = new URLClassLoader(classPath, null)) {
            Constructor<?> opening = alone.loadClass(Opening.class.getName()).getDeclaredConstructor();
            opening.setAccessible(true);
            ((Runnable) opening.newInstance()).run();
        }
    }

    private static Path jarOf(String type) {
        try {
            return Path.of(Class.forName(type)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ReflectiveOperationException | URISyntaxException e) {
            throw new IllegalStateException(type, e);
        }
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry.toString(), e);
        }
    }
}
