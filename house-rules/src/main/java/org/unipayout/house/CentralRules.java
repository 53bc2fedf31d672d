package org.unipayout.house;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Holds a folder, laid out as a Maven repository, against what Maven Central asks of what it takes; RELEASING.md has a row for
 * each rule.
 *
 * <p>{@code java house-rules/src/main/java/org/unipayout/house/CentralRules.java folder} prints one line for each rule and
 * each file that breaks one, and ends with 1 if one is broken or nothing was there. Whether a signature is valid only the key
 * ring knows, so {@code check-release} asks it.
 */
public final class CentralRules {
    private static final Map<String, String> CHECKSUMS = Map.of(".md5", "MD5", ".sha1", "SHA-1");
    private static final List<String> BESIDE = List.of(".asc", ".md5", ".sha1", ".sha256", ".sha512");
    private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String OWN_VERSION = "${project.version}";
    private static final String SNAPSHOT = "-SNAPSHOT";

    /** What is asked for; the last two are the house's own. */
    enum Rule {
        COORDINATES,
        VERSION,
        NAME,
        DESCRIPTION,
        URL,
        LICENSES,
        DEVELOPERS,
        SCM,
        DEPENDENCIES,
        SELF_CONTAINED,
        JAR,
        SOURCES,
        JAVADOC,
        SIGNATURES,
        CHECKSUMS,
        LICENSE_FILE,
        BILL_OF_MATERIALS;

        String spelled() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** That a file was held against a rule. */
    record Finding(Rule rule, String file, boolean kept) {}

    private final Path folder;
    private final List<Finding> findings = new ArrayList<>();

    private CentralRules(Path folder) {
        this.folder = folder;
    }

    /**
     * Prints what keeps which rule.
     *
     * @param args the folder
     * @throws IOException if a file cannot be read
     */
    @SuppressWarnings("SystemOut") // a program
    public static void main(String[] args) throws IOException {
        List<Finding> findings = of(Path.of(args[0]));
        long broken = 0;
        for (Rule rule : Rule.values()) {
            List<Finding> held =
                    findings.stream().filter(one -> one.rule() == rule).toList();
            List<Finding> failed =
                    held.stream().filter(Predicate.not(Finding::kept)).toList();
            failed.forEach(one -> System.out.println("BROKEN " + rule.spelled() + " " + one.file()));
            System.out.println(
                    "central rule=" + rule.spelled() + " checked=" + held.size() + " failed=" + failed.size());
            broken += held.isEmpty() || !failed.isEmpty() ? 1 : 0; // what was held against nothing is not kept
        }
        System.out.println("central rules=" + Rule.values().length + " broken=" + broken);
        System.exit(broken == 0 ? 0 : 1);
    }

    /** Each file against each rule that concerns it. */
    static List<Finding> of(Path folder) throws IOException {
        CentralRules rules = new CentralRules(folder);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(CentralRules::isShipped).sorted().toList()) {
                rules.shipped(file);
            }
        }
        return rules.findings;
    }

    private static boolean isShipped(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file)
                && !name.startsWith("maven-metadata")
                && BESIDE.stream().noneMatch(name::endsWith);
    }

    private void shipped(Path file) throws IOException {
        Path signature = beside(file, ".asc");
        held(
                Rule.SIGNATURES,
                file,
                Files.exists(signature) && Files.readString(signature).startsWith(SIGNATURE));
        for (Map.Entry<String, String> checksum : CHECKSUMS.entrySet()) {
            Path sum = beside(file, checksum.getKey());
            held(
                    Rule.CHECKSUMS,
                    file,
                    Files.exists(sum) && Files.readString(sum).strip().equals(digest(checksum.getValue(), file)));
        }
        if (file.toString().endsWith(".jar")) {
            try (JarFile jar = new JarFile(file.toFile())) {
                held(Rule.LICENSE_FILE, file, jar.getEntry("META-INF/LICENSE") != null);
            }
        }
        if (file.toString().endsWith(".pom")) {
            pom(file);
        }
    }

    private void pom(Path file) throws IOException {
        String text = Files.readString(file);
        Element project = project(file);
        String version = text(project, "version");
        coordinates(file, text(project, "groupId"), text(project, "artifactId"), version);
        held(Rule.VERSION, file, !version.isEmpty() && !version.endsWith(SNAPSHOT));
        held(Rule.NAME, file, !text(project, "name").isEmpty());
        held(Rule.DESCRIPTION, file, !text(project, "description").isEmpty());
        held(Rule.URL, file, text(project, "url").startsWith("https://"));
        held(Rule.LICENSES, file, each(children(project, "licenses", "license"), "name", "url"));
        held(Rule.DEVELOPERS, file, each(children(project, "developers", "developer"), "name", "organization"));
        held(Rule.SCM, file, each(children(project, "scm"), "connection", "developerConnection", "url"));
        dependencies(file, version, children(project, "dependencies", "dependency"));
        dependencies(file, version, children(project, "dependencyManagement", "dependencies", "dependency"));
        held(
                Rule.SELF_CONTAINED,
                file,
                Stream.of("parent", "repositories", "pluginRepositories", "distributionManagement")
                                .allMatch(element -> children(project, element).isEmpty())
                        && !text.replace(OWN_VERSION, version).contains("${"));
        if (!text(project, "packaging").equals("pom")) {
            besidePom(file);
        }
    }

    /** The folder says the group and the version, and every file in it is named after the artifact. */
    private void coordinates(Path pom, String group, String artifact, String version) throws IOException {
        Path home = folder.resolve(group.replace('.', '/')).resolve(artifact).resolve(version);
        try (Stream<Path> files = Files.list(pom.getParent())) {
            for (Path file : files.filter(CentralRules::isShipped).toList()) {
                held(
                        Rule.COORDINATES,
                        file,
                        home.equals(file.getParent())
                                && file.getFileName().toString().startsWith(artifact + "-" + version));
            }
        }
    }

    private void dependencies(Path file, String own, List<Element> dependencies) {
        for (Element dependency : dependencies) {
            String version = text(dependency, "version").replace(OWN_VERSION, own);
            held(
                    Rule.DEPENDENCIES,
                    file,
                    version.matches("[0-9][A-Za-z0-9.-]*")
                            && !version.endsWith(SNAPSHOT)
                            && !text(dependency, "scope").equals("system"));
        }
    }

    private void besidePom(Path pom) {
        held(Rule.JAR, pom, Files.exists(instead(pom, ".jar")));
        held(Rule.SOURCES, pom, Files.exists(instead(pom, "-sources.jar")));
        held(Rule.JAVADOC, pom, Files.exists(instead(pom, "-javadoc.jar")));
        held(Rule.BILL_OF_MATERIALS, pom, Files.exists(instead(pom, "-cyclonedx.json")));
    }

    private void held(Rule rule, Path file, boolean kept) {
        findings.add(new Finding(rule, folder.relativize(file).toString(), kept));
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static Path instead(Path pom, String suffix) {
        return pom.resolveSibling(pom.getFileName().toString().replaceFirst("\\.pom$", suffix));
    }

    private static String digest(String algorithm, Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm, e);
        }
    }

    private static Element project(Path pom) throws IOException {
        DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
        try (InputStream in = Files.newInputStream(pom)) {
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return parsers.newDocumentBuilder().parse(in).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(pom + " is no pom", e);
        }
    }

    /** All elements at the end of this path of names. */
    private static List<Element> children(Element parent, String... path) {
        List<Element> found = List.of(parent);
        for (String name : path) {
            found = found.stream().flatMap(one -> named(one, name)).toList();
        }
        return found;
    }

    private static Stream<Element> named(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
                .map(Element.class::cast)
                .filter(element -> element.getNodeName().equals(name));
    }

    private static boolean each(List<Element> elements, String... needed) {
        return !elements.isEmpty()
                && elements.stream()
                        .allMatch(element -> Stream.of(needed)
                                .noneMatch(name -> text(element, name).isEmpty()));
    }

    private static String text(Element parent, String name) {
        return named(parent, name)
                .map(element -> element.getTextContent().strip())
                .findFirst()
                .orElse("");
    }
}
