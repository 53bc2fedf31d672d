package org.unipayout.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;
import wiremock.com.fasterxml.jackson.databind.SerializationFeature;
import wiremock.com.fasterxml.jackson.databind.json.JsonMapper;

/** Each module tells a native image what it reflects on and which files it reads: all of it, and nothing that is not there. */
class ReachabilityTest {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final Path METADATA = Path.of("META-INF", "native-image", "org.unipayout");
    private static final Pattern OPENED = Pattern.compile("opens ([\\w.]+) to");
    private static final Pattern PROVIDED = Pattern.compile("provides [\\w.]+ with\\s+([\\w.,\\s]+);");
    private static final Pattern BY_NAME = Pattern.compile("\"((?:[a-z0-9]+\\.)+[A-Z]\\w+)\"");
    private static final Pattern PROXY = Pattern.compile("newProxyInstance\\([^{]*\\{(\\w+)\\.class}");

    static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("payout-"))
                    .filter(folder -> Files.exists(folder.resolve("src/main/java/module-info.java")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void metadata_listsAllThatTheModuleNeeds_andNothingElse(Path module) throws IOException {
        Path file = METADATA.resolve(module.getFileName()).resolve("reachability-metadata.json");
        JsonNode needed = JSON.valueToTree(Map.of("reflection", reflection(module), "resources", resources(module)));
        Path right = Files.createDirectories(
                        Path.of("target", "native-image").resolve(file).getParent())
                .resolve(file.getFileName());
        Files.writeString(right, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(needed) + "\n");
        Path there = module.resolve("src/main/resources").resolve(file);
        if (needed.at("/reflection").isEmpty() && needed.at("/resources").isEmpty()) {
            assertThat(there).doesNotExist();
            return;
        }

        assertThat(there).as("copy house-rules/%s", right).exists();
        assertThat(JSON.readTree(there.toFile()))
                .as("copy house-rules/%s to %s", right, there)
                .isEqualTo(needed);
    }

    /** What is handed to Jackson by its class lies where the module opens it, so it is listed. */
    @ParameterizedTest
    @MethodSource("modules")
    void records_thatAreNamedByTheirClass_areListed(Path module) throws IOException {
        Set<String> listed = opened(module).keySet();
        for (String exported : found(Pattern.compile("exports ([\\w.]+)"), declaration(module))) {
            Set<String> named = classes(exported).stream()
                    .filter(type -> Files.exists(source(module, type)))
                    .flatMap(type -> type.getReferencedClassObjects().stream())
                    .map(reference -> reference.getRawType())
                    .filter(type -> type.isRecord() && type.getName().startsWith("org.unipayout."))
                    .map(JavaClass::getName)
                    .collect(Collectors.toSet());

            assertThat(listed).containsAll(named);
        }
    }

    private static Path source(Path module, JavaClass type) {
        String file = type.getPackageName().replace('.', '/') + "/"
                + type.getName().substring(type.getPackageName().length() + 1).replaceFirst("\\$.*", "") + ".java";
        return module.resolve("src/main/java").resolve(file);
    }

    private static List<Object> reflection(Path module) throws IOException {
        Map<String, Object> types = new TreeMap<>(opened(module));
        for (String services : found(PROVIDED, declaration(module))) {
            for (String service : services.split("[,\\s]+", -1)) {
                types.put(
                        service,
                        Map.of(
                                "type",
                                service,
                                "methods",
                                List.of(Map.of("name", "<init>", "parameterTypes", List.of()))));
            }
        }
        for (String source : sources(module)) {
            if (source.contains("Class.forName(")) {
                found(BY_NAME, source).forEach(type -> types.put(type, all(type, "allPublic")));
            }
            for (String proxied : found(PROXY, source)) {
                String type = found(Pattern.compile("import ([\\w.]+\\." + proxied + ");"), source)
                        .iterator()
                        .next();
                types.put(type, all(type, "allPublic"));
                types.put(type + " by proxy", Map.of("type", Map.of("proxy", List.of(type))));
            }
        }
        return List.copyOf(types.values());
    }

    /** What Jackson may look into. */
    private static Map<String, Object> opened(Path module) throws IOException {
        Map<String, Object> types = new TreeMap<>();
        for (String opened : found(OPENED, declaration(module))) {
            for (JavaClass type : classes(opened)) {
                if (!type.isAnnotation() && !type.getSimpleName().equals("package-info")) {
                    types.put(type.getName(), all(type.getName(), "allDeclared"));
                }
            }
        }
        return types;
    }

    private static JavaClasses classes(String inPackage) {
        return new ClassFileImporter(List.of(new ArchitectureTest.MainCode())).importPackages(inPackage);
    }

    private static Map<String, Object> all(String type, String which) {
        Map<String, Object> entry = new LinkedHashMap<>(Map.of("type", type));
        Stream.of("Constructors", "Fields", "Methods").forEach(members -> entry.put(which + members, true));
        return entry;
    }

    private static List<Object> resources(Path module) throws IOException {
        Path root = module.resolve("src/main/resources");
        if (!Files.exists(root)) {
            return List.of();
        }
        Set<Map.Entry<String, String>> entries =
                new TreeSet<>(Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry.comparingByValue()));
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.startsWith("META-INF/native-image/"))
                    .map(file -> file.endsWith(".properties")
                            ? Map.entry(
                                    "bundle",
                                    file.replaceFirst("(_[a-z]+)?\\.properties$", "")
                                            .replace('/', '.'))
                            : Map.entry("glob", file))
                    .forEach(entries::add);
        }
        return entries.stream()
                .map(entry -> (Object) Map.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String declaration(Path module) throws IOException {
        return Files.readString(module.resolve("src/main/java/module-info.java"));
    }

    private static List<String> sources(Path module) throws IOException {
        try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(ReachabilityTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
